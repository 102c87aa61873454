"""Where faces are in a clip: few looks at who stays in place, more at who leaves."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from clips import make_clip
from duskreel.edit.following import crop_path
from duskreel.edit.framing import Face, main_face
from duskreel.errors import Cancelled
from duskreel.export.faces import SPARSE_MS, find_faces
from duskreel.export.reader import PictureReader
from duskreel.library.media import probe
from duskreel.paths import resource
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span
from edit.faces import going

SIZE = (640, 360)
DURATION_MS = 24_000
WHOLE = Span(0, DURATION_MS)


@pytest.fixture(scope="module")
def clip_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[int], float]], Path]:
    """Make a clip in which the face of the sample is where a function of the time says."""
    with av.open(str(resource("sample.mp4"))) as container:
        whole = next(container.decode(video=0)).reformat(*SIZE, format="rgb24").to_ndarray()
    head: NDArray[np.uint8] = whole[40:260, 150:330]
    half = head.shape[1] // 2

    def make(centre_at: Callable[[int], float]) -> Path:
        def draw(size: tuple[int, int], time_s: float) -> av.VideoFrame:
            picture = np.full((size[1], size[0], 3), 90, dtype=np.uint8)
            left = round(centre_at(round(time_s * 1000)) * size[0]) - half
            picture[40:260, left : left + 2 * half] = head
            return av.VideoFrame.from_ndarray(picture, format="rgb24")

        path = tmp_path_factory.mktemp("faces") / "clip.mp4"
        return make_clip(path, duration_s=DURATION_MS / 1000, size=SIZE, fps=5, sound=None, draw=draw)

    return make


@pytest.fixture(scope="module")
def sitting(clip_of: Callable[[Callable[[int], float]], Path]) -> Path:
    return clip_of(lambda _: 0.4)


@pytest.fixture(scope="module")
def walking(clip_of: Callable[[Callable[[int], float]], Path]) -> Path:
    return clip_of(going((0, 0.2), (10_000, 0.2), (12_000, 0.8)))


@pytest.fixture
def open_reader() -> Iterator[Callable[[Path], closing[PictureReader]]]:
    files = []

    def open_it(path: Path) -> closing[PictureReader]:
        files.append(path.open("rb"))
        return closing(PictureReader(files[-1], path.name, probe(files[-1], path.name), is_sampling=True))

    yield open_it
    for file in files:
        file.close()


Opener = Callable[[Path], "closing[PictureReader]"]


def found_in(open_reader: Opener, path: Path, *spans: Span) -> list[Face]:
    with open_reader(path) as reader:
        return find_faces(reader, list(spans), progress=unheard, token=CancelToken())


def test_who_stays_in_place_is_looked_at_rarely(open_reader: Opener, sitting: Path) -> None:
    looks: list[float] = []
    with open_reader(sitting) as reader:
        faces = find_faces(reader, [WHOLE], progress=lambda _, fraction: looks.append(fraction), token=CancelToken())
    assert len(faces) == DURATION_MS // SPARSE_MS
    assert len(looks) <= len(faces) + 2
    assert looks == sorted(looks)
    assert looks[-1] == 1
    assert {round(face.centre_x, 1) for face in faces} == {0.4}


def test_who_leaves_is_looked_at_closer_on_the_way(open_reader: Opener, walking: Path) -> None:
    faces = found_in(open_reader, walking, WHOLE)
    times = [face.time_ms for face in faces]
    assert times == sorted(times)
    assert {10_000, 10_200, 10_400, 10_600, 10_800, 11_000, 11_200, 11_400, 11_600, 11_800, 12_000} <= set(times)
    assert 2_200 not in times, "nobody moves there"
    path = crop_path(faces, *SIZE, [WHOLE])
    assert not path.is_still
    for face in main_face(faces):
        view = path.at(face.time_ms)
        assert view.x <= face.centre_x * SIZE[0] <= view.x + view.width


def test_the_same_faces_are_found_again_and_in_parts_of_the_clip_too(open_reader: Opener, walking: Path) -> None:
    faces = found_in(open_reader, walking, WHOLE)
    assert found_in(open_reader, walking, WHOLE) == faces
    part = found_in(open_reader, walking, Span(1_111, 8_000), Span(9_300, 23_000))
    assert [face for face in faces if 10_000 <= face.time_ms < 12_000] == [
        face for face in part if 10_000 <= face.time_ms < 12_000
    ]


def test_the_shortest_stretch_is_looked_at_once(open_reader: Opener, sitting: Path) -> None:
    [face] = found_in(open_reader, sitting, Span(1_510, 1_550))
    assert face.time_ms == 1_510


def test_search_stops_when_it_is_cancelled(open_reader: Opener, sitting: Path) -> None:
    answers = iter([False, False, True])
    with open_reader(sitting) as reader, pytest.raises(Cancelled):
        find_faces(reader, [WHOLE], progress=unheard, token=CancelToken(lambda: next(answers)))

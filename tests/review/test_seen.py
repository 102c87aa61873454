"""What a look at the pictures finds: other people and where they are, pages, and nothing where nothing is."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from clips import make_clip
from duskreel.edit.tracking import region_at
from duskreel.errors import Cancelled
from duskreel.export.pictures import Source
from duskreel.library.media import probe
from duskreel.progress import CancelToken, unheard
from duskreel.review.seen import Seen, look_at_picture
from duskreel.timecode import Span
from export.people import two_people

Opener = Callable[[Path], Source]


@pytest.fixture
def opened() -> Iterator[Opener]:
    with ExitStack() as files:

        def open_it(path: Path) -> Source:
            file = files.enter_context(path.open("rb"))
            return Source(file, path.name, probe(file, path.name))

        yield open_it


def looked(source: Source, *spans: Span) -> Seen:
    return look_at_picture(source, spans, progress=unheard, token=CancelToken())


@pytest.mark.parametrize("rotation", [0, 90])
def test_somebody_else_is_found_where_they_are_in_the_upright_picture(
    opened: Opener, tmp_path: Path, rotation: int
) -> None:
    seen = looked(opened(two_people(tmp_path / "two.mp4", rotation)), Span(0, 3_000))
    [person] = seen.persons
    assert 1_000 <= person.first_ms <= 1_200
    assert person.longest.end_ms <= 2_200
    regions = [region for track in seen.tracks if (region := region_at(track, 1_500))]
    # The head is drawn at 450 to 540 of 640, and 120 to 230 of 360.
    assert any(region.x < 0.73 and region.x + region.width > 0.81 for region in regions)
    assert any(region.y < 0.42 and region.y + region.height > 0.55 for region in regions)


def test_only_the_stretches_that_are_shown_are_looked_at(opened: Opener, tmp_path: Path) -> None:
    seen = looked(opened(two_people(tmp_path / "two.mp4")), Span(0, 600), Span(2_300, 2_900))
    assert seen.persons == ()
    assert {face.time_ms for face in seen.faces} <= {*range(600), *range(2_300, 2_900)}


def test_very_short_stretch_is_looked_at(opened: Opener, tmp_path: Path) -> None:
    seen = looked(opened(two_people(tmp_path / "two.mp4")), Span(1_510, 1_520))
    assert seen.tracks
    assert seen.persons == ()


@pytest.mark.parametrize("size", [(320, 180), (322, 182)])
def test_nothing_is_found_where_nobody_is(opened: Opener, tmp_path: Path, size: tuple[int, int]) -> None:
    path = make_clip(tmp_path / "empty.mp4", duration_s=1, size=size, fps=5, sound=None)
    assert looked(opened(path), Span(0, 1_000)) == Seen((), (), (), ())


def test_page_is_found_while_it_is_there(opened: Opener, tmp_path: Path) -> None:
    page = Image.new("RGB", (960, 540), (90, 90, 90))
    drawing = ImageDraw.Draw(page)
    drawing.rectangle((420, 40, 900, 500), fill=(235, 235, 235))
    for line in range(16):
        said = "What was said about next week and by whom"
        drawing.text((440, 60 + 27 * line), said[line % 5 :], font=ImageFont.load_default(18), fill=(30, 30, 30))
    bare = np.full((540, 960, 3), 90, dtype=np.uint8)

    def draw(_size: tuple[int, int], time_s: float) -> av.VideoFrame:
        return av.VideoFrame.from_ndarray(np.asarray(page) if time_s >= 2 else bare, format="rgb24")

    path = make_clip(tmp_path / "page.mp4", duration_s=5, size=(960, 540), fps=5, sound=None, draw=draw)
    assert looked(opened(path), Span(0, 5_000)).pages == (Span(2_000, 5_000),)


def test_look_stops_when_it_is_cancelled(opened: Opener, tmp_path: Path) -> None:
    source = opened(two_people(tmp_path / "two.mp4"))
    with pytest.raises(Cancelled):
        look_at_picture(source, [Span(0, 3_000)], progress=unheard, token=CancelToken(lambda: True))

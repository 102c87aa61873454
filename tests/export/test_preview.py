"""The preview of a short beside the short itself: the same pictures, captions in the same places."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.reformatter import Colorspace, Interpolation
from numpy.typing import NDArray

from clips import make_clip
from duskreel.edit.framing import Face
from duskreel.edit.timeline import Timeline
from duskreel.errors import Cancelled
from duskreel.export.compose import Scene, make_short
from duskreel.export.design import Design
from duskreel.export.earlier import EarlierShorts
from duskreel.export.extras import NO_EXTRAS, Marks
from duskreel.export.loudness import Loudness
from duskreel.export.pictures import Source, room_of
from duskreel.export.presets import HEIGHT, WIDTH, Framing
from duskreel.export.preview import FoundFaces, Preview, look_for_faces, sample_of
from duskreel.export.style import STYLES
from duskreel.library.entry import Word
from duskreel.library.media import probe
from duskreel.picture.planes import Planes, size_of, split
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span

WORDS = (
    Word("Hello", 200, 500, 0.9),
    Word("again", 500, 800, 0.9),
    Word("my", 800, 1000, 0.9),
    Word("friend.", 1000, 1400, 0.9),
)
KEPT = Timeline((Span(100, 900), Span(950, 1_500)))
"""with a jump at 800 ms"""
RED = (200, 60, 40)
TIMES_MS = (100, 250, 633, 799, 801, 1_200)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Source]:
    path = make_clip(tmp_path_factory.mktemp("clips") / "wide.mp4", duration_s=2.0, size=(640, 360))
    with path.open("rb") as file:
        yield Source(file, "wide.mp4", probe(file, "wide.mp4"))


@pytest.fixture
def preview(source: Source) -> Iterator[Preview]:
    made = Preview(source)
    yield made
    made.close()


def designed(style: str | None, framing: Framing = 0.5) -> Design:
    return Design(KEPT, tuple(KEPT.retime(WORDS)), style, framing, Marks())


def exported(source: Source, short: Design, path: Path) -> list[av.VideoFrame]:
    scene = Scene(source, (), short, None, Loudness(-14.0, -1.5), NO_EXTRAS)
    earlier = EarlierShorts(path.with_suffix(".json"))
    make_short(scene, path, earlier, progress=unheard, token=CancelToken())
    with av.open(str(path)) as container:
        return list(container.decode(video=0))


def box(with_captions: NDArray[np.uint8], without: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Where a caption is: left, top, right, bottom."""
    rows, columns = np.nonzero(np.abs(with_captions.astype(int) - without) > 25)
    return columns.min(), rows.min(), columns.max(), rows.max()


def luma(picture: Planes) -> NDArray[np.uint8]:
    return split(picture)[0]


@pytest.mark.parametrize(("style", "framing"), [("calm", 0.0), ("karaoke", 0.5), ("pop", 0.83), ("subtitle", 1.0)])
def test_preview_is_the_exported_picture(
    source: Source, preview: Preview, tmp_path: Path, style: str, framing: float
) -> None:
    short = designed(style, framing)
    frames = exported(source, short, tmp_path / "short.mp4")
    preview.follow(designed(None))
    plain = {time_ms: luma(preview.at(time_ms, framing)) for time_ms in TIMES_MS}
    preview.follow(short)
    for time_ms in TIMES_MS:
        made = frames[time_ms * 30 // 1000]
        seen = preview.at(time_ms, framing)
        assert size_of(seen) == (made.width, made.height) == (WIDTH, HEIGHT)
        assert np.abs(seen.astype(int) - made.to_ndarray()).mean() < 1.0
        there, here = (box(luma(picture), plain[time_ms]) for picture in (made.to_ndarray(), seen))
        assert np.abs(np.subtract(there, here)).max() <= 2
        small = preview.on_screen(time_ms, framing, 324, 576)
        assert np.abs(small[..., :3].astype(int) - shrunk(made)[..., :3]).mean() < 1.5


def test_marks_are_seen_as_they_are_made(source: Source, preview: Preview, tmp_path: Path) -> None:
    short = replace(designed("calm"), marks=Marks("A hard day", 5, has_progress_bar=True))
    frames = exported(source, short, tmp_path / "short.mp4")
    preview.follow(short)
    for time_ms in TIMES_MS:
        seen, made = preview.at(time_ms, 0.5), frames[time_ms * 30 // 1000].to_ndarray()
        assert np.abs(luma(seen)[250:700].astype(int) - luma(made)[250:700]).mean() < 2.0
    preview.follow(designed("calm"))
    assert np.abs(luma(seen)[250:700].astype(int) - luma(preview.at(time_ms, 0.5))[250:700]).mean() > 5.0


def shrunk(frame: av.VideoFrame) -> NDArray[np.uint8]:
    """As a player shows it on a small screen."""
    return frame.reformat(
        width=324, height=576, format="bgra", src_colorspace=Colorspace.ITU709, interpolation=Interpolation.BICUBIC
    ).to_ndarray()


def test_colours_come_out_as_they_were(tmp_path: Path) -> None:
    def red(size: tuple[int, int], _time_s: float) -> av.VideoFrame:
        return av.VideoFrame.from_ndarray(np.full((size[1], size[0], 3), RED, dtype=np.uint8), format="rgb24")

    path = make_clip(tmp_path / "red.mp4", duration_s=0.6, sound=None, draw=red)
    with path.open("rb") as file:
        preview = Preview(Source(file, path.name, probe(file, path.name)))
        shown = preview.on_screen(0, 0.5, 90, 160)
        preview.close()
    assert np.abs(shown[80, 45, 2::-1].astype(int) - RED).max() <= 4


def test_moments_beyond_the_ends_show_the_first_and_the_last_picture(preview: Preview) -> None:
    preview.follow(designed(None))
    assert (preview.at(-500, 0.5) == preview.at(0, 0.5)).all()
    assert (preview.at(99_000, 0.5) == preview.at(KEPT.duration_ms - 20, 0.5)).all()


def test_a_short_of_nothing_shows_a_picture_all_the_same(preview: Preview) -> None:
    preview.follow(replace(designed("calm"), timeline=Timeline(()), words=()))
    assert size_of(preview.at(0, 0.5)) == (WIDTH, HEIGHT)


def test_the_window_moves_with_its_position(preview: Preview) -> None:
    dark, bright = (luma(preview.at(0, position))[1_000:].mean() for position in (0.0, 1.0))
    assert dark < bright - 50


@pytest.mark.parametrize(
    ("width", "height", "share", "is_sideways"),
    [(1280, 720, (1280 - 404) / 404, True), (1080, 1920, 0.0, False), (1080, 2340, (2340 - 1920) / 1920, False)],
)
def test_room_is_what_the_window_leaves(
    width: int, height: int, share: float, is_sideways: bool, source: Source
) -> None:
    room = room_of(replace(source.info, width=width, height=height))
    assert room.share == pytest.approx(share)
    assert room.is_sideways == is_sideways


def test_no_face_is_no_position(source: Source) -> None:
    assert look_for_faces(source, [Span(0, 1_000)], CancelToken()) == FoundFaces((), None)


def test_captions_move_when_a_face_becomes_known(source: Source, preview: Preview) -> None:
    preview.follow(designed("calm"))
    before = preview.at(200, "centre").copy()
    preview.know([Face(time_ms, 0.4, 0.45, 0.2, 0.35) for time_ms in range(0, 1_600, 200)])
    after = preview.at(200, "centre")
    assert (luma(before)[1_060:1_200] != luma(after)[1_060:1_200]).any()


def test_looking_for_a_face_can_be_stopped(source: Source) -> None:
    with pytest.raises(Cancelled):
        look_for_faces(source, [Span(0, 1_000)], CancelToken(lambda: True))


@pytest.mark.parametrize("style", list(STYLES))
def test_every_style_has_a_sample(style: str) -> None:
    assert sample_of(style, "one", "day").rgba.any()

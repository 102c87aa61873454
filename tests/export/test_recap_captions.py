"""What is said, written on the moments of a reel."""

from fractions import Fraction

import pytest

from duskreel.edit.crop_path import CropPath
from duskreel.edit.framing import Crop, Face
from duskreel.edit.timeline import Timeline
from duskreel.export.compositing import Overlay
from duskreel.export.layers import Layer
from duskreel.export.presets import EVERYWHERE
from duskreel.export.recap_captions import ReelCaptions, around
from duskreel.export.recap_label import DateLabel
from duskreel.library.entry import Word
from duskreel.timecode import Span

UPRIGHT, LANDSCAPE = (1080, 1920), (1920, 1080)
MOMENT = Timeline((Span(5_000, 8_000),))
WORDS = (
    Word("Before", 4_000, 4_500, 0.9),
    Word("I", 5_200, 5_400, 0.9),
    Word("lost", 5_500, 5_900, 0.9),
    Word("my", 6_000, 6_200, 0.9),
    Word("jab.", 6_300, 6_900, 0.4, corrected="job today."),
    Word("After", 8_200, 8_700, 0.9),
)


def layer(size: tuple[int, int], faces: tuple[Face, ...] = (), label: DateLabel | None = None) -> Layer:
    view = CropPath.static(Crop(0, 0, *size))
    return ReelCaptions("calm", size).layer(WORDS, MOMENT, faces, view, size, label)


def rows(overlay: Overlay | None) -> tuple[int, int]:
    assert overlay is not None
    return overlay.y_top, overlay.y_top + len(overlay.y)


def test_only_the_moments_own_words_are_written_as_they_were_corrected() -> None:
    captions = layer(UPRIGHT)
    said = {text for key in map(captions.key_at, range(0, 3_000, 33)) if key is not None for text in flat(key)}
    assert said >= {"I", "lost", "my", "job today."}
    assert not said & {"Before", "After", "jab."}


def flat(key: object) -> list[object]:
    return [one for part in key for one in flat(part)] if isinstance(key, tuple) else [key]


def test_upright_they_are_inside_what_platforms_leave_free() -> None:
    overlay = layer(UPRIGHT).overlay_at(600)
    top, bottom = rows(overlay)
    assert EVERYWHERE.top * 1920 <= top < bottom <= EVERYWHERE.bottom * 1920
    assert overlay is not None
    assert EVERYWHERE.left * 1080 <= overlay.x < overlay.x + overlay.y.shape[1] <= EVERYWHERE.right * 1080


@pytest.mark.parametrize("face_top", [0.1, 0.3, 0.5])
def test_they_cover_neither_a_face_nor_the_day(face_top: float) -> None:
    faces = tuple(Face(time_ms, 0.3, face_top, 0.4, 0.25) for time_ms in range(5_000, 8_000, 200))
    label = DateLabel("3 Nov", UPRIGHT)
    top, bottom = rows(layer(UPRIGHT, faces, label).overlay_at(600))
    assert top >= label.bottom_px
    assert bottom <= face_top * 1920 or top >= (face_top + 0.25) * 1920


def test_in_a_landscape_reel_they_are_as_large_and_stand_beside_the_day() -> None:
    upright, overlay = layer(UPRIGHT).overlay_at(600), layer(LANDSCAPE).overlay_at(600)
    day = DateLabel("30 Nov 2026", LANDSCAPE).overlay_at(0)
    assert upright is not None
    assert overlay is not None
    assert overlay.y.shape == upright.y.shape
    assert rows(overlay)[1] == rows(day)[1]
    assert day.x + day.y.shape[1] < (1920 - 780) // 2 <= overlay.x


def test_a_frame_around_a_picture_has_it_in_its_middle() -> None:
    wide, tall = (around((1280, 720), shape).first for shape in (Fraction(9, 16), Fraction(16, 9)))
    assert (wide.x, wide.width) == (0, 1280)
    assert wide.y == (720 - wide.height) // 2 < 0
    assert wide.height == pytest.approx(1280 * 16 / 9, abs=1)
    assert tall == Crop(0, 0, 1280, 720)

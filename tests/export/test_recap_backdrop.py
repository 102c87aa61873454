"""A clip of another shape, whole, over an enlargement of itself."""

import numpy as np
import pytest

from duskreel.export.canvases import Canvases
from duskreel.export.clips import PlanesClip
from duskreel.export.recap_backdrop import OverItself
from duskreel.picture.planes import Planes, blank, size_of, split


def filled(size: tuple[int, int], luma: int, blue: int = 128, red: int = 128) -> Planes:
    picture = blank(*size)
    for plane, value in zip(split(picture), (luma, blue, red), strict=True):
        plane[:] = value
    return picture


def shown(picture: Planes, size: tuple[int, int]) -> Planes:
    clip = PlanesClip(lambda _: picture, lambda _: ("one",), size_of(picture), 1_000)
    over: PlanesClip = clip.with_effects([OverItself(Canvases(size))])
    assert over.size == size
    return over.frame_function(0.0)


@pytest.mark.parametrize(
    ("inner", "outer", "rows", "columns"),
    [
        ((320, 180), (180, 320), (112, 208), (0, 180)),
        ((180, 320), (320, 180), (0, 180), (110, 210)),
        ((100, 100), (180, 320), (70, 250), (0, 180)),
    ],
)
def test_the_whole_picture_stands_in_the_middle_and_the_rest_is_darker(
    inner: tuple[int, int], outer: tuple[int, int], rows: tuple[int, int], columns: tuple[int, int]
) -> None:
    luma, blue, _ = split(shown(filled(inner, 200, blue=200), outer))
    middle = np.zeros_like(luma, dtype=bool)
    # Its edges are rounded to the grid of the colours.
    middle[rows[0] + 4 : rows[1] - 4, columns[0] + 4 * (columns[0] > 0) : columns[1] - 4 * (columns[0] > 0)] = True
    assert np.abs(luma[middle].astype(int) - 200).max() <= 2
    around = np.ones_like(middle)
    around[max(rows[0] - 4, 0) : rows[1] + 4, max(columns[0] - 4, 0) : columns[1] + 4] = False
    assert np.abs(luma[around].astype(int) - (16 + 0.4 * (200 - 16))).max() <= 2
    assert blue[0, 0] == pytest.approx(128 + 0.7 * (200 - 128), abs=2)


def test_what_is_around_it_is_blurred() -> None:
    picture = filled((320, 180), 60)
    split(picture)[0][:, ::8] = 220
    luma = split(shown(picture, (180, 320)))[0].astype(int)
    around, middle = luma[:100], luma[120:200]
    assert np.abs(np.diff(around, axis=1)).max() < 10 < np.abs(np.diff(middle, axis=1)).max()


def test_a_picture_is_not_changed_by_being_shown() -> None:
    picture = filled((320, 180), 90)
    before = picture.copy()
    shown(picture, (180, 320))
    assert np.array_equal(picture, before)

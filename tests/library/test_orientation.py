import numpy as np
import pytest

from duskreel.library.orientation import Orientation

STORED = np.array([[1, 2, 3], [4, 5, 6]])


@pytest.mark.parametrize(
    ("orientation", "shown"),
    [
        (Orientation(), [[1, 2, 3], [4, 5, 6]]),
        (Orientation(1), [[4, 1], [5, 2], [6, 3]]),
        (Orientation(2), [[6, 5, 4], [3, 2, 1]]),
        (Orientation(3), [[3, 6], [2, 5], [1, 4]]),
        (Orientation(0, is_mirrored=True), [[3, 2, 1], [6, 5, 4]]),
        (Orientation(1, is_mirrored=True), [[6, 3], [5, 2], [4, 1]]),
    ],
)
def test_pixels_are_mirrored_then_turned_clockwise(orientation: Orientation, shown: list[list[int]]) -> None:
    assert orientation.upright(STORED).tolist() == shown
    height, width = np.array(shown).shape
    assert orientation.upright_size(3, 2) == (width, height)


def test_colours_stay_with_their_pixels() -> None:
    stored = np.arange(24).reshape(2, 4, 3)
    assert Orientation(1).upright(stored)[0, 1].tolist() == stored[0, 0].tolist()

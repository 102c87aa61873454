"""Faces to a steady vertical window onto the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import median

VERTICAL = Fraction(9, 16)
FACE_HEIGHT_IN_CROP = 0.4
"""how far down the window the middle of the face stands: above the captions, with room over the hair"""
SAME_FACE_WIDTHS = 0.6
"""detections of one person, some five a second, lie closer together than this many face widths"""
SHAPE_TOLERANCE = Fraction(1, 100)
"""a picture this near to the wanted shape (406x720, 608x1080) is shown whole, not shaved by a few pixels"""


@dataclass(frozen=True)
class Face:
    """One detection, in fractions (0 to 1) of the upright picture; `x` and `y` are its top left corner."""

    time_ms: int
    x: float
    y: float
    width: float
    height: float

    @property
    def centre_x(self) -> float:
        """Fraction of the picture's width."""
        return self.x + self.width / 2

    @property
    def centre_y(self) -> float:
        """Fraction of the picture's height."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Crop:
    """A window in upright source pixels; all four numbers even, as 4:2:0 colour wants them."""

    x: int
    y: int
    width: int
    height: int


def static_crop(faces: Sequence[Face], width: int, height: int, *, aspect: Fraction = VERTICAL) -> Crop:
    """The one window that suits the whole clip: the main face in its middle, the centre without a face.

    Args:
        faces: detections from all over the clip, in any order, wrong ones included.
        width: of the upright picture in pixels; odd is allowed.
        height: likewise.
        aspect: width divided by height of the window.

    Raises:
        ValueError: the picture is under 2 pixels wide or high.
    """
    crop_width, crop_height = _window_size(width, height, aspect)
    main = _main_face(faces)
    if not main:
        return crop_at(0.5, width, height, aspect=aspect)
    left = median(face.centre_x for face in main) * width - crop_width / 2
    top = median(face.centre_y for face in main) * height - crop_height * FACE_HEIGHT_IN_CROP
    return Crop(
        _even_within(left, width - crop_width),
        _even_within(top, height - crop_height),
        crop_width,
        crop_height,
    )


def crop_at(position: float, width: int, height: int, *, aspect: Fraction = VERTICAL) -> Crop:
    """The window that the user dragged: 0 is as far left (up, in a tall picture) as it goes, 1 right (down).

    Args:
        position: clamped to 0..1.
        width: as for `static_crop`.
        height: likewise.
        aspect: likewise.

    Raises:
        ValueError: as for `static_crop`.
    """
    crop_width, crop_height = _window_size(width, height, aspect)
    share = min(max(position, 0.0), 1.0)
    room_x, room_y = width - crop_width, height - crop_height
    return Crop(_even_within(share * room_x, room_x), _even_within(share * room_y, room_y), crop_width, crop_height)


def position_of(crop: Crop, width: int, height: int) -> float:
    """Where a drag handle stands for this window: the number that `crop_at` turns into it, to 2 pixels."""
    room_x, room_y = _even(width) - crop.width, _even(height) - crop.height
    if room_x > 0:
        return crop.x / room_x
    return crop.y / room_y if room_y > 0 else 0.5


def _window_size(width: int, height: int, aspect: Fraction) -> tuple[int, int]:
    if width < 2 or height < 2:
        raise ValueError(f"a picture of {width}x{height} pixels cannot be framed")
    width, height = _even(width), _even(height)
    if abs(Fraction(width, height) / aspect - 1) <= SHAPE_TOLERANCE:
        return width, height
    if Fraction(width, height) > aspect:
        return max(_even(int(height * aspect)), 2), height
    return width, max(_even(int(width / aspect)), 2)


def _main_face(faces: Sequence[Face]) -> list[Face]:
    """The detections of whoever fills most of the picture for most of the time.

    A false hit is rare, somebody in the background is small: the summed area puts both behind the speaker.
    """
    ordered = sorted(faces, key=lambda face: face.centre_x)
    groups = [ordered[:1]]
    for left, right in pairwise(ordered):
        reach = SAME_FACE_WIDTHS * (left.width + right.width) / 2
        if right.centre_x - left.centre_x > reach:
            groups.append([])
        groups[-1].append(right)
    return max(groups, key=lambda group: sum(face.width * face.height for face in group))


def _even(size: int) -> int:
    return size - size % 2


def _even_within(offset: float, room: int) -> int:
    return min(max(2 * round(offset / 2), 0), _even(max(room, 0)))

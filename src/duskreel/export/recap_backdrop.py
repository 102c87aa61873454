"""A clip of another shape than the reel's: whole, in the middle, over a blurred and darkened enlargement of itself."""

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

import numpy as np
from numpy.typing import NDArray

from duskreel.edit.framing import Crop, static_crop
from duskreel.export.canvases import Canvases
from duskreel.export.clips import PlanesClip
from duskreel.export.compositing import reframed
from duskreel.export.moviepy_core import Effect
from duskreel.picture.planes import Planes, blank, size_of, split
from duskreel.timecode import from_seconds

LONG_SIDE_PX = 96
"""of the enlargement before it is enlarged: what is lost on the way is the blur"""
ROUNDS = 3
"""of a mean of three by three: together nearly a Gaussian, and nothing of the small picture's pixels is seen"""
BRIGHTNESS, COLOURFULNESS = 0.4, 0.7
"""of what they were"""
BLACK, GREY = 16, 128
"""ITU-R BT.709-6, item 3.5"""


@dataclass
class OverItself(Effect):  # type: ignore[misc] # MoviePy has no types
    """Shows the whole picture in the middle of a canvas of another shape."""

    canvases: Canvases

    def apply(self, clip: PlanesClip) -> PlanesClip:
        """Draw each picture twice; the sound stays."""
        picture_at, size = clip.frame_function, self.canvases.size
        backdrop = _Backdrop(clip.size, size)
        changed = PlanesClip(
            lambda time_s: backdrop.under(picture_at(time_s), self.canvases.take()),
            lambda time_s: (*clip.recipe_at(time_s), "over itself", size),
            size,
            from_seconds(clip.duration),
        )
        changed.audio = clip.audio
        return changed


class _Backdrop:
    """The measures, and memory for what is drawn on the way.

    Args:
        inner: width and height of the clip.
        outer: of the canvas.
    """

    def __init__(self, inner: tuple[int, int], outer: tuple[int, int]) -> None:
        self._whole = Crop(0, 0, *inner)
        self._filling = static_crop([], *inner, aspect=Fraction(*outer))
        self._picture = blank(*_fitting(inner, outer))
        self._small = blank(*_fitting(outer, (LONG_SIDE_PX, LONG_SIDE_PX)))

    def under(self, picture: Planes, canvas: Planes) -> Planes:
        """Draw both onto the canvas."""
        small = reframed(picture, self._filling, self._small)
        for plane, (base, share) in zip(split(small), _DIMMED, strict=True):
            plane[:] = np.rint(base + (_blurred(plane) - base) * np.float32(share))
        width, height = size_of(small)
        reframed(small, Crop(0, 0, width, height), canvas)
        shown = reframed(picture, self._whole, self._picture)
        for target, source in zip(split(canvas), split(shown), strict=True):
            top, left = ((outer - inner) // 2 for outer, inner in zip(target.shape, source.shape, strict=True))
            target[top : top + source.shape[0], left : left + source.shape[1]] = source
        return canvas


_DIMMED = ((BLACK, BRIGHTNESS), (GREY, COLOURFULNESS), (GREY, COLOURFULNESS))


def _fitting(inner: tuple[int, int], outer: tuple[int, int]) -> tuple[int, int]:
    """The largest size of the inner one's shape that fits, on the grid of 4:2:0 pictures and their middle."""
    share = min(Fraction(outer[0], inner[0]), Fraction(outer[1], inner[1]))
    width, height = (
        max(min(round(side * share / 4) * 4, limit // 4 * 4), 4) for side, limit in zip(inner, outer, strict=True)
    )
    return width, height


def _blurred(plane: Planes) -> NDArray[np.float32]:
    blurred = plane.astype(np.float32)
    for _ in range(ROUNDS):
        for axis in (0, 1):
            padded = np.pad(blurred, [(1, 1) if axis == side else (0, 0) for side in (0, 1)], mode="edge")
            count = blurred.shape[axis]
            parts = [np.take(padded, range(first, first + count), axis=axis) for first in range(3)]
            blurred = cast("NDArray[np.float32]", (parts[0] + parts[1] + parts[2]) / np.float32(3))
    return blurred

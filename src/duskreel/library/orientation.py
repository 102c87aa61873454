"""How a stored picture must be turned to stand upright."""

import math
import struct
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar, cast

import av
import numpy as np
from av.sidedata.sidedata import SideData
from numpy.typing import NDArray

Pixel = TypeVar("Pixel", bound=np.generic)

_MATRIX_BYTES = 36
_MOST_EXTREME_PIXEL_ASPECT = 8


@dataclass(frozen=True)
class Orientation:
    """Mirror left and right first if asked for, then turn clockwise."""

    quarter_turns: int = 0
    """clockwise, 0 to 3"""
    is_mirrored: bool = False

    @property
    def degrees(self) -> int:
        """The clockwise turn: 0, 90, 180 or 270."""
        return self.quarter_turns * 90

    def upright(self, pixels: NDArray[Pixel]) -> NDArray[Pixel]:
        """Turn an array of shape (height, width) or (height, width, channels); a view, not a copy."""
        if self.is_mirrored:
            pixels = pixels[:, ::-1]
        return np.rot90(pixels, -self.quarter_turns)

    def upright_size(self, width: int, height: int) -> tuple[int, int]:
        """Width and height after the turn."""
        return (height, width) if self.quarter_turns % 2 else (width, height)


def orientation_of(frame: av.VideoFrame) -> Orientation:
    """What the container asks for, from the display matrix that FFmpeg hands on with each frame.

    The matrix is nine native 32-bit integers a b u, c d v, x y w; a point (p, q) of the stored picture,
    q downwards, is shown at (a·p + c·q, b·p + d·q): ISO/IEC 14496-12, 6.2.2, and libavutil/display.h.
    """
    found = cast("SideData | None", frame.side_data.get("DISPLAYMATRIX"))
    content = b"" if found is None else bytes(found)
    if len(content) != _MATRIX_BYTES:
        return Orientation()
    a, b, _, c, d, *_ = struct.unpack("=9i", content)
    is_mirrored = a * d - b * c < 0
    if is_mirrored:
        a, b = -a, -b
    return Orientation(round(math.degrees(math.atan2(b, a)) / 90) % 4, is_mirrored)


def pixel_aspect(stream: av.VideoStream) -> Fraction:
    """Width of a pixel over its height; 1 where the file says nothing or nonsense."""
    aspect = stream.sample_aspect_ratio
    if not aspect or not 1 / _MOST_EXTREME_PIXEL_ASPECT <= aspect <= _MOST_EXTREME_PIXEL_ASPECT:
        return Fraction(1)
    return Fraction(aspect)

"""Pictures as planar YUV 4:2:0, the form that decoders give and encoders take.

A picture is one C-contiguous uint8 array of shape (height * 3 // 2, width): all of Y, then all of U, then all
of V, as PyAV's ``to_ndarray`` lays out ``yuv420p``. Values are BT.709, limited range. Width and height are even.
Going through RGB and back would cost more than all the rest of the work on a picture.
"""

import numpy as np
from numpy.typing import NDArray

Planes = NDArray[np.uint8]

BT709, UNSPECIFIED = 1, 2
"""matrix coefficients; BT709 stands for the same primaries and transfer curve too"""
BT601 = 6
"""the same matrix as 5, which older European material says"""
PQ, HLG = 16, 18
"""transfer curves of high dynamic range"""
LIMITED_RANGE, FULL_RANGE = 1, 2
"""code points of ITU-T H.273, the last ones as FFmpeg numbers them"""


def blank(width: int, height: int) -> Planes:
    """A black picture."""
    picture = np.full((height * 3 // 2, width), 128, dtype=np.uint8)
    picture[:height] = 16
    return picture


def size_of(picture: Planes) -> tuple[int, int]:
    """Width and height of the visible picture."""
    rows, width = picture.shape
    return width, rows * 2 // 3


def split(picture: Planes) -> tuple[Planes, Planes, Planes]:
    """Y, U and V as views: (height, width) and twice (height // 2, width // 2)."""
    width, height = size_of(picture)
    flat = picture.reshape(-1)
    luma, chroma = width * height, width * height // 4
    return (
        flat[:luma].reshape(height, width),
        flat[luma : luma + chroma].reshape(height // 2, width // 2),
        flat[luma + chroma :].reshape(height // 2, width // 2),
    )

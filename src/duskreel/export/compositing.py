"""Putting a picture together: the part that is shown, at the size that is wanted, and what is painted over it."""

from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

from duskreel.edit.crop_path import View
from duskreel.edit.framing import Crop
from duskreel.picture.planes import Planes, size_of, split

TAPS = 4
"""pixels on either side that count where a picture is seen from between pixels"""


def draw_in_one_thread() -> None:
    """From now on in this process: beside encoders that use every core, a picture that is drawn by several threads
    waits for the slowest of them. Making a short takes a tenth less time so.
    """
    import cv2

    cv2.setNumThreads(1)


def reframed(picture: Planes, view: View | Crop, canvas: Planes) -> Planes:
    """The part of a picture that `view` names, scaled to fill a canvas.

    Args:
        picture: stays as it is.
        view: within the picture; it may begin between pixels.
        canvas: is drawn over.

    Returns:
        The canvas.
    """
    import cv2

    # A wide enough kernel when shrinking, or edges shimmer; bicubic when growing, or faces blur. Of colours, nobody
    # sees that much.
    shrinks = view.width > size_of(canvas)[0]
    methods = (cv2.INTER_AREA,) * 3 if shrinks else (cv2.INTER_CUBIC, cv2.INTER_LINEAR, cv2.INTER_LINEAR)
    for source, target, step, method in zip(split(picture), split(canvas), (1, 2, 2), methods, strict=True):
        # Half the offset for the colours, which have half the pixels.
        part = _part(source, view.x / step, view.y / step, view.width // step, view.height // step)
        if part.shape == target.shape:
            target[:] = part
            continue
        cv2.resize(part, (target.shape[1], target.shape[0]), dst=target, interpolation=method)
    return canvas


def _part(plane: Planes, x: float, y: float, width: int, height: int) -> Planes:
    """A rectangle of a plane; between pixels, it is shifted at its own size, a tenth of the work of `warpAffine`."""
    import cv2

    left, top = floor(x), floor(y)
    if left == x and top == y:
        return plane[top : top + height, left : left + width]
    # What lies around it counts too, as far as there is anything.
    first_row, first_column = max(top - TAPS, 0), max(left - TAPS, 0)
    around = plane[first_row : top + height + TAPS, first_column : left + width + TAPS]
    across, down = _shift_kernel(x - left), _shift_kernel(y - top)
    shifted = cv2.sepFilter2D(around, -1, across, down, anchor=(TAPS - 1, TAPS - 1), borderType=cv2.BORDER_REPLICATE)
    row, column = top - first_row, left - first_column
    part: Planes = np.asarray(shifted[row : row + height, column : column + width], dtype=np.uint8)
    return part


def _shift_kernel(fraction: float) -> NDArray[np.float32]:
    """Weights of the pixels around, by which a line moves this share of a pixel to its start (C. Lanczos)."""
    distances = np.arange(1 - TAPS, TAPS + 1) - fraction
    weights = np.sinc(distances) * np.sinc(distances / TAPS)
    kernel: NDArray[np.float32] = (weights / weights.sum()).astype(np.float32)
    return kernel


@dataclass(frozen=True)
class Overlay:
    """A painted rectangle, ready to be laid over pictures: premultiplied planes and what shines through.

    The arrays are uint16 so that a blend needs no conversion of them: `y` and `y_through` (height, width),
    `u`, `v` and `uv_through` (height // 2, width // 2). Through is 256 where the picture shows in full.
    """

    x: int
    y_top: int
    y: NDArray[np.uint16]
    u: NDArray[np.uint16]
    v: NDArray[np.uint16]
    y_through: NDArray[np.uint16]
    uv_through: NDArray[np.uint16]


def overlay_from_rgba(rgba: NDArray[np.uint8], x: int, y: int) -> Overlay:
    """Turn painted pixels into planes once, so that each picture costs one multiply-add per sample.

    Args:
        rgba: (height, width, 4), premultiplied, sRGB; both sizes even.
        x: even distance of the left edge from the picture's.
        y: even distance of the top edge from the picture's.
    """
    red, green, blue, alpha = (rgba[..., channel].astype(np.float32) for channel in range(4))
    # BT.709 limited range (ITU-R BT.709-6, items 3.4 and 3.5); offsets scale with opacity: premultiplied.
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    y_plane = luma * 219 / 255 + 16 * alpha / 255
    u_plane = _halved((blue - luma) / 1.8556 * 224 / 255 + 128 * alpha / 255)
    v_plane = _halved((red - luma) / 1.5748 * 224 / 255 + 128 * alpha / 255)
    return Overlay(
        x=x,
        y_top=y,
        y=_fixed(y_plane),
        u=_fixed(u_plane),
        v=_fixed(v_plane),
        y_through=_through(alpha),
        uv_through=_through(_halved(alpha)),
    )


def lay_over(picture: Planes, overlay: Overlay) -> None:
    """Blend an overlay into a picture, in place."""
    top, left = overlay.y_top, overlay.x
    layers = (
        (overlay.y, overlay.y_through, 1),
        (overlay.u, overlay.uv_through, 2),
        (overlay.v, overlay.uv_through, 2),
    )
    for plane, (painted, through, step) in zip(split(picture), layers, strict=True):
        rows, columns = painted.shape
        part = plane[top // step : top // step + rows, left // step : left // step + columns]
        # 255 * 256 + 255 * 256 would overflow, but paint and what shines through share the same 256.
        mixed = part * through
        mixed += painted
        mixed >>= 8
        part[:] = mixed


def _halved(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    return (plane[::2, ::2] + plane[1::2, ::2] + plane[::2, 1::2] + plane[1::2, 1::2]) * np.float32(0.25)


def _fixed(plane: NDArray[np.float32]) -> NDArray[np.uint16]:
    # Half a step up, so that the shift in `lay_over` rounds instead of cutting off.
    return np.minimum(plane * 256 + 128, 65_535 - 255).astype(np.uint16)


def _through(alpha: NDArray[np.float32]) -> NDArray[np.uint16]:
    return np.rint(256 - alpha * 256 / 255).astype(np.uint16)

"""Putting a picture together: the part that is shown, at the size that is wanted, and what is painted over it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duskreel.edit.framing import Crop
from duskreel.picture.planes import Planes, split


def reframed(picture: Planes, crop: Crop, width: int, height: int) -> Planes:
    """The part of a picture that `crop` names, scaled to width by height."""
    import cv2

    shrinks = crop.width > width
    framed: Planes = np.empty((height * 3 // 2, width), dtype=np.uint8)
    for source, target, step in zip(split(picture), split(framed), (1, 2, 2), strict=True):
        top, left = crop.y // step, crop.x // step
        part = source[top : top + crop.height // step, left : left + crop.width // step]
        if part.shape == target.shape:
            target[:] = part
            continue
        # A wide enough kernel when shrinking, or edges shimmer; bicubic when growing, or faces blur.
        method = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
        cv2.resize(part, (target.shape[1], target.shape[0]), dst=target, interpolation=method)
    return framed


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

"""A thin bar that fills as a short plays."""

from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray

from duskreel.export.compositing import Overlay, overlay_from_rgba
from duskreel.export.style import AMBER, DUSK, WHITE, Colour

BAR_HEIGHT_PX = 14
RIM_PX = 3
"""of dusk around the bar, so that it is seen on a bright wall"""
RIM_OPACITY = 0.5
TRACK_OPACITY = 0.35

THICK_PX = BAR_HEIGHT_PX - 2 * RIM_PX

Pixels = NDArray[np.float32]


class ProgressBar:
    """Grows by whole pixels: a moment that adds none has the key of the one before.

    Args:
        x: even distance of its left edge from the frame's.
        y: even distance of its top edge from the frame's.
        width_px: even.
        duration_ms: after which it is full.
    """

    def __init__(self, x: int, y: int, width_px: int, duration_ms: int) -> None:
        self._x, self._y, self._width_px = x, y, width_px
        self._room_px = width_px - 2 * RIM_PX
        self._duration_ms = duration_ms
        self._empty, self._full = (self._painted(full_px, 0, width_px) for full_px in (0, self._room_px))
        self._kept: tuple[int, Overlay] | None = None

    def key_at(self, time_ms: int) -> Hashable:
        """Where it is, and how many of its pixels are full."""
        return "bar", self._x, self._y, self._width_px, self._full_px(time_ms)

    def overlay_at(self, time_ms: int) -> Overlay:
        """The bar as it is then."""
        full_px = self._full_px(time_ms)
        if self._kept is None or self._kept[0] != full_px:
            self._kept = full_px, self._grown(full_px)
        return self._kept[1]

    def _full_px(self, time_ms: int) -> int:
        return round(min(max(time_ms / self._duration_ms, 0.0), 1.0) * self._room_px)

    def _grown(self, full_px: int) -> Overlay:
        """Only the few columns where the full part ends are painted; the others are those of a full or empty bar."""
        left = max(RIM_PX + full_px - THICK_PX, 0) // 2 * 2
        right = min(left + 2 * THICK_PX + 2, self._width_px)
        end = self._painted(full_px, left, right)

        def beside(name: str, step: int) -> NDArray[np.uint16]:
            before, after = getattr(self._full, name), getattr(self._empty, name)
            return np.concatenate([before[:, : left // step], getattr(end, name), after[:, right // step :]], axis=1)

        luma = {name: beside(name, 1) for name in ("y", "y_through")}
        chroma = {name: beside(name, 2) for name in ("u", "v", "uv_through")}
        return Overlay(x=self._x, y_top=self._y, **luma, **chroma)

    def _painted(self, full_px: int, left: int, right: int) -> Overlay:
        """The columns from `left` up to `right`."""
        columns = np.arange(left, right, dtype=np.float32) + np.float32(0.5)
        rim = _capsule(columns, 0, self._width_px, BAR_HEIGHT_PX / 2)
        track = _capsule(columns, RIM_PX, RIM_PX + self._room_px, THICK_PX / 2)
        # While it is shorter than thick, the full part is a round one cut off.
        full = _capsule(columns, RIM_PX, RIM_PX + max(full_px, THICK_PX), THICK_PX / 2)
        full[:, columns > RIM_PX + full_px] = 0
        rgba = _over(_paint(WHITE, TRACK_OPACITY) * track, _paint(DUSK, RIM_OPACITY) * rim)
        rgba = _over(_paint(AMBER, 1.0) * full, rgba)
        return overlay_from_rgba(np.rint(rgba).astype(np.uint8), self._x, self._y)


def _capsule(columns: Pixels, left: float, right: float, radius: float) -> Pixels:
    """How much of each pixel lies in a bar with round ends.

    Returns:
        (BAR_HEIGHT_PX, count of columns, 1), from 0 to 1.
    """
    down = np.arange(BAR_HEIGHT_PX, dtype=np.float32)[:, None] + np.float32(0.5 - BAR_HEIGHT_PX / 2)
    beyond = columns - np.clip(columns, left + radius, right - radius)
    covered: Pixels = np.clip(np.float32(radius + 0.5) - np.hypot(beyond, down), 0, 1)[..., None].astype(np.float32)
    return covered


def _paint(colour: Colour, opacity: float) -> Pixels:
    """Premultiplied, from 0 to 255."""
    red, green, blue, _ = colour
    return np.array([red, green, blue, 255], dtype=np.float32) * np.float32(opacity)


def _over(upper: Pixels, lower: Pixels) -> Pixels:
    """Premultiplied source over destination (T. Porter and T. Duff, 1984)."""
    mixed: Pixels = upper + lower * (1 - upper[..., 3:] / np.float32(255))
    return mixed

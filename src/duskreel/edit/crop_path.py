"""A window onto the picture that may move, and where things in the picture are seen through it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sin
from typing import Self

from duskreel.edit.framing import Crop, Face
from duskreel.timecode import Span


@dataclass(frozen=True)
class View:
    """A window in upright source pixels, which lies between pixels while it moves and on even ones at rest."""

    x: float
    y: float
    width: int
    height: int


@dataclass(frozen=True)
class Move:
    """How the window gets to another place. Moves that overlap add up."""

    span: Span
    """in the clip's own time; without length where the clip is cut"""
    x: int
    """pixels to the right; even"""
    y: int
    """pixels down; even"""

    def share(self, time_ms: float) -> float:
        """How much of the way is gone, 0 to 1; speed and acceleration are 0 at both ends.

        The speed is a raised cosine, so that overlapping moves of one who walks on add up to an even one.
        """
        if not self.span.start_ms < time_ms < self.span.end_ms:
            return float(time_ms >= self.span.end_ms)
        gone = (time_ms - self.span.start_ms) / self.span.duration_ms
        return gone - sin(2 * pi * gone) / (2 * pi)


@dataclass(frozen=True)
class CropPath:
    """Where the window is at each moment of the clip."""

    first: Crop
    moves: tuple[Move, ...] = ()

    @classmethod
    def static(cls, crop: Crop) -> Self:
        """One that never moves."""
        return cls(crop)

    @property
    def is_still(self) -> bool:
        """Whether one window does for the whole clip."""
        return not self.moves

    @property
    def holds(self) -> tuple[Crop, ...]:
        """The windows at which it rests, in order; those of somebody who walks on are only passed."""
        crops = [self.first]
        for move in self.moves:
            last = crops[-1]
            crops.append(Crop(last.x + move.x, last.y + move.y, last.width, last.height))
        return tuple(crops)

    def at(self, source_ms: float) -> View:
        """The window at a moment of the clip; the first or last one beyond its ends."""
        x, y = float(self.first.x), float(self.first.y)
        for move in self.moves:
            share = move.share(source_ms)
            x, y = x + share * move.x, y + share * move.y
        return View(x, y, self.first.width, self.first.height)


@dataclass(frozen=True)
class FaceInFrame:
    """Where the face is in the short, in fractions (0 to 1) of its picture."""

    time_ms: int
    """of the clip"""
    left: float
    top: float
    right: float
    bottom: float


def faces_in_frame(path: CropPath, main: Sequence[Face], width: int, height: int) -> list[FaceInFrame]:
    """Where the face stands in the short; moments at which it is outside are left out.

    Args:
        path: of the window.
        main: what `main_face` gives.
        width: of the upright picture in pixels.
        height: likewise.
    """
    found: list[FaceInFrame] = []
    for face in main:
        view = path.at(face.time_ms)
        left, right = ((x * width - view.x) / view.width for x in (face.x, face.x + face.width))
        top, bottom = ((y * height - view.y) / view.height for y in (face.y, face.y + face.height))
        if left < 1 and right > 0 and top < 1 and bottom > 0:
            found.append(FaceInFrame(face.time_ms, max(left, 0.0), max(top, 0.0), min(right, 1.0), min(bottom, 1.0)))
    return found

"""What cameras and microphones deliver, and how they end: the seam between devices and the recorder.

Both kinds deliver from a thread of their own. All times are of the one monotonic clock, ``time.monotonic_ns()``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from duskreel.picture.planes import Planes, size_of


class SourceEnd(Enum):
    """Why a source delivers no more."""

    FINISHED = "finished"
    """it was a file, and this is its end"""
    LOST = "lost"
    """the device is gone, or has delivered nothing for too long"""


@dataclass(frozen=True)
class Picture:
    """One picture of a camera."""

    planes: Planes
    """planar 4:2:0 of shape (height * 3 // 2, width), both even; BT.709, limited range; not written to again"""
    at_ns: int
    """when it arrived"""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return size_of(self.planes)


@dataclass(frozen=True)
class Sound:
    """A block of a microphone's samples."""

    samples: NDArray[np.float32]
    """shape (count, channels), from -1 to 1"""
    rate_hz: int
    """as the device claims; its clock may run a little fast or slow against the monotonic one"""
    at_ns: int
    """when the first of the samples sounded, as well as can be told"""


class PictureSource(Protocol):
    """A camera, or something that stands in for one."""

    @property
    def label(self) -> str:
        """How to speak of it to the user."""

    def start(self, on_picture: Callable[[Picture], None], on_end: Callable[[SourceEnd], None]) -> None:
        """Begin to deliver, from another thread, until `stop` or an end.

        Raises:
            DiaryError: it cannot be opened.
        """

    def stop(self) -> None:
        """Let go of the device; nothing is delivered after this returns. May be called twice."""


class SoundSource(Protocol):
    """A microphone, or something that stands in for one."""

    @property
    def label(self) -> str:
        """How to speak of it to the user."""

    def start(self, on_sound: Callable[[Sound], None], on_end: Callable[[SourceEnd], None]) -> None:
        """As for `PictureSource`."""

    def stop(self) -> None:
        """As for `PictureSource`."""

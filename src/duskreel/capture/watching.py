"""What goes wrong without an error: a picture that stands still, a microphone that hears nothing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duskreel.capture.clock import NS_PER_S
from duskreel.capture.sources import Picture, Sound

SILENT_AFTER_NS = 5 * NS_PER_S
FROZEN_AFTER_NS = 3 * NS_PER_S
DIGITAL_SILENCE = 2 / 32768
"""the last bits of a 16-bit converter; any real room is louder"""
_EVERY = 8


@dataclass(frozen=True)
class Level:
    """How loud a block is, from 0 to 1."""

    rms: float
    peak: float


def level_of(sound: Sound) -> Level:
    """Over all channels."""
    if not sound.samples.size:
        return Level(0.0, 0.0)
    samples = np.nan_to_num(sound.samples)
    return Level(float(np.sqrt(np.mean(np.square(samples)))), float(np.abs(samples).max()))


class Standstill:
    """Notices that something has lasted too long, once for each time that it happens."""

    def __init__(self, after_ns: int) -> None:
        self._after_ns = after_ns
        self._since_ns: int | None = None
        self._is_told = False

    def changed(self, *, is_still: bool, at_ns: int) -> bool:
        """Returns True at the moment when it is to be told."""
        if not is_still:
            self._since_ns, self._is_told = None, False
            return False
        if self._since_ns is None:
            self._since_ns = at_ns
        if self._is_told or at_ns - self._since_ns < self._after_ns:
            return False
        self._is_told = True
        return True


class SilenceWatch:
    """Digital silence, as of a microphone that is switched off; a quiet room is not silent."""

    def __init__(self) -> None:
        self._standstill = Standstill(SILENT_AFTER_NS)

    def is_to_be_told(self, level: Level, at_ns: int) -> bool:
        """Called for every block."""
        return self._standstill.changed(is_still=level.peak < DIGITAL_SILENCE, at_ns=at_ns)


class FreezeWatch:
    """The same picture over and over; a real sensor's noise never gives the same one twice."""

    def __init__(self) -> None:
        self._standstill = Standstill(FROZEN_AFTER_NS)
        self._last: NDArray[np.uint8] = np.zeros((0, 0), np.uint8)

    def is_to_be_told(self, picture: Picture) -> bool:
        """Called for every picture; compares every eighth row and column."""
        seen = picture.planes[::_EVERY, ::_EVERY].copy()
        is_same = np.array_equal(seen, self._last)
        self._last = seen
        return self._standstill.changed(is_still=is_same, at_ns=picture.at_ns)

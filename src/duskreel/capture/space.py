"""How long the disk has room for: told before a take begins and watched while it goes on."""

from collections.abc import Callable
from enum import Enum

from duskreel.errors import DiaryError

SPARE_BYTES = 64 << 20
"""for the poster, the sidecars, the index, and what other programs write in the meantime"""
REFUSE_UNDER_S = 5 * 60
WARN_UNDER_S = 15 * 60
_COPIES = 2
"""of every byte: the take as it is recorded, and the clip that is made of it at the end"""
_BITS_PER_PIXEL = 0.15
"""of superfast x264 at crf 20 on the sensor noise of a webcam, rather too much than too little"""


class Room(Enum):
    """What the disk allows."""

    ENOUGH = "enough"
    SHORT = "short"
    """under WARN_UNDER_S"""
    LOW = "low"
    """only what is needed to finish: stop now"""


def expected_bytes_per_second(width: int, height: int, fps: float) -> int:
    """Before anything was recorded."""
    return round(width * height * fps * _BITS_PER_PIXEL / 8) + 20_000


class SpaceWatch:
    """Compares what is free with what a take still needs.

    Args:
        free_bytes: asks the disk; may raise OSError.
        bytes_per_second: expected; the take's own rate takes its place after some seconds.
    """

    def __init__(self, free_bytes: Callable[[], int], bytes_per_second: int) -> None:
        self._free_bytes = free_bytes
        self._bytes_per_second = bytes_per_second

    def refuse_if_short(self) -> int:
        """How many seconds there is room for.

        Raises:
            DiaryError: for less than REFUSE_UNDER_S.
        """
        seconds = self.seconds_left(0)
        if seconds < REFUSE_UNDER_S:
            needed = _COPIES * REFUSE_UNDER_S * self._bytes_per_second + SPARE_BYTES
            raise DiaryError(
                f"There is too little room to record: {self._free() >> 20} MB are free,"
                f" and five minutes need {needed >> 20} MB.",
                "Free some space on the disk that the diary is on, then try again.",
            )
        return seconds

    def look(self, written_bytes: int, recorded_s: float) -> Room:
        """While recording."""
        if recorded_s >= 10:
            self._bytes_per_second = max(round(written_bytes / recorded_s), 1)
        if self._free() < written_bytes + SPARE_BYTES:
            return Room.LOW
        return Room.SHORT if self.seconds_left(written_bytes) < WARN_UNDER_S else Room.ENOUGH

    def seconds_left(self, written_bytes: int) -> int:
        """How much longer a take of this size may go on and still be finished."""
        usable = self._free() - written_bytes - SPARE_BYTES
        return max(usable, 0) // (_COPIES * self._bytes_per_second)

    def _free(self) -> int:
        try:
            return self._free_bytes()
        except OSError:
            # Some network disks do not say. Then the failed write itself is what stops the take.
            return 1 << 50

"""Handing over from a source's thread, so that nothing comes after the end."""

from collections.abc import Callable
from threading import RLock
from typing import Generic, TypeVar

from duskreel.capture.sources import SourceEnd

Item = TypeVar("Item")

STOP_PATIENCE_S = 3.0
"""how long `stop` waits for a device that does not answer; its thread is then left to itself"""


class Delivery(Generic[Item]):
    """The two callbacks of a source, silenced for good by whichever comes first: its end, or `close`."""

    def __init__(self, on_item: Callable[[Item], None], on_end: Callable[[SourceEnd], None]) -> None:
        self._on_item = on_item
        self._on_end = on_end
        # Re-entrant, because whoever is handed something may stop the source there and then.
        self._lock = RLock()
        self._is_closed = False

    @property
    def is_closed(self) -> bool:
        """Whether nothing is handed over any more."""
        return self._is_closed

    def give(self, item: Item) -> None:
        """Hand over, unless it is over."""
        with self._lock:
            if not self._is_closed:
                self._on_item(item)

    def end(self, reason: SourceEnd) -> None:
        """Tell the end, once, and not after `close`."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
        # Outside of the lock: the one who is told may be waiting for a thread that is just calling `close`.
        self._on_end(reason)

    def close(self) -> None:
        """After this returns nothing is handed over; waits for what is being handed over, but not for ever."""
        self._is_closed = True
        if self._lock.acquire(timeout=STOP_PATIENCE_S):
            self._lock.release()

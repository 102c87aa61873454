"""The thread of a source, and handing over from it, so that nothing comes after the end."""

from collections.abc import Callable
from threading import Event, RLock, Thread, current_thread
from typing import Generic, TypeVar

from duskreel.capture.sources import SourceEnd
from duskreel.errors import DiaryError

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


class SourceThread(Generic[Item]):
    """A device lives in a thread of its own, since opening and reading it may take as long as they like.

    Args:
        name: of the thread.
        patience_s: for opening.
        no_answer: the failure when that takes longer.
    """

    def __init__(self, name: str, patience_s: float, no_answer: Callable[[], DiaryError]) -> None:
        self._name, self._patience_s, self._no_answer = name, patience_s, no_answer
        self._delivery: Delivery[Item] | None = None
        self._stopping = Event()
        self._failure: DiaryError | None = None
        self._thread: Thread | None = None

    def start(
        self,
        run: Callable[[Delivery[Item], Event, Event], None],
        on_item: Callable[[Item], None],
        on_end: Callable[[SourceEnd], None],
    ) -> None:
        """Returns when the device is open.

        Args:
            run: given where to deliver, an event to set when the device is open, and one that is set when it is to
                stop. A DiaryError that it raises is the reason why the device cannot be opened.
            on_item: as for a source.
            on_end: as for a source.

        Raises:
            DiaryError: it cannot be opened, or does not answer.
        """
        opened, self._stopping, self._failure = Event(), Event(), None
        self._delivery = Delivery(on_item, on_end)
        self._thread = Thread(
            target=self._run, args=(run, self._delivery, opened, self._stopping), name=self._name, daemon=True
        )
        self._thread.start()
        if not opened.wait(self._patience_s):
            self._failure = self._no_answer()
        if self._failure is not None:
            self.stop()
            raise self._failure

    def stop(self) -> None:
        """Nothing is delivered after this. A device that hangs in its driver is left alone after three seconds."""
        self._stopping.set()
        if self._delivery is not None:
            self._delivery.close()
        if self._thread is not None and self._thread is not current_thread():
            self._thread.join(STOP_PATIENCE_S)

    def _run(
        self,
        run: Callable[[Delivery[Item], Event, Event], None],
        delivery: Delivery[Item],
        opened: Event,
        stopping: Event,
    ) -> None:
        try:
            run(delivery, opened, stopping)
        except DiaryError as error:
            self._failure = error
        finally:
            opened.set()

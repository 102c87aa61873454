"""A thread for what would keep the window waiting, with answers in the window's own thread."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from duskreel.errors import DiaryError

Answer = TypeVar("Answer")


def is_gone(owner: QObject | None) -> bool:
    """Whether whoever asked is no longer there to be told; nobody in particular always is."""
    return owner is not None and not isValid(owner)


def ignore(_answer: object) -> None:
    """For questions whose answer nobody needs."""


@dataclass(frozen=True)
class _Asked:
    done: Callable[[Any], object]
    failed: Callable[[DiaryError], object]
    owner: QObject | None
    topic: str
    number: int


class Worker(QObject):
    """Does one thing after the other in a thread of its own. All methods belong to the window's thread.

    Args:
        name: of the thread.
        on_failure: told of every known failure whose asker did not say what to do about it.
    """

    _answered = Signal(object, object)

    def __init__(self, name: str, on_failure: Callable[[DiaryError], object]) -> None:
        super().__init__()
        self._on_failure = on_failure
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._newest: dict[str, int] = {}
        self._count = 0
        self._is_closed = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        question: Callable[[], Answer],
        done: Callable[[Answer], object] = ignore,
        *,
        failed: Callable[[DiaryError], object] | None = None,
        owner: QObject | None = None,
        topic: str = "",
    ) -> None:
        """Do something in the thread.

        Args:
            question: called there.
            done: called in the window's thread with what it returned.
            failed: called there with a DiaryError, instead of telling the user.
            owner: if it is gone by then, nobody is told.
            topic: of several questions with the same one, only the newest is answered; older ones are passed over.
        """
        if self._is_closed:
            return
        self._count += 1
        asked = _Asked(done, failed or self._on_failure, owner, topic, self._count)
        if topic:
            self._newest[topic] = asked.number
        future = self._pool.submit(self._unless_stale, asked, question)
        future.add_done_callback(lambda future: self._hand_over(asked, future))

    def close(self) -> None:
        """Finish what was begun, leave out what was not, and answer nobody any more. Waits."""
        self._is_closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def finish(self) -> None:
        """Do everything that was asked for, then close. Waits."""
        self._pool.shutdown(wait=True)
        self._is_closed = True

    def _unless_stale(self, asked: _Asked, question: Callable[[], Answer]) -> Answer | None:
        return None if self._is_stale(asked) else question()

    def _is_stale(self, asked: _Asked) -> bool:
        return bool(asked.topic) and self._newest.get(asked.topic) != asked.number

    def _hand_over(self, asked: _Asked, future: "Future[Any]") -> None:
        if not future.cancelled() and not self._is_closed:
            self._answered.emit(asked, future)

    def _deliver(self, asked: _Asked, future: "Future[Any]") -> None:
        if self._is_closed or self._is_stale(asked) or is_gone(asked.owner):
            return
        try:
            answer = future.result()
        except DiaryError as error:
            asked.failed(error)
        else:
            asked.done(answer)

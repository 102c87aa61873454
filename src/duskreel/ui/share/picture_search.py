"""Looking for other people, screens and pages in what a short shows, in a thread of its own: this takes a while."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from PySide6.QtCore import QObject, QTimer, Signal

from duskreel.errors import Cancelled, DiaryError
from duskreel.progress import CancelToken
from duskreel.timecode import Span, subtract
from duskreel.ui.share.preview_player import open_source
from duskreel.ui.worker import Worker, ignore

if TYPE_CHECKING:
    # It loads MoviePy and OpenCV, which the window does without until a short is looked at.
    from duskreel.review.seen import Seen


WATCH_MS = 400


@dataclass
class _Turn:
    """One look, as its thread and the window know it."""

    share: float = 0.0
    is_stopped: bool = False


class PictureSearch(QObject):
    """Looks once at what the review shows, and again where that has become more.

    Args:
        parent: when it is gone, nobody looks any more.
        open_clip: called in the thread.
        name: of the clip, for the user.
    """

    changed = Signal()
    """it has begun, has got on, or has an answer"""

    def __init__(self, parent: QObject, open_clip: Callable[[], BinaryIO], name: str) -> None:
        super().__init__(parent)
        self._open_clip, self._name = open_clip, name
        self._worker = Worker("picture", ignore)
        self._is_over = threading.Event()
        self._spans: tuple[Span, ...] = ()
        self._seen: Seen | None = None
        self._failure: DiaryError | None = None
        self._turn = _Turn()
        # A thread that told of its progress by signals might do so when nobody is there any more.
        self._watching = QTimer(self, interval=WATCH_MS)
        self._watching.timeout.connect(self.changed)
        self.destroyed.connect(self._is_over.set)

    @property
    def is_looking(self) -> bool:
        """Whether there will be an answer."""
        return bool(self._spans) and self._seen is None and self._failure is None

    @property
    def share(self) -> float:
        """How much of it is done, 0.0 to 1.0."""
        return self._turn.share

    @property
    def seen(self) -> "Seen | None":
        """What was found in the stretches that were asked about."""
        return self._seen

    @property
    def failure(self) -> DiaryError | None:
        """Why nobody could look."""
        return self._failure

    def covers(self, spans: Sequence[Span]) -> bool:
        """Whether all of these have been looked at."""
        return self._seen is not None and not subtract(spans, self._spans)

    def look_at(self, spans: Sequence[Span]) -> None:
        """Look at these stretches of the clip, unless that was begun before."""
        if self._is_over.is_set() or not spans or (self._spans and not subtract(spans, self._spans)):
            return
        self._spans, self._seen, self._failure = tuple(spans), None, None
        self._turn.is_stopped = True
        turn = self._turn = _Turn()
        is_over = self._is_over
        token = CancelToken(lambda: is_over.is_set() or turn.is_stopped)
        look = partial(_found, self._open_clip, self._name, tuple(spans), turn, token)
        self._worker.run(look, self._take, failed=self._give_up, owner=self, topic="picture")
        self._watching.start()
        self.changed.emit()

    def stop(self) -> None:
        """Give up for now: something else needs the processors."""
        if self.is_looking:
            self._turn.is_stopped = True
            self._spans = ()
            self._end()

    def close(self) -> None:
        """Give up. Does not wait."""
        self._is_over.set()
        self._watching.stop()
        self._worker.run(lambda: None, self._close_worker)

    def _close_worker(self, _: object) -> None:
        self._worker.close()

    def _take(self, seen: "Seen | None") -> None:
        if seen is not None:
            self._seen = seen
            self._end()

    def _give_up(self, error: DiaryError) -> None:
        self._failure = error
        self._end()

    def _end(self) -> None:
        self._watching.stop()
        self.changed.emit()


def _found(
    open_clip: Callable[[], BinaryIO],
    name: str,
    spans: Sequence[Span],
    turn: _Turn,
    token: CancelToken,
) -> "Seen | None":
    from duskreel.review.seen import look_at_picture

    def progress(_stage: str, share: float) -> None:
        turn.share = share

    source = open_source(open_clip, name)
    try:
        return look_at_picture(source, spans, progress=progress, token=token)
    except Cancelled:
        return None
    finally:
        source.file.close()

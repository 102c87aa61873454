"""Looks at picture and sound twice a second, and says one thing at a time."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from duskreel.capture.coach import Hint, hints, look_at
from duskreel.capture.sources import Picture
from duskreel.errors import DiaryError
from duskreel.picture.faces import FaceDetector
from duskreel.ui.record.feed import Feed
from duskreel.ui.worker import Worker

EVERY_MS = 500
SEEN_BEFORE_SAID = 3
"""looks in a row; who leans to the side for a moment need not be told"""
SAID_FOR_LOOKS = 8
"""at least, so that a sentence can be read to its end"""


class OneAtATime:
    """Decides which hint is worth saying: one that stays, for long enough to be read, and then the next."""

    def __init__(self) -> None:
        self._seen: dict[Hint, int] = {}
        self._said: Hint | None = None
        self._said_for = 0

    def after(self, found: list[Hint]) -> Hint | None:
        """What to say after one more look.

        Args:
            found: by that look, the most useful first.
        """
        self._seen = {hint: self._seen.get(hint, 0) + 1 for hint in found}
        self._said_for += 1
        if self._said is not None and self._said_for < SAID_FOR_LOOKS:
            return self._said
        lasting = [hint for hint in found if self._seen[hint] >= SEEN_BEFORE_SAID]
        if self._said not in lasting:
            self._said, self._said_for = (lasting[0] if lasting else None), 0
        return self._said


class Coaching(QObject):
    """The coach in a thread of its own.

    Args:
        feed: what it looks at.
        on_failure: told if looking is impossible.
    """

    hinted = Signal(str)
    """a sentence, or "" when there is nothing to say any more"""

    def __init__(self, feed: Feed, on_failure: Callable[[DiaryError], object]) -> None:
        super().__init__()
        self._feed = feed
        self._worker = Worker("coach", on_failure)
        self._detector: FaceDetector | None = None
        self._order = OneAtATime()
        self._sentence = ""
        self._is_looking = False
        self.listens_only = False
        """while somebody talks, how they sit is not the point"""
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin to look."""
        self._order = OneAtATime()
        self._timer.start()

    def stop(self) -> None:
        """Say nothing more."""
        self._timer.stop()
        self._say("")

    def close(self) -> None:
        """Waits for the look that it is taking."""
        self._timer.stop()
        self._worker.close()

    def _look(self) -> None:
        if self._is_looking:
            return
        self._is_looking = True
        picture = None if self.listens_only or self._feed.is_stale else self._feed.newest
        self._worker.run(lambda: self._found(picture), self._decide, owner=self)

    def _found(self, picture: Picture | None) -> list[Hint]:
        """In the coach's thread, which alone may use the detector."""
        if picture is not None and self._detector is None:
            self._detector = FaceDetector()
        look = look_at(picture, self._detector) if picture is not None else None
        return hints(look, self._feed.loudness())

    def _decide(self, found: list[Hint]) -> None:
        self._is_looking = False
        if self._timer.isActive():
            hint = self._order.after(found)
            self._say(hint.value if hint else "")

    def _say(self, sentence: str) -> None:
        if sentence != self._sentence:
            self._sentence = sentence
            self.hinted.emit(sentence)

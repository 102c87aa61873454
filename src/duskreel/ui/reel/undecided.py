"""What the moments of a reel say that nobody has decided about yet, looked for while the moments are looked at."""

import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from duskreel.errors import DiaryError
from duskreel.export.recap import Moment
from duskreel.library.diary import Diary
from duskreel.library.values import DiaryLocation
from duskreel.memories.wording import long_day
from duskreel.review.findings import Finding
from duskreel.review.moments import moments_with_findings
from duskreel.ui.worker import Worker, ignore

LOOKING = "What is said in these moments is still being looked through."
ADVICE = "Decide about such words first, where you share the entry, or leave the day out."

Findings = dict[Moment, tuple[Finding, ...]]
"""of each moment that was looked through"""


class Undecided(QObject):
    """Looks through each moment once, in a thread of its own: a year takes a while.

    Args:
        parent: nobody is told when it is gone.
        location: of the diary.
        platform: for which it is checked, as in the settings.
    """

    changed = Signal()
    """what `told` says"""

    def __init__(self, parent: QObject, location: DiaryLocation, platform: Callable[[], str]) -> None:
        super().__init__(parent)
        self._location, self._platform = location, platform
        # What cannot be read is told where it cannot be shown.
        self._worker = Worker("words of a reel", ignore)
        self._is_over = threading.Event()
        self._known: Findings = {}
        self._asked: set[Moment] = set()
        self.destroyed.connect(self._is_over.set)

    def look_through(self, moments: Iterable[Moment]) -> None:
        """Look for what is not known yet."""
        new = [moment for moment in moments if moment not in self._asked]
        if new:
            self._asked.update(new)
            location, platform, is_over = self._location, self._platform(), self._is_over
            self._worker.run(lambda: _findings(location, new, platform, is_over), self._take, owner=self)

    def told(self, moments: Sequence[Moment]) -> list[str]:
        """Sentences about these moments."""
        found = [(moment, findings) for moment in moments if (findings := self._known.get(moment))]
        told = [_told(*each) for each in found]
        is_looking = any(moment not in self._known for moment in moments)
        return [*told, *([ADVICE] if told else []), *([LOOKING] if is_looking else [])]

    def close(self) -> None:
        """Give up what is being done. Does not wait."""
        self._is_over.set()
        worker = self._worker
        worker.run(lambda: None, lambda _: worker.close())

    def _take(self, found: Findings) -> None:
        self._known |= found
        self.changed.emit()


def _findings(location: DiaryLocation, moments: Sequence[Moment], platform: str, is_over: threading.Event) -> Findings:
    found: Findings = dict.fromkeys(moments, ())
    with suppress(DiaryError), Diary.open(location) as diary:
        for moment in moments:
            if is_over.is_set():
                break
            # The entry of a day that is left out may be gone.
            with suppress(DiaryError):
                found |= dict(moments_with_findings(diary, [moment], platform))
    return found


def _told(moment: Moment, findings: Sequence[Finding]) -> str:
    words = ", ".join(each.called for each in findings)
    return f"{long_day(moment.day)}: you have not decided about {words} yet."

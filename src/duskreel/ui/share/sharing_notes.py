"""What is decided about sharing an entry: at hand in the window, and kept with the entry as soon as it is decided."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.review_notes import Choice, ReviewNotes
from duskreel.review.checking import with_decision
from duskreel.review.findings import Finding
from duskreel.ui.diary_thread import DiaryThread

Change = Callable[[ReviewNotes], ReviewNotes]


class SharingNotes(QObject):
    """The notes of one entry.

    Args:
        diary: that keeps them.
        entry: whose they are.
        today: what day it is.
    """

    changed = Signal()
    """by the person"""
    failed = Signal(object)
    """with the DiaryError: something could not be kept, and holds only while the window is open"""

    def __init__(self, diary: DiaryThread, entry: Entry, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._diary, self._entry_id, self._today = diary, entry.id, today
        self._now = entry.review or ReviewNotes()
        self._unsaved = 0

    @property
    def now(self) -> ReviewNotes:
        """As decided until now."""
        return self._now

    def take(self, entry: Entry) -> bool:
        """These are the notes on the disk; tells whether they say anything new.

        What is still on its way there is newer than what was read.
        """
        found = entry.review or ReviewNotes()
        if self._unsaved or found == self._now:
            return False
        self._now = found
        return True

    def decide(self, findings: Sequence[Finding], choice: Choice | None) -> None:
        """Do this about these; None takes choices back."""

        def decided(notes: ReviewNotes) -> ReviewNotes:
            for finding in findings:
                notes = with_decision(notes, finding, choice)
            return notes

        self._change(decided)

    def hide(self, *, others: bool, background: bool) -> None:
        """Blur parts of the picture, or do not."""
        self._change(lambda notes: replace(notes, blurs_others=others, blurs_background=background))

    def tell_time(self, *, tells: bool) -> None:
        """Say in the file when it was made, or do not."""
        self._change(lambda notes: replace(notes, tells_time=tells))

    def ask_again_tomorrow(self) -> None:
        """Let the diary ask about sharing it, the next day."""
        tomorrow = self._today() + timedelta(days=1)
        self._change(lambda notes: replace(notes, ask_again_on=tomorrow))

    def _change(self, change: Change) -> None:
        self._now = change(self._now)
        self._unsaved += 1
        entry_id = self._entry_id

        def keep(diary: Diary) -> Entry:
            return diary.amend(entry_id, lambda entry: _noted(entry, change))

        self._diary.ask(keep, self._saved, failed=self._not_saved)
        self.changed.emit()

    def _saved(self, _: Entry) -> None:
        self._unsaved -= 1
        self._diary.changed.emit()

    def _not_saved(self, error: DiaryError) -> None:
        self._unsaved -= 1
        self.failed.emit(error)


def _noted(entry: Entry, change: Change) -> Entry:
    """What says nothing is not written down."""
    notes = change(entry.review or ReviewNotes())
    return replace(entry, review=None if notes == ReviewNotes() else notes)

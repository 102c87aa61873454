"""What the diary page asks the diary for: the entries that fit its filters, and the hits of a search."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from duskreel.library.diary import Diary
from duskreel.library.glance import Glance
from duskreel.library.values import EntryFilter, Findings
from duskreel.memories.days import Day, by_day
from duskreel.ui.diary.filter_bar import FilterBar
from duskreel.ui.diary_thread import DiaryThread

MOST_HITS = 60
Listed = tuple[list[Glance], dict[date, Day]]


class Lookup(QObject):
    """Asks, and keeps the newest answers.

    Args:
        diary: whose entries.
        filters: what the user wants to see of them.
    """

    listed = Signal()
    """there is a new list"""
    searched = Signal()
    """there are new hits"""

    def __init__(self, diary: DiaryThread, filters: FilterBar) -> None:
        super().__init__()
        self._diary, self._filters = diary, filters
        self.wanted = EntryFilter()
        """what the list was asked with"""
        self.is_listed = False
        """whether there was an answer yet"""
        self.glances: list[Glance] = []
        """of all days: calendars show them, so that days are not chosen by the diary"""
        self.days: dict[date, Day] = {}
        self.found = Findings(())

    @property
    def is_current(self) -> bool:
        """Whether the list was asked for with what the user wants now, apart from days."""
        return self.wanted == self._without_days()

    @property
    def glances_of_days(self) -> Sequence[Glance]:
        """Those on the days that the user wants."""
        wanted = self._filters.wanted
        first, last = wanted.first_day or date.min, wanted.last_day or date.max
        if (first, last) == (date.min, date.max):
            return self.glances
        return [glance for glance in self.glances if first <= glance.day <= last]

    def list(self) -> None:
        """Ask for the entries; `listed` follows."""
        wanted = self.wanted = self._without_days()

        def listed(diary: Diary) -> Listed:
            glances = diary.glances(wanted)
            return glances, by_day(glances)

        self._diary.ask(listed, self._take, owner=self, topic="diary page: list")

    def search(self) -> None:
        """Ask for the words that were typed; `searched` follows, at once if there are none."""
        terms, wanted = self._filters.query.terms, self._filters.wanted
        if not terms:
            self._diary.ask(lambda _: None, topic="diary page: search")
            self.searched.emit()
            return
        self._diary.ask(
            lambda diary: diary.look_for(terms, MOST_HITS, wanted),
            self._take_hits,
            owner=self,
            topic="diary page: search",
        )

    def _without_days(self) -> EntryFilter:
        return replace(self._filters.wanted, first_day=None, last_day=None)

    def _take(self, answer: Listed) -> None:
        self.glances, self.days = answer
        self.is_listed = True
        self.listed.emit()

    def _take_hits(self, found: Findings) -> None:
        self.found = found
        self.searched.emit()

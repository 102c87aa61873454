"""Which series is being told, which day of it comes next, and what that day asks."""

from PySide6.QtCore import QObject, Signal

from duskreel.library.entry import SeriesDay
from duskreel.memories import series_file
from duskreel.memories.series import Progress, Series
from duskreel.settings import Settings
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.preferences import Preferences
from duskreel.ui.worker import ignore


class SeriesDesk(QObject):
    """Asks the diary how far every series has come, and remembers the one that is being told.

    Args:
        diary: with the entries and the user's own series.
        preferences: which one is being told.
    """

    changed = Signal()
    """what is known, what is being told, or the question that lies open"""
    finished = Signal(object)
    """with the Series that was being told: every day of it has an entry"""

    def __init__(self, diary: DiaryThread, preferences: Preferences) -> None:
        super().__init__()
        self._diary, self._preferences = diary, preferences
        self._told = preferences.now.series
        self._turned = 0
        self.known: list[tuple[Series, Progress]] = []
        """every series with how far it has come; empty before the diary is open"""
        preferences.changed.connect(self._follow)

    def refresh(self) -> None:
        """Ask the diary. Before it is open nothing is known, and that is no failure."""
        self._diary.ask(series_file.overview, self._take, failed=ignore, owner=self, topic="series")

    def choose(self, series_id: str) -> None:
        """Tell this one from now on; "" for none."""
        self._preferences.change(series=series_id)

    @property
    def running(self) -> tuple[Series, int] | None:
        """The series that is being told and its next day."""
        for series, progress in self.known:
            if series.id == self._told and progress.next_day is not None and not series.is_removed:
                return series, progress.next_day
        return None

    def has_begun(self, series: Series) -> bool:
        """Whether there is an entry of it."""
        return any(progress.is_begun for each, progress in self.known if each.id == series.id)

    @property
    def day(self) -> SeriesDay | None:
        """What an entry will say that is recorded now."""
        return SeriesDay(self.running[0].id, self.running[1]) if self.running else None

    @property
    def heading(self) -> str:
        """As ``Five days after a layoff · Day 3``; "" while none is told."""
        return f"{self.running[0].name} · Day {self.running[1]}" if self.running else ""

    @property
    def line(self) -> str:
        """As ``Five days after a layoff, day 3``; "" while none is told."""
        return self.running[0].called(self.running[1]) if self.running else ""

    @property
    def question(self) -> str:
        """The one that lies open; "" where the day has none of its own."""
        questions = self.running[0].prompts_on(self.running[1]) if self.running else ()
        return questions[self._turned % len(questions)] if questions else ""

    def turn(self) -> None:
        """Open the day's next question."""
        self._turned += 1
        self.changed.emit()

    def rewind(self) -> None:
        """Open the day's first question."""
        self._turned = 0
        self.changed.emit()

    def _take(self, found: list[tuple[Series, Progress]]) -> None:
        before, self.known = self.day, found
        if self.day != before:
            self._turned = 0
        self.changed.emit()
        told = next((item for item in found if item[0].id == self._told), None)
        if told is not None and told[1].next_day is None:
            self.finished.emit(told[0])

    def _follow(self, settings: Settings) -> None:
        if settings.series != self._told:
            self._told = settings.series
            self.rewind()

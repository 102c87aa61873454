"""Moods over months: the chart, how much of it is seen, how it felt after talking, and a table to take away."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from duskreel.atomic import write_bytes
from duskreel.library.diary import Diary
from duskreel.library.glance import Glance
from duskreel.library.values import EntryFilter
from duskreel.memories.days import Month
from duskreel.memories.mood_table import as_csv, mood_rows
from duskreel.memories.mood_wording import days_said
from duskreel.memories.moods import MoodDay, Stretch, Window, afterwards, mood_days_seen, stretch
from duskreel.memories.wording import months_name
from duskreel.ui.buttons import plain_button
from duskreel.ui.dialogs import ask_for_new_file
from duskreel.ui.diary.after_talking import AfterTalking
from duskreel.ui.diary.calendar_view import MARGIN_PX
from duskreel.ui.diary.mood_field import MoodField
from duskreel.ui.diary.segments import Segments
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages
from duskreel.ui.theme import GRID_PX, Theme

Seen = tuple[list[Glance], list[MoodDay]]
FileQuestion = Callable[[QWidget, str, str, Callable[[str], object]], object]
"""parent, title, suggested file, what to call with the chosen one"""


class MoodView(QWidget):
    """The chart and what belongs to it.

    Args:
        diary: whose entries.
        mood_names: of the five moods.
        messages: told of a saved table.
        theme: of colours.
        choose_file: asks where a table shall be saved; for tests without a dialog.
    """

    chosen = Signal(object)
    """with the date of a day that has entries"""
    turn_asked = Signal(int)
    """earlier (-1) or later (1)"""
    changed = Signal()
    """something else is in sight"""

    def __init__(
        self,
        diary: DiaryThread,
        mood_names: tuple[str, ...],
        messages: Messages,
        theme: Theme,
        *,
        choose_file: FileQuestion = ask_for_new_file,
    ) -> None:
        super().__init__()
        self._diary, self._mood_names, self._messages, self._choose_file = diary, mood_names, messages, choose_file
        self._wanted = EntryFilter()
        self._is_stale = True
        self._glances: list[Glance] = []
        self._days: list[MoodDay] = []
        self._month = Month(1, 1)
        self.window_now = Window.QUARTER
        self.field = MoodField(mood_names, theme)
        self.windows = Segments("How much to show", tuple(window.value for window in Window))
        self.save = plain_button("Save as CSV…", "text", theme)
        self.after = AfterTalking(theme)
        self._summary = QLabel()
        self._build_ui()
        self._connect()

    def show_moods(self, month: Month, wanted: EntryFilter) -> None:
        """Show the months that end with this one.

        Args:
            month: the last that is in sight.
            wanted: which entries count.
        """
        self._month = month
        if wanted == self._wanted and not self._is_stale:
            self._show()
            return
        self._wanted, self._is_stale = wanted, False

        def seen(diary: Diary) -> Seen:
            glances = diary.glances(wanted)
            return glances, mood_days_seen(glances)

        self._diary.ask(seen, self._take, owner=self, topic="moods")

    def forget(self) -> None:
        """Something has changed: ask the diary again the next time."""
        self._is_stale = True

    @property
    def in_sight(self) -> Stretch:
        """Which months."""
        return stretch(self.window_now, self._month, self._days)

    @property
    def title(self) -> str:
        """What is in sight, as ``Sep – Nov 2026``."""
        return months_name(self.in_sight.first_month, self.in_sight.last_month)

    @property
    def turns(self) -> bool:
        """Whether there is something before and after it."""
        return self.window_now is not Window.ALL

    def turned(self, by: int) -> Month:
        """The last month that would be in sight after turning."""
        return self._month.moved(by * self.window_now.months)

    def save_csv(self, target: str) -> None:
        """Write what is in sight into this file."""
        file = Path(target)
        if not file.suffix:
            file = file.with_name(f"{file.name}.csv")
        seen = self.in_sight
        wanted = EntryFilter(seen.first, seen.last, also=(self._wanted,))

        def written(diary: Diary) -> int:
            rows = mood_rows(diary.entries(wanted), self._mood_names)
            write_bytes(file, as_csv(rows).encode())
            return len(rows)

        def say(count: int) -> None:
            lines = "1 line" if count == 1 else f"{count:,} lines"
            self._messages.say(f"{file.name} is saved: {lines}, without titles and notes.")

        self._diary.ask(written, say, owner=self)

    def _build_ui(self) -> None:
        self._summary.setProperty("role", "muted")
        bar = QHBoxLayout()
        bar.setSpacing(2 * GRID_PX)
        bar.addWidget(self._summary, stretch=1)
        bar.addWidget(self.windows)
        bar.addWidget(self.save)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 2 * GRID_PX)
        rows.setSpacing(2 * GRID_PX)
        rows.addLayout(bar)
        rows.addWidget(self.field, stretch=1)
        rows.addWidget(self.after)

    def _connect(self) -> None:
        self.field.chosen.connect(self.chosen)
        self.field.turn_asked.connect(self.turn_asked)
        self.windows.chosen.connect(self._show_window)
        self.save.clicked.connect(self._ask_where)

    def _take(self, answer: Seen) -> None:
        self._glances, self._days = answer
        self._show()

    def _show_window(self, label: str) -> None:
        self.window_now = Window(label)
        self._show()

    def _show(self) -> None:
        seen = self.in_sight
        first, last = seen.first, seen.last
        days = [day for day in self._days if first <= day.date <= last]
        glances = [glance for glance in self._glances if first <= glance.day <= last]
        self._summary.setText(days_said(days) if days else "")
        self.field.show_days(self._days, seen)
        self.after.show_counts(afterwards(glances))
        self.save.setEnabled(any(glance.mood or glance.mood_after or glance.has_feelings for glance in glances))
        self.changed.emit()

    def _ask_where(self) -> None:
        seen = self.in_sight
        suggested = str(Path.home() / f"Moods {seen.first:%Y-%m} to {seen.last:%Y-%m}.csv")
        self._choose_file(self, "Save moods as CSV", suggested, self.save_csv)

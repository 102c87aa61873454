"""Moods over months: the chart, how much of it is seen, how it felt after talking, and a table to take away."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from duskreel.atomic import write_bytes
from duskreel.library.entry import Entry
from duskreel.library.values import EntryFilter
from duskreel.memories.days import Month
from duskreel.memories.mood_table import as_csv, mood_rows
from duskreel.memories.mood_wording import days_said
from duskreel.memories.moods import MoodDay, Stretch, Window, afterwards, mood_days, stretch
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
        self._wanted: EntryFilter | None = None
        self._entries: list[Entry] = []
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
        if wanted == self._wanted:
            self._show()
            return
        self._wanted = wanted
        self._diary.ask(lambda diary: diary.entries(wanted), self._take, owner=self, topic="moods")

    def forget(self) -> None:
        """Something has changed: ask the diary again the next time."""
        self._wanted = None

    @property
    def in_sight(self) -> Stretch:
        """Which months."""
        return stretch(self.window_now, self._month, self._days)

    @property
    def title(self) -> str:
        """What is in sight, as ``September – November 2026``."""
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
        rows = mood_rows(self._seen(), self._mood_names)
        lines = "1 line" if len(rows) == 1 else f"{len(rows):,} lines"
        self._diary.ask(
            lambda _: write_bytes(file, as_csv(rows).encode()),
            lambda _: self._messages.say(f"{file.name} is saved: {lines}, without titles and notes."),
            owner=self,
        )

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

    def _take(self, entries: list[Entry]) -> None:
        self._entries, self._days = entries, mood_days(entries)
        self._show()

    def _show_window(self, label: str) -> None:
        self.window_now = Window(label)
        self._show()

    def _show(self) -> None:
        seen, entries = self.in_sight, self._seen()
        days = [day for day in self._days if seen.holds(day.date)]
        self._summary.setText(days_said(days) if days else "")
        self.field.show_days(self._days, seen)
        self.after.show_counts(afterwards(entries))
        self.save.setEnabled(bool(mood_rows(entries, self._mood_names)))
        self.changed.emit()

    def _seen(self) -> list[Entry]:
        seen = self.in_sight
        return [entry for entry in self._entries if seen.holds(entry.recorded_at.date())]

    def _ask_where(self) -> None:
        seen = self.in_sight
        suggested = str(Path.home() / f"Moods {seen.first:%Y-%m} to {seen.last:%Y-%m}.csv")
        self._choose_file(self, "Save moods as CSV", suggested, self.save_csv)

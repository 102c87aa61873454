"""The second page of the dialog: the moments that were chosen, to be looked through."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Action
from duskreel.ui.reel.day_list import DayList
from duskreel.ui.reel.day_model import DayModel
from duskreel.ui.reel.draft import Draft
from duskreel.ui.reel.moment_pictures import MomentPictures
from duskreel.ui.reel.moment_view import MomentView
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.panel import Panel

ALL_HARD = (
    "Every day here was a hard one, and hard days are left out. Nothing needs to be shown of them, now or ever; they"
    " can be taken in if you like."
)
NO_DAY = "There is no day in this plan. Another plan, or other days, may have some."


class MomentsPage(QWidget):
    """All days on the left, the one with the focus on the right.

    Args:
        diary: whose clips.
        mood_names: of the five moods.
        theme: of colours.
    """

    toggled = Signal(int)
    """to leave the day of this row out, or take it in again"""
    another_asked = Signal(int)
    """for another moment of the day of this row"""
    hard_days_wanted = Signal()

    def __init__(self, diary: DiaryThread, mood_names: tuple[str, ...], theme: Theme) -> None:
        super().__init__()
        # One keeps small pictures of what is in sight, the other one a large one: neither puts the other's off.
        self._small, self._large = MomentPictures(diary.open_clip), MomentPictures(diary.open_clip)
        self._days = DayModel(mood_names)
        self.list = DayList(self._days, self._small, theme)
        self.view = MomentView(diary, self._large, theme)
        self.nothing = Panel("film", "", "", theme)
        self._build_ui()
        self._connect()

    @property
    def draft(self) -> Draft:
        """As the user sees it."""
        return self._days.draft

    def show_draft(self, draft: Draft) -> None:
        """Show this from now on."""
        self._days.show(draft)
        self.view.show_day(draft, self.list.row)
        self._stack.setCurrentIndex(0 if draft.days else 1)
        if not draft.days:
            action = Action("Take hard days in", self.hard_days_wanted.emit) if draft.plan.days else None
            self.nothing.show_what("film", "Nothing to show", ALL_HARD if draft.plan.days else NO_DAY, action)

    def show_undecided(self, told: Sequence[str]) -> None:
        """Say this about words in the moments, before what is to be said about their choice."""
        self.view.show_remarks((*told, *self.draft.plan.remarks))

    def show_looking(self, *, is_looking: bool) -> None:
        """Another moment is being looked for, or was."""
        self.view.show_looking(is_looking=is_looking)

    def pause(self) -> None:
        """Stop playing."""
        self.view.pause()

    def close_all(self) -> None:
        """Let go of clips and threads. Does not wait."""
        self.view.close_clip()
        self._small.stop()
        self._large.stop()

    def _build_ui(self) -> None:
        both = QWidget()
        columns = QHBoxLayout(both)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(3 * GRID_PX)
        columns.addWidget(self.list, stretch=1)
        columns.addWidget(self.view)
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(self.nothing)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._stack)

    def _connect(self) -> None:
        self.list.row_changed.connect(lambda row: self.view.show_day(self.draft, row))
        self.list.toggle_asked.connect(self.toggled)
        self.list.another_asked.connect(self._ask_for_another)
        self.list.play_asked.connect(lambda _: self.view.play_moment())
        self.view.toggle_asked.connect(lambda: self.toggled.emit(self.list.row))
        self.view.another_asked.connect(lambda: self._ask_for_another(self.list.row))

    def _ask_for_another(self, row: int) -> None:
        if self.view.another.isEnabled():
            self.another_asked.emit(row)

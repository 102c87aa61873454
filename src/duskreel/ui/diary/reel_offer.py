"""The offer to make a recap reel of the month or the year in sight."""

from PySide6.QtCore import QObject, Signal

from duskreel.library.diary import Diary
from duskreel.library.values import EntryFilter
from duskreel.memories.recap import Stretch
from duskreel.memories.wording import period
from duskreel.ui.buttons import plain_button
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.theme import Theme


class ReelOffer(QObject):
    """A button; it can be pressed where there is an entry that a reel may show.

    Args:
        diary: whose days.
        theme: of the icon.
    """

    asked = Signal(object)
    """with the Stretch of days"""

    def __init__(self, diary: DiaryThread, theme: Theme) -> None:
        super().__init__()
        self._diary = diary
        self._days: Stretch | None = None
        self.button = plain_button("Make a reel…", "film", theme)
        self.button.setProperty("role", "link")
        self.button.setObjectName("quiet")
        self.button.hide()
        self.button.clicked.connect(self._ask)

    def offer(self, days: Stretch | None) -> None:
        """Offer it for these days; None where there are no days to speak of."""
        has_changed, self._days = days != self._days, days
        self.button.setVisible(days is not None)
        if days is None:
            return
        if has_changed:
            self._show(may_be_made=False)
        self._diary.ask(lambda diary: _has_moments(diary, days), self._take, owner=self, topic="diary page: reel")

    def _take(self, has_moments: bool) -> None:
        self._show(may_be_made=has_moments)

    def _show(self, *, may_be_made: bool) -> None:
        name = period(self._days.first, self._days.last) if self._days else ""
        told = f"A moment of each day of {name}" if may_be_made else f"There is nothing of {name} that a reel may show"
        self.button.setEnabled(may_be_made)
        self.button.setToolTip(told)
        self.button.setAccessibleDescription(told)

    def _ask(self) -> None:
        if self._days is not None:
            self.asked.emit(self._days)


def _has_moments(diary: Diary, days: Stretch) -> bool:
    wanted = EntryFilter(first_day=days.first, last_day=days.last, is_hidden=False)
    return any(glance.duration_ms > 0 for glance in diary.glances(wanted))

"""The days of a reel, as Qt's views ask for them."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from duskreel.memories.recap_plan import PlannedDay, RecapPlan
from duskreel.memories.wording import long_day
from duskreel.ui.reel.draft import Draft
from duskreel.ui.reel.moment_pictures import Scene

Place = QModelIndex | QPersistentModelIndex
DAY = int(Qt.ItemDataRole.UserRole)
"""a `PlannedDay`"""
NOTHING = Draft(RecapPlan("", ()), {})


class DayModel(QAbstractListModel):
    """One row for each day that the user may decide about.

    Args:
        mood_names: of the five moods.
    """

    def __init__(self, mood_names: tuple[str, ...]) -> None:
        super().__init__()
        self._mood_names = mood_names
        self._draft, self._days = NOTHING, NOTHING.days

    @property
    def draft(self) -> Draft:
        """What is shown."""
        return self._draft

    def show(self, draft: Draft) -> None:
        """Show this from now on. Where the days are the same ones, nothing moves."""
        old, days = self._days, draft.days
        is_same = [day.moment.day for day in old] == [day.moment.day for day in days]
        if not is_same:
            self.beginResetModel()
        self._draft, self._days = draft, days
        if not is_same:
            self.endResetModel()
        elif days:
            self.dataChanged.emit(self.index(0), self.index(len(days) - 1))

    def scene(self, row: int) -> Scene | None:
        """What is to be seen of a day; None if its entry is gone."""
        entry = self._draft.entry_of(self._days[row])
        return None if entry is None else Scene(self._days[row].moment, entry)

    def mood_name(self, day: PlannedDay) -> str:
        """What the user felt, in the user's own words for it; "" if that was not told."""
        entry = self._draft.entry_of(day)
        return "" if entry is None or entry.mood is None else self._mood_names[entry.mood - 1]

    def rowCount(self, parent: Place | None = None) -> int:  # noqa: N802 - Qt's name
        """As many as there are days; none below each."""
        return 0 if parent is not None and parent.isValid() else len(self._days)

    def data(self, index: Place, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The day itself for DAY, everything about it in words, and whether it is in the reel."""
        if not index.isValid() or index.row() >= len(self._days):
            return None
        day = self._days[index.row()]
        if role == DAY:
            return day
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Unchecked if day.is_left_out else Qt.CheckState.Checked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._described(day)
        return None

    def _described(self, day: PlannedDay) -> str:
        mood = self.mood_name(day)
        parts = [
            long_day(day.moment.day),
            f"mood: {mood}" if mood else "",
            f"“{day.moment.text}”" if day.moment.text else "",
            lasting(day),
            "left out" if day.is_left_out else "",
        ]
        return ", ".join(part for part in parts if part)


def lasting(day: PlannedDay) -> str:
    """As ``1.4 s``."""
    return f"{day.moment.span.duration_ms / 1000:.1f} s"

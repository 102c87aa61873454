"""The entries in passing, as Qt's views ask for them."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from duskreel.library.glance import Glance
from duskreel.memories.wording import described

Place = QModelIndex | QPersistentModelIndex
GLANCE = int(Qt.ItemDataRole.UserRole)


class EntryList(QAbstractListModel):
    """A list of glances, newest first.

    Args:
        mood_names: of the five moods, for those who cannot see the faces.
    """

    def __init__(self, mood_names: tuple[str, ...]) -> None:
        super().__init__()
        self._mood_names = mood_names
        self._glances: Sequence[Glance] = ()

    @property
    def glances(self) -> Sequence[Glance]:
        """All of them."""
        return self._glances

    def show(self, glances: Sequence[Glance]) -> None:
        """Hold these from now on. If they are the same entries, nothing moves."""
        if glances == self._glances:
            return
        is_same = len(glances) == len(self._glances) and all(
            new.id == old.id and new.day == old.day for new, old in zip(glances, self._glances, strict=True)
        )
        if is_same:
            self._glances = glances
            self.dataChanged.emit(self.index(0), self.index(len(glances) - 1))
            return
        self.beginResetModel()
        self._glances = glances
        self.endResetModel()

    def row_of(self, entry_id: str) -> int | None:
        """Where an entry is."""
        return next((row for row, glance in enumerate(self._glances) if glance.id == entry_id), None)

    def rowCount(self, parent: Place | None = None) -> int:  # noqa: N802 - Qt's name
        """As many as there are; none below each."""
        return 0 if parent is not None and parent.isValid() else len(self._glances)

    def data(self, index: Place, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The glance itself for GLANCE, and everything about it in words."""
        if not index.isValid() or index.row() >= len(self._glances):
            return None
        glance = self._glances[index.row()]
        if role == GLANCE:
            return glance
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return described(glance, self._mood_names)
        return None

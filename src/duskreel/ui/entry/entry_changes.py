"""What can be undone on the page of an entry."""

from typing import Any

from PySide6.QtGui import QUndoCommand

from duskreel.ui.entry.open_entry import OpenEntry

FIELD_CHANGE_ID = 1


class FieldChange(QUndoCommand):
    """One field of the entry gets another value.

    Args:
        open_entry: is changed.
        label: what was done, for the tooltips of undo and redo: “change the mood”.
        field: of `Entry`.
        value: the new one.
        typing: of changes with the same number other than 0, one after the other, all are undone at once.
    """

    def __init__(self, open_entry: OpenEntry, label: str, field: str, value: Any, *, typing: int = 0) -> None:
        super().__init__(label)
        self._open_entry = open_entry
        self.field, self.typing = field, typing
        self.before, self.after = getattr(open_entry.entry, field), value

    def id(self) -> int:
        """Tells Qt which commands may be merged at all."""
        return FIELD_CHANGE_ID if self.typing else -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 - Qt's name
        """Takes over what was typed after it."""
        if not isinstance(other, FieldChange) or (other.field, other.typing) != (self.field, self.typing):
            return False
        self.after = other.after
        return True

    def redo(self) -> None:
        """Change it."""
        self._open_entry.set_field(self.field, self.after)

    def undo(self) -> None:
        """Change it back."""
        self._open_entry.set_field(self.field, self.before)


class Correction(QUndoCommand):
    """One word is shown as another.

    Args:
        open_entry: is changed.
        position: of the word.
        before: as it is shown.
        after: as it shall be shown.
    """

    def __init__(self, open_entry: OpenEntry, position: int, before: str, after: str) -> None:
        super().__init__(f"correct “{before}” to “{after}”" if after.strip() else f"leave out “{before}”")
        self._open_entry, self._position = open_entry, position
        self._before, self._after = before, after

    def redo(self) -> None:
        """Correct it."""
        self._open_entry.correct(self._position, self._after)

    def undo(self) -> None:
        """Show it as before."""
        self._open_entry.correct(self._position, self._before)

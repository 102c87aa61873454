"""Choosing several entries in a view of them."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView

from duskreel.library.glance import Glance
from duskreel.ui import icons
from duskreel.ui.diary.entry_list import EntryList
from duskreel.ui.diary.picked_bar import PickedBar
from duskreel.ui.poster import CORNER_PX
from duskreel.ui.theme import GRID_PX, Theme

PICK_PX = GRID_PX // 2
TICK_PX = 5 * GRID_PX

_MOVES = QAbstractItemView.CursorAction
_WAYS: dict[int, QAbstractItemView.CursorAction] = {
    Qt.Key.Key_Left: _MOVES.MoveLeft,
    Qt.Key.Key_Right: _MOVES.MoveRight,
    Qt.Key.Key_Up: _MOVES.MoveUp,
    Qt.Key.Key_Down: _MOVES.MoveDown,
    Qt.Key.Key_Home: _MOVES.MoveHome,
    Qt.Key.Key_End: _MOVES.MoveEnd,
    Qt.Key.Key_PageUp: _MOVES.MovePageUp,
    Qt.Key.Key_PageDown: _MOVES.MovePageDown,
}
"""keys that, with Shift, choose all on the way"""


class Picking(QObject):
    """Which entries are chosen. They stay so while others come and go around them.

    Args:
        view: whose selection says it to those who cannot see it.
        entries: what the view shows.
        bar: is there while something is chosen.
    """

    def __init__(self, view: QAbstractItemView, entries: EntryList, bar: PickedBar) -> None:
        super().__init__(view)
        self._view, self._entries, self._bar = view, entries, bar
        self._ids: set[str] = set()
        self._anchor = 0

    def glances(self) -> list[Glance]:
        """Those that are chosen, newest first."""
        return [glance for glance in self._entries.glances if glance.id in self._ids]

    def has(self, glance: Glance) -> bool:
        """Whether this one is chosen."""
        return glance.id in self._ids

    def clear(self) -> None:
        """Choose none any more."""
        if self._ids:
            self._choose(set())

    def choose_all(self) -> None:
        """Choose everything that is shown."""
        self._choose({glance.id for glance in self._entries.glances})

    def keep(self) -> None:
        """The entries are others now: what is still there stays chosen."""
        if self._ids:
            self._choose({glance.id for glance in self.glances()})

    def toggle(self, row: int) -> None:
        """Choose one more, or one less."""
        self._anchor = row
        self._choose(self._ids ^ {self._entries.glances[row].id})

    def press(self, event: QMouseEvent, row: int) -> None:
        """A click with Ctrl or Shift on the entry in this row."""
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._reach(row)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.toggle(row)

    def begin_at(self, row: int) -> None:
        """Where a stretch begins, unless something is chosen already."""
        if not self._ids:
            self._anchor = max(row, 0)

    def way(self, event: QKeyEvent) -> QAbstractItemView.CursorAction | None:
        """Where a key with Shift leads, all on the way being chosen; None for every other key."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return _WAYS.get(event.key()) if modifiers == Qt.KeyboardModifier.ShiftModifier else None

    def extend(self, row: int) -> None:
        """Such a key has led here."""
        if row >= 0:
            self._reach(row)

    def _reach(self, row: int) -> None:
        first, last = sorted((min(self._anchor, len(self._entries.glances) - 1), row))
        self._choose({glance.id for glance in self._entries.glances[first : last + 1]})

    def _choose(self, ids: set[str]) -> None:
        self._ids = ids
        selection = QItemSelection()
        for row, glance in enumerate(self._entries.glances):
            if glance.id in ids:
                index = self._entries.index(row)
                selection.select(index, index)
        self._view.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._bar.show_count(len(ids))
        self._view.viewport().update()


def paint_pick(painter: QPainter, poster: QRect, theme: Theme) -> None:
    """A frame around the picture of a chosen entry and a tick in its middle: not by colour alone."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.chosen), PICK_PX))
    painter.drawRoundedRect(poster, CORNER_PX, CORNER_PX)
    disc = QRectF(0, 0, TICK_PX, TICK_PX)
    disc.moveCenter(QRectF(poster).center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawEllipse(disc)
    icons.paint(painter, "check", disc.adjusted(GRID_PX, GRID_PX, -GRID_PX, -GRID_PX), QColor(theme.on_accent))

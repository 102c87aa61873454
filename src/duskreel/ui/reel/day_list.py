"""The days of a reel one below the other, each with a picture of its moment, the mood and the words."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from duskreel.ui.reel.day_model import DayModel, Place
from duskreel.ui.reel.day_painter import PICTURE, ROW_PX, DayPainter, box_of
from duskreel.ui.reel.moment_pictures import MomentPictures
from duskreel.ui.theme import GRID_PX, Theme

HINT = "Space leaves a day out or takes it in, Enter plays it, A chooses another moment of it."


class DayList(QListView):
    """Only rows in sight cost anything, and so do only their pictures.

    Args:
        days: to show.
        pictures: of their moments.
        theme: of colours.
    """

    toggle_asked = Signal(int)
    """to leave the day of this row out, or take it in again"""
    play_asked = Signal(int)
    another_asked = Signal(int)
    """for another moment of the day of this row"""
    row_changed = Signal(int)
    """to the row with the focus; -1 for none"""

    def __init__(self, days: DayModel, pictures: MomentPictures, theme: Theme) -> None:
        super().__init__()
        self._days, self._pictures = days, pictures
        self.setObjectName("bare")
        self.setAccessibleName("Days of the reel")
        self.setAccessibleDescription(HINT)
        self.viewport().setAutoFillBackground(False)
        self.setModel(days)
        self.setItemDelegate(DayPainter(days, pictures, theme))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(5 * GRID_PX)
        self.verticalScrollBar().valueChanged.connect(self._look_around)
        self.doubleClicked.connect(lambda index: self.play_asked.emit(index.row()))
        days.dataChanged.connect(self._look_around)
        days.modelReset.connect(self._begin_at_top)
        pictures.loaded.connect(self._show_picture)

    @property
    def row(self) -> int:
        """The one with the focus; -1 for none."""
        return self.currentIndex().row()

    def currentChanged(self, current: Place, previous: Place) -> None:  # noqa: N802 - Qt's name
        """Tells."""
        super().currentChanged(current, previous)
        self.row_changed.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space, Enter and A do something to the day with the focus; other letters belong to the dialog."""
        asked = {
            Qt.Key.Key_Space: self.toggle_asked,
            Qt.Key.Key_Return: self.play_asked,
            Qt.Key.Key_Enter: self.play_asked,
            Qt.Key.Key_A: self.another_asked,
        }.get(Qt.Key(event.key()))
        if asked is not None and self.row >= 0 and event.modifiers() in _PLAIN:
            asked.emit(self.row)
        elif event.text() and event.text().isprintable():
            # Other keys belong to the window.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click on the box leaves the day out, or takes it in."""
        super().mousePressEvent(event)
        row = self._boxed(event.position().toPoint())
        if row >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.toggle_asked.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Two quick clicks on the box are two clicks."""
        if self._boxed(event.position().toPoint()) >= 0:
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def event(self, event: QEvent) -> bool:
        """Pictures are fetched when they come into sight."""
        is_done = super().event(event)
        if event.type() in (QEvent.Type.Show, QEvent.Type.Resize):
            self._look_around()
        return is_done

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It takes the room that there is."""
        return QSize(60 * GRID_PX, 4 * ROW_PX)

    def _boxed(self, point: QPoint) -> int:
        """The row whose box is at a point; -1 for none."""
        index = self.indexAt(point)
        return index.row() if index.isValid() and box_of(self.visualRect(index)).contains(point) else -1

    def _begin_at_top(self) -> None:
        if self._days.rowCount():
            self.setCurrentIndex(self._days.index(0))
        else:
            self.row_changed.emit(-1)
        self._look_around()

    def _show_picture(self, _key: object) -> None:
        self.viewport().update()

    def _look_around(self) -> None:
        if not self.isVisible():
            return
        top = self.verticalScrollBar().value()
        last = min((top + self.viewport().height()) // ROW_PX + 2, self._days.rowCount())
        scenes = [scene for row in range(top // ROW_PX, last) if (scene := self._days.scene(row)) is not None]
        self._pictures.want(scenes, PICTURE, self.devicePixelRatioF())


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)

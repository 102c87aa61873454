"""All entries as tiles under their days and months. Only what is in sight is painted, however many there are."""

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from duskreel.library.glance import Glance
from duskreel.memories.wording import month_name
from duskreel.ui.diary.entry_list import EntryList
from duskreel.ui.diary.entry_painter import EntryPainter, TileState
from duskreel.ui.diary.grid_layout import Box, GridLayout
from duskreel.ui.diary.picked_bar import PickedBar
from duskreel.ui.diary.picking import Picking, paint_pick
from duskreel.ui.diary.posters import Posters
from duskreel.ui.diary.walking import led_to
from duskreel.ui.theme import GRID_PX, Theme, sized

MARGIN_PX = 4 * GRID_PX
TOP_PX = GRID_PX
WHEEL_STEP_PX = 5 * GRID_PX
ROWS_AHEAD = 1
"""whose pictures are fetched before they come into sight"""

Place = QModelIndex | QPersistentModelIndex


class EntryGrid(QAbstractItemView):
    """Tiles that can be walked through with the arrows, and of which several can be chosen.

    Space or Ctrl and a click choose one more, Shift with either all on the way to it, Ctrl+A all, and Esc none. What
    is then asked for concerns all that are chosen: a signal has the list of them in place of the one Glance.

    Args:
        model: of the entries.
        posters: where pictures come from.
        theme: of colours.
    """

    chosen = Signal(object)
    """with the Glance that is to be opened"""
    star_asked = Signal(object)
    """with a Glance, or the list of those that are chosen; so too the next ones"""
    bin_asked = Signal(object)
    menu_asked = Signal(object, QPoint)
    """and where on the screen"""
    month_changed = Signal(object)
    """with the Month of the topmost row in sight"""

    def __init__(self, model: EntryList, posters: Posters, theme: Theme) -> None:
        super().__init__()
        self._list, self._posters, self._theme = model, posters, theme
        self._under_mouse: int | None = None
        self._current_id = ""
        self._current_row = 0
        self._build_ui()
        self.setModel(model)
        self._connect()

    def _build_ui(self) -> None:
        self.setObjectName("bare")
        self.setAccessibleName("Entries")
        self.viewport().setAutoFillBackground(False)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.bar = PickedBar(self, self._theme)
        self.picking = Picking(self, self._list, self.bar)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._painter = EntryPainter(self._posters, self._theme, self.font(), self.devicePixelRatioF())
        self._heading_font = sized(self.font(), "lead")
        self._heading_font.setBold(True)
        self._layout = GridLayout((), self._content_width(), self._painter.lines)

    def _connect(self) -> None:
        self._posters.loaded.connect(self._show_picture)
        # After the selection has been reset too, which is why this is no part of `reset`.
        self._list.modelReset.connect(self._keep_current)
        self.customContextMenuRequested.connect(self._ask_for_menu)
        self.bar.star_asked.connect(lambda: self.star_asked.emit(self.picking.glances()))
        self.bar.bin_asked.connect(lambda: self.bin_asked.emit(self.picking.glances()))
        self.bar.more_asked.connect(lambda: self.menu_asked.emit(self.picking.glances(), self.bar.menu_place()))
        self.bar.left.connect(self.pick_none)
        self.bar.came_or_went.connect(self.updateGeometries)
        self.verticalScrollBar().valueChanged.connect(self._look_around)

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802 - Qt's name
        """With everything laid out anew whenever the entries change."""
        super().setModel(model)
        self._lay_out()

    def current(self) -> Glance | None:
        """The entry with the focus."""
        return self._glance(self.currentIndex().row())

    def pick_none(self) -> None:
        """Choose none any more."""
        self.picking.clear()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_over(self) -> None:
        """What comes next is something else: show it from the newest on."""
        self.picking.clear()
        self._current_id = ""
        self.setCurrentIndex(QModelIndex())
        self.verticalScrollBar().setValue(0)

    # ---- what QAbstractItemView asks of its views

    def visualRect(self, index: Place) -> QRect:  # noqa: N802 - Qt's name
        """Where an entry is, in the viewport."""
        if not index.isValid() or index.row() >= self._layout.count:
            return QRect()
        return self._in_viewport(self._layout.box(index.row()))

    def scrollTo(  # noqa: N802 - Qt's name
        self, index: Place, _hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Scroll as little as is needed to see an entry whole."""
        box, bar = self.visualRect(index), self.verticalScrollBar()
        free_px = self.viewport().height() - self.bar.covered_px
        if box.isNull():
            return
        if box.top() < TOP_PX:
            bar.setValue(bar.value() + box.top() - TOP_PX)
        elif box.bottom() > free_px - GRID_PX:
            bar.setValue(bar.value() + min(box.bottom() - free_px + 2 * GRID_PX, box.top() - TOP_PX))

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 - Qt's name
        """The entry at a point of the viewport."""
        number = self._layout.at(point.x() - MARGIN_PX, point.y() - TOP_PX + self.verticalOffset())
        return QModelIndex() if number is None else self._list.index(number)

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The entry that a key leads to."""
        row, height_px = self.currentIndex().row(), self.viewport().height()
        number = led_to(self._layout, action, row, self.verticalOffset(), height_px)
        return QModelIndex() if number is None else self._list.index(number)

    def horizontalOffset(self) -> int:  # noqa: N802 - Qt's name
        """Nothing lies beside."""
        return 0

    def verticalOffset(self) -> int:  # noqa: N802 - Qt's name
        """How far it is scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: Place) -> bool:  # noqa: N802 - Qt's name
        """None is."""
        return False

    def setSelection(self, _rect: QRect, _command: QItemSelectionModel.SelectionFlag) -> None:  # noqa: N802
        """Nothing is chosen by drawing a frame."""

    def selectionCommand(  # noqa: N802 - Qt's name
        self, _index: Place, _event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Going about chooses nothing."""
        return QItemSelectionModel.SelectionFlag.NoUpdate

    def selectAll(self) -> None:  # noqa: N802 - Qt's name
        """Choose everything that is shown."""
        self.picking.choose_all()

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802 - Qt's name
        """What has to be painted anew when it changes."""
        return sum((QRegion(self._with_ring(self.visualRect(at))) for at in selection.indexes()), QRegion())

    # ---- what happens

    def reset(self) -> None:
        """The entries are others now."""
        super().reset()
        self._under_mouse = None
        self._lay_out()

    def _keep_current(self) -> None:
        """The same entry keeps the focus, or else what is in its place."""
        row = self._list.row_of(self._current_id) if self._current_id else None
        if row is None and self._current_id and self._layout.count:
            row = min(self._current_row, self._layout.count - 1)
        if row is not None:
            self.setCurrentIndex(self._list.index(row))
        self.picking.keep()

    def currentChanged(self, current: Place, previous: Place) -> None:  # noqa: N802 - Qt's name
        """The focus goes to another entry."""
        super().currentChanged(current, previous)
        glance = self._glance(current.row())
        if glance is not None:
            self._current_id, self._current_row = glance.id, current.row()
        for place in (current, previous):
            self.viewport().update(self._with_ring(self.visualRect(place)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As many columns as there is room for, with the same entries in sight."""
        seen = self._layout.between(self.verticalOffset(), self.verticalOffset() + 1)
        super().resizeEvent(event)
        self._lay_out()
        self.bar.place()
        if seen and self._layout.count > seen.start and self.verticalOffset():
            self.verticalScrollBar().setValue(self._layout.box(seen.start).top)

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """How far it can be scrolled."""
        super().updateGeometries()
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(self._layout.height_px + TOP_PX + MARGIN_PX + self.bar.covered_px - height, 0))
        bar.setPageStep(height)
        bar.setSingleStep(WHEEL_STEP_PX)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        """What is painted already is moved, and only the rest is painted."""
        self.viewport().scroll(dx, dy)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens, Del moves to the bin, S stars, Space chooses."""
        way = self.picking.way(event)
        if way is not None:
            self.picking.begin_at(self.currentIndex().row())
            self.setCurrentIndex(self.moveCursor(way, event.modifiers()))
            self.picking.extend(self.currentIndex().row())
            self.scrollTo(self.currentIndex())
        elif event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif not self._does(event.key()):
            if event.text() and event.text().isprintable():
                # Typing would look for names, of which tiles have none; other keys belong to the window.
                event.ignore()
            else:
                super().keyPressEvent(event)

    def _does(self, key: int) -> bool:
        """Whether the key means something here; then it is done."""
        current, picked = self.current(), self.picking.glances()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.chosen.emit(current)
        elif key == Qt.Key.Key_Space and current is not None:
            self.picking.toggle(self.currentIndex().row())
            self.scrollTo(self.currentIndex())
        elif key == Qt.Key.Key_Escape and picked:
            self.pick_none()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_S) and current is not None:
            (self.bin_asked if key == Qt.Key.Key_Delete else self.star_asked).emit(picked or current)
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """With Ctrl or Shift, chooses."""
        self.picking.begin_at(self.currentIndex().row())
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.picking.press(event, index.row())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click opens."""
        pressed = self.currentIndex()
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        glance = self._glance(index.row())
        is_plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if is_plain and glance is not None and index == pressed:
            self.chosen.emit(glance)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Shows what a click would open."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._point_at(index.row() if index.isValid() else None)

    def leaveEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Nothing is under the mouse."""
        super().leaveEvent(event)
        self._point_at(None)

    def _point_at(self, row: int | None) -> None:
        if row == self._under_mouse:
            return
        for each in (self._under_mouse, row):
            if each is not None and each < self._layout.count:
                self.viewport().update(self._with_ring(self._in_viewport(self._layout.box(each))))
        self._under_mouse = row
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor if row is None else Qt.CursorShape.PointingHandCursor)

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints the rows that are needed."""
        area = event.rect()
        top = area.top() - TOP_PX + self.verticalOffset()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._heading_font)
        painter.setPen(self.palette().text().color())
        for heading in self._layout.headings(top, top + area.height()):
            line = self._in_viewport(heading.box).adjusted(0, 0, 0, -GRID_PX)
            painter.drawText(
                line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, month_name(heading.month)
            )
        for number in self._layout.between(top - GRID_PX, top + area.height() + GRID_PX):
            self._paint_tile(painter, number)
        painter.end()

    def _paint_tile(self, painter: QPainter, number: int) -> None:
        glances = self._list.glances
        is_current = number == self.currentIndex().row()
        box = self._layout.box(number)
        state = TileState(
            names_day=box.left == 0 or glances[number - 1].day != glances[number].day,
            has_focus=is_current and self.hasFocus(),
            is_under_mouse=number == self._under_mouse,
        )
        self._painter.paint_tile(painter, self._in_viewport(box), glances[number], state)
        if self.picking.has(glances[number]):
            lines = self._painter.lines
            poster = self._in_viewport(box).adjusted(0, lines.above_px, 0, -lines.below_px)
            paint_pick(painter, poster, self._theme)

    def _show_picture(self, folder: str) -> None:
        for number in self._in_sight():
            if self._list.glances[number].folder == folder:
                self.viewport().update(self._in_viewport(self._layout.box(number)))

    # ---- where things are

    def _lay_out(self) -> None:
        days = [glance.day for glance in self._list.glances]
        self._layout = GridLayout(days, self._content_width(), self._painter.lines)
        self.updateGeometries()
        self.viewport().update()
        self._look_around()

    def _look_around(self) -> None:
        """Fetch the pictures that are in sight, and tell which month it is."""
        if not self.isVisible():
            return
        seen = self._in_sight()
        step, count = ROWS_AHEAD * self._layout.columns, self._layout.count
        ahead = [*range(seen.stop, min(seen.stop + step, count)), *range(max(seen.start - step, 0), seen.start)]
        glances = self._list.glances
        size = QSize(self._layout.tile_width_px, self._layout.poster_height_px)
        self._posters.want([glances[at] for at in (*seen, *ahead)], size, self.devicePixelRatioF())
        month = self._layout.month_at(self.verticalOffset() + self._layout.tile_height_px // 2)
        if month is not None:
            self.month_changed.emit(month)

    def showEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Pictures are fetched only while they can be seen."""
        super().showEvent(event)
        self._look_around()

    def _in_sight(self) -> range:
        return self._layout.between(self.verticalOffset() - TOP_PX, self.verticalOffset() + self.viewport().height())

    def _content_width(self) -> int:
        # The scroll bar lies in the right margin.
        return max(self.width() - 2 * MARGIN_PX, 1)

    def _in_viewport(self, box: Box) -> QRect:
        return QRect(box.left + MARGIN_PX, box.top + TOP_PX - self.verticalOffset(), box.width, box.height)

    def _with_ring(self, box: QRect) -> QRect:
        return box.adjusted(-GRID_PX, -GRID_PX, GRID_PX, GRID_PX)

    def _glance(self, row: int) -> Glance | None:
        return self._list.glances[row] if 0 <= row < len(self._list.glances) else None

    def _ask_for_menu(self, point: QPoint) -> None:
        index = self.indexAt(point)
        if not index.isValid():
            index, point = self.currentIndex(), self.visualRect(self.currentIndex()).center()
        glance = self._glance(index.row())
        if glance is not None:
            self.setCurrentIndex(index)
            meant = self.picking.glances() if self.picking.has(glance) else glance
            self.menu_asked.emit(meant, self.viewport().mapToGlobal(point))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Whatever there is."""
        return QSize(4 * (GRID_PX + 30 * GRID_PX), 60 * GRID_PX)

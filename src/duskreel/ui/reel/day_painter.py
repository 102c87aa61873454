"""Paints one day of a reel."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap, QTextLayout
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from duskreel.memories.recap_plan import PlannedDay
from duskreel.memories.wording import long_day
from duskreel.ui import icons
from duskreel.ui.poster import CORNER_PX
from duskreel.ui.reel.day_model import DAY, DayModel, Place, lasting
from duskreel.ui.reel.moment_pictures import MomentPictures
from duskreel.ui.theme import GRID_PX, Theme, sized

PICTURE = QSize(14 * GRID_PX, 14 * GRID_PX * 9 // 16)
ROW_PX = PICTURE.height() + 3 * GRID_PX
BOX_PX = 2 * GRID_PX
BOX_ROOM_PX = 5 * GRID_PX
"""as wide as a finger"""
WORD_LINES = 2
FADED = 0.35
"""of the picture of a day that is left out"""
NO_PICTURE, NO_WORDS, LEFT_OUT = "No picture", "No words", "Left out"


def box_of(row: QRect) -> QRect:
    """Where in a row one clicks to leave the day out."""
    return QRect(row.left(), row.top(), BOX_ROOM_PX, row.height())


class DayPainter(QStyledItemDelegate):
    """A box, a picture, and what is to be known about the day.

    Args:
        days: of the list.
        pictures: those that are here already.
        theme: of colours.
    """

    def __init__(self, days: DayModel, pictures: MomentPictures, theme: Theme) -> None:
        super().__init__()
        self._days, self._pictures, self._theme = days, pictures, theme
        font = QApplication.font()
        self._small, self._body = sized(font, "small"), sized(font, "body")
        self._strong = QFont(self._body)
        self._strong.setWeight(QFont.Weight.DemiBold)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Place) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the list."""
        return QSize(3 * PICTURE.width(), ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Place) -> None:
        """The row, marked where it has the focus."""
        day: PlannedDay = index.data(DAY)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, area.adjusted(2, GRID_PX // 2, -2, -GRID_PX // 2), state)
        self._paint_box(painter, box_of(area), is_checked=not day.is_left_out)
        place = QRect(area.left() + BOX_ROOM_PX, area.top() + (ROW_PX - PICTURE.height()) // 2, *PICTURE.toTuple())
        self._paint_picture(painter, place, index.row(), day)
        left = place.right() + 2 * GRID_PX
        self._paint_words(painter, QRect(left, place.top(), area.right() - 2 * GRID_PX - left, place.height()), day)
        painter.restore()

    def _paint_ground(self, painter: QPainter, card: QRect, state: QStyle.StateFlag) -> None:
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        if is_current or has_focus or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(self._theme.surface))
            ring = self._theme.focus if has_focus else self._theme.chosen
            painter.setPen(QPen(QColor(ring), 2) if has_focus or is_current else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), CORNER_PX, CORNER_PX)

    def _paint_box(self, painter: QPainter, room: QRect, *, is_checked: bool) -> None:
        box = QRectF(0, 0, BOX_PX, BOX_PX)
        box.moveCenter(QRectF(room).center())
        painter.setBrush(QColor(self._theme.accent if is_checked else self._theme.surface))
        painter.setPen(QPen(QColor(self._theme.accent if is_checked else self._theme.line), 1))
        painter.drawRoundedRect(box, GRID_PX // 2, GRID_PX // 2)
        if is_checked:
            icons.paint(painter, "check", box.adjusted(1, 1, -1, -1), QColor(self._theme.on_accent))

    def _paint_picture(self, painter: QPainter, place: QRect, row: int, day: PlannedDay) -> None:
        scene = self._days.scene(row)
        ratio = painter.device().devicePixelRatioF()
        found = self._pictures.get(scene.key, PICTURE, ratio) if scene is not None else QPixmap()
        path = QPainterPath()
        path.addRoundedRect(QRectF(place), CORNER_PX // 2, CORNER_PX // 2)
        painter.fillPath(path, QColor(self._theme.raised))
        if found is not None and found.isNull():
            painter.setFont(self._small)
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, NO_PICTURE)
        elif found is not None:
            painter.save()
            painter.setClipPath(path)
            painter.setOpacity(FADED if day.is_left_out else 1.0)
            painter.fillRect(place, QColor("#000000"))
            size = found.deviceIndependentSize().toSize()
            shown = QRect(place.center() - QRect(0, 0, *size.toTuple()).center(), size)
            painter.drawPixmap(shown, found)
            painter.restore()

    def _paint_words(self, painter: QPainter, area: QRect, day: PlannedDay) -> None:
        theme = self._theme
        metrics, small = QFontMetrics(self._strong), QFontMetrics(self._small)
        length = LEFT_OUT if day.is_left_out else lasting(day)
        length_px = small.horizontalAdvance(length)
        top = area.top() + metrics.ascent()
        painter.setFont(self._small)
        painter.setPen(QColor(theme.muted))
        painter.drawText(area.right() - length_px, top, length)
        mood = self._days.mood_name(day)
        room_px = area.width() - length_px - 2 * GRID_PX
        name = metrics.elidedText(long_day(day.moment.day), Qt.TextElideMode.ElideRight, room_px)
        name_px = metrics.horizontalAdvance(name)
        if mood and name_px < room_px:
            told = small.elidedText(f"  ·  {mood}", Qt.TextElideMode.ElideRight, room_px - name_px)
            painter.drawText(area.left() + name_px, top, told)
        painter.setFont(self._strong)
        painter.setPen(QColor(theme.muted if day.is_left_out else theme.text))
        painter.drawText(area.left(), top, name)
        self._paint_text(painter, area.adjusted(0, metrics.height() + 2, 0, 0), day.moment.text or NO_WORDS)

    def _paint_text(self, painter: QPainter, area: QRect, text: str) -> None:
        """In as many lines as there is room for; the last one tells if there is more."""
        painter.setFont(self._small)
        painter.setPen(QColor(self._theme.muted))
        metrics = painter.fontMetrics()
        layout = QTextLayout(text, self._small)
        layout.beginLayout()
        for number in range(WORD_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(area.width())
            rest = text[line.textStart() :]
            is_last = number == WORD_LINES - 1
            shown = rest if is_last else rest[: line.textLength()]
            top = area.top() + number * metrics.height() + metrics.ascent()
            painter.drawText(area.left(), top, metrics.elidedText(shown, Qt.TextElideMode.ElideRight, area.width()))
        layout.endLayout()

"""The picture of a short as it will be, with what the platforms cover drawn over it if wanted."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from duskreel.export.presets import HEIGHT, WIDTH, SafeZone
from duskreel.ui.theme import GRID_PX, Theme, sized

CORNER_PX = 2 * GRID_PX
RING_PX = 3
"""around the picture, for the focus"""
STEP = 0.02
"""by which an arrow key moves the window"""
VEIL = QColor(10, 8, 24, 120)
HATCH = QColor(255, 255, 255, 110)
EDGE = QColor(255, 255, 255, 220)
SIGN = QColor(10, 8, 24, 215)


class ShortPreview(QWidget):
    """As large as fits, upright. Dragging it moves what it shows, a click plays."""

    toggle_wanted = Signal()
    moved_by = Signal(float)
    """by a hand, from where the window was: 1.0 is all the way"""
    size_wanted = Signal(QSize)
    """in real pixels, both even"""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self._note = "Getting ready…"
        self._zone: SafeZone | None = None
        self._room, self._is_sideways = 0.0, True
        self._dragged_from: QPointF | None = None
        self._is_dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(180, 320)
        self.setAccessibleName("Preview of the short")
        self.setAccessibleDescription("Space plays and pauses. The arrow keys move what the picture shows.")

    def show_picture(self, image: QImage) -> None:
        """Put this picture into it."""
        self._image = image
        self.update()

    def show_note(self, note: str) -> None:
        """Say something where there is no picture."""
        self._note, self._image = note, None
        self.update()

    def show_zone(self, zone: SafeZone | None) -> None:
        """Mark what lies outside a zone; None for nothing."""
        self._zone = zone
        self.update()

    def give_room(self, share: float, *, is_sideways: bool) -> None:
        """Let it be dragged over so many of its own widths or heights."""
        self._room, self._is_sideways = share, is_sideways
        cursor = Qt.CursorShape.OpenHandCursor if share else Qt.CursorShape.PointingHandCursor
        self.setCursor(cursor)
        self.setToolTip("Drag the picture to choose what it shows" if share else "")

    def picture_area(self) -> QRect:
        """Where the picture is, in the middle of the widget."""
        width, height = self.width() - 2 * RING_PX, self.height() - 2 * RING_PX
        scale = max(min(width / WIDTH, height / HEIGHT), 0.0)
        size = QSize(round(WIDTH * scale), round(HEIGHT * scale))
        return QRect((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, *size.toTuple())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Asks for a picture that fits."""
        super().resizeEvent(event)
        ratio = self.devicePixelRatioF()
        width = min(round(self.picture_area().width() * ratio / 2) * 2, WIDTH)
        self.size_wanted.emit(QSize(max(width, 2), max(round(width * HEIGHT / WIDTH / 2) * 2, 2)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space plays, the arrows move the window."""
        back, on = self._step_keys()
        if event.key() == Qt.Key.Key_Space:
            self.toggle_wanted.emit()
        elif self._room and event.key() in (back, on):
            self.moved_by.emit(STEP if event.key() == on else -STEP)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Takes hold of the picture."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged_from, self._is_dragging = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Moves the window against the hand, so that the picture follows it."""
        if self._dragged_from is None or not self._room:
            return
        way = event.position() - self._dragged_from
        if not self._is_dragging and way.manhattanLength() < QApplication.startDragDistance():
            return
        if not self._is_dragging:
            self._is_dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._dragged_from = event.position()
        area = self.picture_area()
        share = way.x() / area.width() if self._is_sideways else way.y() / area.height()
        self.moved_by.emit(-share / self._room)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Lets go; without a move it was a click."""
        if event.button() != Qt.MouseButton.LeftButton or self._dragged_from is None:
            return
        self._dragged_from = None
        if self._is_dragging:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.toggle_wanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """The picture, then what is drawn over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.picture_area())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._filling(area))
        painter.drawRoundedRect(area, CORNER_PX, CORNER_PX)
        if self._image is None:
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(area.adjusted(16, 0, -16, 0), _CENTRED, self._note)
        elif self._zone is not None:
            self._paint_zone(painter, area, self._zone)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.focus), 2))
            painter.drawRoundedRect(area.adjusted(-2, -2, 2, 2), CORNER_PX + 2, CORNER_PX + 2)

    def _step_keys(self) -> tuple[Qt.Key, Qt.Key]:
        return (Qt.Key.Key_Left, Qt.Key.Key_Right) if self._is_sideways else (Qt.Key.Key_Up, Qt.Key.Key_Down)

    def _filling(self, area: QRectF) -> QBrush:
        if self._image is None:
            return QBrush(QColor(self._theme.surface))
        brush = QBrush(self._image)
        scale = QTransform.fromTranslate(area.x(), area.y())
        brush.setTransform(scale.scale(area.width() / self._image.width(), area.height() / self._image.height()))
        return brush

    def _paint_zone(self, painter: QPainter, area: QRectF, zone: SafeZone) -> None:
        free = QRectF(
            area.x() + zone.left * area.width(),
            area.y() + zone.top * area.height(),
            (zone.right - zone.left) * area.width(),
            (zone.bottom - zone.top) * area.height(),
        )
        covered, inside = QPainterPath(), QPainterPath()
        covered.addRoundedRect(area, CORNER_PX, CORNER_PX)
        inside.addRoundedRect(free, GRID_PX, GRID_PX)
        covered = covered.subtracted(inside)
        painter.fillPath(covered, VEIL)
        painter.fillPath(covered, QBrush(HATCH, Qt.BrushStyle.BDiagPattern))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(EDGE, 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(free, GRID_PX, GRID_PX)
        self._paint_sign(painter, QRectF(area.x(), free.bottom(), area.width(), area.bottom() - free.bottom()))

    def _paint_sign(self, painter: QPainter, room: QRectF) -> None:
        text = "The app’s own buttons lie here"
        painter.setFont(sized(self.font(), "small"))
        size = QFontMetricsF(painter.font()).size(0, text)
        sign = QRectF(0, 0, size.width() + 3 * GRID_PX, size.height() + GRID_PX)
        sign.moveCenter(room.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(SIGN)
        painter.drawRoundedRect(sign, sign.height() / 2, sign.height() / 2)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(sign, _CENTRED, text)


_CENTRED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap

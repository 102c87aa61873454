"""The bar under a clip: where it is, and what is left out."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleValueChangeEvent, QBrush, QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from duskreel.timecode import Span, clock
from duskreel.ui.theme import GRID_PX, Theme

HEIGHT_PX = 3 * GRID_PX
BAR_PX = GRID_PX
HANDLE_PX = 2 * GRID_PX


class ScrubBar(QWidget):
    """Shows the place in a clip and what is cut out of it; click or drag to go elsewhere.

    Cut stretches are hatched as well as dark, so that they can be told without colours.
    """

    sought = Signal(int)
    """to a place in milliseconds"""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._duration_ms, self._place_ms = 0, 0
        self._left_out: tuple[Span, ...] = ()
        self.setAccessibleName("Place in the clip")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)

    @property
    def left_out(self) -> tuple[Span, ...]:
        """What is hatched."""
        return self._left_out

    def set_duration(self, duration_ms: int) -> None:
        """Of the clip."""
        self._duration_ms = duration_ms
        self.update()

    def set_place(self, place_ms: int) -> None:
        """Where it is."""
        if place_ms // 1000 != self._place_ms // 1000:
            self.setAccessibleDescription(f"{clock(place_ms)} of {clock(self._duration_ms)}")
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleValueChangeEvent(self, place_ms))
        self._place_ms = place_ms
        self.update()

    def set_left_out(self, spans: Sequence[Span]) -> None:
        """What is hatched."""
        self._left_out = tuple(spans)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """High enough for a finger."""
        return QSize(30 * GRID_PX, HEIGHT_PX)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go there."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.sought.emit(self._at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go along, or tell which moment lies here."""
        place_ms = self._at(event.position().x())
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.sought.emit(place_ms)
        QToolTip.showText(event.globalPosition().toPoint(), clock(place_ms), self)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A line that fills up."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        bar = QRectF(HANDLE_PX / 2, (self.height() - BAR_PX) / 2, self._room_px(), BAR_PX)
        here = QPointF(self._x(self._place_ms), bar.center().y())
        self._fill(painter, bar, QColor(self._theme.hairline))
        self._fill(painter, QRectF(bar.left(), bar.top(), here.x() - bar.left(), BAR_PX), QColor(self._theme.accent))
        for span in self._left_out:
            self._hatch(painter, bar, span)
        painter.setBrush(QColor(self._theme.text))
        painter.drawEllipse(here, HANDLE_PX / 2 - 1, HANDLE_PX / 2 - 1)
        if self.hasFocus():
            painter.setPen(QColor(self._theme.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), GRID_PX, GRID_PX)

    def _fill(self, painter: QPainter, area: QRectF, colour: QColor) -> None:
        painter.setBrush(colour)
        painter.drawRoundedRect(area, BAR_PX / 2, BAR_PX / 2)

    def _hatch(self, painter: QPainter, bar: QRectF, span: Span) -> None:
        left, right = self._x(span.start_ms), self._x(span.end_ms)
        area = QRectF(left, bar.top(), max(right - left, 2.0), BAR_PX)
        painter.fillRect(area, QColor(self._theme.ground))
        painter.fillRect(area, QBrush(QColor(self._theme.muted), Qt.BrushStyle.BDiagPattern))

    def _room_px(self) -> int:
        return max(self.width() - HANDLE_PX, 1)

    def _x(self, place_ms: int) -> float:
        return HANDLE_PX / 2 + self._room_px() * min(place_ms / max(self._duration_ms, 1), 1.0)

    def _at(self, x_px: float) -> int:
        part = (x_px - HANDLE_PX / 2) / self._room_px()
        return round(min(max(part, 0.0), 1.0) * self._duration_ms)

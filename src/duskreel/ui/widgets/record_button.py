"""The big button of the program."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from duskreel.ui.theme import GRID_PX, Theme

SIZE_PX = 10 * GRID_PX
CIRCLE_PX = 8 * GRID_PX
START, STOP = "Record (Space)", "Stop (Space)"


class RecordButton(QAbstractButton):
    """A circle that starts, and a square that stops.

    Args:
        theme: of colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._stops = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A click must leave the space bar to the page.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(SIZE_PX, SIZE_PX)
        self.set_stops(stops=False)

    def set_stops(self, *, stops: bool) -> None:
        """What it does next."""
        self._stops = stops
        label = STOP if stops else START
        self.setToolTip(label)
        self.setAccessibleName(label.partition(" (")[0])
        self.update()

    @property
    def stops(self) -> bool:
        """Whether it stops."""
        return self._stops

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Always the same."""
        return QSize(SIZE_PX, SIZE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A ring, and in it what it does."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(SIZE_PX / 2, SIZE_PX / 2)
        ring = QRectF(0, 0, SIZE_PX - 6, SIZE_PX - 6)
        ring.moveCenter(middle)
        ink = self._theme.accent if self.isEnabled() else self._theme.hairline
        painter.setPen(QPen(QColor(self._theme.focus if self.hasFocus() else ink), 4 if self.hasFocus() else 2))
        painter.setBrush(QColor(self._theme.raised if self.underMouse() and self.isEnabled() else self._theme.ground))
        painter.drawEllipse(ring)
        side = CIRCLE_PX / 2.4 if self._stops else CIRCLE_PX - 2 * GRID_PX + (4 if self.isDown() else 8)
        mark = QRectF(0, 0, side, side)
        mark.moveCenter(middle)
        corner = GRID_PX / 2 if self._stops else side / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink))
        painter.drawRoundedRect(mark, corner, corner)
        painter.end()

"""A slim map of the whole picture with the upright window on it, to be moved by mouse or keys."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy

from duskreel.ui.theme import GRID_PX, Theme

STEPS = 1_000
STEP = 20
BAR_PX = GRID_PX
WINDOW_PX = 2 * GRID_PX


class FramingHandle(QAbstractSlider):
    """The bar stands for the clip's picture from edge to edge, the lit part for what the short shows of it.

    It tells of its own moves only: `placed` is emitted for the user's hand, never for `show_position`.
    """

    placed = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._room = 1.0
        self.setRange(0, STEPS)
        self.setSingleStep(STEP)
        self.setPageStep(5 * STEP)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName("What the upright picture shows")
        self.valueChanged.connect(lambda value: self.placed.emit(value / STEPS))

    def give_room(self, share: float, *, is_sideways: bool) -> None:
        """The window may move over so many of its own widths or heights."""
        self._room = share
        self.setToolTip("From left to right" if is_sideways else "From top to bottom")
        self.setInvertedControls(not is_sideways)
        self.update()

    def show_position(self, position: float) -> None:
        """Place the window, 0.0 to 1.0."""
        self.blockSignals(True)
        self.setValue(round(position * STEPS))
        self.blockSignals(False)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """High enough for a finger."""
        return QSize(160, 4 * GRID_PX)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As `sizeHint`."""
        return QSize(80, 4 * GRID_PX)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The window's middle goes to the mouse."""
        self.setSliderDown(True)
        self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """And follows it."""
        if self.isSliderDown():
            self._go_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Until it is let go."""
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Bar, window, focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.hairline))
        painter.drawRoundedRect(QRectF(2, middle - BAR_PX / 2, self.width() - 4, BAR_PX), BAR_PX / 2, BAR_PX / 2)
        window = self._window()
        painter.setBrush(QColor(self._theme.text if self.isEnabled() else self._theme.line))
        painter.drawRoundedRect(window, WINDOW_PX / 2, WINDOW_PX / 2)
        painter.setPen(QPen(QColor(self._theme.ground), 1.5))
        for offset in (-3, 0, 3):
            x = window.center().x() + offset
            painter.drawLine(QPointF(x, middle - 3), QPointF(x, middle + 3))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.focus), 2))
            painter.drawRoundedRect(window.adjusted(-3, -3, 3, 3), WINDOW_PX / 2 + 3, WINDOW_PX / 2 + 3)

    def _window(self) -> QRectF:
        whole = self.width() - 8
        width = max(whole / (1 + self._room), 4 * GRID_PX)
        left = 4 + (whole - width) * self.value() / STEPS
        return QRectF(left, (self.height() - WINDOW_PX) / 2, width, WINDOW_PX)

    def _go_to(self, x: float) -> None:
        width = self._window().width()
        way = max(self.width() - 8 - width, 1)
        self.setValue(round((x - 4 - width / 2) / way * STEPS))

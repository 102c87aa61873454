"""What the camera sees, as in a mirror, with room for a few words on it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from duskreel.ui.theme import GRID_PX, Theme, sized

CORNER_PX = 2 * GRID_PX
GUIDE_ASPECT = 9 / 16
SHADE_ALPHA = 105
USUAL_ASPECT = (16, 9)
NUMBER_PX = 16 * GRID_PX
INSET_PX = 2 * GRID_PX


class Preview(QWidget):
    """Paints the newest picture mirrored, in the middle of its room. Widgets on it keep to the picture's edges.

    Args:
        theme: of colours.
    """

    resized = Signal(QSize)
    """with how much room there is, in real pixels"""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image = QImage()
        self._aspect = QSize(*USUAL_ASPECT)
        self._shows_guide = False
        self._number = ""
        self._build_ui()

    def show_picture(self, image: QImage) -> None:
        """The newest one, in real pixels; a null image for none."""
        if not image.isNull() and image.size() != self._image.size():
            self._aspect = image.size()
            self._place_overlays()
        self._image = image
        self.update()

    @property
    def picture(self) -> QImage:
        """The newest one, as the camera sees it."""
        return self._image

    def show_guide(self, *, is_shown: bool) -> None:
        """Shade what an upright short would leave out."""
        self._shows_guide = is_shown
        self.update()

    def show_number(self, number: int | None) -> None:
        """Of a countdown; None for none."""
        self._number = "" if number is None else str(number)
        self.setAccessibleDescription(self._number)
        self.update()

    def add_top(self, widget: QWidget) -> None:
        """Something that lies on the upper edge of the picture."""
        self._top.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)

    def add_bottom(self, widget: QWidget) -> None:
        """Something that lies on the lower edge of the picture."""
        self._bottom.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)

    def fill_with(self, widget: QWidget) -> None:
        """Something that may take the place of the picture."""
        self._rows.insertWidget(1, widget, stretch=1)

    def area(self) -> QRectF:
        """Where the picture is."""
        size = self._aspect.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        return QRectF(left, top, size.width(), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Asks for pictures of the new size."""
        super().resizeEvent(event)
        self._place_overlays()
        self.resized.emit(self.size() * self.devicePixelRatioF())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The picture, what is shaded of it, and the number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.area()
        path = QPainterPath()
        path.addRoundedRect(area, CORNER_PX, CORNER_PX)
        painter.setClipPath(path)
        painter.fillRect(area, QColor(self._theme.surface))
        if not self._image.isNull():
            self._paint_mirrored(painter, area)
            if self._shows_guide:
                self._paint_guide(painter, area)
        if self._number:
            self._paint_number(painter, area)
        painter.end()

    def _build_ui(self) -> None:
        self.setAccessibleName("What the camera sees")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._rows = QVBoxLayout(self)
        self._rows.setSpacing(GRID_PX)
        self._top, self._bottom = QHBoxLayout(), QVBoxLayout()
        self._bottom.setSpacing(GRID_PX)
        self._rows.addLayout(self._top)
        self._rows.addStretch()
        self._rows.addLayout(self._bottom)

    def _place_overlays(self) -> None:
        area = self.area().toRect()
        across, down = area.left() + INSET_PX, area.top() + INSET_PX
        self._rows.setContentsMargins(across, down, across, down)

    def _paint_mirrored(self, painter: QPainter, area: QRectF) -> None:
        painter.save()
        painter.translate(area.right(), area.top())
        painter.scale(-1, 1)
        # What was made for this place needs no smoothing, which costs time.
        was_made_for_it = abs(self._image.width() / self.devicePixelRatioF() - area.width()) <= 1
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not was_made_for_it)
        painter.drawImage(QRectF(0, 0, area.width(), area.height()), self._image)
        painter.restore()

    def _paint_guide(self, painter: QPainter, area: QRectF) -> None:
        width = area.height() * GUIDE_ASPECT
        if width >= area.width():
            return
        side = (area.width() - width) / 2
        shade = QColor(0, 0, 0, SHADE_ALPHA)
        painter.fillRect(QRectF(area.left(), area.top(), side, area.height()), shade)
        painter.fillRect(QRectF(area.right() - side, area.top(), side, area.height()), shade)
        painter.setPen(QPen(QColor(255, 255, 255, 130), 1, Qt.PenStyle.DashLine))
        for left in (area.left() + side, area.right() - side):
            painter.drawLine(QPointF(left, area.top()), QPointF(left, area.bottom()))

    def _paint_number(self, painter: QPainter, area: QRectF) -> None:
        circle = QRectF(0, 0, NUMBER_PX, NUMBER_PX)
        circle.moveCenter(area.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 150))
        painter.drawEllipse(circle)
        font = sized(self.font(), "display")
        font.setPixelSize(font.pixelSize() * 2)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self._number)

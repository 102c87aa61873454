"""The moving picture of a clip."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtMultimedia import QVideoFrame
from PySide6.QtWidgets import QSizePolicy, QWidget

from duskreel.ui.theme import Theme
from duskreel.ui.video.frame_fitter import FrameFitter, upright_size

CORNER_PX = 12


class VideoPicture(QWidget):
    """Paints the newest frame as large as it fits, on a dark ground, with its own aspect.

    It paints by itself instead of using QVideoWidget, which needs a window system of its own kind and cannot lie under
    other widgets everywhere.
    """

    clicked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._fitter = FrameFitter()
        self._frame: QVideoFrame | None = None
        self._image = QImage()
        self._aspect = QSize(16, 9)
        self._highest_px = 0
        self.setAccessibleName("The clip's picture")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._fitter.fitted.connect(self._show_fitted)

    def show_image(self, image: QImage) -> None:
        """A picture to begin with; a null one for darkness."""
        self._frame, self._image = None, image
        self._fitter.forget()
        self.update()

    @property
    def room(self) -> QSize:
        """How large it is, in real pixels."""
        return self.size() * self.devicePixelRatioF()

    def show_poster(self, image: QImage) -> None:
        """A picture for as long as there is no frame."""
        if self._frame is None and self._image.isNull():
            self.show_image(image)

    def set_aspect(self, size: QSize) -> None:
        """Of the clip that is to be shown."""
        self._aspect = size if size.width() > 0 and size.height() > 0 else QSize(16, 9)
        self.updateGeometry()

    def set_highest(self, height_px: int) -> None:
        """It may not be higher than this, however upright the clip is."""
        if height_px != self._highest_px:
            self._highest_px = height_px
            self.updateGeometry()

    def show_frame(self, frame: QVideoFrame) -> None:
        """The newest frame. Those that come faster than they can be painted are passed over."""
        self._frame = frame
        self._fit()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """It keeps its aspect."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Of the whole picture."""
        height = round(width * self._aspect.height() / self._aspect.width())
        return min(height, self._highest_px) if self._highest_px else height

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Small: it takes whatever width there is."""
        return QSize(320, self.heightForWidth(320))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click anywhere in the picture."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A standing picture is made anew for the new size."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The newest frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), CORNER_PX, CORNER_PX)
        painter.setClipPath(path)
        painter.fillRect(self.rect(), QColor("#000000"))
        if not self._image.isNull():
            area = self._fitted(self._image.size())
            # What was made for this place needs no smoothing, which costs time.
            was_made_for_it = self._in_pixels(area) == self._image.size()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not was_made_for_it)
            painter.drawImage(area, self._image)

    def _fit(self) -> None:
        if self._frame is not None and not self.size().isEmpty():
            self._fitter.fit(self._frame, self._in_pixels(self._fitted(upright_size(self._frame))))

    def _show_fitted(self, image: QImage) -> None:
        self._image = image
        self.update()

    def _in_pixels(self, area: QRectF) -> QSize:
        return (area.size() * self.devicePixelRatioF()).toSize().expandedTo(QSize(1, 1))

    def _fitted(self, size: QSize) -> QRectF:
        size = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        # A pixel of black at the side of a picture that fills its place looks like a mistake.
        if abs(size.width() - self.width()) <= 2 and abs(size.height() - self.height()) <= 2:
            return QRectF(self.rect())
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

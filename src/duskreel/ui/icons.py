"""Icons from resources/icons, in whatever colour they are needed."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from duskreel.paths import resource

SIZE_PX = 24
_STEPS = (1.0, 1.5, 2.0, 3.0)
"""of high-density screens"""


@lru_cache(maxsize=512)
def icon(name: str, colour: str) -> QIcon:
    """An icon in one colour, sharp on every screen.

    Args:
        name: of the file, without ``.svg``.
        colour: as ``#rrggbb``, in place of the file's ``currentColor``.
    """
    found = QIcon()
    # Read once for all sizes: a page has dozens of icons.
    drawing = _drawing(name, QColor(colour))
    for step in _STEPS:
        pixmap = _drawn(drawing, round(SIZE_PX * step))
        pixmap.setDevicePixelRatio(step)
        found.addPixmap(pixmap)
    return found


@lru_cache(maxsize=512)
def picture(name: str, colour: str, size_px: int) -> QPixmap:
    """An icon as a square of so many real pixels."""
    return _drawn(_drawing(name, QColor(colour)), size_px)


def paint(painter: QPainter, name: str, area: QRectF, colour: QColor) -> None:
    """Draw an icon into a rectangle."""
    _drawing(name, colour).render(painter, area)


def _drawing(name: str, colour: QColor) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour.name()).encode()))


def _drawn(drawing: QSvgRenderer, size_px: int) -> QPixmap:
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    drawing.render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return QPixmap.fromImage(image)


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")


def device_pixels(size_px: int) -> int:
    """So many real pixels has a length on the sharpest screen."""
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    return round(size_px * ratio)

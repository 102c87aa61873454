"""The picture that stands for an entry: cut to the room that it has, with round corners."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QImage, QPainter

from duskreel.ui.jpeg import decoded
from duskreel.ui.theme import GRID_PX

CORNER_PX = GRID_PX + GRID_PX // 2
FACE_HEIGHT = 0.4
"""where in an upright picture the middle of what is shown lies: faces are above the middle"""


def scaled(jpeg: bytes, size: QSize, ratio: float) -> QImage:
    """The picture filling a size, with round corners; empty if it cannot be read. In any thread."""
    real = QSize(round(size.width() * ratio), round(size.height() * ratio))
    found = decoded(jpeg, real, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    return found if found.isNull() else _rounded(found, real, CORNER_PX * ratio)


def _rounded(found: QImage, real: QSize, corner: float) -> QImage:
    left = (found.width() - real.width()) // 2
    top = min(max(round(found.height() * FACE_HEIGHT) - real.height() // 2, 0), found.height() - real.height())
    piece = found.copy(QRect(QPoint(left, top), real))
    image = QImage(real, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(piece))
    painter.drawRoundedRect(QRectF(image.rect()), corner, corner)
    painter.end()
    return image

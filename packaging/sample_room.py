"""The evening room of the sample clip, and the soft light that the person in it is painted with too.

Lengths are pixels of a 1280x720 frame.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen, QPolygonF, QRadialGradient

WIDTH, HEIGHT = 1280, 720


def paint_room() -> QImage:
    """Painted, then blurred as a lens with a shallow depth of field shows what lies behind a person."""
    import cv2

    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    wall = QLinearGradient(0, 0, WIDTH, HEIGHT)
    for at, colour in ((0, "#2b2a44"), (0.45, "#463650"), (0.8, "#6d4a4c"), (1, "#4a3340")):
        wall.setColorAt(at, QColor(colour))
    painter.fillRect(image.rect(), wall)
    _paint_window(painter)
    _paint_shelf(painter)
    _paint_lamp(painter)
    _paint_plant(painter)
    painter.end()
    room = pixels(image)
    room[..., :3] = cv2.GaussianBlur(room[..., :3], (0, 0), 7)
    # Fine still grain: a smooth gradient would show bands after the encoder.
    grain = np.random.default_rng(7).normal(0, 1.0, (HEIGHT, WIDTH, 1))
    room[..., :3] = np.clip(room[..., :3] + grain, 0, 255).astype(np.uint8)
    return image


def _paint_window(painter: QPainter) -> None:
    frame = QRectF(52, 40, 270, 420)
    dusk = QLinearGradient(0, 40, 0, 460)
    for at, colour in ((0, "#2a3a6b"), (0.5, "#5d5a94"), (0.8, "#b9778c"), (1, "#e0a07a")):
        dusk.setColorAt(at, QColor(colour))
    painter.fillRect(frame, dusk)
    rng = np.random.default_rng(3)
    for _ in range(12):  # houses across the street
        left, height = 52 + rng.uniform(0, 230), rng.uniform(40, 150)
        painter.fillRect(QRectF(left, 460 - height, 46, height), QColor(38, 36, 66, 170))
    for _ in range(34):  # their lit windows
        x, y = rng.uniform(60, 312), rng.uniform(330, 450)
        glow(painter, x, y, rng.uniform(5, 13), "#ffd28a", int(rng.uniform(90, 220)))
    painter.setPen(QPen(QColor("#d8c7bd"), 12))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(frame)
    painter.setPen(QPen(QColor("#cdb9b1"), 8))
    painter.drawLine(QPointF(187, 40), QPointF(187, 460))
    painter.drawLine(QPointF(52, 215), QPointF(322, 215))
    curtain = QLinearGradient(300, 0, 372, 0)
    for at, colour in ((0, "#6f4a5c"), (0.4, "#936370"), (0.7, "#5d3f55"), (1, "#7b5266")):
        curtain.setColorAt(at, QColor(colour))
    painter.fillRect(QRectF(306, 0, 66, 560), curtain)
    painter.fillRect(QRectF(0, 0, 40, 560), curtain)


def _paint_shelf(painter: QPainter) -> None:
    rng = np.random.default_rng(11)
    covers = ("#8a4b4b", "#4d6a7a", "#b08a57", "#6d5a80", "#55705c", "#c9a98a", "#394a66")
    for row, base in enumerate((215, 375)):
        x = 720.0
        while x < 1010:
            width, height = rng.uniform(16, 34), rng.uniform(78, 118)
            painter.fillRect(QRectF(x, base - height, width - 2, height), QColor(covers[int(rng.integers(7))]))
            x += width if rng.random() > 0.12 else width + 26
        painter.fillRect(QRectF(690, base, 372, 12), QColor("#70503f"))
        painter.fillRect(QRectF(690, base + 12, 372, 16), QColor(20, 12, 24, 70 + 10 * row))


def _paint_lamp(painter: QPainter) -> None:
    glow(painter, 1130, 330, 520, "#ffb568", 150)
    glow(painter, 1130, 300, 210, "#ffd9a0", 170)
    painter.setPen(QPen(QColor("#4b362f"), 10))
    painter.drawLine(QPointF(1130, 360), QPointF(1130, 720))
    painter.setPen(Qt.PenStyle.NoPen)
    shade = QLinearGradient(0, 230, 0, 370)
    shade.setColorAt(0, QColor("#ffd28f"))
    shade.setColorAt(1, QColor("#fff0c9"))
    painter.setBrush(shade)
    corners = ((1085, 230), (1175, 230), (1216, 370), (1044, 370))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))


def _paint_plant(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    rng = np.random.default_rng(5)
    for angle in np.linspace(-75, 75, 15):
        painter.save()
        painter.translate(905, 620)
        painter.rotate(float(angle + rng.uniform(-6, 6)))
        painter.setBrush(QColor.fromHsv(int(rng.uniform(95, 135)), 110, int(rng.uniform(60, 110))))
        length = float(rng.uniform(110, 175))
        painter.drawEllipse(QRectF(-15, -length, 30, length))
        painter.restore()
    painter.setBrush(QColor("#a8654b"))
    painter.drawRoundedRect(QRectF(850, 600, 110, 140), 12, 12)


def glow(painter: QPainter, x: float, y: float, radius: float, colour: str, alpha: int) -> None:
    """A round soft spot of light; see `shade`."""
    shade(painter, x, y, radius, radius, colour, alpha)


def shade(painter: QPainter, x: float, y: float, radius_x: float, radius_y: float, colour: str, alpha: int) -> None:
    """A soft spot: full `alpha` (0 to 255) in the middle, nothing at the ellipse's edge."""
    gradient = QRadialGradient(0, 0, 1)
    for at, share in ((0, 1.0), (0.25, 0.86), (0.5, 0.5), (0.75, 0.14), (1, 0.0)):
        stop = QColor(colour)
        stop.setAlpha(round(alpha * share))
        gradient.setColorAt(at, stop)
    painter.save()
    painter.translate(x, y)
    painter.scale(radius_x, radius_y)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(gradient)
    painter.drawEllipse(QPointF(0, 0), 1, 1)
    painter.restore()


def pixels(image: QImage) -> NDArray[np.uint8]:
    """The image's own memory as BGRA, shape (720, 1280, 4)."""
    return np.frombuffer(image.bits(), np.uint8).reshape(HEIGHT, WIDTH, 4)

"""The picture of the sample clip: a painted person in an evening room, drawn by Qt's painter.

`make_sample.py` asks for one frame after the other; everything that moves is in `Pose`, the room is painted once.
Lengths are pixels of a 1280x720 frame; the head is drawn around a point between nose and eyes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
)
from sample_room import glow, paint_room, pixels, shade

HEAD_X, HEAD_Y = 478, 318  # left of the middle, so that framing by the face differs from a crop of the centre
DISTANCE = 0.74
DISTANT_HEAD_Y = 268
SKIN_LIGHT, SKIN, SKIN_SHADE, SKIN_DEEP = "#f4cba8", "#e6b18c", "#c2845f", "#8a4f3a"
HAIR_LIGHT, HAIR, HAIR_DARK = "#6b4836", "#452c22", "#2a1a16"
KNIT_LIGHT, KNIT, KNIT_DARK = "#8f9f86", "#6a7d6c", "#3c4a48"


@dataclass(frozen=True)
class Pose:
    """What moves from frame to frame."""

    sway_x: float = 0.0
    """pixels to the right"""
    sway_y: float = 0.0
    """pixels down"""
    tilt_deg: float = 0.0
    """clockwise"""
    breath: float = 0.0
    """-1 to 1: shoulders down to up"""
    mouth_open: float = 0.0
    """0 to 1"""
    mouth_wide: float = 0.0
    """-1 (rounded lips) to 1 (stretched lips)"""
    smile: float = 0.3
    """0 to 1"""
    eyes_open: float = 1.0
    """0 (closed) to 1"""
    gaze_x: float = 0.0
    """-1 (to the picture's left) to 1"""
    gaze_y: float = 0.0
    """-1 (up) to 1"""
    brow: float = 0.0
    """-1 (drawn together) to 1 (raised)"""


class Scene:
    """Paints frames. Needs a QGuiApplication, which may be offscreen."""

    def __init__(self) -> None:
        self._room = paint_room()

    def frame(self, pose: Pose) -> NDArray[np.uint8]:
        """One picture as BGRA, shape (720, 1280, 4)."""
        image = self._room.copy()
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # As far from the camera as people sit: the chin stays above where captions stand.
        painter.translate(HEAD_X, DISTANT_HEAD_Y)
        painter.scale(DISTANCE, DISTANCE)
        painter.translate(-HEAD_X, -HEAD_Y)
        _paint_body(painter, pose)
        painter.translate(HEAD_X + pose.sway_x, HEAD_Y + 150 + pose.sway_y)
        painter.rotate(pose.tilt_deg)
        painter.translate(0, -150)
        _paint_head(painter, pose)
        painter.end()
        return pixels(image).copy()


def _paint_body(painter: QPainter, pose: Pose) -> None:
    painter.save()
    painter.translate(HEAD_X + pose.sway_x * 0.4, -2.5 * pose.breath)
    painter.setPen(Qt.PenStyle.NoPen)
    glow(painter, 8, 470, 400, "#140d1c", 90)
    _paint_sweater(painter)
    painter.translate(pose.sway_x * 0.3, 0)
    neck = QPainterPath(QPointF(-60, 400))
    neck.cubicTo(-58, 470, -66, 505, -104, 532)
    neck.cubicTo(-50, 590, 50, 590, 104, 532)
    neck.cubicTo(66, 505, 58, 470, 60, 400)
    neck.closeSubpath()
    painter.fillPath(neck, _side_light(-80, 80, SKIN_SHADE, SKIN, SKIN))
    painter.setClipPath(neck)
    shade(painter, 0, 448, 96, 62, SKIN_DEEP, 215)
    shade(painter, -52, 520, 30, 80, SKIN_DEEP, 70)
    painter.setClipping(False)
    _paint_collar(painter)
    painter.restore()


def _paint_sweater(painter: QPainter) -> None:
    torso = QPainterPath(QPointF(-350, 960))
    torso.cubicTo(-346, 700, -310, 585, -205, 556)
    torso.cubicTo(-150, 538, -118, 528, -98, 512)
    torso.cubicTo(-60, 560, 60, 560, 98, 512)
    torso.cubicTo(118, 528, 150, 538, 205, 556)
    torso.cubicTo(310, 585, 346, 700, 350, 960)
    torso.closeSubpath()
    painter.fillPath(torso, _side_light(-330, 330, KNIT_DARK, KNIT, KNIT_LIGHT))
    painter.setClipPath(torso)
    shade(painter, -340, 780, 150, 260, "#1f2433", 150)
    shade(painter, 0, 560, 190, 70, "#26302f", 120)
    shade(painter, 250, 590, 90, 60, "#d6c79c", 70)
    painter.setPen(QPen(QColor(25, 35, 35, 26), 2.2))
    for x in range(-352, 353, 11):  # the ribs of the knitting
        rib = QPainterPath(QPointF(x * 0.72, 520))
        rib.cubicTo(x * 0.85, 590, x, 640, x * 1.04, 960)
        painter.drawPath(rib)
    painter.setPen(QPen(QColor(20, 26, 30, 90), 5))
    for side in (-1, 1):  # where the sleeves begin
        sleeve = QPainterPath(QPointF(side * 206, 960))
        sleeve.cubicTo(side * 200, 760, side * 212, 680, side * 232, 630)
        painter.drawPath(sleeve)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setClipping(False)


def _paint_collar(painter: QPainter) -> None:
    band = QPainterPath(QPointF(-100, 506))
    band.cubicTo(-60, 584, 60, 584, 100, 506)
    band.cubicTo(112, 508, 120, 516, 124, 524)
    band.cubicTo(72, 616, -72, 616, -124, 524)
    band.cubicTo(-120, 516, -112, 508, -100, 506)
    painter.fillPath(band, _side_light(-120, 120, KNIT_DARK, KNIT, KNIT_LIGHT))
    edge = QPainterPath(QPointF(-124, 524))
    edge.cubicTo(-72, 616, 72, 616, 124, 524)
    painter.strokePath(edge, QPen(QColor(20, 24, 30, 70), 3))


def _paint_head(painter: QPainter, pose: Pose) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    _paint_back_hair(painter)
    _paint_ears(painter)
    face = _face_outline(4 * pose.mouth_open)
    painter.fillPath(face, _side_light(-108, 112, "#cf9672", SKIN, SKIN_LIGHT))
    painter.save()
    painter.setClipPath(face)
    _paint_face_shading(painter)
    painter.restore()
    for side in (-1, 1):
        _paint_eye(painter, side, pose)
        _paint_brow(painter, side, pose)
    _paint_nose(painter)
    _paint_mouth(painter, pose)
    _paint_front_hair(painter)


def _face_outline(jaw_drop: float) -> QPainterPath:
    face = QPainterPath(QPointF(-108, -50))
    face.cubicTo(-112, 20, -104, 78, -72, 118 + jaw_drop)
    face.cubicTo(-44, 158 + jaw_drop, 44, 158 + jaw_drop, 72, 118 + jaw_drop)
    face.cubicTo(104, 78, 112, 20, 108, -50)
    face.cubicTo(104, -164, -104, -164, -108, -50)
    return face


def _paint_ears(painter: QPainter) -> None:
    for side in (-1, 1):
        ear = QRectF(side * 112 - 17, -28, 34, 68)
        painter.setBrush(QColor("#c78d6a" if side < 0 else "#e9b48f"))
        painter.drawEllipse(ear)
        shade(painter, side * 113, 6, 10, 24, SKIN_DEEP, 120)


def _paint_face_shading(painter: QPainter) -> None:
    shade(painter, -118, 40, 62, 150, SKIN_DEEP, 120)  # the side away from the lamp
    shade(painter, 0, 168, 120, 44, SKIN_DEEP, 120)
    shade(painter, 0, 112, 92, 48, "#7a5546", 44)  # a day's stubble
    shade(painter, 0, -138, 130, 52, SKIN_DEEP, 110)  # under the hair
    shade(painter, 0, -80, 62, 34, "#ffe3c6", 90)
    for side in (-1, 1):
        shade(painter, side * 45, -24, 42, 30, "#7f4837", 165)
        shade(painter, side * 62, 42, 40, 32, "#dd7f68", 75)
        shade(painter, side * 54, 24, 30, 22, "#ffdcbc", 60)
    shade(painter, 96, 10, 26, 96, "#ffd9a8", 110)  # the lamp on the cheek
    shade(painter, -108, 10, 14, 90, "#8b8fc4", 80)  # the dusk on the other


def _paint_eye(painter: QPainter, side: int, pose: Pose) -> None:
    painter.save()
    painter.translate(side * 45, -16)
    painter.scale(side, 1)
    opening = 13.0 * pose.eyes_open
    lid_y = 5 - opening
    upper = QPainterPath(QPointF(-23, 3))
    upper.cubicTo(-13, lid_y - 5 * pose.eyes_open, 9, lid_y - 6 * pose.eyes_open, 24, 0)
    almond = QPainterPath(upper)
    almond.cubicTo(12, 12, -10, 13, -23, 3)
    if pose.eyes_open > 0.15:
        painter.fillPath(almond, QColor("#ece2da"))
        painter.setClipPath(almond)
        _paint_iris(painter, side * 2.6 * pose.gaze_x, 1 + 2.0 * pose.gaze_y, side)
        shade(painter, 0, lid_y - 2, 30, 9, "#3a2018", 150)
        painter.setClipping(False)
    lash = QPen(QColor("#2c1a16"), 3.6)
    lash.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.strokePath(upper if pose.eyes_open > 0.15 else _closed_lid(), lash)
    crease = QPainterPath(QPointF(-20, -7))
    crease.cubicTo(-10, -20, 10, -20, 24, -9)
    painter.strokePath(crease.translated(0, 3 * (1 - pose.eyes_open)), QPen(QColor(110, 60, 44, 120), 2))
    below = QPainterPath(QPointF(-18, 12))
    below.cubicTo(-8, 18, 10, 18, 20, 11)
    painter.strokePath(below, QPen(QColor(110, 60, 44, 70), 2))
    painter.restore()


def _closed_lid() -> QPainterPath:
    lid = QPainterPath(QPointF(-23, 3))
    lid.cubicTo(-11, 12, 11, 12, 24, 1)
    return lid


def _paint_iris(painter: QPainter, x: float, y: float, side: int) -> None:
    iris = QRadialGradient(x, y, 10.5)
    for at, colour in ((0, "#3a2116"), (0.45, "#6b4024"), (0.85, "#7d4f2e"), (1, "#3c2417")):
        iris.setColorAt(at, QColor(colour))
    painter.setBrush(iris)
    painter.drawEllipse(QPointF(x, y), 10.5, 10.5)
    painter.setBrush(QColor("#170e0c"))
    painter.drawEllipse(QPointF(x, y), 4.8, 4.8)
    painter.setBrush(QColor(255, 246, 230, 235))
    painter.drawEllipse(QPointF(x + 3.4 * side, y - 3.6), 2.5, 2.5)


def _paint_brow(painter: QPainter, side: int, pose: Pose) -> None:
    painter.save()
    painter.translate(side * 46, -52 - 5 * pose.brow)
    painter.scale(side, 1)
    brow = QPainterPath(QPointF(-27, 4 - 2 * pose.brow))
    brow.cubicTo(-12, -7, 12, -10, 31, 5)
    brow.cubicTo(12, -2, -10, 1, -25, 11 - 2 * pose.brow)
    brow.closeSubpath()
    painter.fillPath(brow, QColor(HAIR_DARK))
    painter.restore()


def _paint_nose(painter: QPainter) -> None:
    shade(painter, 3, 2, 9, 44, "#ffe6cb", 150)
    shade(painter, -17, 16, 12, 46, SKIN_DEEP, 70)
    shade(painter, -1, 56, 30, 10, SKIN_DEEP, 130)
    shade(painter, 4, 38, 13, 11, "#ffeed8", 150)
    for side in (-1, 1):
        shade(painter, side * 20, 43, 8, 12, SKIN_SHADE, 150)
        shade(painter, side * 10, 50.5, 8, 4.5, "#4a241c", 210)


def _paint_mouth(painter: QPainter, pose: Pose) -> None:
    half = 31 + 5 * pose.mouth_wide + 5 * pose.smile - 4 * pose.mouth_open
    corner_y = 88 - 9 * pose.smile
    opening = 21 * pose.mouth_open
    shade(painter, 0, 108 + opening * 0.8, 30, 8, SKIN_DEEP, 110)
    upper_lip = QPainterPath(QPointF(-half, corner_y))
    upper_lip.cubicTo(-half * 0.5, 80, -9, 77, 0, 80.5)
    upper_lip.cubicTo(9, 77, half * 0.5, 80, half, corner_y)
    lower_lip = QPainterPath(upper_lip)
    lower_lip.cubicTo(half * 0.55, 97 + opening * 1.15, -half * 0.55, 97 + opening * 1.15, -half, corner_y)
    lips = QLinearGradient(0, 78, 0, 100 + opening)
    for at, colour in ((0, "#b1705c"), (0.5, "#bd7763"), (1, "#d6987d")):
        lips.setColorAt(at, QColor(colour))
    painter.fillPath(lower_lip, lips)
    inner = QPainterPath(QPointF(-half + 4, corner_y))
    inner.cubicTo(-half * 0.4, 86.5, half * 0.4, 86.5, half - 4, corner_y)
    inner.cubicTo(half * 0.5, 88 + opening * 1.1, -half * 0.5, 88 + opening * 1.1, -half + 4, corner_y)
    painter.fillPath(inner, QColor("#47191a"))
    if opening > 4:
        painter.save()
        painter.setClipPath(inner)
        painter.fillRect(QRectF(-half * 0.6, 80, half * 1.2, 6.5 + opening * 0.14), QColor("#efe3d6"))
        shade(painter, 0, 93 + opening, half * 0.7, 9, "#b8605c", 230)
        painter.restore()
    painter.strokePath(inner, QPen(QColor(84, 34, 30, 150), 1.6))
    for side in (-1, 1):
        shade(painter, side * (half + 2), corner_y - 1, 9, 8, SKIN_DEEP, 70)


def _paint_back_hair(painter: QPainter) -> None:
    hair = QPainterPath(QPointF(-114, -8))
    hair.cubicTo(-132, -90, -118, -196, 4, -192)
    hair.cubicTo(124, -196, 134, -90, 114, -8)
    hair.closeSubpath()
    painter.fillPath(hair, _side_light(-125, 125, HAIR_DARK, HAIR, HAIR))


def _paint_front_hair(painter: QPainter) -> None:
    hair = QPainterPath(QPointF(-110, -14))
    hair.cubicTo(-136, -84, -130, -176, -64, -198)
    for x, y in ((-40, -214), (6, -216), (52, -210), (92, -186), (122, -148)):  # unruly on top
        hair.quadTo(x - 26, y - 10, x, y)
    hair.cubicTo(136, -110, 126, -60, 110, -14)
    hair.cubicTo(107, -44, 106, -66, 96, -88)
    for x, y in ((66, -104), (34, -104), (2, -116), (-34, -134)):  # the fringe, swept to the side
        hair.quadTo(x + 12, y - 14, x, y)
    hair.cubicTo(-60, -116, -92, -98, -100, -62)
    hair.cubicTo(-106, -44, -107, -30, -110, -14)
    painter.fillPath(hair, _side_light(-130, 130, HAIR_DARK, HAIR, HAIR_LIGHT))
    painter.save()
    painter.setClipPath(hair)
    shade(painter, 58, -164, 70, 30, "#b98a62", 130)
    shade(painter, -96, -150, 40, 60, "#5d5a8c", 80)
    _paint_strands(painter)
    painter.restore()


def _paint_strands(painter: QPainter) -> None:
    """From the parting outwards, uneven as hair is."""
    rng = np.random.default_rng(9)
    for end in np.linspace(-118, 126, 46):
        bend, length = float(rng.uniform(-10, 10)), float(rng.uniform(-70, -30))
        root_x = -44 + 0.12 * float(end)
        strand = QPainterPath(QPointF(root_x, -206 + float(rng.uniform(0, 60))))
        strand.cubicTo(0.6 * end + bend, -206, end + bend, -150, end * 0.98 + 4, length)
        tone = QColor(HAIR_LIGHT if rng.random() > 0.5 else HAIR_DARK)
        tone.setAlpha(int(rng.uniform(35, 95)))
        painter.strokePath(strand, QPen(tone, float(rng.uniform(1.2, 3.4))))


def _side_light(left: float, right: float, dark: str, middle: str, light: str) -> QLinearGradient:
    gradient = QLinearGradient(left, 0, right, 0)
    gradient.setColorAt(0, QColor(dark))
    gradient.setColorAt(0.45, QColor(middle))
    gradient.setColorAt(1, QColor(light))
    return gradient

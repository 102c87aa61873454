"""How an entry looks in passing: its picture with what is known about it at the edges, and a line above and below."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap

from duskreel.library.entry import Entry, Mood
from duskreel.library.glance import Glance
from duskreel.memories.wording import short_day
from duskreel.timecode import clock
from duskreel.ui import icons
from duskreel.ui.diary.grid_layout import Lines
from duskreel.ui.diary.posters import Posters
from duskreel.ui.mood_look import badge
from duskreel.ui.poster import CORNER_PX
from duskreel.ui.theme import GRID_PX, Theme, sized

SHADE = QColor(12, 8, 28, 184)
"""under white signs on pictures, which may be of any colour"""
ON_SHADE = "#ffffff"
STAR = "#ffc45c"
EDGE_PX = GRID_PX // 2
BADGE_PX = 4 * GRID_PX
SMALL_BADGE_PX = 3 * GRID_PX
SIGN_PX = 2 * GRID_PX
SIGN_DISC_PX = 3 * GRID_PX + GRID_PX // 2
SMALL_POSTER_PX = 24 * GRID_PX
RING_PX = 2


@dataclass(frozen=True)
class TileState:
    """What is true of a tile besides its entry."""

    names_day: bool
    """as the first of its day does, and the first of a row"""
    has_focus: bool
    is_under_mouse: bool


class EntryPainter:
    """Paints tiles and pictures.

    Args:
        posters: where the pictures come from.
        theme: of colours.
        font: of the application.
        ratio: of real pixels to those of the layout.
    """

    def __init__(self, posters: Posters, theme: Theme, font: QFont, ratio: float) -> None:
        self._posters, self._theme, self._ratio = posters, theme, ratio
        self._body, self._small = sized(font, "body"), sized(font, "small")
        self._day = QFont(self._body)
        self._day.setWeight(QFont.Weight.DemiBold)
        self._body_metrics, self._small_metrics = QFontMetrics(self._body), QFontMetrics(self._small)
        self._day_metrics = QFontMetrics(self._day)
        self._text, self._muted = QColor(theme.text), QColor(theme.muted)
        self._discs = {
            (mood, side): badge(theme, mood, theme.mood(mood), round(side * ratio))
            for mood in Mood
            for side in (BADGE_PX, SMALL_BADGE_PX)
        }
        above = self._day_metrics.height() + GRID_PX
        self.lines = Lines(above, self._body_metrics.height() + GRID_PX + GRID_PX // 2)

    def paint_tile(self, painter: QPainter, box: QRect, glance: Glance, state: TileState) -> None:
        """A whole tile."""
        poster = QRect(
            box.left(),
            box.top() + self.lines.above_px,
            box.width(),
            box.height() - self.lines.above_px - self.lines.below_px,
        )
        self._paint_day(
            painter, QRect(box.left(), box.top(), box.width(), self.lines.above_px - GRID_PX), glance, state
        )
        self.paint_poster(painter, poster, glance)
        self._paint_marks(painter, poster, glance)
        self._paint_title(painter, QRect(box.left(), poster.bottom() + 1 + GRID_PX, box.width(), 0), glance)
        if state.has_focus or state.is_under_mouse:
            self._paint_ring(painter, poster, has_focus=state.has_focus)

    def paint_poster(self, painter: QPainter, area: QRect, shown: Entry | Glance) -> None:
        """The picture with mood and length, as every list shows it."""
        picture = self._posters.get(shown.folder, area.size(), self._ratio)
        if picture is None or picture.isNull():
            painter.drawPixmap(area.topLeft(), self._blank(area.size(), has_sign=picture is not None))
        else:
            painter.drawPixmap(area.topLeft(), picture)
        if shown.mood is not None:
            self._paint_mood(painter, area, shown.mood)
        self._paint_length(painter, area, clock(shown.duration_ms))

    def _paint_day(self, painter: QPainter, line: QRect, glance: Glance, state: TileState) -> None:
        left = line.left()
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        if state.names_day:
            day = short_day(glance.day)
            painter.setFont(self._day)
            painter.setPen(self._text)
            painter.drawText(line, flags, day)
            left += self._day_metrics.horizontalAdvance(day) + GRID_PX
        painter.setFont(self._small)
        painter.setPen(self._muted)
        painter.drawText(QRect(left, line.top(), line.right() - left, line.height()), flags, glance.time)

    def _paint_title(self, painter: QPainter, line: QRect, glance: Glance) -> None:
        if not glance.title:
            return
        painter.setFont(self._body)
        painter.setPen(self._text)
        shown = self._body_metrics.elidedText(glance.title, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line.left(), line.top() + self._body_metrics.ascent(), shown)

    def _paint_mood(self, painter: QPainter, area: QRect, mood: Mood) -> None:
        colour = self._theme.mood(mood)
        painter.drawPixmap(area.topLeft(), _edge(colour.name(), area.width(), area.height(), self._ratio))
        side = BADGE_PX if area.width() > SMALL_POSTER_PX else SMALL_BADGE_PX
        place = QRect(area.left() + GRID_PX, area.bottom() + 1 - GRID_PX - EDGE_PX - side, side, side)
        painter.drawPixmap(place, self._discs[mood, side])

    def _paint_length(self, painter: QPainter, area: QRect, text: str) -> None:
        width = self._small_metrics.horizontalAdvance(text) + 2 * GRID_PX
        height = self._small_metrics.height() + GRID_PX // 2
        pill = QRect(area.right() + 1 - GRID_PX - width, area.bottom() + 1 - GRID_PX - EDGE_PX - height, width, height)
        painter.drawPixmap(pill.topLeft(), _pill(width, height, self._ratio))
        painter.setFont(self._small)
        painter.setPen(QColor(ON_SHADE))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_marks(self, painter: QPainter, poster: QRect, glance: Glance) -> None:
        left = poster.left() + GRID_PX
        for name, is_so in (("refresh", glance.recovered), ("text", not glance.has_words)):
            if is_so:
                painter.drawPixmap(left, poster.top() + GRID_PX, _sign(name, ON_SHADE, self._ratio))
                left += SIGN_DISC_PX + GRID_PX // 2
        if glance.starred:
            right = poster.right() + 1 - GRID_PX - SIGN_DISC_PX
            painter.drawPixmap(right, poster.top() + GRID_PX, _sign("star-filled", STAR, self._ratio))

    def _paint_ring(self, painter: QPainter, poster: QRect, *, has_focus: bool) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        colour = QColor(self._theme.focus if has_focus else self._theme.line)
        painter.setPen(QPen(colour, RING_PX + 1 if has_focus else RING_PX))
        out = RING_PX + 1
        painter.drawRoundedRect(QRectF(poster).adjusted(-out, -out, out, out), CORNER_PX + out, CORNER_PX + out)

    def _blank(self, size: QSize, *, has_sign: bool) -> QPixmap:
        return _blank(self._theme.surface, self._theme.muted, size.width(), size.height(), self._ratio, has_sign)


@lru_cache(maxsize=64)
def _edge(colour: str, width: int, height: int, ratio: float) -> QPixmap:
    """The strip at the foot of a picture, within its round corners; painted once."""
    pixmap = _clear(width, height, ratio)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole, above = QPainterPath(), QPainterPath()
    whole.addRoundedRect(QRectF(0, 0, width, height), CORNER_PX, CORNER_PX)
    above.addRect(QRectF(0, 0, width, height - EDGE_PX))
    painter.fillPath(whole.subtracted(above), QColor(colour))
    painter.end()
    return pixmap


@lru_cache(maxsize=16)
def _blank(ground: str, ink: str, width: int, height: int, ratio: float, has_sign: bool) -> QPixmap:
    """In place of a picture that is not here yet, or that there is not."""
    pixmap = _clear(width, height, ratio)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(0, 0, width, height), CORNER_PX, CORNER_PX)
    if has_sign:
        side = 4 * GRID_PX
        icons.paint(painter, "film", QRectF((width - side) / 2, (height - side) / 2, side, side), QColor(ink))
    painter.end()
    return pixmap


@lru_cache(maxsize=64)
def _pill(width: int, height: int, ratio: float) -> QPixmap:
    """The ground of a picture's length."""
    pixmap = _clear(width, height, ratio)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(SHADE)
    painter.drawRoundedRect(QRectF(0, 0, width, height), height / 2, height / 2)
    painter.end()
    return pixmap


@lru_cache(maxsize=32)
def _sign(name: str, colour: str, ratio: float) -> QPixmap:
    """An icon on a shaded disc."""
    pixmap = QPixmap(_pill(SIGN_DISC_PX, SIGN_DISC_PX, ratio))
    painter = QPainter(pixmap)
    inset = (SIGN_DISC_PX - SIGN_PX) // 2
    icons.paint(painter, name, QRectF(inset, inset, SIGN_PX, SIGN_PX), QColor(colour))
    painter.end()
    return pixmap


def _clear(width: int, height: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(width * ratio), round(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap

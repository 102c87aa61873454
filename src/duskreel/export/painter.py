"""One caption page, with at most one highlighted word, to pixels, by Qt's text engine.

Qt shapes any script, falls back between fonts and draws colour emoji, and needs no display for it. The preview and
the export both draw with this painter, so that what is seen is what is made.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QRawFont,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from duskreel.edit.pages import Page, line_text
from duskreel.errors import DiaryError
from duskreel.export.style import CaptionStyle, Colour
from duskreel.library.entry import Word
from duskreel.paths import resource
from duskreel.qt_application import qt_application


@dataclass(frozen=True)
class PaintedPage:
    """Premultiplied RGBA pixels, (height, width, 4), and where their top left corner lies in the frame.

    All four numbers are even, so that the page fits the grid of 4:2:0 pictures.
    """

    rgba: NDArray[np.uint8]
    x: int
    y: int


class Painter:
    """Paints in one style for frames of one size."""

    def __init__(self, style: CaptionStyle, width: int, height: int) -> None:
        self._app = qt_application()
        self._style = style
        self._width = width
        self._height = height
        self._font = _font(style, width)
        self._metrics = QFontMetricsF(self._font)
        self._line_height = style.line_height * style.text_size * width
        self._outline = style.outline * width

    @property
    def style(self) -> CaptionStyle:
        """What it paints in."""
        return self._style

    @property
    def widest(self) -> float:
        """How wide a line may be, in pixels."""
        return self._style.widest * self._width

    def measure(self, text: str) -> float:
        """The width of one line of text, in pixels, without outline and box."""
        return self._metrics.horizontalAdvance(text)

    def paint(self, page: Page, active: Word | None = None) -> PaintedPage:
        """Paint a page; `active` is drawn in the style's active colour, if it has one."""
        lines = [_Line(words, self._font, self._highlight(words, active)) for words in page.lines]
        scale = min(1.0, self.widest / max(line.width for line in lines))
        area = self._area(lines, scale)
        image = QImage(area.width(), area.height(), QImage.Format.Format_RGBA8888_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(image.width() / 2, self._margin())
        painter.scale(scale, scale)
        self._draw(painter, lines)
        painter.end()
        return PaintedPage(_pixels(image), area.x(), area.y())

    def _highlight(self, words: Sequence[Word], active: Word | None) -> list[QTextLayout.FormatRange]:
        colour = self._style.active_colour
        if active is None or colour is None:
            return []
        until = words[: 1 + next((i for i, word in enumerate(words) if word == active), -1)]
        if not until:
            return []
        length = _utf16_length(line_text(until[-1:]))
        return [_format_range(_utf16_length(line_text(until)) - length, length, colour)]

    def _margin(self) -> float:
        """Room around the text for its outline, its box, and marks that reach out of the line."""
        return self._outline + 0.5 * self._style.text_size * self._width

    def _area(self, lines: "Sequence[_Line]", scale: float) -> QRect:
        """The rectangle to paint: on the even grid, centred, wholly inside the frame."""
        width = max(line.width for line in lines) * scale + 2 * self._margin()
        height = self._line_height * len(lines) * scale + 2 * self._margin()
        columns = min(math.ceil(width / 4) * 4, self._width)
        rows = min(math.ceil(height / 4) * 4, self._height)
        top = round(self._style.centre * self._height / 2) * 2 - rows // 2
        return QRect((self._width - columns) // 2, min(max(top, 0), self._height - rows), columns, rows)

    def _draw(self, painter: QPainter, lines: "Sequence[_Line]") -> None:
        ascent, descent = self._metrics.ascent(), self._metrics.descent()
        baseline = (self._line_height - ascent - descent) / 2 + ascent
        places = [QPointF(-line.width / 2, row * self._line_height + baseline) for row, line in enumerate(lines)]
        if self._style.box_colour:
            self._draw_box(painter, lines)
        for line, place in zip(lines, places, strict=True):
            if self._outline:
                line.draw_outline(painter, place, self._outline, _colour(self._style.outline_colour))
        # Every outline before any text, or a line's outline would cover the descenders of the line above.
        for line, place in zip(lines, places, strict=True):
            line.draw(painter, place, _colour(self._style.colour))

    def _draw_box(self, painter: QPainter, lines: "Sequence[_Line]") -> None:
        assert self._style.box_colour is not None  # noqa: S101 - for the type checker
        padding = 0.42 * self._style.text_size * self._width
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for row, line in enumerate(lines):
            box = QRectF(-line.width / 2, row * self._line_height, line.width, self._line_height)
            box.adjust(-padding, -padding * 0.2, padding, padding * 0.2)
            path.addRoundedRect(box, padding, padding)
        painter.fillPath(path.simplified(), _colour(self._style.box_colour))


class _Line:
    """One line of words, shaped once, drawn as outline and as text."""

    def __init__(self, words: Sequence[Word], font: QFont, highlights: list[QTextLayout.FormatRange]) -> None:
        self._highlights = highlights
        text = line_text(words)
        self._layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._layout.setTextOption(option)
        self._layout.beginLayout()
        line = self._layout.createLine()
        # Wide enough for any caption: with no width, a right-to-left line has nowhere to start from.
        line.setLineWidth(10_000)
        self._layout.endLayout()
        self.width = line.naturalTextWidth()
        self._ascent = line.ascent()
        self._left = line.naturalTextRect().left()

    def draw(self, painter: QPainter, place: QPointF, colour: QColor) -> None:
        """Draw the text with its baseline starting at `place`."""
        painter.setPen(colour)
        self._layout.draw(painter, self._origin(place), self._highlights)

    def draw_outline(self, painter: QPainter, place: QPointF, width: float, colour: QColor) -> None:
        """Draw a line of `width` pixels around every glyph. Emoji have no outline of that kind."""
        glyphs = QPainterPath()
        glyphs.setFillRule(Qt.FillRule.WindingFill)
        for run in self._layout.glyphRuns():
            font = run.rawFont()
            if _is_in_colour(font):
                # Asked for outlines, FreeType would forget the size of the bitmaps, and nothing would be drawn.
                continue
            for glyph, position in zip(run.glyphIndexes(), run.positions(), strict=True):
                glyphs.addPath(font.pathForGlyph(glyph).translated(position))
        origin = self._origin(place)
        pen = QPen(QBrush(colour), 2 * width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.strokePath(glyphs.translated(origin), pen)

    def _origin(self, place: QPointF) -> QPointF:
        return place - QPointF(self._left, self._ascent)


def _font(style: CaptionStyle, width: int) -> QFont:
    font = QFont(_family(style.font_file))
    font.setPixelSize(round(style.text_size * width))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def _family(font_file: str) -> str:
    """Make a bundled face known, once: each time it is added, Qt would keep another copy of it."""
    number = QFontDatabase.addApplicationFont(str(resource(f"fonts/{font_file}")))
    if number < 0:
        raise DiaryError(f"The caption font {font_file} cannot be read.", "Install Duskreel again.")
    # A face is in its family and in one of its own; the family's name would find whichever weight came first.
    return QFontDatabase.applicationFontFamilies(number)[-1]


def _format_range(start: int, length: int, colour: Colour) -> QTextLayout.FormatRange:
    look = QTextCharFormat()
    look.setForeground(_colour(colour))
    highlight = QTextLayout.FormatRange()
    highlight.start, highlight.length, highlight.format = start, length, look
    return highlight


def _colour(colour: Colour) -> QColor:
    red, green, blue, opacity = colour
    return QColor(red, green, blue, round(opacity * 255))


def _is_in_colour(font: QRawFont) -> bool:
    return any(font.fontTable(table).size() for table in ("CBDT", "sbix", "COLR", "SVG "))


def _utf16_length(text: str) -> int:
    """Qt counts text in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def _pixels(image: QImage) -> NDArray[np.uint8]:
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4).copy()

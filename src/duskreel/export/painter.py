"""One caption page, with at most one highlighted word, to pixels.

The preview and the export both draw with this painter, so that what is seen is what is made.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath

from duskreel.edit.pages import Page
from duskreel.export.presets import EVERYWHERE
from duskreel.export.style import BOX_PADDING, CaptionStyle, Colour
from duskreel.export.typesetting import Typesetter, is_rightward
from duskreel.library.entry import Word
from duskreel.qt_application import qt_application

LINE_GAP = 0.04
"""in text sizes: what is left at least between the marks under one line and those over the next"""
CLEAR_PX = 2
"""around everything painted, for edges that are smoothed"""


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
        self._typesetter = Typesetter(style.font_file, round(style.text_size * width))
        self._metrics = self._typesetter.metrics
        self._block: tuple[Page, _Block] | None = None
        self._is_drawable: dict[str, bool] = {}

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

    def missing(self, text: str) -> str:
        """The characters that no font of this computer can draw, each once: boxes stand in their place."""
        for character in set(text) - set(self._is_drawable):
            self._is_drawable[character] = self._typesetter.can_draw(character)
        return "".join(dict.fromkeys(character for character in text if not self._is_drawable[character]))

    def block_height(self, page: Page) -> float:
        """How high the page is, as a fraction of the frame's height.

        Nothing is painted farther than half of that from the page's centre.
        """
        return self._block_of(page).rows / self._height

    def paint(self, page: Page, active: Word | None = None, *, centre: float | None = None) -> PaintedPage:
        """Paint a page.

        Args:
            page: no line of it is empty.
            active: drawn in the style's active colour, if it has one.
            centre: where the middle of the block lies, as a fraction of the frame's height; None for the style's
                own. A block never leaves the safe zone, if it fits into it at all.
        """
        block = self._block_of(page)
        image = block.plain
        if active is not None and active in page.words and self._style.active_colour is not None:
            image = block.highlighted(page.words.index(active), self._style.active_colour)
        area = self._area(block, self._style.centre if centre is None else centre)
        return PaintedPage(_pixels(image, area.width(), area.height()), area.x(), area.y())

    def _block_of(self, page: Page) -> "_Block":
        """What all highlights of a page have in common; kept until another page comes, as it takes far longer."""
        if self._block is None or self._block[0] != page:
            self._block = page, _Block(page, self._style, self._typesetter, self._width)
        return self._block[1]

    def _area(self, block: "_Block", centre: float) -> QRect:
        """The rectangle that is painted: on the even grid, centred, in the safe zone or at least in the frame."""
        columns, rows = min(block.columns, self._width), min(block.rows, self._height)
        highest = math.ceil(EVERYWHERE.top * self._height / 2) * 2
        lowest = math.floor(EVERYWHERE.bottom * self._height / 2) * 2 - rows
        if lowest < highest:
            highest, lowest = 0, self._height - rows
        top = round(centre * self._height / 2) * 2 - rows // 2
        return QRect((self._width - columns) // 2, min(max(top, highest), lowest), columns, rows)


class _Block:
    """A page in the middle of a picture of its own. Lengths are in pixels, from that middle."""

    def __init__(self, page: Page, style: CaptionStyle, typesetter: Typesetter, width: int) -> None:
        self._style = style
        self._outline = style.outline * width
        self._padding = BOX_PADDING * style.text_size * width if style.box_colour else 0.0
        rightward = is_rightward(page.words)
        self._lines = [typesetter.line(words, is_rightward=rightward) for words in page.lines]
        self._places, self._boxes = self._set(typesetter.metrics, style.text_size * width)
        self._words = [
            (word, place) for line, place in zip(self._lines, self._places, strict=True) for word in line.words
        ]
        across, down = self._reach()
        room = style.widest * width / 2 + max(self._outline, self._padding)
        # A word that is wider than a line may be becomes smaller; so does a line whose last letter leans out of it.
        self._scale = min(1.0, room / across)
        self.columns = 4 * math.ceil((across * self._scale + CLEAR_PX) / 2)
        """of the picture; a multiple of four, like its rows, so that half of it is even"""
        self.rows = 4 * math.ceil((down * self._scale + CLEAR_PX) / 2)

    @cached_property
    def plain(self) -> QImage:
        """The page without any highlight."""
        image = self._ground.copy()
        painter = self._painter(image)
        for word, place in self._words:
            word.draw(painter, place, _colour(self._style.colour))
        painter.end()
        return image

    def highlighted(self, index: int, colour: Colour) -> QImage:
        """The page with one word in another colour. Only what is around that word is drawn anew."""
        image = self.plain.copy()
        active, place = self._words[index]
        painter = self._painter(image)
        around = painter.transform().mapRect(active.ink.translated(place)).adjusted(-1, -1, 1, 1).toAlignedRect()
        near = painter.transform().inverted()[0].mapRect(QRectF(around))
        painter.save()
        painter.resetTransform()
        painter.setClipRect(around)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(around, self._ground, around)
        painter.restore()
        painter.setClipRect(near)
        for number, (word, word_place) in enumerate(self._words):
            if word.ink.translated(word_place).intersects(near):
                word.draw(painter, word_place, _colour(colour if number == index else self._style.colour))
        painter.end()
        return image

    @cached_property
    def _ground(self) -> QImage:
        """Box, outlines and emoji: what no highlight changes."""
        image = self._blank()
        painter = self._painter(image)
        if self._style.box_colour:
            painter.fillPath(_rounded(self._boxes, self._padding), _colour(self._style.box_colour))
        # Every outline before any text, or a line's outline would cover the descenders of the line above.
        if self._outline:
            self._draw_outlines(painter)
        painter.setPen(_colour(self._style.colour))
        for line, place in zip(self._lines, self._places, strict=True):
            line.draw_emoji(painter, place)
        painter.end()
        return image

    def _draw_outlines(self, painter: QPainter) -> None:
        colour = _colour(self._style.outline_colour)
        letters = self._blank()
        letters_painter = self._painter(letters)
        for word, place in self._words:
            word.draw_outline(painter, place, self._outline, colour)
            word.draw(letters_painter, place, colour)
        letters_painter.end()
        # Where a curve turns within the pen's width, as in з or the ring of an Å, a stroke of Qt's leaves some pixels
        # open. The letters themselves, moved about inside the outline, close them.
        painter.save()
        painter.resetTransform()
        reach = self._outline * self._scale - 1
        for step in range(24):
            angle, distance = step * math.tau / 12, reach * (1 if step < 12 else 0.5)
            painter.drawImage(round(distance * math.cos(angle)), round(distance * math.sin(angle)), letters)
        painter.restore()

    def _blank(self) -> QImage:
        image = QImage(self.columns, self.rows, QImage.Format.Format_RGBA8888_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        return image

    def _set(self, metrics: QFontMetricsF, text_size: float) -> tuple[list[QPointF], list[QRectF]]:
        """Where each line's baseline begins, and its box. Lines move apart where marks would run into each other."""
        height = self._style.line_height * text_size
        steps = [
            max(height, above.ink.bottom() - below.ink.top() + LINE_GAP * text_size)
            for above, below in pairwise(self._lines)
        ]
        baseline = (height - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
        tops = accumulate(steps, initial=-(height + sum(steps)) / 2)
        places = [
            QPointF(round(-line.width / 2), round(top + baseline)) for line, top in zip(self._lines, tops, strict=True)
        ]
        boxes = [
            QRectF(0, -baseline, line.width, height)
            .united(QRectF(0, line.ink.top(), line.width, line.ink.height()))
            .adjusted(-self._padding, -0.2 * self._padding, self._padding, 0.2 * self._padding)
            .translated(place)
            for line, place in zip(self._lines, places, strict=True)
        ]
        return places, boxes if self._style.box_colour else []

    def _reach(self) -> tuple[float, float]:
        """How far from the middle something is painted: across and down."""
        rim = self._outline
        inked = [
            line.ink.translated(place).adjusted(-rim, -rim, rim, rim)
            for line, place in zip(self._lines, self._places, strict=True)
        ]
        across = max(max(-rect.left(), rect.right()) for rect in (*inked, *self._boxes))
        down = max(max(-rect.top(), rect.bottom()) for rect in (*inked, *self._boxes))
        return across, down

    def _painter(self, image: QImage) -> QPainter:
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(image.width() / 2, image.height() / 2)
        painter.scale(self._scale, self._scale)
        return painter


def _rounded(boxes: Iterable[QRectF], radius: float) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for box in boxes:
        path.addRoundedRect(box, radius, radius)
    return path.simplified()


def _colour(colour: Colour) -> QColor:
    red, green, blue, opacity = colour
    return QColor(red, green, blue, round(opacity * 255))


def _pixels(image: QImage, columns: int, rows: int) -> NDArray[np.uint8]:
    """The middle of the image."""
    stored = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = stored[:, : image.width() * 4].reshape(image.height(), image.width(), 4)
    top, left = (image.height() - rows) // 2, (image.width() - columns) // 2
    return pixels[top : top + rows, left : left + columns].copy()

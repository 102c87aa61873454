"""One line of caption text to shapes, by Qt's text engine: it shapes any script and falls back between fonts.

What falls back is made to look as heavy as the bundled face, for few computers have bold fonts of every script.
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import bidirectional, category

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGlyphRun,
    QPainter,
    QPainterPath,
    QPen,
    QRawFont,
    QTextLayout,
    QTextOption,
)

from duskreel.edit.pages import line_text
from duskreel.errors import DiaryError
from duskreel.library.entry import Word
from duskreel.paths import resource

THICKENING = 0.035 / 400
"""in text sizes, for each step of weight that a font lacks: from regular to bold, stems gain a third"""
LIGHT_WEIGHT = 550
"""of a font up to which it looks thin beside the bundled ones"""
UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")
"""kinds of characters that need no glyph"""


class Typesetter:
    """Sets lines in a bundled face of one size. Fonts that step in for it are asked to be as heavy.

    Raises:
        DiaryError: the face cannot be read.
    """

    def __init__(self, font_file: str, size_px: int) -> None:
        family = _family(font_file)
        self._font = QFont(family)
        self._font.setPixelSize(size_px)
        self._font.setWeight(QFont.Weight(QFontDatabase.weight(family, QFontDatabase.styles(family)[0])))
        self._font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        self._looks: dict[str, _Look] = {}

    @property
    def metrics(self) -> QFontMetricsF:
        """Of the bundled face, in pixels."""
        return QFontMetricsF(self._font)

    def line(self, words: Sequence[Word], *, is_rightward: bool) -> "Line":
        """Shape some words.

        Args:
            words: at least one.
            is_rightward: whether the page that they stand on is read from left to right.
        """
        return Line(words, self._laid_out(line_text(words), is_rightward=is_rightward), self._look_of)

    def can_draw(self, character: str) -> bool:
        """Whether this face, or another font of this computer, has a glyph for a character."""
        if category(character) in UNSEEN or "\ufe00" <= character <= "\ufe0f":
            return True
        runs = self._laid_out(character, is_rightward=True).glyphRuns()
        return not any(_is_stand_in(run.rawFont()) or 0 in run.glyphIndexes() for run in runs)

    def _laid_out(self, text: str, *, is_rightward: bool) -> QTextLayout:
        layout = QTextLayout(text, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        direction = Qt.LayoutDirection.LeftToRight if is_rightward else Qt.LayoutDirection.RightToLeft
        option.setTextDirection(direction)
        layout.setTextOption(option)
        layout.beginLayout()
        # Wide enough for any caption: with no width, a right-to-left line has nowhere to start from.
        layout.createLine().setLineWidth(10_000)
        layout.endLayout()
        return layout

    def _look_of(self, face: QRawFont) -> "_Look":
        if _is_stand_in(face):
            return _Look("", False, 0.0)
        name = f"{face.familyName()} {face.styleName()}"
        # Kept, as reading tables takes long: those of emoji are large.
        if name not in self._looks:
            self._looks[name] = self._look_in_tables(name, face)
        return self._looks[name]

    def _look_in_tables(self, name: str, face: QRawFont) -> "_Look":
        """OpenType tells the weight in OS/2, and has tables for four kinds of colour."""
        os2 = bytes(face.fontTable("OS/2").data())
        weight = int.from_bytes(os2[4:6], "big") if len(os2) >= 6 else LIGHT_WEIGHT
        lacking = self._font.weight() - weight if weight < LIGHT_WEIGHT else 0
        is_in_colour = any(face.fontTable(table).size() for table in ("CBDT", "sbix", "COLR", "SVG "))
        return _Look(name, is_in_colour, lacking * THICKENING * self._font.pixelSize())


class Letters:
    """The letters of one word, as paths; none of an emoji."""

    def __init__(self) -> None:
        self.ink = QRectF()
        """how far they reach; null if there are none"""
        self._paths: dict[float, QPainterPath] = {}

    def add(self, path: QPainterPath, thickening: float) -> None:
        """Add a glyph in its place, to be drawn heavier by a pen of so many pixels."""
        if thickening not in self._paths:
            self._paths[thickening] = QPainterPath()
            # Arabic letters run into each other, and where two lie over one another there must be no hole.
            self._paths[thickening].setFillRule(Qt.FillRule.WindingFill)
        self._paths[thickening].addPath(path)
        rim = thickening / 2
        self.ink = self.ink.united(path.boundingRect().adjusted(-rim, -rim, rim, rim))

    def draw(self, painter: QPainter, place: QPointF, colour: QColor) -> None:
        """Draw the letters; `place` is the left end of the line's baseline."""
        for thickening, path in self._paths.items():
            placed = path.translated(place)
            painter.fillPath(placed, colour)
            if thickening:
                painter.strokePath(placed, _pen(colour, thickening))

    def draw_outline(self, painter: QPainter, place: QPointF, width: float, colour: QColor) -> None:
        """Draw a line of `width` pixels around every letter."""
        for thickening, path in self._paths.items():
            painter.strokePath(path.translated(place), _pen(colour, 2 * width + thickening))


class Line:
    """One line of words, shaped once. Lengths are in pixels from the left end of its baseline."""

    def __init__(self, words: Sequence[Word], layout: QTextLayout, look_of: Callable[[QRawFont], "_Look"]) -> None:
        self._layout = layout
        self._look_of = look_of
        line = layout.lineAt(0)
        self.width = line.naturalTextWidth()
        self._start = QPointF(line.naturalTextRect().left(), line.ascent())
        self._emoji: list[QGlyphRun] = []
        self._seen: set[tuple[str, int, float, float]] = set()
        self.words: list[Letters] = []
        self.ink = QRectF()
        """how far letters and emoji reach"""
        edges = [_utf16_length(line_text(words[:count])) for count in range(len(words) + 1)]
        for start, end in pairwise(edges):
            self.words.append(self._letters(start, end - start))

    def draw_emoji(self, painter: QPainter, place: QPointF) -> None:
        """Draw what has colours of its own; `place` is the left end of the line's baseline."""
        for run in self._emoji:
            painter.drawGlyphRun(place - self._start, run)

    def _letters(self, start: int, length: int) -> Letters:
        """Of one stretch of the text, less those of earlier ones: recognition may divide a Thai syllable."""
        letters = Letters()
        for run in self._layout.glyphRuns(start, length):
            face = run.rawFont()
            look = self._look_of(face)
            if look.is_in_colour:
                self._emoji.append(run)
            for glyph, position in zip(run.glyphIndexes(), run.positions(), strict=True):
                key = look.name, glyph, position.x(), position.y()
                place = position - self._start
                if look.is_in_colour:
                    # Asked for outlines, FreeType would forget the size of the bitmaps, and nothing would be drawn.
                    self.ink = self.ink.united(face.boundingRect(glyph).translated(place))
                elif key not in self._seen:
                    path = face.pathForGlyph(glyph)
                    letters.add((path if look.name else _hollow(path)).translated(place), look.thickening)
                self._seen.add(key)
        self.ink = self.ink.united(letters.ink)
        return letters


def is_rightward(words: Sequence[Word]) -> bool:
    """Whether a page is read from left to right, as most of its words are: a foreign name at the beginning of a line
    does not turn it round, as it would if each line were asked for itself (Unicode UAX #9, P2).
    """
    directions = [_direction(word.shown) for word in words]
    return directions.count("R") <= directions.count("L")


def _direction(text: str) -> str:
    """L or R, by the first letter that says so; else nothing."""
    kinds = (bidirectional(character) for character in text)
    return next(("L" if kind == "L" else "R" for kind in kinds if kind in ("L", "R", "AL")), "")


@cache
def _family(font_file: str) -> str:
    """Make a bundled face known, once: each time it is added, Qt would keep another copy of it."""
    number = QFontDatabase.addApplicationFont(str(resource(f"fonts/{font_file}")))
    if number < 0:
        raise DiaryError(f"The caption font {font_file} cannot be read.", "Install Duskreel again.")
    # A face is in its family and in one of its own; the family's name would find whichever weight came first.
    return QFontDatabase.applicationFontFamilies(number)[-1]


class _Look(NamedTuple):
    """What a font looks like beside the bundled face."""

    name: str
    """empty for Qt's boxes, which stand in for a script that no font knows"""
    is_in_colour: bool
    thickening: float
    """in pixels; 0 for a font that is heavy enough"""


def _is_stand_in(font: QRawFont) -> bool:
    """Whether Qt found no font. Its stand-in has no size, and Qt crashes when asked for its name."""
    return font.pixelSize() < 0


def _hollow(box: QPainterPath) -> QPainterPath:
    """Only the rim of a box."""
    rim = box.boundingRect().width() / 16
    inner = QPainterPath()
    inner.addRect(box.boundingRect().adjusted(rim, rim, -rim, -rim))
    return box.subtracted(inner)


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(QBrush(colour), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _utf16_length(text: str) -> int:
    """Qt counts text in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2

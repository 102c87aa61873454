"""What a short may carry beside its captions: a title at the start, the day it is about, and how far it has come.

From the top of what platforms leave free: the bar, the day below it, the title below both.
"""

import math
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from duskreel.edit.function_words import function_words
from duskreel.edit.lines import LineBreaker
from duskreel.edit.pages import Page
from duskreel.edit.wording import UNSPACED
from duskreel.errors import DiaryError
from duskreel.export.compositing import Overlay, overlay_from_rgba
from duskreel.export.extras import Marks
from duskreel.export.layers import Layer
from duskreel.export.painter import PaintedPage, Painter
from duskreel.export.presets import EVERYWHERE, HEIGHT, WIDTH
from duskreel.export.progress_bar import BAR_HEIGHT_PX, ProgressBar
from duskreel.export.style import BOX_PADDING, STYLES, WIDEST_BLOCK_PX, CaptionStyle
from duskreel.library.entry import Word
from duskreel.timecode import Span

TOP_PX = math.ceil(EVERYWHERE.top * HEIGHT / 2) * 2
LEFT_PX = (WIDTH - WIDEST_BLOCK_PX) // 2
"""marks stand in one column with captions"""
GAP_PX = 16
"""between one mark and the next one below"""
BOX = STYLES["calm"].box_colour

TITLE_SIZES_PX = range(64, 27, -4)
TITLE_LINES = 3
LONGEST_TITLE = 120
"""in characters"""
SHORTEST_TITLE_MS, LONGEST_TITLE_MS = 3_000, 5_000
READING_MS = 67
"""for a character: 15 a second, at ease"""
FADE_MS = 264
FADE_STEPS = 4

DAY_SIZE_PX = 38


def mark_layers(marks: Marks, duration_ms: int) -> list[Layer]:
    """Everything that is to be laid over a short of this length; no two of them overlap.

    Raises:
        DiaryError: the title is too long to be read.
    """
    layers: list[Layer] = []
    if marks.has_progress_bar:
        layers.append(ProgressBar(LEFT_PX, TOP_PX, WIDEST_BLOCK_PX, duration_ms))
    if marks.day is not None:
        layers.append(DayLabel(marks.day, _day_top(marks)))
    if _is_visible(marks.title):
        layers.append(Title(marks.title, _title_top(marks)))
    return layers


def title_area(marks: Marks) -> tuple[Span, float] | None:
    """When the title stands, and where it ends: its lower edge, as a fraction of the frame's height from the top.

    Returns:
        None for a short without a title.

    Raises:
        DiaryError: it is too long to be read.
    """
    if not _is_visible(marks.title):
        return None
    title = Title(marks.title, _title_top(marks))
    return title.span, title.bottom_px / HEIGHT


class DayLabel:
    """The number of a day, at the left, all the time."""

    def __init__(self, day: int, top_px: int) -> None:
        self._text = f"Day {day}"
        self._top_px = top_px

    def key_at(self, time_ms: int) -> Hashable:  # noqa: ARG002 - it is there all the time
        """Always the same."""
        return "day", self._text, self._top_px

    def overlay_at(self, time_ms: int) -> Overlay:  # noqa: ARG002
        """Painted when it is first asked for."""
        return self._overlay

    @cached_property
    def _overlay(self) -> Overlay:
        style = CaptionStyle("day", "Inter-SemiBold.otf", DAY_SIZE_PX / WIDTH, box_colour=BOX, line_height=1.35)
        words = tuple(Word(text, 0, 0, 1.0) for text in self._text.split())
        painted = _trimmed(Painter(style, WIDTH, HEIGHT).paint(Page(Span(0, 0), (words,))))
        return overlay_from_rgba(painted.rgba, LEFT_PX, self._top_px)


class Title:
    """The line that says what it is about: for the first seconds, and then it fades."""

    def __init__(self, title: str, top_px: int) -> None:
        text = " ".join(title.split())
        if len(text) > LONGEST_TITLE:
            raise _too_long(text)
        self.span = Span(0, _reading_ms(text))
        self._top_px = top_px
        self._painted, missing = _painted_title(text)
        # A font that comes onto the machine later changes what its missing characters look like.
        self._look = "title", text, missing, top_px
        self._kept: dict[int, Overlay] = {}

    @property
    def bottom_px(self) -> int:
        """Where it ends, from the top of the frame."""
        return self._top_px + len(self._painted.rgba)

    def key_at(self, time_ms: int) -> Hashable | None:
        """The text, where it stands, and how much of it is left."""
        step = self._step_at(time_ms)
        return (*self._look, step) if step else None

    def overlay_at(self, time_ms: int) -> Overlay | None:
        """The title, as solid as it still is."""
        step = self._step_at(time_ms)
        if not step:
            return None
        if step not in self._kept:
            rgba = np.rint(self._painted.rgba * np.float32(step / (FADE_STEPS + 1))).astype(np.uint8)
            self._kept[step] = overlay_from_rgba(rgba, self._painted.x, self._top_px)
        return self._kept[step]

    def _step_at(self, time_ms: int) -> int:
        """Of the fade, from FADE_STEPS + 1 down to 1, and to 0 when it is gone."""
        if not self.span.start_ms <= time_ms < self.span.end_ms:
            return 0
        return min((self.span.end_ms - time_ms) * FADE_STEPS // FADE_MS, FADE_STEPS) + 1


def _day_top(marks: Marks) -> int:
    return TOP_PX + (BAR_HEIGHT_PX + GAP_PX if marks.has_progress_bar else 0)


def _title_top(marks: Marks) -> int:
    top = _day_top(marks)
    if marks.day is None:
        return top
    return top + len(DayLabel(marks.day, top).overlay_at(0).y) + GAP_PX


def _is_visible(text: str) -> bool:
    return any(character.isprintable() and not character.isspace() for character in text)


def _reading_ms(text: str) -> int:
    """Signs that stand for a syllable or two count twice."""
    signs = sum(2 if UNSPACED.match(character) else 1 for character in text)
    return min(max(signs * READING_MS, SHORTEST_TITLE_MS), LONGEST_TITLE_MS)


def _words(text: str) -> list[Word]:
    return [Word(part, 0, 0, 1.0) for word in text.split() for part in _breakable(word)]


def _breakable(word: str) -> Iterator[str]:
    """Parts between which a line may end: single signs in Chinese and Japanese, else the whole word."""
    start = 0
    for index in range(1, len(word)):
        if _is_sign(word[index - 1]) or _is_sign(word[index]):
            yield word[start:index]
            start = index
    yield word[start:]


def _is_sign(character: str) -> bool:
    """Thai and its neighbours write words of several signs without saying where one ends; those stay whole."""
    return bool(UNSPACED.match(character)) and character >= "\u2e80"


@dataclass(frozen=True)
class _Setting:
    """A title in one size."""

    painter: Painter
    lines: tuple[tuple[Word, ...], ...]
    is_good: bool
    """no word is wider than a line, and no short one is left alone"""


def _painted_title(text: str) -> tuple[PaintedPage, str]:
    """The title, and those of its characters that no font can draw."""
    words = _words(text)
    chosen = None
    for chosen in filter(None, (_set(words, size) for size in TITLE_SIZES_PX)):
        if chosen.is_good:
            break
    if chosen is None:
        raise _too_long(text)
    return _trimmed(chosen.painter.paint(Page(Span(0, 0), chosen.lines))), chosen.painter.missing(text)


def _set(words: Sequence[Word], size_px: int) -> _Setting | None:
    style = CaptionStyle(
        "title",
        "Inter-ExtraBold.otf",
        size_px / WIDTH,
        box_colour=BOX,
        line_height=1.26,
        widest=(WIDEST_BLOCK_PX - 2 * BOX_PADDING * size_px) / WIDTH,
        max_lines=TITLE_LINES,
    )
    painter = Painter(style, WIDTH, HEIGHT)
    breaker = LineBreaker(words, painter.measure, painter.widest, TITLE_LINES, function_words(words))
    layout = breaker.layout(0, len(words))
    if layout is None:
        return None
    edges = [0, *accumulate(layout.counts)]
    is_whole = all(painter.measure(word.text) <= painter.widest for word in words)
    has_orphan = len(layout.counts) > 1 and any(breaker.is_lone_short(*line) for line in pairwise(edges))
    lines = tuple(tuple(words[start:end]) for start, end in pairwise(edges))
    return _Setting(painter, lines, is_good=is_whole and not has_orphan)


def _too_long(title: str) -> DiaryError:
    return DiaryError(
        f"The title “{title[:30].rstrip()}…” is too long to be read in a few seconds.",
        f"Make it shorter: {LONGEST_TITLE // 2} characters read well, {LONGEST_TITLE} are the most.",
    )


def _trimmed(page: PaintedPage) -> PaintedPage:
    """Without the clear margins, on the even grid."""
    ink: NDArray[np.bool_] = page.rgba[..., 3] > 0
    if not ink.any():
        # Some characters are blank, and Unicode calls them letters all the same.
        return PaintedPage(page.rgba[:2, :2], page.x, page.y)
    (top, bottom), (left, right) = (
        (edges[0] // 2 * 2, edges[-1] // 2 * 2 + 2) for edges in (np.flatnonzero(ink.any(axis)) for axis in (1, 0))
    )
    return PaintedPage(page.rgba[top:bottom, left:right], page.x + int(left), page.y + int(top))

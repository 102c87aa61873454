"""Where a caption may be broken, and how badly each break reads: costs from 0 to about 1, added up.

The rules are those of the subtitle guides (Netflix Timed Text Style Guide, BBC Subtitle Guidelines): break
after punctuation, before a conjunction or preposition, never between an article and its noun or between a
first and a last name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from duskreel.edit.wording import bare, ends_clause, is_glued, is_name, is_unspaced, joined
from duskreel.library.entry import Word

SHORT_WORD_LETTERS = 4
"""a word of up to this many letters looks lost on a line of its own"""
SHORT_WORD_SIGNS = 2
"""likewise of Chinese, Japanese and Korean, where a sign is a syllable"""
FIRST_SIGN = "\u2e80"
RESTING_PAUSE_MS = 300
"""a pause from which on a break is as good as after a comma"""
GLUED = 20.0
LEANING = 1.2
NAME = 0.7
PLAIN = 0.4
BEFORE_LEANING = 0.2
STUB = 0.5
"""added where the next word alone would finish the phrase: "nobody asked | me, nobody came" """
LINE_BREAK_WEIGHT = 0.6
"""the eye bridges a line's end more easily than a page's"""
RAGGED_WEIGHT = 0.8
LONE_SHORT_LINE = 1.0
LONE_LINE = 0.2
"""a longer word alone on one of several lines"""


@dataclass(frozen=True)
class Layout:
    """One page's lines, as word counts, and their cost."""

    counts: tuple[int, ...]
    cost: float
    width: float
    """of the lines together, in the measure's unit"""


class LineBreaker:
    """Breaks stretches of words into lines.

    Args:
        words: with text, in order.
        measure: width of a text on one line, in the unit of `max_width`; asked once for each stretch.
        max_width: of a line; a single word may be wider.
        max_lines: at least 1.
        leaning: words, in `bare` spelling, that a line should not end with.
    """

    def __init__(
        self,
        words: Sequence[Word],
        measure: Callable[[str], float],
        max_width: float,
        max_lines: int,
        leaning: frozenset[str],
    ) -> None:
        self._words = words
        self._measure = measure
        self._max_width = max_width
        self._max_lines = max_lines
        self._widths: dict[tuple[int, int], float] = {}
        self._break_costs = [_break_cost(word, after, leaning) for word, after in pairwise(words)]

    def break_cost(self, index: int) -> float:
        """How badly a break before the word at `index` reads; nothing before the first and after the last."""
        return self._break_costs[index - 1] if 0 < index < len(self._words) else 0.0

    def layout(self, start: int, end: int) -> Layout | None:
        """The best lines for words `start` up to `end`, as few as possible; None if they do not fit."""
        for line_count in range(1, min(self._max_lines, end - start) + 1):
            choices = [
                self._laid_out((start, *breaks, end))
                for breaks in combinations(range(start + 1, end), line_count - 1)
                if self._fits((start, *breaks, end))
            ]
            if choices:
                return min(choices, key=lambda layout: layout.cost)
        return None

    def _laid_out(self, edges: tuple[int, ...]) -> Layout:
        lines = list(pairwise(edges))
        widths = [self._width(*line) for line in lines]
        ragged = sum(((max(widths) - width) / self._max_width) ** 2 for width in widths)
        breaks = sum(self.break_cost(index) for index in edges[1:-1])
        lone = sum(self._lone_cost(*line) for line in lines) if len(lines) > 1 else 0.0
        cost = RAGGED_WEIGHT * ragged + LINE_BREAK_WEIGHT * breaks + lone
        return Layout(tuple(end - start for start, end in lines), cost, sum(widths))

    def is_lone_short(self, start: int, end: int) -> bool:
        """Whether the stretch is one short word only."""
        text = bare(joined(self._words[start:end]))
        most = SHORT_WORD_SIGNS if text[:1] >= FIRST_SIGN else SHORT_WORD_LETTERS
        return " " not in text and len(text) <= most

    def _lone_cost(self, start: int, end: int) -> float:
        if self.is_lone_short(start, end):
            return LONE_SHORT_LINE
        return LONE_LINE if end - start == 1 else 0.0

    def _fits(self, edges: tuple[int, ...]) -> bool:
        return all(end - start == 1 or self._width(start, end) <= self._max_width for start, end in pairwise(edges))

    def _width(self, start: int, end: int) -> float:
        if (start, end) not in self._widths:
            self._widths[start, end] = self._measure(joined(self._words[start:end]))
        return self._widths[start, end]


def _break_cost(word: Word, following: Word, leaning: frozenset[str]) -> float:
    before, after = word.shown.strip(), following.shown.strip()
    if is_glued(before, after):
        return GLUED
    if ends_clause(word):
        return 0.0
    rest = max(0.0, 1 - max(following.start_ms - word.end_ms, 0) / RESTING_PAUSE_MS)
    return rest * (_reading_cost(before, after, leaning) + STUB * ends_clause(following))


def _reading_cost(before: str, after: str, leaning: frozenset[str]) -> float:
    if before[-1].isalnum() and bare(before) in leaning:
        return LEANING
    if is_name(before, after) and not is_unspaced(before):
        return NAME
    return BEFORE_LEANING if bare(after) in leaning else PLAIN

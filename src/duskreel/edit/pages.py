"""Words to caption pages: what stands on the screen together, on which lines, and from when until when.

Timing follows the reading rules that subtitle guides agree on (Netflix Timed Text Style Guide: at least 5/6 s
where there is room, small gaps closed, no page over another). Where words come too fast to be read, pages are divided
so that the fastest has more time, and one before a pause stays into it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import inf

from duskreel.edit.function_words import function_words
from duskreel.edit.lines import LineBreaker
from duskreel.edit.reading_time import reading_ms
from duskreel.edit.wording import ends_sentence, is_glued, is_unspaced, joined, separator
from duskreel.library.entry import Word
from duskreel.timecode import Span

PAGE_PAUSE_MS = 500
"""a longer pause always ends a page"""
LEAD_MS = 33
"""one frame at 30 fps: rounded to the grid of frames, a page is never later than its word"""
HOLD_MS = 700
"""how long a page stays after its last word if nothing follows"""
LONGEST_HOLD_MS = 1500
"""how long it stays at most for being read: text that is later than this seems to belong to something else (BBC)"""
SHORTEST_PAGE_MS = 833
LONGEST_PAGE_MS = 7000
FLICKER_MS = 500
"""a page that goes for less than this before the next one comes stays instead"""
FRAME_MS = 34
"""no page is shown for less than a frame"""
HIGHLIGHT_HOLD_MS = 300
UNSPACED_WORD = 0.5
"""what a token of Chinese, Japanese or Thai counts for where words are counted: it is a syllable or two"""

PAGE = 0.35
"""what one page more costs, beside what `lines` says of its breaks"""
FILL_WEIGHT = 0.6
FLICKER_WEIGHT = 0.8
HURRY_WEIGHT = 4.0
"""of the share by which a page is faster than it can be read, squared: a little too fast is no harm"""
MOST_HURRY = 1.0
"""beyond which nothing is gained by dividing words otherwise"""
LONE_SHORT_PAGE = 1.2
TOO_LONG = 5.0


@dataclass(frozen=True)
class Page:
    """What stands on the screen together.

    Args:
        span: when, in milliseconds of the short; pages never overlap.
        lines: words from top to bottom, each with its own times within the short; no line is empty.
    """

    span: Span
    lines: tuple[tuple[Word, ...], ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """All of them, in order."""
        return tuple(word for line in self.lines for word in line)

    @property
    def text(self) -> str:
        """As written, with a line feed between lines."""
        return "\n".join(line_text(line) for line in self.lines)


def line_text(words: Iterable[Word]) -> str:
    """A line as written: spaces where its writing has them."""
    return joined(words)


def pages(
    words: Sequence[Word],
    *,
    measure: Callable[[str], float],
    max_width: float,
    max_lines: int = 2,
    max_words: int | None = None,
    duration_ms: int,
) -> list[Page]:
    """Divide words into pages: at sentences and pauses always, otherwise where it reads best.

    Args:
        words: with the short's times, as `Timeline.retime` gives them; one corrected to nothing is not shown.
        measure: width of a text on one line, in any unit.
        max_width: of a line, in the same unit. A word that is wider stands alone on its line.
        max_lines: at least 1.
        max_words: on one page, for styles that show few; None for as many as fit.
        duration_ms: of the short; no page outlasts it, and words that begin after it are not shown.

    Returns:
        Pages in order of time.
    """
    shown = sorted((word for word in words if word.shown.strip()), key=lambda word: word.start_ms)
    shown = [word for word in shown if word.start_ms < duration_ms]
    leaning = function_words(shown)
    groups: list[tuple[tuple[Word, ...], ...]] = []
    blocks = list(_blocks(shown))
    for block, next_ms in zip(blocks, [*(block[0].start_ms for block in blocks), duration_ms][1:], strict=True):
        breaker = LineBreaker(block, measure, max_width, max_lines, leaning)
        groups += _Paging(block, breaker, max_width * max_lines, max_words, next_ms).best()
    return _timed(groups, duration_ms)


def highlight_times(page: Page) -> list[tuple[Word, Span]]:
    """When each word of a page is the active one, in order and without overlap.

    A word is active from its start until the next one starts, the last for a moment after its end. Spans lie
    within the page's; one may be empty where two words have the same time.
    """
    words = page.words
    starts_ms = [*accumulate((min(max(w.start_ms, page.span.start_ms), page.span.end_ms) for w in words), max)]
    last_end_ms = max(min(words[-1].end_ms + HIGHLIGHT_HOLD_MS, page.span.end_ms), starts_ms[-1])
    return [(word, Span(*edges)) for word, edges in zip(words, pairwise([*starts_ms, last_end_ms]), strict=True)]


def _blocks(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Stretches that no page may reach beyond."""
    block = list(words[:1])
    for word, following in pairwise(words):
        if following.start_ms - word.end_ms > PAGE_PAUSE_MS or ends_sentence(word, following):
            yield block
            block = []
        block.append(following)
    if block:
        yield block


class _Paging:
    """The division of one block into pages that costs least of all (dynamic programming)."""

    def __init__(
        self, block: Sequence[Word], breaker: LineBreaker, room: float, max_words: int | None, next_ms: int
    ) -> None:
        self._block = block
        self._breaker = breaker
        self._room = room
        self._max_words = max_words
        self._next_ms = next_ms
        self._counted = [0.0, *accumulate(word_counts(block))]
        self._reading_ms = [0.0, *accumulate(_reading_times(block))]

    def best(self) -> list[tuple[tuple[Word, ...], ...]]:
        """Lines of every page."""
        size = len(self._block)
        costs = [0.0] + [inf] * size
        origins: list[tuple[int, tuple[int, ...]]] = [(0, ())] * (size + 1)
        for start in range(size):
            for end, counts, cost in self._pages_from(start):
                if costs[start] + cost < costs[end]:
                    costs[end] = costs[start] + cost
                    origins[end] = start, counts
        found: list[tuple[tuple[Word, ...], ...]] = []
        end = size
        while end > 0:
            start, counts = origins[end]
            found.append(self._lines(start, counts))
            end = start
        return found[::-1]

    def _pages_from(self, start: int) -> Iterator[tuple[int, tuple[int, ...], float]]:
        for end in range(start + 1, len(self._block) + 1):
            count = self._counted[end] - self._counted[start]
            if self._max_words is not None and end > start + 1 and count > self._max_words:
                return
            layout = self._breaker.layout(start, end)
            if layout is None:
                return
            fill = min(layout.width / self._room, 1.0)
            if self._max_words is not None:
                fill = max(fill, min(count / self._max_words, 1.0))
            cost = PAGE + layout.cost + FILL_WEIGHT * (1 - fill) ** 2 + self._edge_cost(start, end)
            yield end, layout.counts, cost

    def _edge_cost(self, start: int, end: int) -> float:
        """Of the page's time and edges; how it looks is the layout's matter."""
        cost = self._breaker.break_cost(end)
        if self._breaker.is_lone_short(start, end):
            cost += LONE_SHORT_PAGE
        start_ms = self._block[start].start_ms
        reading_ms = self._reading_ms[end] - self._reading_ms[start]
        next_ms = self._next_ms if end == len(self._block) else self._block[end].start_ms
        shown_ms = max(_gone_ms(start_ms, self._block[end - 1].end_ms, reading_ms, next_ms) - start_ms, FRAME_MS)
        cost += FLICKER_WEIGHT * max(0.0, 1 - shown_ms / SHORTEST_PAGE_MS)
        cost += HURRY_WEIGHT * min(max(0.0, reading_ms / shown_ms - 1), MOST_HURRY) ** 2
        return cost + (TOO_LONG if shown_ms > LONGEST_PAGE_MS else 0.0)

    def _lines(self, start: int, counts: Sequence[int]) -> tuple[tuple[Word, ...], ...]:
        edges = [start, *(start + reached for reached in accumulate(counts))]
        return tuple(tuple(self._block[first:last]) for first, last in pairwise(edges))


def word_counts(words: Iterable[Word]) -> Iterator[float]:
    """What each word counts for: part of a word nothing, a token of an unspaced writing half."""
    texts = ["", *(word.shown.strip() for word in words)]
    for before, text in pairwise(texts):
        if before and is_glued(before, text):
            yield 0.0
        else:
            yield UNSPACED_WORD if is_unspaced(text) else 1.0


def _reading_times(block: Sequence[Word]) -> Iterator[float]:
    """How long each word takes to read, in milliseconds, with the space before it."""
    texts = ["", *(" ".join(word.shown.split()) for word in block)]
    for before, text in pairwise(texts):
        yield reading_ms(separator(before, text) + text)


def _gone_ms(start_ms: int, said_ms: int, reading_ms: float, next_ms: int) -> int:
    """When a page goes.

    Args:
        start_ms: when it comes.
        said_ms: when its last word ends.
        reading_ms: how long it takes to read.
        next_ms: when the next page comes.
    """
    wanted_ms = min(start_ms + round(reading_ms), said_ms + LONGEST_HOLD_MS)
    end_ms = max(said_ms + HOLD_MS, start_ms + SHORTEST_PAGE_MS, wanted_ms)
    return next_ms if next_ms - end_ms < FLICKER_MS else end_ms


def _timed(groups: Sequence[tuple[tuple[Word, ...], ...]], duration_ms: int) -> list[Page]:
    starts_ms: list[int] = []
    said_ms = 0
    for lines in groups:
        first_ms = lines[0][0].start_ms
        earliest_ms = starts_ms[-1] + FRAME_MS if starts_ms else 0
        starts_ms.append(max(min(first_ms, max(first_ms - LEAD_MS, said_ms)), earliest_ms))
        said_ms = max(said_ms, lines[-1][-1].end_ms)
    timed: list[Page] = []
    for lines, (start_ms, next_ms) in zip(groups, pairwise([*starts_ms, duration_ms]), strict=True):
        said_ms = lines[-1][-1].end_ms
        needed_ms = sum(_reading_times([word for line in lines for word in line]))
        end_ms = min(_gone_ms(start_ms, said_ms, needed_ms, next_ms), duration_ms)
        if end_ms - start_ms >= 1:
            timed.append(Page(Span(start_ms, end_ms), lines))
    return timed

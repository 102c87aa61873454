"""Where nobody speaks, and how much of that to leave standing."""

from collections.abc import Iterable

from duskreel.library.entry import Word
from duskreel.timecode import Span, merge, subtract

BEFORE_MS = 250
AFTER_MS = 350
SHORTEST_CUT_MS = 150
"""taking out less than this is seen as a jump and saves nothing"""


def speech_spans(
    words: Iterable[Word], duration_ms: int, *, before_ms: int = BEFORE_MS, after_ms: int = AFTER_MS
) -> list[Span]:
    """What to keep of a clip so that its pauses go and no word loses its beginning or end.

    Args:
        words: in any order; one corrected to nothing still has its sound.
        duration_ms: of the clip; nothing is kept beyond it.
        before_ms: room before each word. Speech recognition marks words late and soft beginnings later still.
        after_ms: room after each word. Longer than `before_ms`: endings fade out.

    Returns:
        Spans in order, at least `SHORTEST_CUT_MS` apart; none without words.
    """
    kept: list[Span] = []
    for word in sorted(words, key=lambda word: word.start_ms):
        start_ms, end_ms = word.start_ms - before_ms, word.end_ms + after_ms
        last_end_ms = kept[-1].end_ms if kept else 0
        if start_ms - last_end_ms < SHORTEST_CUT_MS:
            start_ms = kept.pop().start_ms if kept else 0
            end_ms = max(end_ms, last_end_ms)
        kept.append(Span(start_ms, end_ms))
    if kept and duration_ms - kept[-1].end_ms < SHORTEST_CUT_MS:
        kept[-1] = Span(kept[-1].start_ms, duration_ms)
    return intersect(kept, [Span(0, duration_ms)])


def intersect(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """What lies in both."""
    spans = merge(spans)
    return subtract(spans, subtract(spans, others))

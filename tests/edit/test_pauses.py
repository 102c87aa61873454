"""What to keep so that pauses go and words stay."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from duskreel.edit.pauses import SHORTEST_CUT_MS, intersect, speech_spans
from duskreel.library.entry import Word
from duskreel.timecode import Span
from edit.spoken import speeches, spoken, steadily


def test_every_word_keeps_its_padding() -> None:
    words = spoken("[1000] hello [3000] again")
    assert speech_spans(words, 9000) == [Span(750, 1650), Span(4050, 4950)]
    assert speech_spans(words, 9000, before_ms=100, after_ms=0) == [Span(900, 1300), Span(4200, 4600)]


def test_cut_that_saves_nothing_is_not_made() -> None:
    assert speech_spans(spoken("[399] a [749] b"), 2247) == [Span(0, 2247)]
    assert speech_spans(spoken("[400] a [750] b"), 2250) == [Span(150, 1050), Span(1200, 2100)]


def test_nothing_is_kept_beyond_the_clip() -> None:
    assert speech_spans(spoken("a", start_ms=5000), 5100) == [Span(4750, 5100)]
    assert speech_spans(spoken("a", start_ms=9000), 5100) == []


def test_silence_has_no_speech() -> None:
    assert speech_spans([], 5000) == []


@steadily
@given(speeches(), st.integers(0, 600), st.integers(0, 600))
def test_no_word_loses_its_end(words: list[Word], before_ms: int, after_ms: int) -> None:
    duration_ms = words[-1].end_ms + 5000
    kept = speech_spans(words, duration_ms, before_ms=before_ms, after_ms=after_ms)
    for word in words:
        start_ms, end_ms = max(word.start_ms - before_ms, 0), min(word.end_ms + after_ms, duration_ms)
        assert end_ms == start_ms or any(s.start_ms <= start_ms and end_ms <= s.end_ms for s in kept)
    assert all(b.start_ms - a.end_ms >= SHORTEST_CUT_MS for a, b in pairwise(kept))


def test_intersection_is_what_lies_in_both() -> None:
    assert intersect([Span(0, 10), Span(20, 30)], [Span(5, 25), Span(28, 99)]) == [
        Span(5, 10),
        Span(20, 25),
        Span(28, 30),
    ]

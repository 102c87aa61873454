"""The way from the clip's time to the short's and back."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duskreel.edit.timeline import Timeline
from duskreel.library.entry import Word
from duskreel.timecode import Span
from edit.spoken import speeches, spoken, steadily

TWO_PIECES = Timeline((Span(1000, 2000), Span(5000, 8000)))

spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 60_000), st.integers(0, 9000))
timelines = st.builds(Timeline, st.lists(spans, max_size=8).map(tuple))


def test_kept_spans_are_put_in_order_and_joined() -> None:
    messy = Timeline((Span(500, 700), Span(0, 200), Span(200, 300), Span(600, 900), Span(950, 950)))
    assert messy.kept == (Span(0, 300), Span(500, 900))
    assert messy == Timeline((Span(0, 300), Span(500, 900)))


def test_whole_clip_keeps_every_time() -> None:
    whole = Timeline.whole(9000)
    assert whole.duration_ms == 9000
    assert [whole.to_output(t) for t in (0, 4321, 8999)] == [0, 4321, 8999]


@pytest.mark.parametrize(
    ("source_ms", "output_ms"),
    [(999, None), (1000, 0), (1999, 999), (2000, None), (4999, None), (5000, 1000), (7999, 3999), (8000, None)],
)
def test_moment_in_a_cut_is_nowhere_in_the_short(source_ms: int, output_ms: int | None) -> None:
    assert TWO_PIECES.to_output(source_ms) == output_ms


def test_time_outside_the_short_is_its_nearest_end() -> None:
    assert [TWO_PIECES.to_source(t) for t in (-5, 0, 999, 1000, 3999, 4000, 9999)] == [
        1000, 1000, 1999, 5000, 7999, 8000, 8000,
    ]  # fmt: skip
    assert Timeline(()).to_source(50) == 0


def test_pieces_say_where_they_play() -> None:
    assert TWO_PIECES.pieces() == ((Span(1000, 2000), 0), (Span(5000, 8000), 1000))
    assert [piece.output for piece in TWO_PIECES.pieces()] == [Span(0, 1000), Span(1000, 4000)]


@steadily
@given(timelines)
def test_every_moment_of_the_short_comes_back_to_itself(timeline: Timeline) -> None:
    for output_ms in range(0, timeline.duration_ms, 97):
        assert timeline.to_output(timeline.to_source(output_ms)) == output_ms


def test_words_get_the_times_of_the_short() -> None:
    words = [Word("gone", 0, 900, 1.0), Word("first", 1100, 1500, 1.0), Word("second", 5200, 5600, 1.0)]
    assert [(w.text, w.start_ms, w.end_ms) for w in TWO_PIECES.retime(words)] == [
        ("first", 100, 500),
        ("second", 1200, 1600),
    ]


def test_word_stays_if_at_least_half_of_it_does() -> None:
    half = Word("half", 800, 1200, 1.0)
    less = Word("less", 1900, 2101, 1.0)
    assert [(w.text, w.start_ms, w.end_ms) for w in TWO_PIECES.retime([half, less])] == [("half", 0, 200)]


def test_word_with_a_hole_in_it_plays_without_the_hole() -> None:
    timeline = Timeline((Span(0, 300), Span(400, 1000)))
    (word,) = timeline.retime([Word("interrupted", 200, 600, 1.0)])
    assert (word.start_ms, word.end_ms) == (200, 500)


def test_word_without_length_is_shown_where_its_moment_is() -> None:
    words = [Word("in", 1500, 1500, 1.0), Word("out", 3000, 3000, 1.0)]
    assert [(w.text, w.start_ms, w.end_ms) for w in TWO_PIECES.retime(words)] == [("in", 500, 500)]


def test_retimed_word_keeps_its_correction() -> None:
    (word,) = Timeline.whole(1000).retime([Word("herd", 0, 300, 0.4, corrected="heard")])
    assert word.shown == "heard"


@steadily
@given(timelines, speeches())
def test_retimed_words_are_in_order_within_the_short_and_not_over_each_other(
    timeline: Timeline, words: list[Word]
) -> None:
    retimed = timeline.retime(words)
    assert all(0 <= w.start_ms <= w.end_ms <= timeline.duration_ms for w in retimed)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(retimed))
    assert [w.text for w in retimed] == [w.text for w in words if timeline.shows(w)]


def test_overlapping_words_are_moved_apart() -> None:
    words = [Word("one", 0, 500, 1.0), Word("two", 400, 450, 1.0), Word("three", 460, 900, 1.0)]
    times = [(w.start_ms, w.end_ms) for w in Timeline.whole(1000).retime(words)]
    assert times == [(0, 500), (500, 500), (500, 900)]


def test_order_of_the_words_given_does_not_matter() -> None:
    words = spoken("one two three")
    assert Timeline.whole(2000).retime(reversed(words)) == words

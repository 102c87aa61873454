"""Word times that captions can be made from."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from duskreel.speech.word_times import (
    LONGEST_WORD_MS,
    SHORTEST_WORD_MS,
    HeardWord,
    settle,
)
from duskreel.timecode import Span, merge

CLIP_MS = 60_000


def times(
    *spans: tuple[int | None, int | None], speech: list[Span] | None = None, duration_ms: int = CLIP_MS
) -> list[tuple[int, int]]:
    words = [HeardWord(" word", start_ms, end_ms, 0.9) for start_ms, end_ms in spans]
    settled = settle(words, [Span(0, duration_ms)] if speech is None else speech, duration_ms)
    return [(word.start_ms, word.end_ms) for word in settled]


def test_good_times_stay_as_they_are() -> None:
    assert times((100, 300), (300, 500), (900, 1400)) == [(100, 300), (300, 500), (900, 1400)]


def test_a_word_that_begins_long_before_speech_is_moved_to_its_start() -> None:
    assert times((0, 5300), (5300, 5600), speech=[Span(5000, 8000)]) == [(5000, 5300), (5300, 5600)]


def test_a_word_that_ends_long_after_speech_ends_with_it() -> None:
    assert times((4000, 4400), (4400, 9000), speech=[Span(4000, 4800)]) == [(4000, 4400), (4400, 4800)]


def test_a_word_wholly_in_silence_is_moved_to_the_nearest_speech() -> None:
    assert times((1000, 1400), (10_200, 10_500), speech=[Span(10_000, 12_000)]) == [(10_000, 10_050), (10_200, 10_500)]


def test_a_quiet_word_just_beside_speech_stays() -> None:
    assert times((700, 900), (1000, 1300), speech=[Span(1000, 3000)])[0] == (700, 900)


def test_a_word_pulled_over_a_long_pause_comes_back_to_its_sentence() -> None:
    """The model heard 0.8 s between the two stretches of speech; the word fills it, and 0.1 s before it."""
    speech = [Span(1000, 3000), Span(11_000, 13_000)]
    settled = times((2500, 2950), (2950, 3650), (11_100, 11_400), speech=speech)
    assert settled[0] == (2500, 2950)
    assert 10_700 <= settled[1][0] < settled[1][1] <= 11_100
    assert settled[2] == (11_100, 11_400)


def test_a_last_word_that_drags_on_stays_before_the_pause() -> None:
    speech = [Span(1000, 3000), Span(11_000, 13_000)]
    assert times((2500, 3500), (11_050, 11_400), speech=speech) == [(2500, 3000), (11_050, 11_400)]


def test_no_word_lasts_longer_than_anyone_can_say_one() -> None:
    assert times((1000, 9000)) == [(1000, 1000 + LONGEST_WORD_MS)]


def test_missing_times_are_shared_out_between_the_neighbours() -> None:
    assert times((0, 1000), (None, None), (None, None), (1400, 1800)) == [
        (0, 1000),
        (1000, 1200),
        (1200, 1400),
        (1400, 1800),
    ]


def test_missing_times_lean_towards_what_follows() -> None:
    assert times((0, 1000), (None, None), (30_000, 30_400))[1] == (29_500, 30_000)


def test_missing_times_at_the_end_follow_the_last_word() -> None:
    assert times((0, 1000), (None, None)) == [(0, 1000), (1000, 1500)]


def test_a_word_of_no_length_gets_one() -> None:
    assert times((1000, 1000), (2000, 2300)) == [(1000, 1200), (2000, 2300)]


def test_of_two_words_that_overlap_the_first_ends_earlier() -> None:
    assert times((1000, 1800), (1500, 2000)) == [(1000, 1500), (1500, 2000)]


def test_words_past_the_end_of_the_clip_are_brought_back() -> None:
    assert times((900, 1000), (1100, 1300), duration_ms=1000) == [(900, 950), (950, 1000)]


def test_no_words_give_no_words() -> None:
    assert times() == []


a_time = st.one_of(st.none(), st.integers(-1000, CLIP_MS + 5000))
some_speech = st.lists(
    st.tuples(st.integers(0, CLIP_MS), st.integers(1, 5000)).map(lambda s: Span(s[0], min(s[0] + s[1], CLIP_MS))),
    max_size=6,
).map(merge)


@given(st.lists(st.tuples(a_time, a_time), max_size=30), some_speech)
def test_whatever_the_model_says_times_are_in_order_and_inside_the_clip(
    spans: list[tuple[int | None, int | None]], speech: list[Span]
) -> None:
    settled = times(*spans, speech=speech)
    assert len(settled) == len(spans)
    assert all(start_ms >= 0 and end_ms <= CLIP_MS for start_ms, end_ms in settled)
    assert all(end_ms - start_ms >= SHORTEST_WORD_MS for start_ms, end_ms in settled)
    assert all(before[1] <= after[0] for before, after in pairwise(settled))


@given(st.lists(st.tuples(a_time, a_time), max_size=30), st.integers(0, 300))
def test_even_in_a_tiny_clip_times_are_in_order(spans: list[tuple[int | None, int | None]], duration_ms: int) -> None:
    settled = times(*spans, duration_ms=duration_ms)
    edges = [edge for span in settled for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= edge <= duration_ms for edge in edges)

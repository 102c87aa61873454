"""Where a voice is heard, and what of it no words account for."""

from hypothesis import given
from hypothesis import strategies as st

from duskreel.edit.voice import LONGEST_WORDLESS_MS, NO_VOICE, Voice
from duskreel.timecode import Span
from edit.spoken import steadily

VOICE = Voice.of([Span(5000, 9000), Span(1000, 2000), Span(1900, 3000)])


def test_stretches_are_put_in_order_and_joined() -> None:
    assert VOICE.spans == (Span(1000, 3000), Span(5000, 9000))


def test_nothing_heard_is_no_voice() -> None:
    assert Voice.of([]) == Voice.of([Span(500, 500)]) == NO_VOICE


def test_a_voice_is_followed_from_a_moment_within_it() -> None:
    assert [VOICE.end_ms(time_ms) for time_ms in (0, 999, 1000, 2500, 3000, 4000, 9999)] == [
        0, 999, 3000, 3000, 3000, 4000, 9999,
    ]  # fmt: skip
    assert [VOICE.start_ms(time_ms) for time_ms in (0, 1000, 2500, 3000, 4000, 9000, 9999)] == [
        0, 1000, 1000, 1000, 4000, 5000, 9999,
    ]  # fmt: skip


def test_of_a_pause_the_part_with_a_voice_is_found() -> None:
    assert VOICE.without_words(Span(2500, 6000)) == [Span(2500, 3000), Span(5000, 6000)]
    assert VOICE.without_words(Span(3000, 5000)) == []
    assert VOICE.without_words(Span(6000, 6000)) == []


def test_what_goes_on_for_too_long_without_a_word_is_no_voice() -> None:
    song = Voice.of([Span(1000, 1001 + LONGEST_WORDLESS_MS)])
    assert song.without_words(Span(0, 60_000)) == []
    assert song.without_words(Span(1001, 60_000)) == [Span(1001, 1001 + LONGEST_WORDLESS_MS)]


@steadily
@given(st.lists(st.builds(lambda start, length: Span(start, start + length), st.integers(0, 900), st.integers(0, 90))))
def test_a_moment_is_in_the_voice_it_is_followed_through(spans: list[Span]) -> None:
    voice = Voice.of(spans)
    for time_ms in range(0, 1000, 7):
        start_ms, end_ms = voice.start_ms(time_ms), voice.end_ms(time_ms)
        assert start_ms <= time_ms <= end_ms
        assert end_ms == time_ms or any(s.start_ms <= time_ms and s.end_ms == end_ms for s in voice.spans)
        assert start_ms == time_ms or any(s.start_ms == start_ms and time_ms <= s.end_ms for s in voice.spans)

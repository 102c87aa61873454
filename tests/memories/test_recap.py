"""Which moment of a day a reel shows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

import pytest

from duskreel.library.entry import Entry, Mood, Word
from duskreel.memories.recap import Stretch, seconds_of, sentences_of, wanted_days
from duskreel.timecode import Span, intersect

ENTRY = Entry(
    id="01JD0000000000000000000000",
    folder="entries/2026/11/a",
    clip="clip.mp4",
    recorded_at=datetime(2026, 11, 3, 10, tzinfo=UTC),
    source="camera",
    duration_ms=20_000,
    width=320,
    height=180,
)


def spoken(text: str, *, start_ms: int = 1_000, word_ms: int = 300, gap_ms: int = 40) -> list[Word]:
    words = text.split()
    starts = accumulate([word_ms + gap_ms] * (len(words) - 1), initial=start_ms)
    return [Word(word, start, start + word_ms, 0.9) for word, start in zip(words, starts, strict=True)]


def cuts_into(span: Span, words: list[Word]) -> list[str]:
    return [word.text for word in words for edge_ms in span if word.start_ms < edge_ms < word.end_ms]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-11-23", date(2026, 11, 23), date(2026, 11, 23)),
        ("2026-11-05..2027-01-02", date(2026, 11, 5), date(2027, 1, 2)),
        ("2026-11..2026-12", date(2026, 11, 1), date(2026, 12, 31)),
    ],
)
def test_days_as_people_write_them(text: str, first: date, last: date) -> None:
    stretch = Stretch.named(text)
    assert (stretch.first, stretch.last) == (first, last)
    assert "." not in stretch.name


@pytest.mark.parametrize("text", ["", "november", "2026-13", "2026-11-31", "2026-12..2026-11", "..", "-2026", "0000"])
def test_what_is_no_days_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Stretch.named(text)


def test_hidden_entries_and_their_days_are_out() -> None:
    hidden = replace(ENTRY, hidden_from_memories=True)
    other = replace(ENTRY, id="other", recorded_at=ENTRY.recorded_at + timedelta(days=1))
    assert list(wanted_days([hidden, other], keeps_hard_days=True)) == [date(2026, 11, 4)]


def test_hard_days_stay_unless_they_are_to_go() -> None:
    hard = replace(ENTRY, mood=Mood.BAD)
    fine = replace(ENTRY, id="fine", recorded_at=ENTRY.recorded_at + timedelta(days=2), mood=Mood.GOOD)
    unsaid = replace(ENTRY, id="unsaid", recorded_at=ENTRY.recorded_at + timedelta(days=1))
    days = [fine, unsaid, hard]
    assert [day.day for day in wanted_days(days, keeps_hard_days=True)] == [3, 4, 5]
    assert [day.day for day in wanted_days(days, keeps_hard_days=False)] == [4, 5]


@pytest.mark.parametrize("word_ms", [90, 210, 370, 480, 700, 1_100])
@pytest.mark.parametrize("gap_ms", [0, 30, 250, 900])
def test_a_second_begins_and_ends_between_words(word_ms: int, gap_ms: int) -> None:
    words = spoken("so many years and it took less than an hour", word_ms=word_ms, gap_ms=gap_ms)
    found = seconds_of(words, 20_000, [])
    assert any(one.text for one in found), "something that is said comes into question"
    for one in found:
        assert cuts_into(one.span, words) == []
        assert 1_000 <= one.span.duration_ms <= 1_500


def test_where_no_words_fit_a_second_it_is_a_little_longer_and_no_word_is_cut() -> None:
    words = spoken("aaaaaaah noooooooo", start_ms=0, word_ms=1_800, gap_ms=0)
    found = seconds_of(words, 3_600, [])
    assert [one.span for one in found] == [Span(0, 1_800), Span(1_800, 3_600)]


def test_speech_counts_more_than_silence() -> None:
    words = spoken("so many years")
    best = max(seconds_of(words, 20_000, []), key=lambda one: one.points)
    assert best.text == "so many years"


def test_nothing_that_the_user_cut_is_shown() -> None:
    cuts = [Span(0, 6_000), Span(9_000, 20_000)]
    found = seconds_of(spoken("a b c d e f g h i j k l"), 20_000, cuts)
    assert found
    assert all(intersect(cuts, [one.span]) == [] for one in found)
    assert seconds_of([], 20_000, [Span(0, 20_000)]) == []


def test_of_a_very_short_clip_all_there_is() -> None:
    assert [one.span for one in seconds_of([], 700, [])] == [Span(0, 700)]


def test_a_sentence_is_whole_and_neither_too_short_nor_too_long() -> None:
    words = spoken("Yes. I lost my job today. And " + "so it went on and on " * 4 + "without an end.", gap_ms=60)
    (found,) = sentences_of(words, 20_000, [], None)
    assert found.text == "I lost my job today."
    assert cuts_into(found.span, words) == []
    assert 1_500 <= found.span.duration_ms <= 6_000
    assert found.span.start_ms <= words[1].start_ms
    assert found.span.end_ms >= words[5].end_ms


def test_the_sentence_that_tells_most_comes_first() -> None:
    words = spoken("It was just like it was. Grandmother baked cinnamon bread yesterday.", word_ms=350)
    told = sentences_of(words, 20_000, [], None)
    assert told[0].text == "Grandmother baked cinnamon bread yesterday."


def test_a_sentence_out_of_which_the_user_cut_something_is_not_chosen() -> None:
    words = spoken("I lost my job today.", word_ms=500)
    assert sentences_of(words, 20_000, [Span(1_700, 2_000)], None) == []
    assert len(sentences_of(words, 20_000, [Span(9_000, 9_500)], None)) == 1

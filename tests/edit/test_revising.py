"""Correcting words and cutting them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duskreel.edit.revising import bring_back, correct, cut, cut_positions, in_order
from duskreel.library.entry import Segment, Transcript, Word
from duskreel.timecode import Span
from edit.spoken import speeches, spoken, steadily


def transcript(*runs: list[Word]) -> Transcript:
    segments = tuple(Segment(words[0].start_ms, words[-1].end_ms, tuple(words)) for words in runs)
    return Transcript("base", "en", 0.98, datetime(2026, 11, 23, tzinfo=UTC), segments)


def heard(text: str) -> Transcript:
    return transcript(spoken(text))


def test_corrected_word_keeps_its_time_and_what_was_heard() -> None:
    changed = correct(heard("I at least went"), 2, "left").segments[0].words[2]
    assert (changed.text, changed.corrected, changed.start_ms, changed.end_ms) == ("least", "left", 600, 900)


def test_nothing_else_is_changed() -> None:
    before = transcript(spoken("one two"), spoken("three four", start_ms=2000))
    after = correct(before, 2, "tree")
    assert after.text == "one two tree four"
    assert after.segments[0] == before.segments[0]
    assert before.text == "one two three four"


def test_correcting_to_nothing_hides_the_word() -> None:
    assert correct(heard("I um went"), 1, "  ").text == "I went"


def test_correcting_back_to_what_was_heard_removes_the_correction() -> None:
    corrected = correct(heard("at least"), 1, "last")
    assert corrected.is_corrected
    assert not correct(corrected, 1, " least ").is_corrected


def test_where_a_voice_was_heard_stays_known() -> None:
    listened = replace(heard("at least"), voice=(Span(0, 900),))
    assert correct(listened, 1, "last").voice == (Span(0, 900),)


def test_correction_of_several_words_stays_in_the_time_of_the_one() -> None:
    changed = correct(heard("I gonna go"), 1, "am  going to")
    assert [word.shown for word in changed.words()] == ["I", "am going to", "go"]
    assert len(list(changed.words())) == 3


def test_positions_count_in_order_of_time() -> None:
    upside_down = transcript(spoken("later", start_ms=5000), spoken("sooner"))
    assert [word.text for word in in_order(upside_down)] == ["sooner", "later"]
    assert [word.shown for word in in_order(correct(upside_down, 0, "first"))] == ["first", "later"]


def test_there_is_no_word_after_the_last() -> None:
    with pytest.raises(IndexError):
        correct(heard("one"), 1, "two")


def test_cut_reaches_halfway_into_the_pauses_beside_it() -> None:
    words = spoken("keep [400] cut cut [1000] keep")
    assert cut(words, 1, 2, (), 3000) == (Span(500, 1800),)


def test_cut_at_an_end_takes_the_silence_there() -> None:
    words = spoken("one two three", start_ms=1000)
    assert cut(words, 0, 0, (), 5000) == (Span(0, 1300),)
    assert cut(words, 2, 2, (), 5000) == (Span(1600, 5000),)


def test_neighbouring_cuts_are_one() -> None:
    words = spoken("one [200] two [200] three")
    assert len(cut(words, 2, 2, cut(words, 1, 1, (), 2000), 2000)) == 1


def test_bringing_back_one_word_of_a_cut_leaves_the_others_cut() -> None:
    words = spoken("a b c d e")
    cuts = bring_back(words, 2, 2, cut(words, 1, 3, (), 2000), 2000)
    assert cut_positions(words, cuts, 2000) == {1, 3}


def test_without_words_nothing_is_cut() -> None:
    assert cut_positions([], (Span(0, 100),), 1000) == frozenset()


@steadily
@given(words=speeches(), data=st.data())
def test_a_cut_takes_exactly_the_chosen_words(words: list[Word], data: st.DataObject) -> None:
    words = [word for index, word in enumerate(words) if index == 0 or word.start_ms > words[index - 1].start_ms]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    duration_ms = words[-1].end_ms + data.draw(st.sampled_from([0, 500]))
    cuts = cut(words, first, last, (), duration_ms)
    assert cut_positions(words, cuts, duration_ms) == set(range(first, last + 1))
    assert bring_back(words, first, last, cuts, duration_ms) == ()

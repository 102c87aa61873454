"""Which part of a long sentence is shown."""

from itertools import pairwise

import pytest

from duskreel.library.entry import Word
from duskreel.memories.recap_clauses import clauses_of
from duskreel.timecode import Span, intersect

COMMAS = (
    "So my fellow friends, ask not what this day did for me today, ask what I could have done for it, "
    "because it went on and on and I was tired when it ended."
)
PLAIN = (
    "I went to the hospital with my mother because she had not slept for three days and nobody could tell us what was "
    "wrong with her until the new doctor came in the evening."
)


def spoken(text: str, *, gap_ms: int = 20, pause_after: str = "") -> list[Word]:
    words: list[Word] = []
    time_ms = 600
    for word in text.split():
        words.append(Word(word, time_ms, time_ms + 70 * len(word), 0.9))
        time_ms = words[-1].end_ms + (500 if word == pause_after else gap_ms)
    return words


def best(words: list[Word]) -> str:
    return clauses_of(words, words[-1].end_ms + 500, [], None)[0].text


def test_a_clause_between_commas() -> None:
    text = best(spoken(COMMAS))
    assert text[-1] in ",."
    assert f", {text}" in COMMAS


def test_without_commas_a_clause_ends_before_a_conjunction() -> None:
    assert best(spoken(PLAIN)) == "I went to the hospital with my mother because she had not slept for three days"


@pytest.mark.parametrize("pause_after", ["more", "hills", "alone"])
def test_a_pause_divides_like_a_comma(pause_after: str) -> None:
    text = "we walked along several roads for many hours over more hills alone every light in town gone by then"
    before, _, after = text.partition(f" {pause_after} ")
    assert best(spoken(text, gap_ms=100, pause_after=pause_after)) in (f"{before} {pause_after}", after)


@pytest.mark.parametrize("text", [COMMAS, PLAIN, "aaaa bbbbbbbb ccccccc ddddddddd eeeeeee ffffff gggggggg " * 2])
@pytest.mark.parametrize("gap_ms", [0, 20, 150])
def test_no_word_is_cut_and_a_clause_is_neither_too_short_nor_too_long(text: str, gap_ms: int) -> None:
    words = spoken(text, gap_ms=gap_ms)
    found = clauses_of(words, words[-1].end_ms + 500, [], None)
    assert found
    assert all(one.points >= other.points for one, other in pairwise(found))
    for one in found:
        assert 1_500 <= one.span.duration_ms <= 6_000
        heard = [word for word in words if intersect([one.span], [Span(word.start_ms, word.end_ms)])]
        assert one.text == " ".join(word.text for word in heard)
        assert one.span.start_ms <= heard[0].start_ms
        assert heard[-1].end_ms <= one.span.end_ms


def test_what_the_user_cut_out_divides_nothing_in_two() -> None:
    words = spoken(PLAIN)
    cut = Span(words[4].start_ms, words[4].end_ms)
    found = clauses_of(words, words[-1].end_ms + 500, [cut], None)
    assert found
    assert all(not intersect([one.span], [cut]) for one in found)


def test_short_sentences_and_silence_have_no_clauses() -> None:
    assert clauses_of([], 5_000, [], None) == []
    assert clauses_of(spoken("Yes. No."), 5_000, [], None) == []

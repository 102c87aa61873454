"""Words to sentences."""

from hypothesis import given

from duskreel.edit.sentences import LONGEST_SENTENCE_MS, sentences
from duskreel.library.entry import Word
from duskreel.timecode import Span
from edit.spoken import corrected, speeches, spoken, steadily


def texts(words: list[Word]) -> list[str]:
    return [sentence.text for sentence in sentences(words)]


def test_sentences_end_at_punctuation_and_nowhere_else() -> None:
    words = spoken("I woke at 6 a.m. because Dr. J. Miller called. It cost 3.50 dollars! “Why?” she said. 今天。 好")
    assert texts(words) == [
        "I woke at 6 a.m. because Dr. J. Miller called.",
        "It cost 3.50 dollars!",
        "“Why?” she said.",
        "今天。",
        "好",
    ]


def test_span_reaches_from_the_first_word_to_the_last() -> None:
    first, second = sentences(spoken("One two. [700] Three", start_ms=100))
    assert (first.span, second.span) == (Span(100, 700), Span(1400, 1700))


def test_pause_ends_a_sentence_that_has_no_punctuation() -> None:
    assert texts(spoken("went home [1201] made soup")) == ["went home", "made soup"]
    assert texts(spoken("went home [1200] made soup")) == ["went home made soup"]


def test_hesitation_after_a_comma_or_a_small_word_does_not() -> None:
    assert texts(spoken("I went home, [2000] and I [3000] made the soup")) == ["I went home, and I made the soup"]
    assert texts(spoken("I went home, [2600] and I [4100] made it")) == ["I went home,", "and I", "made it"]


def test_endless_speech_is_divided_at_its_longest_pause() -> None:
    words = spoken("one " * 40 + "[200] " + "two " * 30 + "[300] " + "three " * 20)
    assert [(len(s.words), s.words[0].text) for s in sentences(words)] == [(40, "one"), (30, "two"), (20, "three")]


def test_endless_speech_without_a_pause_is_divided_evenly_or_at_a_comma() -> None:
    assert [len(s.words) for s in sentences(spoken("la " * 100))] == [50, 50]
    assert [len(s.words) for s in sentences(spoken("la " * 30 + "la, " + "la " * 50))] == [31, 50]


def test_word_corrected_to_nothing_keeps_its_time_and_shows_no_text() -> None:
    (sentence,) = sentences(corrected(spoken("um I went"), 0, ""))
    assert sentence.text == "I went"
    assert sentence.span == Span(0, 900)


def test_no_words_are_no_sentences() -> None:
    assert sentences([]) == []


@steadily
@given(speeches(max_words=120))
def test_every_word_is_in_one_sentence_in_order_and_none_is_endless(words: list[Word]) -> None:
    found = sentences(words)
    assert [word for sentence in found for word in sentence.words] == words
    assert all(len(s.words) == 1 or s.span.duration_ms <= LONGEST_SENTENCE_MS for s in found)

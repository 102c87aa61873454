"""A transcript as text."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from duskreel.edit.paragraphs import as_shown, changed_part, written
from duskreel.library.entry import Word
from edit.spoken import corrected, speeches, spoken, steadily


def test_a_long_pause_begins_a_paragraph() -> None:
    words = spoken("I went home. It rained. [2000] Then I slept.")
    assert written(words).text == "I went home. It rained.\nThen I slept."


def test_a_paragraph_ends_also_without_a_pause() -> None:
    assert written(spoken("Yes. " * 12)).text.count("\n") == 2


def test_a_word_that_was_corrected_to_nothing_can_still_be_found() -> None:
    words = corrected(spoken("I um went"), 1, "")
    assert written(words).text == "I [um] went"


def test_no_words_are_no_text() -> None:
    assert written([]).text == ""


def test_places_between_words_belong_to_none() -> None:
    text = written(spoken("one two"))
    assert [text.word_at(offset) for offset in (0, 3, 4, 7)] == [0, 0, 1, 1]
    assert written(spoken("one [5000] two")).word_at(99) is None
    assert text.nearest(99) == 1


@steadily
@given(words=speeches())
def test_every_word_stands_where_it_is_said_to(words: list[Word]) -> None:
    text = written(words)
    for word, start, end in zip(words, text.starts, text.ends, strict=True):
        assert text.text[start:end] == as_shown(word)


def test_several_words_in_the_place_of_one_stay_together() -> None:
    words = [replace(word, corrected="going to") if word.text == "gonna" else word for word in spoken("I am gonna go")]
    assert written(words).text == "I am going to go"


@steadily
@given(before=st.text("ab", max_size=8), after=st.text("ab", max_size=8))
def test_only_the_middle_of_two_texts_differs(before: str, after: str) -> None:
    first, last = changed_part(before, after)
    assert before[:first] == after[:first]
    assert before[len(before) - last :] == after[len(after) - last :]
    assert first + last <= min(len(before), len(after))


def test_the_changed_part_is_as_small_as_can_be() -> None:
    assert changed_part("I at least went", "I at left went") == (7, 6)

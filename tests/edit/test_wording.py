"""Spaces between words, and where thoughts end."""

import pytest

from duskreel.edit.function_words import function_words
from duskreel.edit.wording import bare, ends_clause, ends_sentence, is_glued, is_name, joined, separator
from edit.spoken import corrected, spoken


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("two", "words", " "),
        ("今天", "我", ""),
        ("我", "用", ""),
        ("用", "Python", ""),
        ("カメラ", "を", ""),
        ("ฉัน", "รัก", ""),
        ("안녕", "하세요", " "),
        ("3", ".50,", ""),
        ("50", "%", ""),
        ("well", "-known", ""),
        ("sister", "'s", ""),
        ("got", "'em", " "),
        ("and", "...", ""),
        ("so", "…and", " "),
        ("(", "aside", ""),
        ("said", "„Hallo“", " "),
        ("„Hallo“", "sagte", " "),
        ("was", "-5", " "),
        ("", "word", ""),
    ],
)
def test_space_stands_where_the_writing_has_one(before: str, after: str, between: str) -> None:
    assert separator(before, after) == between


def test_word_corrected_to_nothing_leaves_no_second_space() -> None:
    assert joined(corrected(spoken("I um went"), 1, "")) == "I went"


def test_correction_may_be_several_words() -> None:
    assert joined(corrected(spoken("I lef now"), 1, " left\nhome ")) == "I left home now"


@pytest.mark.parametrize(
    "text",
    [
        "today. Then", "today! Then", "Why? Because", "今天。 我", "什么？ 我", "क्यों। मैं", "لماذا؟ لأن", "trail… Then",
        "trail... Then", "end.” Then", 'end." Then', "(end.) Then", "„Ende.“ Dann", "1998. Then", "I. Then",
        "No. Never", "yes. then",
    ],
)  # fmt: skip
def test_sentence_ends(text: str) -> None:
    word, following = spoken(text)
    assert ends_sentence(word, following)


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Miller", "a.m. Monday", "e.g. Soup", "z.B. Suppe", "J. Doe", "É. Zola", "U.S. Army", "3.5 Dollars",
        "etc. and", "was... tired", "was… tired", "“Why?” she", "“Stop!” he", "comma, Then", "plain Then", "vs. Them",
        "Mr. Big",
    ],
)  # fmt: skip
def test_sentence_goes_on(text: str) -> None:
    word, following = spoken(text)
    assert not ends_sentence(word, following)


def test_short_form_ends_a_sentence_where_the_speaker_breathes() -> None:
    word, following = spoken("a.m. [400] Then")
    assert ends_sentence(word, following)
    word, following = spoken("a.m. [400] when")
    assert not ends_sentence(word, following)


def test_last_word_with_a_point_ends_a_sentence_even_if_it_is_a_short_form() -> None:
    (word,) = spoken("a.m.")
    assert ends_sentence(word, None)


def test_point_of_a_word_corrected_to_nothing_still_ends_the_sentence() -> None:
    words = corrected(spoken("done um. Then"), 1, "")
    assert ends_sentence(words[1], words[2])


def test_clause_ends_after_a_comma_within_quotes_too() -> None:
    assert [ends_clause(w) for w in spoken("home, “home,” home— home 家、")] == [True, True, True, False, True]


def test_signs_that_never_begin_a_line_hold_on_to_their_word() -> None:
    assert is_glued("3", ".50")
    assert is_glued("天", "。")
    assert is_glued("ちょ", "ー")
    assert is_glued("「", "今")
    assert not is_glued("今", "天")
    assert not is_glued("two", "words")


def test_names_and_counted_things_belong_together() -> None:
    assert is_name("Dr.", "miller")
    assert is_name("Anna", "Karenina")
    assert is_name("10", "minutes")
    assert not is_name("I", "Think")
    assert not is_name("Anna,", "Karenina")


def test_bare_word_is_found_in_lists() -> None:
    assert [bare(t) for t in ("“Don’t,”", "ÉTÉ!", "(50%)", "...")] == ["don't", "été", "50", ""]


def test_small_words_are_those_of_the_language_spoken() -> None:
    german = function_words(spoken("und dann war ich in der Stadt und es war schön"))
    english = function_words(spoken("and then there was a war in the city that I know"))
    assert "war" in german
    assert "war" not in english
    assert function_words(spoken("今天 我 去 了")) == frozenset()
    assert function_words([]) == frozenset()

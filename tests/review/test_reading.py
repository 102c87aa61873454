"""Spoken numbers as digits, with a way back to the words."""

import pytest

from duskreel.review.findings import Kind
from duskreel.review.numbers import number_words
from duskreel.review.reading import Reading
from duskreel.review.spoken import Spoken


def reading(text: str, language: str = "en") -> Reading:
    return Reading.of(Spoken.of_texts([text.split()], language))


@pytest.mark.parametrize(
    ("word", "language", "value"),
    [
        ("seventeen", "en", 17),
        ("thirty-nine", "en", 39),
        ("neununddreissig", "de", 39),
        ("zwölftausendfünfhundert", "de", 12500),
        ("quatre-vingt-dix-huit", "fr", 98),
        ("soixante-et-onze", "fr", 71),
        ("andover", "en", None),
        ("und", "de", None),
        ("achtung", "de", None),
    ],
)
def test_a_number_in_one_word_is_worth_its_parts(word: str, language: str, value: int | None) -> None:
    assert number_words(language).value(word) == value


def test_numbers_become_digits_and_keep_their_punctuation() -> None:
    assert reading("Call five five, oh one.").text == "Call 5 5, 0 1."


def test_double_and_triple_repeat_the_next_digit() -> None:
    assert reading("double seven triple o").text == "7 7 00 0"


def test_oh_without_a_number_beside_it_stays_a_sigh() -> None:
    assert reading("Oh, one more. Oh no.").text == "Oh, 1 more. Oh no."


def test_days_are_ordinals() -> None:
    assert reading("am einundzwanzigsten März", "de").text == "am 21th März"


def test_a_match_leads_back_to_the_words_with_fillers_and_removed_words_between() -> None:
    read = Reading.of(Spoken.of_texts([["four", "um,", "", "two", "rooms"]], "en"))
    assert read.text == "4 2 rooms"
    match = read.match(Kind.PHONE, 0, 3, "why")
    assert (match.first, match.last) == (0, 3)


def test_pieces_of_one_word_stand_together() -> None:
    assert Reading.of(Spoken.of_texts([["quiet", "-hours", ".net"]], "en")).text == "quiet-hours.net"

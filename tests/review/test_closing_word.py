"""The last word of a short."""

from duskreel.review.closing_word import LOOKS_AHEAD, NOTHING_AHEAD, OFFERS, closing_word
from duskreel.review.limits import LIMITS
from review.hearing import in_sentences

BACK = in_sentences("It rained all day. They let us go at nine.")
NEXT = in_sentences(
    "Next time I will ask more questions. I did not sleep. "
    "Next week I want to call my sister. Will I ever sleep? "
    "I hope that my boss is a complete idiot tomorrow. I hope so. Tomorrow there is soup for everybody."
)


def test_a_short_that_looks_ahead_is_offered_nothing() -> None:
    word = closing_word([*BACK, NEXT[0]], NEXT[1:], "en")
    assert (word.looks_ahead, word.offered, word.wording) == (True, (), LOOKS_AHEAD)


def test_what_was_left_out_and_looks_ahead_is_offered_the_plainest_first() -> None:
    word = closing_word(BACK, NEXT, "en")
    assert [each.text for each in word.offered] == [
        "Next week I want to call my sister.",
        "Next time I will ask more questions.",
        "Tomorrow there is soup for everybody.",
    ]
    assert (word.looks_ahead, word.wording) == (False, OFFERS)


def test_where_nobody_looks_ahead_it_is_said_kindly() -> None:
    word = closing_word(BACK[:1], BACK[1:], "en")
    assert (word.looks_ahead, word.offered, word.wording) == (False, (), NOTHING_AHEAD)


def test_other_languages_look_ahead_too() -> None:
    assert closing_word(in_sentences("Ich möchte wieder laufen gehen."), (), "de").looks_ahead
    assert closing_word(in_sentences("Je voudrais appeler ma sœur."), (), "fr").looks_ahead


def test_the_limits_are_plain_sentences() -> None:
    assert all(limit[0].isupper() and limit.endswith(".") and len(limit) < 140 for limit in LIMITS)

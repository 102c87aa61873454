"""The whole check, at its place in a clip, and what is remembered of decisions."""

from dataclasses import replace

import pytest

from duskreel.edit.sentences import Sentence, sentences
from duskreel.library.entry import Word
from duskreel.library.protected_words import ProtectedWord
from duskreel.library.review_notes import CHOICES, Decision, ReviewNotes
from duskreel.review.checking import NOWHERE, check, check_text, decided, remembered, with_decision
from duskreel.review.findings import Finding, Kind
from duskreel.timecode import Span

NORDWIND = (ProtectedWord("Nordwind", "employer"),)
WORD_MS = 400


def said(text: str) -> list[Sentence]:
    return sentences(Word(each, n * WORD_MS, (n + 1) * WORD_MS, 0.9) for n, each in enumerate(text.split()))


def checked(text: str, platform: str = "tiktok") -> tuple[Finding, ...]:
    return check(said(text), "en", NORDWIND, platform)


def test_a_finding_knows_its_words_its_sentence_and_their_times() -> None:
    (found,) = checked("It rained. They said at Nordwind, that I can go. So I went.")
    assert (found.kind, found.text, found.span) == (Kind.PROTECTED, "Nordwind,", Span(2_000, 2_400))
    assert found.sentence == "They said at Nordwind, that I can go."
    assert found.sentence_span == Span(800, 4_000)
    assert "Nordwind" in found.why
    assert found.choice is None


def test_findings_of_all_kinds_come_in_order_of_time() -> None:
    found = checked("Write to me at jane@example.com. My boss is a complete idiot. Nordwind let me go.")
    assert [each.kind for each in found] == [Kind.EMAIL, Kind.DISPARAGING, Kind.PROTECTED]


def test_a_name_inside_an_address_is_found_as_both_and_the_address_as_nothing_else() -> None:
    found = checked("Write to jane at nordwind dot com please.")
    assert [each.kind for each in found if each.kind != Kind.PROTECTED] == [Kind.EMAIL]
    assert sum(each.kind == Kind.PROTECTED for each in found) <= 1


def test_a_mark_is_about_the_sentence_before_too_if_it_says_so() -> None:
    (mark,) = checked("I slept. They owe me a lot. Okay, delete that last bit. Good night.")
    assert mark.kind is Kind.MARKED
    assert mark.sentence == "They owe me a lot. Okay, delete that last bit."
    assert mark.sentence_span == Span(800, 4_800)


def test_an_ordinary_day_has_no_findings() -> None:
    assert checked("I slept late, made soup, and called my sister. It was a good day.") == ()


def test_nothing_said_is_nothing_found() -> None:
    assert check([], "en", NORDWIND, "tiktok") == ()


def test_a_word_that_was_corrected_to_two_is_looked_through() -> None:
    words = [
        Word("Then", 0, 400, 0.9),
        Word("northern", 400, 900, 0.3, corrected="to Nordwind"),
        Word("went", 900, 950, 1),
    ]
    (found,) = check(sentences(words), "en", NORDWIND, "tiktok")
    assert (found.text, found.span) == ("to Nordwind", Span(400, 900))


def test_a_word_that_was_corrected_away_is_no_finding() -> None:
    words = [Word("Then", 0, 400, 0.9), Word("Nordwind", 400, 900, 0.3, corrected=""), Word("went.", 900, 950, 1)]
    assert check(sentences(words), "en", NORDWIND, "tiktok") == ()


def test_what_is_written_is_checked_without_a_place() -> None:
    (found,) = check_text("How Nordwind let me go", "en", NORDWIND, "tiktok")
    assert (found.text, found.sentence, found.span) == ("Nordwind", "How Nordwind let me go", NOWHERE)
    assert check_text("  ", "en", NORDWIND, "tiktok") == ()


# ---- decisions

TEXT = "They said at Nordwind that I can go. Call 555 012 3456 now."


def test_a_decision_is_found_again() -> None:
    first, second = checked(TEXT)
    notes = with_decision(None, first, "bleep")
    assert [each.choice for each in decided((first, second), notes)] == ["bleep", None]


@pytest.mark.parametrize("text", [TEXT.replace("Nordwind", "“nordwind,”"), "Well, " + TEXT])
def test_another_comma_or_a_small_shift_does_not_ask_again(text: str) -> None:
    notes = with_decision(None, checked(TEXT)[0], "bleep")
    moved = replace(checked(TEXT)[0], text=checked(text)[0].text, span=Span(1_100, 1_500))
    assert decided([moved], notes)[0].choice == "bleep"


def test_other_words_or_another_kind_or_another_place_are_asked_about_again() -> None:
    finding = checked(TEXT)[0]
    notes = with_decision(None, finding, "keep")
    others = [
        replace(finding, text="Nordwind Kaitlyn"),
        replace(finding, kind=Kind.LINK),
        replace(finding, span=Span(9_000, 9_400)),
    ]
    assert [each.choice for each in decided(others, notes)] == [None, None, None]


def test_a_second_decision_takes_the_place_of_the_first() -> None:
    finding = checked(TEXT)[0]
    notes = with_decision(with_decision(None, finding, "keep"), finding, "cut")
    assert [each.choice for each in notes.decisions] == ["cut"]
    assert with_decision(notes, finding, None).decisions == ()


def test_deciding_keeps_everything_else_in_the_notes() -> None:
    other = Decision("money", Span(50_000, 51_000), "$5", "mute", {"newer": 1})
    notes = ReviewNotes((other,), blurs_others=True, unknown={"more": 2})
    made = with_decision(notes, checked(TEXT)[0], "keep")
    assert other in made.decisions
    assert (made.blurs_others, made.unknown) == (True, {"more": 2})


@pytest.mark.parametrize("choice", CHOICES)
def test_hidden_words_stay_hidden_when_no_rule_finds_them_any_more(choice: str) -> None:
    finding = checked(TEXT)[0]
    assert choice in CHOICES
    notes = with_decision(None, finding, choice)  # type: ignore[arg-type]
    found = check(said(TEXT), "en", (), "tiktok")
    still = remembered(found, notes, said(TEXT))
    assert [(each.span, each.choice) for each in still] == ([] if choice == "keep" else [(finding.span, choice)])


def test_what_is_heard_at_a_hidden_place_stays_hidden_however_it_is_corrected() -> None:
    finding = checked(TEXT)[0]
    notes = with_decision(None, finding, "bleep")
    corrected = said(TEXT.replace("Nordwind", "Northwind"))
    assert [(each.text, each.choice) for each in remembered((), notes, corrected)] == [("Northwind", "bleep")]
    misheard = replace(finding, text="Northwind")
    assert decided([misheard], notes)[0].choice == "bleep"


def test_of_two_decisions_about_the_same_words_the_one_that_hides_them_counts() -> None:
    finding = checked(TEXT)[0]
    keep, bleep = (Decision("protected", finding.span, finding.text, choice) for choice in ("keep", "bleep"))
    for decisions in ((keep, bleep), (bleep, keep)):
        assert decided([finding], ReviewNotes(decisions))[0].choice == "bleep"


def test_a_decision_about_a_word_without_length_is_found_again() -> None:
    finding = checked(TEXT)[0]
    start_ms = finding.span.start_ms
    notes = with_decision(None, replace(finding, span=Span(start_ms, start_ms)), "bleep")
    assert decided([finding], notes)[0].choice == "bleep"


def test_a_decision_about_a_place_that_was_cut_is_forgotten() -> None:
    notes = with_decision(None, checked(TEXT)[0], "bleep")
    assert remembered((), notes, said("Nothing.")) == []


def test_what_is_found_still_is_not_remembered_beside_it() -> None:
    notes = with_decision(None, checked(TEXT)[0], "bleep")
    assert remembered(checked(TEXT), notes, said(TEXT)) == []

"""Decisions as wishes that the export understands."""

from dataclasses import replace

from duskreel.edit.concealing import Concealment, HiddenWords
from duskreel.edit.fit import Wishes, plan
from duskreel.edit.sentences import Sentence, sentences
from duskreel.library.entry import Word
from duskreel.library.review_notes import Choice, ReviewNotes
from duskreel.review.carrying_out import with_cuts, with_hidden
from duskreel.review.findings import Finding, Kind
from duskreel.timecode import Span

WORDS = [
    Word(each, n * 400, (n + 1) * 400, 0.9)
    for n, each in enumerate(["I", "went", "home.", "It", "rained", "a", "lot.", "Then", "I", "slept."])
]
SAID: list[Sentence] = sentences(WORDS)
SPAN = Span(1_600, 2_000)


def finding(choice: Choice | None, span: Span = SPAN, around: Span | None = None) -> Finding:
    return Finding(Kind.PROTECTED, "rained", span, "It rained a lot.", around or SAID[1].span, "", choice)


def test_a_cut_takes_the_whole_sentence_out_of_the_short() -> None:
    wishes = with_cuts(Wishes(), [finding("cut")], SAID)
    kept = plan(WORDS, 5_000, target_ms=None, trim=True, wishes=wishes).kept
    assert [sentence.text for sentence in kept] == ["I went home.", "Then I slept."]


def test_a_cut_is_known_by_the_first_word_that_earlier_cuts_have_left() -> None:
    cuts = [Span(1_200, 1_600)]
    said = plan(WORDS, 5_000, cuts=cuts, target_ms=None, trim=True).kept
    wishes = with_cuts(Wishes(), [finding("cut", around=said[1].span)], said)
    kept = plan(WORDS, 5_000, cuts=cuts, target_ms=None, trim=True, wishes=wishes).kept
    assert [sentence.text for sentence in kept] == ["I went home.", "Then I slept."]


def test_a_finding_in_two_sentences_cuts_both() -> None:
    around = Span(SAID[0].span.start_ms, SAID[1].span.end_ms)
    assert with_cuts(Wishes(), [finding("cut", around=around)], SAID).dropped_ms == {0, 1_200}


def test_the_users_own_wishes_stay() -> None:
    wishes = Wishes(pinned_ms=frozenset({0}), dropped_ms=frozenset({2_800}))
    assert with_cuts(wishes, [finding("cut")], SAID) == Wishes(frozenset({0}), frozenset({1_200, 2_800}))


def test_a_pinned_sentence_is_cut_all_the_same() -> None:
    wishes = with_cuts(Wishes(pinned_ms=frozenset({1_200})), [finding("cut")], SAID)
    kept = plan(WORDS, 5_000, target_ms=3_000, trim=True, wishes=wishes).kept
    assert kept
    assert "It rained a lot." not in [sentence.text for sentence in kept]


def test_bleep_mute_and_caption_hide_the_words_in_place() -> None:
    choices: list[tuple[Choice, Span]] = [("mute", Span(0, 400)), ("bleep", SPAN), ("caption", Span(3_000, 3_200))]
    hidden = with_hidden(Concealment(), [finding(choice, span) for choice, span in choices], None)
    assert hidden.words == (
        HiddenWords(Span(0, 400), "mute"),
        HiddenWords(SPAN, "bleep"),
        HiddenWords(Span(3_000, 3_200), "keep"),
    )


def test_what_is_kept_cut_or_open_hides_no_words() -> None:
    findings = [finding("keep"), finding("cut"), finding(None)]
    assert with_hidden(Concealment(), findings, None) == Concealment()
    assert with_cuts(Wishes(), [finding("keep"), finding("bleep"), finding(None)], SAID) == Wishes()


def test_the_picture_is_blurred_as_the_notes_say_and_what_was_hidden_stays() -> None:
    before = Concealment(words=(HiddenWords(SPAN, "mute"),), blurs_others=True)
    hidden = with_hidden(before, [], ReviewNotes(blurs_background=True))
    assert hidden == replace(before, blurs_background=True)

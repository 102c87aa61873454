"""What is told before a short is made, and the export with what was decided."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from duskreel.edit.concealing import HiddenWords
from duskreel.edit.fit import Wishes
from duskreel.export.extras import Extras, Marks
from duskreel.export.loudness import Loudness
from duskreel.export.render import ExportRequest
from duskreel.library.entry import Entry, Segment, Transcript, Word
from duskreel.library.protected_words import ProtectedWord
from duskreel.library.review_notes import Choice, ReviewNotes
from duskreel.library.values import DiaryLocation
from duskreel.review.checking import NOT_WRITTEN, with_decision
from duskreel.review.findings import Finding, Kind
from duskreel.review.review import (
    NOT_TRANSCRIBED,
    NOTHING_PROTECTED,
    NOTHING_SAID,
    OTHER_LANGUAGE,
    Review,
    review,
)
from duskreel.timecode import Span

TEXT = "I worked at Nordwind for years. Today it rained all day. Write to jane@example.com if you can."
MARKED = "I slept. They owe me a lot. Okay, delete that last bit."
AHEAD = "Today it rained so hard. Tomorrow I will write to jane@example.com about my plans. I want to rest now."
WORDS = tuple(Word(each, n * 400, (n + 1) * 400, 0.9) for n, each in enumerate(TEXT.split()))
SAID = Transcript("base", "en", 1.0, datetime.now(UTC), (Segment(0, 7_200, WORDS),))
ENTRY = Entry("01", "entries/a", "clip.mp4", datetime.now(UTC), "import", 8_000, 640, 360)
NORDWIND = (ProtectedWord("Nordwind", "employer"),)
REQUEST = ExportRequest(
    location=DiaryLocation(Path("diary"), Path("state")),
    entry_id="",
    output=None,
    length_ms=None,
    captions="calm",
    platform="reels",
    trims_pauses=False,
    framing="face",
    may_replace=False,
    pause_before_ms=250,
    pause_after_ms=350,
    loudness=Loudness(-14.0, -1.5),
)


def reviewed(entry: Entry = ENTRY, request: ExportRequest = REQUEST) -> Review:
    return review(entry, SAID, NORDWIND, request)


def kinds(told: Review) -> list[Kind]:
    return [finding.kind for finding in told.in_short]


def test_everything_that_is_said_is_looked_through() -> None:
    told = reviewed()
    assert kinds(told) == [Kind.PROTECTED, Kind.EMAIL]
    assert told.undecided == told.findings
    assert told.request == REQUEST
    assert told.remarks == ()


def test_what_the_short_does_not_say_is_found_elsewhere() -> None:
    told = reviewed(request=replace(REQUEST, wishes=Wishes(dropped_ms=frozenset({0}))))
    assert kinds(told) == [Kind.EMAIL]
    assert told.is_said == (False, True)


def test_what_the_user_cut_from_the_clip_is_not_found() -> None:
    assert [each.kind for each in reviewed(replace(ENTRY, cuts=(Span(1_000, 1_700),))).findings] == [Kind.EMAIL]


def test_decisions_become_part_of_the_export() -> None:
    first, second = reviewed().findings
    told = reviewed(replace(ENTRY, review=with_decision(with_decision(None, first, "cut"), second, "bleep")))
    assert told.request.wishes == Wishes(dropped_ms=frozenset({0}))
    assert told.request.concealment.words == (HiddenWords(second.span, "bleep"),)
    assert "Nordwind" not in " ".join(sentence.text for sentence in told.selection.kept)
    assert told.undecided == ()


def test_a_sentence_that_was_cut_can_still_be_decided_otherwise() -> None:
    first, _ = reviewed().findings
    told = reviewed(replace(ENTRY, review=with_decision(None, first, "cut")))
    assert [finding.choice for finding in told.in_short] == ["cut", None]


def test_words_that_were_bleeped_stay_so_when_they_are_protected_no_longer() -> None:
    first, _ = reviewed().findings
    told = review(replace(ENTRY, review=with_decision(None, first, "bleep")), SAID, (), REQUEST)
    assert told.request.concealment.words == (HiddenWords(first.span, "bleep"),)


def retold(*words: Word, entry: Entry) -> Review:
    """The same clip, listened to again."""
    return review(entry, replace(SAID, segments=(Segment(0, 7_200, words),)), NORDWIND, REQUEST)


def decided_about(finding: Finding, choice: Choice) -> Entry:
    return replace(ENTRY, review=with_decision(None, finding, choice))


def test_what_was_bleeped_stays_so_without_words_there_and_can_be_decided_otherwise() -> None:
    first, _ = reviewed().findings
    entry = decided_about(first, "bleep")
    unheard = [word for word in WORDS if word.text != "Nordwind"]
    for told in (retold(*unheard, entry=entry), review(entry, None, NORDWIND, REQUEST)):
        assert HiddenWords(first.span, "bleep") in told.request.concealment.words
        (place,) = [finding for finding in told.in_short if finding.why == NOT_WRITTEN]
        assert (place.text, place.choice) == (first.text, "bleep")
        assert with_decision(entry.review, place, None).decisions == ()


def test_a_place_that_was_cut_from_the_clip_is_nothing_to_decide_about() -> None:
    entry = replace(decided_about(reviewed().findings[0], "bleep"), cuts=(Span(0, 2_400),))
    assert [finding.kind for finding in reviewed(entry).findings] == [Kind.EMAIL]


def test_words_to_be_cut_are_silent_where_no_sentence_has_them_any_more() -> None:
    first, _ = reviewed().findings
    entry = decided_about(first, "cut")
    told = review(entry, None, NORDWIND, REQUEST)
    assert told.request.concealment.words == (HiddenWords(first.span, "mute"),)
    assert reviewed(entry).request.concealment.words == ()


def test_a_choice_holds_for_all_of_its_place_though_only_some_of_the_words_are_found_now() -> None:
    whole = replace(reviewed().findings[0], span=Span(1_200, 2_000))
    told = reviewed(decided_about(whole, "mute"))
    assert Span(1_200, 2_000) in [each.span for each in told.request.concealment.words]
    (found,) = [finding for finding in told.findings if finding.kind == Kind.PROTECTED]
    changed = with_decision(decided_about(whole, "mute").review, found, "bleep")
    assert [(each.span, each.choice) for each in changed.decisions] == [(whole.span, "bleep")]


def test_a_word_that_now_holds_a_hidden_one_is_hidden_whole() -> None:
    first, _ = reviewed().findings
    entry = decided_about(first, "bleep")
    long = Word("Norwindfor", first.span.start_ms - 100, first.span.end_ms + 700, 0.5)
    told = retold(WORDS[0], long, *WORDS[6:], entry=entry)
    assert Span(long.start_ms, long.end_ms) in [each.span for each in told.request.concealment.words]


def test_a_mark_that_is_written_otherwise_now_still_cuts_what_it_meant() -> None:
    words = [Word(each, n * 400, (n + 1) * 400, 0.9) for n, each in enumerate(MARKED.split())]
    (mark,) = retold(*words, entry=ENTRY).findings
    entry = decided_about(mark, "cut")
    misheard = [replace(word, corrected="the beet") if word.text in ("delete", "bit.") else word for word in words]
    unheard = words[:7]
    for heard in (misheard, unheard):
        assert [each.text for each in retold(*heard, entry=entry).selection.kept] == ["I slept."]


def test_a_mark_counts_where_the_sentence_that_it_means_is_said() -> None:
    words = tuple(Word(each, n * 400, (n + 1) * 400, 0.9) for n, each in enumerate(MARKED.split()))
    said = replace(SAID, segments=(Segment(0, 4_800, words),))
    told = review(ENTRY, said, NORDWIND, replace(REQUEST, wishes=Wishes(dropped_ms=frozenset({2_400}))))
    (mark,) = told.in_short
    cut = review(replace(ENTRY, review=with_decision(None, mark, "cut")), said, NORDWIND, REQUEST)
    assert [sentence.text for sentence in cut.selection.kept] == ["I slept."]


def test_a_closing_word_is_offered_but_none_that_was_cut() -> None:
    words = tuple(Word(each, n * 400, (n + 1) * 400, 0.9) for n, each in enumerate(AHEAD.split()))
    said = replace(SAID, segments=(Segment(0, 8_800, words),))
    (finding,) = review(ENTRY, said, NORDWIND, REQUEST).findings
    short = replace(REQUEST, length_ms=3_000, wishes=Wishes(pinned_ms=frozenset({0})))
    told = review(ENTRY, said, NORDWIND, short)
    assert {sentence.text for sentence in told.closing.offered} == {finding.sentence, "I want to rest now."}
    told = review(replace(ENTRY, review=with_decision(None, finding, "cut")), said, NORDWIND, short)
    assert [sentence.text for sentence in told.closing.offered] == ["I want to rest now."]
    assert review(ENTRY, said, NORDWIND, REQUEST).closing.looks_ahead


def test_the_picture_is_blurred_as_it_was_decided() -> None:
    told = reviewed(replace(ENTRY, review=ReviewNotes(blurs_others=True)))
    assert told.request.concealment.blurs_others


def test_the_title_and_the_files_name_are_looked_through() -> None:
    request = replace(REQUEST, extras=Extras(marks=Marks("Nordwind is history")), output=Path("my_Nordwind_story.mp4"))
    assert [finding.text for finding in reviewed(request=request).written] == ["Nordwind", "Nordwind"]


def test_remarks_tell_what_could_not_be_done() -> None:
    assert review(ENTRY, None, NORDWIND, REQUEST).remarks == (NOT_TRANSCRIBED,)
    assert review(ENTRY, replace(SAID, segments=()), NORDWIND, REQUEST).remarks == (NOTHING_SAID,)
    assert review(ENTRY, SAID, (), REQUEST).remarks == (NOTHING_PROTECTED,)
    assert review(ENTRY, replace(SAID, language="fi"), NORDWIND, REQUEST).remarks == (OTHER_LANGUAGE,)

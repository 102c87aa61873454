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
from duskreel.library.review_notes import ReviewNotes
from duskreel.library.values import DiaryLocation
from duskreel.review.checking import with_decision
from duskreel.review.findings import Kind
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

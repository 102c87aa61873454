"""What was marked by key while recording is found as what was said then, once, and wherever it still is."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from duskreel.edit.sentences import sentences
from duskreel.export.loudness import Loudness
from duskreel.export.render import ExportRequest
from duskreel.library.entry import Entry, Segment, Transcript, Word
from duskreel.library.review_notes import CHOICES, Choice
from duskreel.library.values import DiaryLocation
from duskreel.review.checking import MARKED_WHILE_RECORDING, with_decision
from duskreel.review.findings import Finding, Kind
from duskreel.review.moments import findings_within
from duskreel.review.pressed import marked_spans, united_stretches
from duskreel.review.review import MARKED_WITHOUT_WORDS, Review, review
from duskreel.timecode import Span

FIRST, SECOND, THIRD = "I slept until ten o'clock.", "They never paid me the rest.", "Now I am making a big soup."
STARTS_MS = (2_000, 6_000, 10_000)
"""each is said in three seconds at most, and then there is a pause"""
WORDS = tuple(
    Word(text, start_ms + n * 500, start_ms + n * 500 + 500, 0.9)
    for start_ms, sentence in zip(STARTS_MS, (FIRST, SECOND, THIRD), strict=True)
    for n, text in enumerate(sentence.split())
)
SAID = Transcript("base", "en", 1.0, datetime.now(UTC), (Segment(0, 14_000, WORDS),))
SPANS = [sentence.span for sentence in sentences(WORDS)]
ENTRY = Entry("01", "entries/a", "clip.mp4", datetime.now(UTC), "camera", 15_000, 640, 360)
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


def reviewed(*marks_ms: int, entry: Entry = ENTRY, transcript: Transcript | None = SAID) -> Review:
    return review(replace(entry, marks=marks_ms), transcript, (), REQUEST)


def found(*marks_ms: int, entry: Entry = ENTRY) -> list[str]:
    return [finding.text for finding in reviewed(*marks_ms, entry=entry).findings]


def transcript_of(text: str) -> Transcript:
    words = tuple(Word(each, n * 400, (n + 1) * 400, 0.9) for n, each in enumerate(text.split()))
    return replace(SAID, segments=(Segment(0, words[-1].end_ms, words),))


def test_the_sentence_that_is_being_said_is_found_as_marked_and_is_open() -> None:
    (finding,) = reviewed(7_500).undecided
    span = Span(6_000, 9_000)
    assert finding == Finding(Kind.MARKED, SECOND, span, SECOND, span, MARKED_WHILE_RECORDING)


@pytest.mark.parametrize(
    ("mark_ms", "texts"),
    [
        (9_500, [SECOND]),
        (14_900, [THIRD]),
        (99_000, [THIRD]),
        (500, [FIRST]),
        (2_000, [FIRST]),
        (6_999, [f"{FIRST} {SECOND}"]),
        (7_000, [SECOND]),
    ],
    ids=["pause", "end", "beyond", "before the first word", "first word", "just begun", "begun a second ago"],
)
def test_a_mark_means_what_was_said_last(mark_ms: int, texts: list[str]) -> None:
    assert found(mark_ms) == texts


def test_without_a_mark_nothing_is_marked() -> None:
    assert found() == []


def test_several_marks_on_the_same_words_are_one_finding_and_others_are_not() -> None:
    assert found(7_500, 8_000, 13_000) == [SECOND, THIRD]
    assert found(6_100, 3_000) == [f"{FIRST} {SECOND}"]


def test_what_is_cut_already_is_not_found_and_nothing_else_in_its_place() -> None:
    cut = replace(ENTRY, cuts=(Span(5_900, 9_100),))
    assert found(7_500, entry=cut) == []
    assert reviewed(7_500, entry=cut).remarks == reviewed(entry=cut).remarks
    assert found(7_500, entry=replace(ENTRY, cuts=(Span(5_900, 7_500),))) == ["me the rest."]


@pytest.mark.parametrize("transcript", [None, replace(SAID, segments=())], ids=["not transcribed", "no speech"])
def test_without_words_the_times_are_told(transcript: Transcript | None) -> None:
    told = reviewed(2_500, 65_000, entry=replace(ENTRY, cuts=(Span(2_000, 3_000),)), transcript=transcript)
    assert told.findings == ()
    assert MARKED_WITHOUT_WORDS.format("1:05") in told.remarks
    assert not [each for each in reviewed(transcript=transcript).remarks if "marked" in each]


@pytest.mark.parametrize("choice", CHOICES)
def test_it_is_decided_like_any_other(choice: Choice) -> None:
    (finding,) = reviewed(7_500).findings
    told = reviewed(7_500, entry=replace(ENTRY, review=with_decision(None, finding, choice)))
    assert [each.choice for each in told.findings] == [choice]
    assert told.undecided == ()
    assert (SECOND not in " ".join(each.text for each in told.selection.kept)) is (choice == "cut")
    assert [each.span for each in told.request.concealment.words] == (
        [finding.span] if choice in ("bleep", "mute", "caption") else []
    )


def test_who_says_it_and_presses_the_key_is_asked_once() -> None:
    said = transcript_of("I slept. They owe me a lot. Okay, delete that last bit. Good night.")
    both = "They owe me a lot. Okay, delete that last bit."
    assert [each.text for each in reviewed(transcript=said).findings] == ["delete that last bit."]
    for mark_ms in (2_400, 4_600):
        (finding,) = reviewed(mark_ms, transcript=said).findings
        assert (finding.text, finding.sentence, finding.why) == (both, both, MARKED_WHILE_RECORDING)


def test_a_spoken_mark_elsewhere_stays_as_it_is() -> None:
    said = transcript_of("I slept until noon today, really. They owe me a lot. Okay, delete that last bit. Good night.")
    assert [each.text for each in reviewed(1_500, transcript=said).findings] == [
        "I slept until noon today, really.",
        "delete that last bit.",
    ]


def test_other_findings_in_a_marked_sentence_stay_and_are_in_order_of_time() -> None:
    said = transcript_of("I slept until noon today. Write to jane@example.com if you really can.")
    findings = reviewed(1_500, 4_400, transcript=said).findings
    assert [each.kind for each in findings] == [Kind.MARKED, Kind.MARKED, Kind.EMAIL]


def test_a_reel_asks_about_it_too() -> None:
    entry = replace(ENTRY, marks=(7_500,))
    (finding,) = findings_within(Span(7_000, 8_000), entry, SAID, (), "reels")
    assert (finding.kind, finding.text) == (Kind.MARKED, SECOND)
    assert findings_within(Span(10_000, 12_000), entry, SAID, (), "reels") == ()


def test_places_are_those_of_whole_sentences() -> None:
    assert marked_spans(sentences(WORDS), [7_500, 9_500]) == [SPANS[1], SPANS[1]]
    assert marked_spans([], [7_500]) == []


def test_stretches_that_share_a_sentence_are_one_if_a_key_was_pressed() -> None:
    assert united_stretches([(5, 6), (1, 1)], [(6, 7), (7, 8), (3, 3)]) == [(1, 1), (5, 8)]
    assert united_stretches([], [(6, 7)]) == []

"""What the moments of a reel say."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clips import make_clip
from duskreel.export.recap import Moment
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Segment, Transcript, Word
from duskreel.library.importing import Details
from duskreel.library.review_notes import CHOICES, Choice, Decision, ReviewNotes
from duskreel.library.values import DiaryLocation
from duskreel.progress import CancelToken, unheard
from duskreel.review.checking import with_decision
from duskreel.review.moments import findings_within, moments_with_findings
from duskreel.timecode import Span

TEXT = "I worked at Nordwind for years."
WORDS = tuple(Word(each, n * 300, (n + 1) * 300, 0.9) for n, each in enumerate(TEXT.split()))
SAID = Transcript("base", "en", 1.0, datetime.now(UTC), (Segment(0, 1_800, WORDS),))
WITH_NAME, WITHOUT_NAME = Span(800, 1_300), Span(1_300, 1_800)


@pytest.fixture
def diary(tmp_path: Path) -> Diary:
    opened = Diary.open(DiaryLocation(tmp_path / "diary", tmp_path / "state"))
    opened.protect("Nordwind", "employer")
    return opened


@pytest.fixture
def entry(diary: Diary, tmp_path: Path) -> Entry:
    clip = make_clip(tmp_path / "talk.mp4", size=(90, 160))
    kept = diary.import_clip(clip, Details(), progress=unheard, token=CancelToken())
    diary.save_transcript(kept, SAID)
    return kept


def moment(entry: Entry, span: Span) -> Moment:
    return Moment(entry.recorded_at.date(), entry.id, span)


def test_only_the_moments_that_say_something_are_named(diary: Diary, entry: Entry) -> None:
    moments = [moment(entry, WITHOUT_NAME), moment(entry, WITH_NAME)]
    ((named, findings),) = moments_with_findings(diary, moments, "tiktok")
    assert named == moments[1]
    assert [finding.text for finding in findings] == ["Nordwind"]


@pytest.mark.parametrize("choice", CHOICES)
def test_what_is_decided_is_not_named(diary: Diary, entry: Entry, choice: Choice) -> None:
    (finding,) = findings_within(WITH_NAME, entry, SAID, diary.protected_words(), "tiktok")
    diary.amend(entry.id, lambda known: replace(known, review=with_decision(None, finding, choice)))
    assert moments_with_findings(diary, [moment(entry, WITH_NAME)], "tiktok") == []


@pytest.mark.parametrize(("choice", "count"), [("bleep", 0), ("mute", 0), ("caption", 1), ("keep", 1)])
def test_what_is_found_in_words_that_nobody_will_hear_is_not_named(
    diary: Diary, entry: Entry, choice: Choice, count: int
) -> None:
    """Another finding of the same word is open; what is masked in captions alone is heard."""
    notes = ReviewNotes((Decision("handle", Span(900, 1_200), "Nordwind", choice),))
    diary.amend(entry.id, lambda known: replace(known, review=notes))
    assert len(moments_with_findings(diary, [moment(entry, WITH_NAME)], "tiktok")) == count


def test_without_words_nothing_is_found(diary: Diary, entry: Entry) -> None:
    assert findings_within(WITH_NAME, entry, None, diary.protected_words(), "tiktok") == ()

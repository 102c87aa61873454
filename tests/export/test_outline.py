"""What is said about a short before it is made."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from duskreel.edit.fit import Wishes
from duskreel.export.extras import Extras, Marks
from duskreel.export.loudness import Loudness
from duskreel.export.marks import LONGEST_TITLE
from duskreel.export.outline import Line, outline
from duskreel.export.render import ExportRequest
from duskreel.library.entry import Entry, Segment, Transcript, Word
from duskreel.library.values import DiaryLocation

WORDS = (Word("Hello", 200, 500, 0.9), Word("my", 800, 1000, 0.9), Word("friend.", 1000, 1400, 0.9))
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
ENTRY = Entry("01", "entries/a", "clip.mp4", datetime.now(UTC), "import", 200_000, 640, 360)
SAID = Transcript("base", "en", 1.0, datetime.now(UTC), (Segment(200, 1_400, WORDS),))


def test_outline_tells_what_is_kept_and_warns() -> None:
    told = outline(REQUEST, ENTRY, SAID)
    assert told.lines == (Line("Hello my friend.", 200, True),)
    assert told.duration_ms == 200_000
    assert told.warnings == ("Instagram Reels takes at most 3:00; this is 3:20.",)
    assert told.refusal is None


def test_what_the_user_drops_is_left_out() -> None:
    told = outline(replace(REQUEST, wishes=Wishes(dropped_ms=frozenset({200}))), ENTRY, SAID)
    assert told.lines == (Line("Hello my friend.", 200, False),)
    assert told.refusal is not None, "nothing is left to be shown"


def test_outline_gives_the_reason_of_a_refusal() -> None:
    told = outline(replace(REQUEST, length_ms=2_000), ENTRY, SAID)
    assert told.refusal is not None
    assert "no platform takes less than 3 s" in told.refusal.what_happened


def test_outline_without_words_says_that_captions_are_missing() -> None:
    told = outline(REQUEST, replace(ENTRY, duration_ms=9_000), None)
    assert told.design.words == ()
    assert told.warnings == ("There are no captions: this entry has not been transcribed yet.",)


def test_a_title_that_cannot_be_set_is_refused_and_left_out_of_what_is_shown(qapp: object) -> None:
    told = outline(replace(REQUEST, extras=Extras(Marks("長" * LONGEST_TITLE, 5))), ENTRY, None)
    assert told.refusal is not None
    assert "too long" in str(told.refusal)
    assert told.design.marks == Marks("", 5)
    assert told.duration_ms == 200_000

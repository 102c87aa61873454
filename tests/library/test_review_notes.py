"""Decisions about sharing, as they stand in entry.json."""

import json
from datetime import date
from typing import Any

import pytest

from duskreel.library.entry import entry_from_json
from duskreel.library.review_notes import Decision, ReviewNotes, review_notes_from_json
from duskreel.timecode import Span

NOTES = ReviewNotes(
    decisions=(Decision("email", Span(1200, 3400), "john dot doe", "bleep"),),
    blurs_others=True,
    tells_time=True,
    ask_again_on=date(2026, 11, 24),
)
ENTRY = {"id": "01J", "recorded_at": "2026-11-23T18:04:12-05:00", "duration_ms": 1, "width": 2, "height": 2}


def read(data: Any) -> ReviewNotes:
    return review_notes_from_json(json.loads(json.dumps(data)))


def test_they_come_back_as_they_were_written() -> None:
    assert read(NOTES.to_json()) == NOTES


def test_what_nobody_has_decided_takes_no_room() -> None:
    assert ReviewNotes().to_json() == {"decisions": []}


def test_what_a_newer_version_wrote_is_kept() -> None:
    decision = {"kind": "email", "span": [0, 1], "text": "x", "choice": "cut", "by": "someone"}
    data = {"decisions": [decision], "blurs_hands": True}

    assert read(data).to_json() == data


@pytest.mark.parametrize(
    "broken",
    [
        {"decisions": [{"kind": "email", "span": [0], "text": "x", "choice": "cut"}]},
        {"decisions": [{"kind": "email", "span": [0, 1], "text": "x", "choice": "burn"}]},
        {"decisions": "none"},
        {"ask_again_on": "tomorrow"},
        [],
    ],
)
def test_what_is_broken_is_refused(broken: Any) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read(broken)


def test_an_entry_carries_them() -> None:
    entry = entry_from_json({**ENTRY, "review": NOTES.to_json()}, "folder")

    assert entry.review == NOTES
    assert entry.to_json()["review"] == NOTES.to_json()
    assert entry.unknown == {}


def test_an_entry_that_nobody_looked_through_has_none() -> None:
    entry = entry_from_json(ENTRY, "folder")

    assert entry.review is None
    assert "review" not in entry.to_json()

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
        {"kind": "email", "span": [0], "text": "x", "choice": "cut"},
        {"kind": "email", "span": [0, 1], "text": "x", "choice": "burn"},
        {"kind": "email", "span": [5, 1], "text": "x", "choice": "cut"},
        {"kind": "email", "span": [0, 10**30], "text": "x", "choice": "cut"},
        {"span": [0, 1], "choice": "cut"},
        "cut it",
        None,
    ],
)
def test_a_decision_that_cannot_be_understood_is_asked_again_and_kept(broken: Any) -> None:
    whole = NOTES.to_json()["decisions"][0]
    notes = read({"decisions": [broken, whole]})
    assert notes.decisions == NOTES.decisions
    assert notes.to_json() == {"decisions": [whole, broken]}


@pytest.mark.parametrize("broken", ["none", 3, ["x"]])
def test_an_entry_stays_readable_whatever_its_review_is(broken: Any) -> None:
    entry = entry_from_json({**ENTRY, "review": broken}, "folder")
    assert entry.review is not None
    assert entry.review.decisions == ()
    assert entry_from_json(entry.to_json(), "folder").review == entry.review
    assert broken in entry.to_json()["review"].values()


def test_wishes_that_cannot_be_understood_are_read_as_what_tells_less() -> None:
    notes = read({"decisions": "none", "blurs_others": "yes", "tells_time": "yes", "ask_again_on": "tomorrow"})
    assert (notes.blurs_others, notes.tells_time, notes.ask_again_on) == (True, False, None)
    assert notes.to_json()["decisions"] == ["none"]


def test_an_entry_carries_them() -> None:
    entry = entry_from_json({**ENTRY, "review": NOTES.to_json()}, "folder")

    assert entry.review == NOTES
    assert entry.to_json()["review"] == NOTES.to_json()
    assert entry.unknown == {}


def test_an_entry_that_nobody_looked_through_has_none() -> None:
    entry = entry_from_json(ENTRY, "folder")

    assert entry.review is None
    assert "review" not in entry.to_json()

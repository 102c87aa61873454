"""What somebody wanted to think about again waits quietly above the days."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.review_notes import Decision, ReviewNotes
from duskreel.library.values import DiaryLocation
from duskreel.timecode import Span
from duskreel.ui.diary.memory_corner import MemoryCorner
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages
from duskreel.ui.preferences import Preferences
from duskreel.ui.theme import DARK
from memories.felt import felt, plant

TODAY = date(2026, 11, 23)
MADE = Decision("email", Span(0, 500), "anna", "bleep")


def put_off(day: str, until: str, title: str = "", *decisions: Decision) -> Entry:
    return replace(felt(day, 3, title=title), review=ReviewNotes(decisions, ask_again_on=date.fromisoformat(until)))


@pytest.fixture
def make_corner(
    window: QMainWindow,
    messages: Messages,
    location: DiaryLocation,
    diary_thread: DiaryThread,
    preferences: Preferences,
    asked: Callable[..., object],
) -> Callable[..., MemoryCorner]:
    def make(*entries: Entry, memories: str = "off") -> MemoryCorner:
        plant(location.folder, entries)
        asked(Diary.reindex)
        preferences.change(memories=memories)
        made = MemoryCorner(diary_thread, preferences, messages, DARK, lambda: TODAY)
        window.setCentralWidget(made)
        diary_thread.changed.connect(made.refresh)
        made.allow(may_be_seen=True)
        window.resize(1280, 720)
        window.show()
        made.refresh()
        asked(Diary.tags)
        return made

    return make


def test_it_waits_for_its_day(make_corner: Callable[..., MemoryCorner]) -> None:
    assert not make_corner(put_off("2026-11-22", "2026-11-24")).isVisible()


def test_it_is_there_even_for_whoever_wants_no_memories(make_corner: Callable[..., MemoryCorner]) -> None:
    corner = make_corner(put_off("2026-11-22", "2026-11-23", "The call"))
    assert corner.thought.isVisible()
    assert not corner.strip.isVisible()
    assert corner.thought.line.text() == "You wanted to think again about sharing “The call”."
    assert corner.thought.accessibleName() == corner.thought.line.text()


def test_of_several_the_one_that_waits_longest_comes_first(make_corner: Callable[..., MemoryCorner]) -> None:
    corner = make_corner(put_off("2026-11-22", "2026-11-23", "Late"), put_off("2026-11-21", "2026-11-22"))
    assert corner.thought.line.text() == (
        "You wanted to think again about sharing the entry of Saturday, 21 November 2026."
    )


def test_it_belongs_above_the_days_alone(make_corner: Callable[..., MemoryCorner]) -> None:
    corner = make_corner(put_off("2026-11-22", "2026-11-23"))
    corner.allow(may_be_seen=False)
    assert not corner.isVisible()


def test_looking_again_shares_the_entry_and_asks_no_more(
    qtbot: QtBot, make_corner: Callable[..., MemoryCorner]
) -> None:
    corner = make_corner(put_off("2026-11-22", "2026-11-23", "The call", MADE))
    with qtbot.waitSignal(corner.thought.look_asked) as asked_for:
        corner.thought.look.click()
    (entry,) = asked_for.args
    assert entry.review == ReviewNotes((MADE,)), "what was decided stays"
    qtbot.waitUntil(lambda: not corner.isVisible())


def test_not_any_more_is_the_end_of_it(
    qtbot: QtBot, make_corner: Callable[..., MemoryCorner], asked: Callable[..., object]
) -> None:
    corner = make_corner(put_off("2026-11-22", "2026-11-23"))
    corner.thought.not_any_more.click()
    qtbot.waitUntil(lambda: not corner.isVisible())
    assert asked(lambda diary: [entry.review for entry in diary.entries()]) == [None]

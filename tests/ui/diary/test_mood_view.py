"""The view of moods, with a real diary behind it."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from duskreel.errors import DiaryError
from duskreel.library.entry import Mood
from duskreel.library.values import DiaryLocation, EntryFilter
from duskreel.memories.days import Month
from duskreel.memories.mood_wording import HEAVIER_IS_FINE, NEITHER_SAID
from duskreel.ui.diary.mood_view import MoodView
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages
from duskreel.ui.theme import DARK
from memories.felt import felt, plant

NAMES = ("awful", "bad", "okay", "good", "great")
NOVEMBER = Month(2026, 11)
ENTRIES = (
    felt("2026-11-20", 2, 3),
    felt("2026-11-20T12:00", 4, 3),
    felt("2026-10-02", 1, feelings=("tired",)),
    felt("2026-03-02", 5, 5),
    felt("2024-03-02", 3),
)


@pytest.fixture
def entries(location: DiaryLocation) -> None:
    plant(location.folder, ENTRIES)


@pytest.fixture
def view(
    qtbot: QtBot, window: QMainWindow, messages: Messages, entries: None, diary_thread: DiaryThread, tmp_path: Path
) -> MoodView:
    def choose(_parent: QWidget, _title: str, suggested: str, chosen: Callable[[str], object]) -> None:
        chosen(str(tmp_path / Path(suggested).name))

    made = MoodView(diary_thread, NAMES, messages, DARK, choose_file=choose)
    window.setCentralWidget(made)
    window.show()
    with qtbot.waitSignal(made.changed):
        made.show_moods(NOVEMBER, EntryFilter())
    return made


def test_it_begins_with_three_months(view: MoodView) -> None:
    assert (view.title, view.turns) == ("Sep – Nov 2026", True)
    assert view._summary.text() == "3 moods on 2 days"
    assert view.field.accessibleDescription().startswith("2 of 2")


def test_more_can_be_seen(qtbot: QtBot, view: MoodView) -> None:
    for label, title, moods in (
        ("1 year", "Dec 2025 – Nov 2026", "4 moods on 3 days"),
        ("All", "Mar 2024 – Nov 2026", "5 moods on 4 days"),
    ):
        with qtbot.waitSignal(view.changed):
            view.windows.buttons[label].click()
        assert (view.title, view._summary.text()) == (title, moods)
    assert not view.turns


def test_it_turns_by_as_much_as_is_seen(view: MoodView) -> None:
    assert view.turned(-1) == Month(2026, 8)
    view.windows.buttons["1 year"].click()
    assert view.turned(1) == Month(2027, 11)


def test_what_talking_did_is_counted_and_heavier_is_no_fault(view: MoodView) -> None:
    assert view.after.accessibleName() == "After talking it felt lighter once and heavier once."
    assert view.after.note.text() == HEAVIER_IS_FINE
    view.show_moods(Month(2024, 4), EntryFilter())
    assert view.after.note.text() == NEITHER_SAID


def test_filters_hold(qtbot: QtBot, view: MoodView) -> None:
    with qtbot.waitSignal(view.changed):
        view.show_moods(NOVEMBER, EntryFilter(moods=frozenset({Mood.AWFUL})))
    assert view._summary.text() == "1 mood on 1 day"


def test_what_has_changed_is_asked_for_again(qtbot: QtBot, view: MoodView, diary_thread: DiaryThread) -> None:
    with qtbot.waitSignal(diary_thread.changed):
        diary_thread.change(lambda diary: diary.delete(diary.find(ENTRIES[2].id)))
    view.forget()
    with qtbot.waitSignal(view.changed):
        view.show_moods(NOVEMBER, EntryFilter())
    assert view._summary.text() == "2 moods on 1 day"


def test_what_is_seen_is_saved_as_a_table(qtbot: QtBot, view: MoodView, tmp_path: Path, messages: Messages) -> None:
    view.save.click()
    qtbot.waitUntil(lambda: bool(messages.shown()))
    file = tmp_path / "Moods 2026-09 to 2026-11.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [(row["date"], row["mood_name"], row["feelings"]) for row in rows] == [
        ("2026-10-02", "awful", "tired"),
        ("2026-11-20", "bad", ""),
        ("2026-11-20", "good", ""),
    ]
    assert messages.shown() == [f"{file.name} is saved: 3 lines, without titles and notes."]


def test_of_a_filter_no_more_is_saved_than_is_seen(
    qtbot: QtBot, view: MoodView, tmp_path: Path, messages: Messages
) -> None:
    with qtbot.waitSignal(view.changed):
        view.show_moods(NOVEMBER, EntryFilter(moods=frozenset({Mood.AWFUL})))
    view.forget()
    view.save.click()
    qtbot.waitUntil(lambda: bool(messages.shown()))
    lines = (tmp_path / "Moods 2026-09 to 2026-11.csv").read_text(encoding="utf-8").splitlines()
    assert [line[:10] for line in lines[1:]] == ["2026-10-02"]


def test_a_table_that_cannot_be_saved_is_told(
    qtbot: QtBot, view: MoodView, tmp_path: Path, failures: list[DiaryError]
) -> None:
    view.save_csv(str(tmp_path / "nowhere" / "moods"))
    qtbot.waitUntil(lambda: bool(failures))
    assert "moods.csv" in failures[0].what_happened


def test_feelings_alone_can_be_saved(
    qtbot: QtBot, view: MoodView, diary_thread: DiaryThread, tmp_path: Path, messages: Messages
) -> None:
    with qtbot.waitSignal(diary_thread.changed):
        diary_thread.change(lambda diary: diary.amend(ENTRIES[2].id, lambda entry: replace(entry, mood=None)))
    view.forget()
    with qtbot.waitSignal(view.changed):
        view.show_moods(Month(2026, 10), EntryFilter(first_day=date(2026, 10, 1), last_day=date(2026, 10, 31)))
    assert view.save.isEnabled()


def test_where_nothing_was_said_there_is_nothing_to_save(view: MoodView) -> None:
    view.show_moods(Month(2020, 1), EntryFilter())
    assert not view.save.isEnabled()
    assert view.title == "Nov 2019 – Jan 2020"

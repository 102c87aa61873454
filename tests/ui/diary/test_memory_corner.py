"""What comes back above the days, with a real diary behind it."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.values import DiaryLocation
from duskreel.ui.diary.memory_corner import MemoryCorner
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages
from duskreel.ui.preferences import Preferences
from duskreel.ui.theme import DARK
from memories.felt import felt, plant, said

TODAY = date(2026, 11, 23)
HARD = felt("2025-11-23", 1, title="The call")
LAKE = felt("2024-11-23", 5, title="The lake")
MEANT = felt("2026-10-01", 3)
RED = "#c02020"


def poster() -> bytes:
    image = QImage(64, 36, QImage.Format.Format_RGB32)
    image.fill(QColor(RED))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", 95)  # type: ignore[call-overload]
    return buffer.data().data()


@pytest.fixture
def make_corner(
    qtbot: QtBot,
    window: QMainWindow,
    messages: Messages,
    location: DiaryLocation,
    diary_thread: DiaryThread,
    preferences: Preferences,
    asked: Callable[..., object],
) -> Callable[..., MemoryCorner]:
    def make(*entries: Entry, choice: str = "ask") -> MemoryCorner:
        plant(location.folder, entries, {MEANT.id: said("It rained. I want to call my sister.")}, poster())
        asked(Diary.reindex)
        preferences.change(memories=choice)
        made = MemoryCorner(diary_thread, preferences, messages, DARK, lambda: TODAY)
        window.setCentralWidget(made)
        diary_thread.changed.connect(made.refresh)
        made.allow(may_be_seen=True)
        window.show()
        made.refresh()
        asked(Diary.tags)
        return made

    return make


def colour(corner: MemoryCorner) -> str:
    image = corner.strip.poster.pixmap().toImage()
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    return "red" if middle.red() > 150 and middle.green() < 80 else "no picture"


def test_it_takes_no_room_where_there_is_nothing(make_corner: Callable[..., MemoryCorner]) -> None:
    assert not make_corner(felt("2026-11-22", 3)).isVisible()


def test_a_memory_is_shown_with_its_picture_and_opens(qtbot: QtBot, make_corner: Callable[..., MemoryCorner]) -> None:
    corner = make_corner(LAKE)
    assert corner.isVisible()
    assert corner.strip.line.text() == "Two years ago today: The lake"
    assert corner.strip.accessibleName() == "Memory. Two years ago today: The lake Saturday, 23 November 2024 · great"
    qtbot.waitUntil(lambda: colour(corner) == "red")
    assert not corner.strip.another.isVisible()
    with qtbot.waitSignal(corner.opened) as opened:
        corner.strip.watch.click()
    assert opened.args == [LAKE]


def test_a_hard_day_shows_neither_picture_nor_title_before_it_is_asked_for(
    qtbot: QtBot, make_corner: Callable[..., MemoryCorner], asked: Callable[..., object]
) -> None:
    corner = make_corner(HARD)
    strip = corner.strip
    assert strip.line.text() == "A harder day, a year ago today. Look?"
    asked(Diary.tags)
    assert colour(corner) == "no picture"
    assert not strip.watch.isVisible()
    assert not strip.detail.isVisible()
    assert "call" not in strip.accessibleName()
    strip.look.setFocus()
    qtbot.keyClick(strip.look, Qt.Key.Key_Space)
    assert strip.line.text() == "A year ago today: The call"
    assert strip.watch.hasFocus()
    qtbot.waitUntil(lambda: colour(corner) == "red")
    corner.refresh()
    asked(Diary.tags)
    assert strip.line.text() == "A year ago today: The call", "who has looked need not ask again"


@pytest.mark.parametrize(("choice", "line"), [("all", "A year ago today: The call"), ("none", ""), ("off", "")])
def test_the_setting_decides(make_corner: Callable[..., MemoryCorner], choice: str, line: str) -> None:
    corner = make_corner(HARD, choice=choice)
    assert (corner.isVisible(), corner.strip.line.text()) == (bool(line), line)


def test_a_change_of_the_setting_is_followed(
    qtbot: QtBot, make_corner: Callable[..., MemoryCorner], preferences: Preferences
) -> None:
    corner = make_corner(HARD)
    preferences.change(memories="off")
    assert not corner.isVisible()
    preferences.change(memories="all")
    qtbot.waitUntil(corner.isVisible)


def test_not_this_one_asks_nothing_and_can_be_undone(
    qtbot: QtBot,
    make_corner: Callable[..., MemoryCorner],
    messages: Messages,
    window: QMainWindow,
    asked: Callable[..., object],
) -> None:
    corner = make_corner(LAKE)
    corner.strip.not_this.click()
    qtbot.waitUntil(lambda: not corner.isVisible() and bool(messages.shown()))
    assert messages.shown() == ["“The lake” stays out of memories."]
    assert asked(lambda diary: diary.find(LAKE.id).hidden_from_memories)
    next(button for button in window.findChildren(QPushButton) if button.text() == "Undo").click()
    qtbot.waitUntil(corner.isVisible)
    assert asked(lambda diary: [diary.find(LAKE.id).hidden_from_memories]) == [False]


def test_several_are_shown_one_after_the_other(qtbot: QtBot, make_corner: Callable[..., MemoryCorner]) -> None:
    corner = make_corner(LAKE, HARD, MEANT)
    lines = []
    for _ in range(4):
        lines.append(corner.strip.line.text())
        corner.strip.another.click()
    assert lines == [
        "A harder day, a year ago today. Look?",
        "Two months ago you said: “I want to call my sister.”",
        "Two years ago today: The lake",
        "A harder day, a year ago today. Look?",
    ]
    with qtbot.waitSignal(corner.opened_at) as opened:
        corner.strip.watch.click()
    assert opened.args == [MEANT, 600]


def test_closing_it_lasts_until_tomorrow_and_can_be_undone(
    qtbot: QtBot,
    make_corner: Callable[..., MemoryCorner],
    preferences: Preferences,
    window: QMainWindow,
    asked: Callable[..., object],
) -> None:
    corner = make_corner(LAKE)
    corner.strip.close_today.click()
    assert not corner.isVisible()
    assert preferences.now.memories_closed_on == "2026-11-23"
    corner.refresh()
    asked(Diary.tags)
    assert not corner.isVisible()
    next(button for button in window.findChildren(QPushButton) if button.text() == "Undo").click()
    qtbot.waitUntil(corner.isVisible)
    preferences.change(memories_closed_on="2026-11-22")
    qtbot.waitUntil(corner.isVisible)


def test_a_long_title_is_cut_to_its_room_and_still_heard(
    make_corner: Callable[..., MemoryCorner], window: QMainWindow
) -> None:
    title = "What I would tell my younger self about days like this one " * 5
    corner = make_corner(felt("2024-11-23", 5, title=title.strip()))
    assert window.width() == 1192
    assert corner.strip.line.text().endswith("…")
    assert title.strip() in corner.strip.accessibleName()


def test_every_button_has_a_name_and_the_keyboard_reaches_it(make_corner: Callable[..., MemoryCorner]) -> None:
    strip = make_corner(LAKE, HARD).strip
    buttons = (strip.watch, strip.look, strip.not_this, strip.another, strip.close_today)
    assert all(button.accessibleName() for button in buttons)
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)


def test_another_day_has_other_memories(
    make_corner: Callable[..., MemoryCorner], asked: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    corner = make_corner(LAKE)
    monkeypatch.setattr(corner, "_today", lambda: date(2026, 12, 24))
    corner.keep_up()
    asked(Diary.tags)
    assert not corner.isVisible()

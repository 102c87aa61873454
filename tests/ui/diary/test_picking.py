"""Several entries at once, in the grid and in the bin."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QInputDialog, QMainWindow
from pytestqt.qtbot import QtBot

from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Mood
from duskreel.library.values import DiaryLocation
from duskreel.ui.diary.diary_page import DiaryPage
from duskreel.ui.diary.hit_list import MARGIN_PX, POSTER
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages, Question
from duskreel.ui.preferences import Preferences
from duskreel.ui.theme import DARK, GRID_PX
from ui.many_entries import LAST_DAY, plant_many

COUNT = 12
TICK = QPoint(MARGIN_PX + POSTER.width() // 2 - 15, 3 * GRID_PX // 2 + POSTER.height() // 2)
"""a place in the disc of a tick, seen from the corner of a row of the bin"""
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Entry]]:
    folder = tmp_path_factory.mktemp("picked") / "diary"
    return folder, plant_many(folder, COUNT)


@pytest.fixture
def entries(planted: tuple[Path, list[Entry]], location: DiaryLocation) -> list[Entry]:
    shutil.copytree(planted[0], location.folder, copy_function=os.link)
    return planted[1]


@pytest.fixture
def messages(qtbot: QtBot) -> Messages:
    window = QMainWindow()
    window.resize(1192, 720)
    qtbot.addWidget(window)
    return Messages(window, DARK)


@pytest.fixture
def page(
    qtbot: QtBot, entries: list[Entry], messages: Messages, diary_thread: DiaryThread, preferences: Preferences
) -> DiaryPage:
    made = DiaryPage(diary_thread, preferences, messages, DARK, lambda: LAST_DAY)
    messages._window.setCentralWidget(made)  # type: ignore[attr-defined]
    messages._window.show()
    made.enter()
    qtbot.waitUntil(lambda: made._stack.currentWidget() is made.grid)
    made.grid.setFocus()
    return made


def click(qtbot: QtBot, page: DiaryPage, row: int, modifier: Qt.KeyboardModifier) -> None:
    page.grid.scrollTo(page.grid._list.index(row))
    place = page.grid.visualRect(page.grid._list.index(row)).center()
    qtbot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def picked(page: DiaryPage) -> list[str]:
    return [glance.id for glance in page.grid.picking.glances()]


def undo(messages: Messages) -> None:
    button = messages._cards[-1].action
    assert button is not None
    button.click()


def now(location: DiaryLocation) -> dict[str, Entry]:
    with Diary.open(location) as diary:
        return {entry.id: entry for entry in diary.entries()}


def test_ctrl_shift_and_space_choose_and_esc_chooses_none(qtbot: QtBot, page: DiaryPage, entries: list[Entry]) -> None:
    opened: list[object] = []
    page.opened.connect(opened.append)
    ids = [entry.id for entry in entries]
    click(qtbot, page, 1, CTRL)
    assert picked(page) == [ids[1]]
    click(qtbot, page, 4, SHIFT)
    assert picked(page) == ids[1:5]
    click(qtbot, page, 2, CTRL)
    assert picked(page) == [ids[1], ids[3], ids[4]]
    qtbot.keyClick(page.grid, Qt.Key.Key_Space)
    assert picked(page) == ids[1:5]
    assert page.grid.bar.isVisible()
    assert "4 entries" in page.grid.bar.count.text()
    assert len(page.grid.selectionModel().selectedIndexes()) == 4
    qtbot.keyClick(page.grid, Qt.Key.Key_Escape)
    assert picked(page) == []
    assert not page.grid.bar.isVisible()
    qtbot.keyClick(page.grid, Qt.Key.Key_A, CTRL)
    assert picked(page) == ids
    assert opened == []


def test_shift_and_arrows_choose_all_on_the_way(qtbot: QtBot, page: DiaryPage, entries: list[Entry]) -> None:
    page.grid.setCurrentIndex(page.grid._list.index(0))
    qtbot.keyClick(page.grid, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(page.grid, Qt.Key.Key_Right, SHIFT)
    assert picked(page) == [entry.id for entry in entries[:3]]
    qtbot.keyClick(page.grid, Qt.Key.Key_Left, SHIFT)
    assert picked(page) == [entry.id for entry in entries[:2]]


def test_a_chosen_entry_has_a_tick(qtbot: QtBot, page: DiaryPage) -> None:
    tile = page.grid.visualRect(page.grid._list.index(1))
    lines = page.grid._painter.lines
    poster = tile.adjusted(0, lines.above_px, 0, -lines.below_px)
    beside_tick = poster.center() + QPoint(15, 0)
    before = page.grid.viewport().grab().toImage().pixelColor(beside_tick)
    click(qtbot, page, 1, CTRL)
    after = page.grid.viewport().grab().toImage().pixelColor(beside_tick)
    assert before != after == QColor(DARK.accent)


def test_the_bar_hides_no_entry_for_good(qtbot: QtBot, page: DiaryPage) -> None:
    page.grid.setCurrentIndex(page.grid._list.index(COUNT - 1))
    before = page.grid.verticalScrollBar().maximum()
    qtbot.keyClick(page.grid, Qt.Key.Key_Space)
    assert page.grid.visualRect(page.grid.currentIndex()).bottom() < page.grid.bar.y()
    qtbot.keyClick(page.grid, Qt.Key.Key_Escape)
    assert page.grid.verticalScrollBar().maximum() == before


def test_keys_return_to_the_grid_when_the_bar_goes(qtbot: QtBot, page: DiaryPage) -> None:
    click(qtbot, page, 1, CTRL)
    page.grid.bar.bin.setFocus()
    page.grid.bar.bin.click()
    qtbot.waitUntil(lambda: not page.grid.bar.isVisible())
    assert page.focusWidget() is page.grid


@pytest.mark.parametrize(
    ("do", "is_done", "said"),
    [
        (lambda page, some: page.deeds.hide(some), lambda entry: entry.hidden_from_memories, "kept out of memories"),
        (lambda page, some: page.deeds.set_mood(some, Mood.GOOD), lambda entry: entry.mood is Mood.GOOD, "good"),
        (lambda page, some: page.deeds.tag(some, " River "), lambda entry: "River" in entry.tags, "“River”"),
    ],
)
def test_a_change_of_several_has_one_undo(
    qtbot: QtBot,
    page: DiaryPage,
    messages: Messages,
    location: DiaryLocation,
    do: Callable[[DiaryPage, object], None],
    is_done: Callable[[Entry], bool],
    said: str,
) -> None:
    before = now(location)
    page.grid.selectAll()
    with qtbot.waitSignal(page._diary.changed):
        do(page, page.grid.picking.glances())
    qtbot.waitUntil(lambda: bool(messages.shown()))
    assert said in messages.shown()[0]
    assert "12 entries" in messages.shown()[0]
    assert all(map(is_done, now(location).values()))
    with qtbot.waitSignal(page._diary.changed):
        undo(messages)
    assert now(location) == before


def test_several_are_binned_and_brought_back_together(
    qtbot: QtBot, page: DiaryPage, messages: Messages, location: DiaryLocation, entries: list[Entry]
) -> None:
    for row in (1, 3):
        click(qtbot, page, row, CTRL)
    page.grid.bar.bin.click()
    qtbot.waitUntil(lambda: len(page.grid._list.glances) == COUNT - 2)
    assert messages.shown() == ["2 entries are in the bin."]
    assert not page.grid.bar.isVisible()
    undo(messages)
    qtbot.waitUntil(lambda: len(page.grid._list.glances) == COUNT)
    assert now(location) == {entry.id: entry for entry in entries}


def test_the_menu_of_several_asks_for_one_tag(qtbot: QtBot, page: DiaryPage, location: DiaryLocation) -> None:
    for row in (0, 1):
        click(qtbot, page, row, CTRL)
    menu = page.deeds.menu(page.grid.picking.glances(), QPoint(0, 0))
    labels = [action.text() for action in menu.actions()]
    assert "Open" not in labels
    next(action for action in menu.actions() if "tag" in action.text()).trigger()
    menu.close()
    (dialog,) = page.findChildren(QInputDialog)
    dialog.setTextValue("river")
    with qtbot.waitSignal(page._diary.changed):
        dialog.done(QDialog.DialogCode.Accepted)
    assert sum("river" in entry.tags for entry in now(location).values()) == 2


def test_what_is_chosen_in_the_bin_goes_for_good_after_a_question(
    qtbot: QtBot, page: DiaryPage, messages: Messages, location: DiaryLocation
) -> None:
    page.grid.selectAll()
    page.grid.bar.bin.click()
    qtbot.waitUntil(page.empty.isVisible)
    page._enter_bin()
    qtbot.waitUntil(lambda: len(page.bin.list.hits) == COUNT)
    qtbot.keyClick(page.bin.list, Qt.Key.Key_Down, SHIFT)
    assert len(page.bin.chosen()) == 2
    viewport = page.bin.list.viewport()
    beside_tick = [page.bin.list.visualRect(page.bin.list.model().index(row, 0)).topLeft() for row in range(3)]
    ticks = [viewport.grab().toImage().pixelColor(corner + TICK) == QColor(DARK.accent) for corner in beside_tick]
    assert ticks == [True, True, False]
    page.bin.delete.click()
    question = messages._window.findChild(Question)
    assert question is not None
    assert question.windowTitle() == "Delete 2 entries for good?"
    question.yes.click()
    qtbot.waitUntil(lambda: len(page.bin.list.hits) == COUNT - 2)
    assert len(list((location.folder / "bin").iterdir())) == COUNT - 2
    page.bin.list.selectAll()
    page.bin.bring_back.click()
    qtbot.waitUntil(page.bin.nothing.isVisible)
    assert len(now(location)) == COUNT - 2

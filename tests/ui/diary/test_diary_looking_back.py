"""Moods and memories on the diary page."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from duskreel.library.entry import Mood
from duskreel.library.values import DiaryLocation
from duskreel.ui.diary.diary_header import DAYS, MONTH, MOODS
from duskreel.ui.diary.diary_page import DiaryPage
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages
from duskreel.ui.preferences import Preferences
from duskreel.ui.theme import DARK
from memories.felt import felt, plant

TODAY = date(2026, 11, 23)
ENTRIES = (felt("2026-11-20", 2, 3), felt("2026-10-02", 1), felt("2025-11-23", 4, title="The lake"))


@pytest.fixture
def page(qtbot: QtBot, location: DiaryLocation, diary_thread: DiaryThread, preferences: Preferences) -> DiaryPage:
    plant(location.folder, ENTRIES)
    diary_thread.change(lambda diary: diary.reindex())
    window = QMainWindow()
    window.resize(1192, 720)
    qtbot.addWidget(window)
    made = DiaryPage(diary_thread, preferences, Messages(window, DARK), DARK, lambda: TODAY)
    window.setCentralWidget(made)
    window.show()
    made.enter()
    qtbot.waitUntil(made.grid.isVisible)
    return made


def go_to_moods(qtbot: QtBot, page: DiaryPage) -> None:
    page.header.views.buttons[MOODS].click()
    qtbot.waitUntil(lambda: page.moods.field.at is not None)


def test_moods_are_a_view_beside_the_others(qtbot: QtBot, page: DiaryPage) -> None:
    go_to_moods(qtbot, page)
    assert page.moods.isVisible()
    assert page.header.title.text() == "Sep – Nov 2026"
    page.header.earlier.click()
    assert page.header.title.text() == "Jun – Aug 2026"
    page.header.now.click()
    assert page.header.title.text() == "Sep – Nov 2026"
    qtbot.keyClick(page.moods.field, Qt.Key.Key_PageUp)
    assert page.header.title.text() == "Jun – Aug 2026"
    page.moods.windows.buttons["All"].click()
    assert page.header.title.text() == "Nov 2025 – Nov 2026"
    assert not page.header.earlier.isVisible()


def test_a_point_opens_its_day(qtbot: QtBot, page: DiaryPage) -> None:
    go_to_moods(qtbot, page)
    qtbot.keyClick(page.moods.field, Qt.Key.Key_Left)
    qtbot.keyClick(page.moods.field, Qt.Key.Key_Return)
    assert page.grid.isVisible()
    assert [glance.day for glance in page.grid._list.glances] == [date(2026, 10, 2)]


def test_filters_hold_for_moods_too(qtbot: QtBot, page: DiaryPage) -> None:
    go_to_moods(qtbot, page)
    page.filters.moods[Mood.AWFUL].click()
    qtbot.waitUntil(lambda: page.moods._summary.text() == "1 mood on 1 day")


def test_a_memory_stands_above_all_days_and_nowhere_else(qtbot: QtBot, page: DiaryPage) -> None:
    qtbot.waitUntil(page.memories.isVisible)
    assert page.memories.geometry().bottom() < page._stack.geometry().top()
    page.header.views.buttons[MONTH].click()
    assert not page.memories.isVisible()
    page.header.views.buttons[DAYS].click()
    assert page.memories.isVisible()
    page.filters.set_days(date(2026, 11, 20), date(2026, 11, 20))
    assert not page.memories.isVisible()
    page.filters.clear()
    qtbot.waitUntil(page.memories.isVisible)
    page.to_bin.click()
    assert not page.memories.isVisible()


def test_a_memory_opens_its_entry(qtbot: QtBot, page: DiaryPage) -> None:
    qtbot.waitUntil(page.memories.isVisible)
    with qtbot.waitSignal(page.opened) as opened:
        page.memories.strip.watch.click()
    assert opened.args is not None
    assert opened.args[0].title == "The lake"


def test_nobody_is_told_that_the_diary_is_empty_before_it_is_known(
    qtbot: QtBot, diary_thread: DiaryThread, preferences: Preferences
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    page = DiaryPage(diary_thread, preferences, Messages(window, DARK), DARK, lambda: TODAY)
    window.setCentralWidget(page)
    window.show()
    page.header.views.buttons[MOODS].click()
    assert not page.empty.isVisible()
    page.enter()
    qtbot.waitUntil(page.empty.isVisible)

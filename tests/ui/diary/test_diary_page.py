"""The diary page, with a real diary behind it."""

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Mood
from duskreel.library.values import DiaryLocation
from duskreel.ui.diary.diary_header import DAYS, MONTH, YEAR
from duskreel.ui.diary.diary_page import DiaryPage
from duskreel.ui.diary.hit_list import Marked
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages
from duskreel.ui.preferences import Preferences
from duskreel.ui.theme import DARK
from ui.many_entries import LAST_DAY, plant_many

COUNT = 60
RETURN, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Delete


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Entry]]:
    """A diary to copy, and its entries, newest first."""
    folder = tmp_path_factory.mktemp("planted") / "diary"
    return folder, plant_many(folder, COUNT)


@pytest.fixture
def entries(planted: tuple[Path, list[Entry]], location: DiaryLocation) -> list[Entry]:
    """The entries of the diary that `page` shows. Files are replaced and not written into, so that links do."""
    folder, entries = planted
    shutil.copytree(folder, location.folder, copy_function=os.link)
    return entries


@pytest.fixture
def empty_page(
    qtbot: QtBot, window: QMainWindow, messages: Messages, diary_thread: DiaryThread, preferences: Preferences
) -> DiaryPage:
    """The page of whatever diary there is, in sight."""
    page = DiaryPage(diary_thread, preferences, messages, DARK, lambda: LAST_DAY)
    window.setCentralWidget(page)
    window.show()
    page.enter()
    qtbot.waitUntil(lambda: page._stack.currentIndex() > 0)
    return page


@pytest.fixture
def page(entries: list[Entry], empty_page: DiaryPage) -> DiaryPage:
    """The page of `entries`."""
    empty_page.grid.setFocus()
    return empty_page


def shown_ids(page: DiaryPage) -> list[str]:
    return [glance.id for glance in page.grid._list.glances]


def click_day(page: DiaryPage, day: date) -> None:
    next(cell for cell in page.calendar.cells if cell.date == day).click()


def type_text(qtbot: QtBot, page: DiaryPage, text: str) -> None:
    page.find()
    qtbot.keyClicks(page.filters.search, text)


def test_an_empty_diary_invites(qtbot: QtBot, empty_page: DiaryPage) -> None:
    assert empty_page.empty.isVisible()
    assert not empty_page.filters.search.isVisible()
    with qtbot.waitSignal(empty_page.record_asked):
        empty_page.empty.record.click()
    with qtbot.waitSignal(empty_page.import_asked):
        empty_page.empty.imports.click()


def test_all_entries_are_there_newest_first(page: DiaryPage, entries: list[Entry]) -> None:
    assert page.grid.isVisible()
    assert shown_ids(page) == [entry.id for entry in entries]
    assert (page.header.title.text(), page.header.count.text()) == ("November 2026", f"{COUNT} entries")


def test_the_keys_go_with_what_is_shown(
    qtbot: QtBot,
    entries: list[Entry],
    window: QMainWindow,
    messages: Messages,
    diary_thread: DiaryThread,
    preferences: Preferences,
) -> None:
    page = DiaryPage(diary_thread, preferences, messages, DARK, lambda: LAST_DAY)
    window.setCentralWidget(page)
    window.show()
    page.enter()
    page.setFocus()
    qtbot.waitUntil(page.grid.hasFocus)
    page.filters.set_days(date(1999, 1, 1), date(1999, 1, 2))
    qtbot.waitUntil(page.nothing.button.hasFocus)
    qtbot.keyClick(page.nothing.button, Qt.Key.Key_Space)
    qtbot.waitUntil(page.grid.hasFocus)


def test_only_what_is_in_sight_is_fetched(qtbot: QtBot, page: DiaryPage, entries: list[Entry]) -> None:
    desk = page._posters._desk
    qtbot.waitUntil(lambda: bool(page._posters._kept) and not desk._wanted and not desk._in_hand)
    fetched = {folder for folder, _, _ in page._posters._kept}
    assert entries[0].folder in fetched
    assert entries[-1].folder not in fetched
    page.grid.verticalScrollBar().setValue(page.grid.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: entries[-1].folder in {folder for folder, _, _ in page._posters._kept})


def test_the_title_says_which_month_is_in_sight(page: DiaryPage) -> None:
    page.grid.verticalScrollBar().setValue(page.grid.verticalScrollBar().maximum())
    assert page.header.title.text() == "October 2026"


def test_arrows_walk_and_enter_opens(qtbot: QtBot, page: DiaryPage, entries: list[Entry]) -> None:
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        qtbot.keyClick(page.grid, key)
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.grid, RETURN)
    assert opened.args is not None
    assert opened.args[0].id == entries[4].id
    qtbot.keyClick(page.grid, Qt.Key.Key_End)
    last = page.grid.visualRect(page.grid.currentIndex())
    assert page.grid.viewport().rect().contains(last)


def test_a_click_opens(qtbot: QtBot, page: DiaryPage, entries: list[Entry]) -> None:
    place = page.grid.visualRect(page.grid.model().index(2, 0)).center()
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args is not None
    assert opened.args[0] == entries[2]


def test_del_moves_to_the_bin_and_undo_brings_back(
    qtbot: QtBot, page: DiaryPage, entries: list[Entry], messages: Messages, window: QMainWindow
) -> None:
    page.grid.setCurrentIndex(page.grid.model().index(3, 0))
    qtbot.keyClick(page.grid, DELETE)
    qtbot.waitUntil(lambda: entries[3].id not in shown_ids(page) and bool(messages.shown()))
    assert page.grid.currentIndex().row() == 3, "the next one is in its place"
    next(button for button in window.findChildren(QPushButton) if button.text() == "Undo").click()
    qtbot.waitUntil(lambda: shown_ids(page) == [entry.id for entry in entries])


def test_s_stars_and_takes_the_star_away(qtbot: QtBot, page: DiaryPage) -> None:
    page.grid.setCurrentIndex(page.grid.model().index(0, 0))
    for is_starred in (True, False):
        qtbot.keyClick(page.grid, Qt.Key.Key_S)
        qtbot.waitUntil(lambda is_starred=is_starred: page.grid._list.glances[0].starred is is_starred)
    assert page.grid.currentIndex().row() == 0


def test_the_menu_does_the_same(qtbot: QtBot, page: DiaryPage, entries: list[Entry]) -> None:
    glance = page.grid._list.glances[1]
    place = page.grid.visualRect(page.grid.model().index(1, 0)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, page.grid.viewport().mapToGlobal(place))
    with qtbot.waitSignal(page.grid.menu_asked) as asked:
        QApplication.sendEvent(page.grid.viewport(), event)
    assert asked.args is not None
    assert asked.args[0] == glance
    menu = page.deeds.menu(glance, QPoint(0, 0))
    with qtbot.waitSignal(page.opened) as opened:
        menu.actions()[0].trigger()
    assert opened.args == [entries[1]]
    menu.hide()


def test_moods_filter_and_one_click_clears(qtbot: QtBot, page: DiaryPage, entries: list[Entry]) -> None:
    page.filters.moods[Mood.BAD].click()
    page.filters.moods[Mood.GOOD].click()
    wanted = [entry.id for entry in entries if entry.mood in (Mood.BAD, Mood.GOOD)]
    qtbot.waitUntil(lambda: shown_ids(page) == wanted)
    assert page.header.count.text() == f"{len(wanted)} entries"
    page.grid.verticalScrollBar().setValue(500)
    page.filters.cleared.click()
    qtbot.waitUntil(lambda: len(shown_ids(page)) == COUNT)
    assert page.grid.verticalOffset() == 0, "something else is shown from its beginning"
    assert not page.filters.cleared.isVisible()


def test_feelings_and_tags_come_from_the_diary(qtbot: QtBot, page: DiaryPage, entries: list[Entry]) -> None:
    menu = page.filters.tag.choices
    qtbot.waitUntil(lambda: "job search" in [action.text() for action in menu.actions()])
    next(action for action in menu.actions() if action.text() == "job search").trigger()
    wanted = [entry.id for entry in entries if "job search" in entry.tags]
    qtbot.waitUntil(lambda: shown_ids(page) == wanted)
    assert page.filters.tag.text() == "job search"


def test_a_filter_that_fits_nothing_says_so_calmly(qtbot: QtBot, page: DiaryPage) -> None:
    page.filters.set_days(date(1999, 1, 1), date(1999, 1, 2))
    qtbot.waitUntil(page.nothing.isVisible)
    assert page.header.title.text() == page.nothing.title.text() == "Nothing found"
    page.nothing.button.click()
    qtbot.waitUntil(page.grid.isVisible)


def test_search_shows_the_words_and_leads_to_them(
    qtbot: QtBot, page: DiaryPage, diary_thread: DiaryThread, asked: Callable[..., object]
) -> None:
    type_text(qtbot, page, "river")
    qtbot.waitUntil(lambda: page.hits.isVisible() and bool(page.hits.hits))
    said = next(row for row, hit in enumerate(page.hits.hits) if asked(lambda diary, hit=hit: [diary.time_of(hit)])[0])  # type: ignore[index]
    marked = Marked.of(page.hits.hits[said].snippet)
    start, length = marked.hits[0]
    assert marked.text[start : start + length].lower() == "river"
    page.hits.setCurrentIndex(page.hits.model().index(said, 0))
    with qtbot.waitSignal(page.opened_at) as opened:
        qtbot.keyClick(page.hits, RETURN)
    assert opened.args is not None
    entry, time_ms = opened.args
    transcript = asked(lambda diary: diary.transcript(entry))
    assert next(word.text for word in transcript.words() if word.start_ms == time_ms) == "river"  # type: ignore[attr-defined]


def test_a_hit_in_a_title_opens_at_the_beginning(qtbot: QtBot, page: DiaryPage) -> None:
    type_text(qtbot, page, "Mum")
    qtbot.waitUntil(lambda: page.hits.isVisible() and bool(page.hits.hits))
    qtbot.keyClick(page.filters.search, Qt.Key.Key_Down)
    assert page.hits.hasFocus()
    with qtbot.waitSignal(page.opened), qtbot.assertNotEmitted(page.opened_at):
        page.hits.clicked.emit(page.hits.model().index(0, 0))


def test_search_keeps_to_the_filters(qtbot: QtBot, page: DiaryPage) -> None:
    page.filters.moods[Mood.GREAT].click()
    type_text(qtbot, page, "river")
    qtbot.waitUntil(page.hits.isVisible)
    assert {hit.entry.mood for hit in page.hits.hits} == {Mood.GREAT}


def test_nothing_found_is_said_and_escape_shows_all_again(qtbot: QtBot, page: DiaryPage) -> None:
    type_text(qtbot, page, "xylophone")
    qtbot.waitUntil(page.nothing.isVisible)
    assert "xylophone" in page.nothing.text.text()
    assert page.header.title.text() == "Nothing found"
    page.filters.search.clear()
    qtbot.waitUntil(page.grid.isVisible)


def test_the_calendar_leads_to_a_day(qtbot: QtBot, page: DiaryPage, entries: list[Entry]) -> None:
    page.header.views.buttons[MONTH].click()
    assert page.calendar.isVisible()
    click_day(page, LAST_DAY)
    assert page.grid.isVisible()
    assert shown_ids(page) == [entry.id for entry in entries if entry.recorded_at.date() == LAST_DAY]
    assert page.filters.days.text() == "23 Nov 2026"
    page.header.views.buttons[MONTH].click()
    assert sum(cell.date in page._lookup.days for cell in page.calendar.cells) > 1, "calendars show all days"


def test_months_and_years_are_turned(qtbot: QtBot, page: DiaryPage) -> None:
    page.header.views.buttons[MONTH].click()
    page.header.earlier.click()
    assert page.header.title.text() == "October 2026"
    qtbot.keyClick(page.calendar.cells[10], Qt.Key.Key_PageUp)
    assert page.header.title.text() == "September 2026"
    page.header.now.click()
    assert page.header.title.text() == "November 2026"
    page.header.views.buttons[YEAR].click()
    page.header.later.click()
    assert page.header.title.text() == "2027"


def test_a_pixel_of_the_year_opens_its_month(qtbot: QtBot, page: DiaryPage) -> None:
    page.header.views.buttons[YEAR].click()
    place = page.year.field.place(date(2026, 10, 5)).center()
    qtbot.mouseClick(page.year.field, Qt.MouseButton.LeftButton, pos=place)
    assert page.calendar.isVisible()
    assert page.header.title.text() == "October 2026"


def test_what_changes_elsewhere_is_shown_at_once_or_when_it_is_seen(
    qtbot: QtBot,
    page: DiaryPage,
    entries: list[Entry],
    diary_thread: DiaryThread,
    asked: Callable[..., object],
) -> None:
    diary_thread.change(lambda diary: diary.delete(entries[0]))
    qtbot.waitUntil(lambda: len(shown_ids(page)) == COUNT - 1)
    page.leave()
    with qtbot.waitSignal(diary_thread.changed):
        diary_thread.change(lambda diary: diary.delete(entries[1]))
    asked(Diary.tags)
    assert len(shown_ids(page)) == COUNT - 1
    page.enter()
    qtbot.waitUntil(lambda: len(shown_ids(page)) == COUNT - 2)


def test_the_bin_gives_back(qtbot: QtBot, page: DiaryPage, entries: list[Entry], diary_thread: DiaryThread) -> None:
    diary_thread.change(lambda diary: diary.delete(entries[5]))
    qtbot.waitUntil(lambda: len(shown_ids(page)) == COUNT - 1)
    page.to_bin.click()
    qtbot.waitUntil(lambda: len(page.bin.list.hits) == 1)
    assert page.header.title.text() == "Bin"
    page.bin.list.setCurrentIndex(page.bin.list.model().index(0, 0))
    page.bin.bring_back.click()
    qtbot.waitUntil(page.bin.nothing.isVisible)
    assert not page.bin.hint.isVisible(), "there is nothing to choose"
    qtbot.waitUntil(lambda: page.bin.back.width() == page.bin.back.sizeHint().width())
    page.bin.back.click()
    qtbot.waitUntil(lambda: page.grid.isVisible() and len(shown_ids(page)) == COUNT)


def test_find_leads_out_of_the_bin(qtbot: QtBot, page: DiaryPage) -> None:
    page.to_bin.click()
    page.find()
    assert page.filters.search.hasFocus()
    assert page.grid.isVisible()


def test_a_wider_window_has_more_columns_and_the_same_entries_in_sight(page: DiaryPage, window: QMainWindow) -> None:
    bar = page.grid.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    seen = page.grid._in_sight().start
    window.resize(1900, 720)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert page.grid._layout.columns == 7
    assert seen in page.grid._in_sight()


def test_every_entry_can_be_heard(page: DiaryPage, entries: list[Entry]) -> None:
    words = page.grid.model().data(page.grid.model().index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "Monday, 23 November 2026" in words


def test_days_come_back_after_a_view_of_them(page: DiaryPage) -> None:
    for view in (MONTH, YEAR, DAYS):
        page.header.views.buttons[view].click()
    assert page.grid.isVisible()


def test_nothing_is_asked_while_nobody_looks(
    qtbot: QtBot, entries: list[Entry], diary_thread: DiaryThread, preferences: Preferences, messages: Messages
) -> None:
    page = DiaryPage(diary_thread, preferences, messages, DARK)
    qtbot.addWidget(page)
    answered: list[object] = []
    diary_thread.ask(Diary.tags, answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    assert shown_ids(page) == []

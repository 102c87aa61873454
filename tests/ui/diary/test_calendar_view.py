"""A month, by mouse and keys."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from duskreel.memories.days import Day, Month
from duskreel.ui.diary.calendar_view import CalendarView, DayButton
from duskreel.ui.theme import DARK

NAMES = ("awful", "bad", "okay", "good", "great")
TODAY = date(2026, 11, 23)
DAYS = {
    date(2026, 11, 5): Day(date(2026, 11, 5), 3, 2.5),
    date(2026, 11, 20): Day(date(2026, 11, 20), 1, None),
    date(2026, 12, 1): Day(date(2026, 12, 1), 1, 4.0),
}


@pytest.fixture
def calendar(qtbot: QtBot) -> CalendarView:
    view = CalendarView(NAMES, DARK, TODAY)
    qtbot.addWidget(view)
    view.month_asked.connect(lambda month: view.show_month(month, DAYS, TODAY))
    view.resize(900, 600)
    view.show_month(Month(2026, 11), DAYS, TODAY)
    view.show()
    return view


def cell(calendar: CalendarView, number: int) -> DayButton:
    return next(cell for cell in calendar.cells if cell.date is not None and cell.date.day == number)


def with_focus(calendar: CalendarView) -> date | None:
    return next((cell.date for cell in calendar.cells if cell.hasFocus()), None)


def test_every_day_is_there_once(calendar: CalendarView) -> None:
    shown = [cell.date.day for cell in calendar.cells if cell.date is not None]
    assert shown == list(range(1, 31))


def test_a_day_says_in_words_what_its_colour_means(calendar: CalendarView) -> None:
    assert cell(calendar, 5).accessibleName() == "Thursday, 5 November 2026: 3 entries, mood: okay, 2.5 of 5"
    assert cell(calendar, 20).accessibleName() == "Friday, 20 November 2026: 1 entry"
    assert cell(calendar, 23).accessibleName() == "Monday, 23 November 2026: no entry, today"
    assert cell(calendar, 5).toolTip()
    assert not cell(calendar, 6).toolTip()


def test_moods_are_told_apart_without_colour(qtbot: QtBot) -> None:
    calendar = CalendarView(NAMES, replace(DARK, moods=("#808080",) * 5), TODAY)
    qtbot.addWidget(calendar)
    calendar.resize(900, 600)
    calendar.show()
    calendar.show_month(Month(2026, 11), {day: Day(day, 1, mean) for day, mean in _means().items()}, TODAY)
    pictures = [cell(calendar, number).grab().toImage() for number in (3, 4, 5, 6, 10)]
    centres = [picture.copy(picture.width() // 2 - 12, picture.height() // 2 - 4, 24, 20) for picture in pictures]
    assert all(one != other for at, one in enumerate(centres) for other in centres[:at])


def _means() -> dict[date, float]:
    return {date(2026, 11, number): float(mood) for mood, number in enumerate((3, 4, 5, 6, 10), start=1)}


def test_a_click_chooses_a_day_that_has_entries(qtbot: QtBot, calendar: CalendarView) -> None:
    with qtbot.waitSignal(calendar.chosen) as chosen:
        cell(calendar, 5).click()
    assert chosen.args == [date(2026, 11, 5)]
    with qtbot.assertNotEmitted(calendar.chosen):
        cell(calendar, 6).click()


def test_arrows_walk_over_weeks_and_months(qtbot: QtBot, calendar: CalendarView) -> None:
    calendar.focus_day()
    assert with_focus(calendar) == date(2026, 11, 20), "the last day that has entries"
    for key, day in (
        (Qt.Key.Key_Right, date(2026, 11, 21)),
        (Qt.Key.Key_Up, date(2026, 11, 14)),
        (Qt.Key.Key_Down, date(2026, 11, 21)),
        (Qt.Key.Key_Down, date(2026, 11, 28)),
        (Qt.Key.Key_Down, date(2026, 12, 5)),
    ):
        focused = next(cell for cell in calendar.cells if cell.hasFocus())
        qtbot.keyClick(focused, key)
        assert with_focus(calendar) == day
    assert calendar.month == Month(2026, 12)


def test_enter_opens_the_day_with_the_focus(qtbot: QtBot, calendar: CalendarView) -> None:
    calendar.focus_day(date(2026, 11, 5))
    with qtbot.waitSignal(calendar.chosen) as chosen:
        qtbot.keyClick(cell(calendar, 5), Qt.Key.Key_Return)
    assert chosen.args == [date(2026, 11, 5)]


@pytest.mark.parametrize(("key", "month"), [(Qt.Key.Key_PageUp, 10), (Qt.Key.Key_PageDown, 12)])
def test_the_page_keys_turn_months(qtbot: QtBot, calendar: CalendarView, key: Qt.Key, month: int) -> None:
    calendar.focus_day()
    qtbot.keyClick(cell(calendar, 20), key)
    assert calendar.month == Month(2026, month)


def test_the_tab_key_stops_at_one_day_only(calendar: CalendarView) -> None:
    calendar.focus_day(date(2026, 11, 5))
    stops = [cell.date for cell in calendar.cells if cell.focusPolicy() == Qt.FocusPolicy.StrongFocus]
    assert stops == [date(2026, 11, 5)]


def test_today_is_marked(calendar: CalendarView) -> None:
    before = cell(calendar, 24).grab().toImage()
    calendar.show_month(Month(2026, 11), DAYS, date(2026, 11, 24))
    assert cell(calendar, 24).grab().toImage() != before

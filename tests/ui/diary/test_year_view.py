"""A year in pixels, by mouse and keys."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from duskreel.memories.days import Day, Month
from duskreel.ui.diary.year_view import YearView
from duskreel.ui.mood_look import mean_colour
from duskreel.ui.theme import DARK

NAMES = ("awful", "bad", "okay", "good", "great")
TODAY = date(2024, 3, 10)
LEAP_DAY = date(2024, 2, 29)
DAYS = {LEAP_DAY: Day(LEAP_DAY, 2, 1.5), date(2023, 12, 31): Day(date(2023, 12, 31), 1, 5.0)}


@pytest.fixture
def year(qtbot: QtBot) -> YearView:
    view = YearView(NAMES, DARK)
    qtbot.addWidget(view)
    view.year_asked.connect(lambda number: view.show_year(number, DAYS, TODAY))
    view.resize(1192, 600)
    view.show_year(2024, DAYS, TODAY)
    view.show()
    view.field.setFocus()
    return view


def test_every_pixel_is_found_where_it_is(year: YearView) -> None:
    day = date(2024, 1, 1)
    while day.year == 2024:
        assert year.field.day_at(year.field.place(day).center()) == day
        day = date.fromordinal(day.toordinal() + 1)
    assert (
        year.field.day_at(year.field.place(LEAP_DAY).center() + QPoint(year.field.place(LEAP_DAY).width() + 4, 0))
        is None
    )
    assert year.field.day_at(QPoint(0, 0)) is None


def test_a_pixel_has_the_colour_of_the_mean(year: YearView) -> None:
    image = year.field.grab().toImage()
    place = year.field.place(LEAP_DAY)
    colour = image.pixelColor(place.left() + 4, place.center().y())
    assert colour.name() == mean_colour(DARK, 1.5).name()


def test_the_day_with_the_focus_is_said_in_words(qtbot: QtBot, year: YearView) -> None:
    assert year.field.accessibleName() == "Thursday, 29 February 2024: 2 entries, mood: bad, 1.5 of 5"
    qtbot.keyClick(year.field, Qt.Key.Key_Right)
    assert year.field.accessibleName() == "Friday, 1 March 2024: no entry"


def test_arrows_go_by_days_and_months(qtbot: QtBot, year: YearView) -> None:
    qtbot.keyClick(year.field, Qt.Key.Key_Down)
    assert year.field.at == date(2024, 3, 29)
    qtbot.keyClick(year.field, Qt.Key.Key_Right)
    qtbot.keyClick(year.field, Qt.Key.Key_Right)
    assert year.field.at == date(2024, 3, 31)
    qtbot.keyClick(year.field, Qt.Key.Key_Up)
    assert year.field.at == LEAP_DAY, "no month is shorter than it is"
    for _ in range(2):
        qtbot.keyClick(year.field, Qt.Key.Key_Up)
    assert (year.field.at, year.field.year) == (date(2023, 12, 29), 2023)


def test_the_page_keys_turn_years(qtbot: QtBot, year: YearView) -> None:
    qtbot.keyClick(year.field, Qt.Key.Key_PageUp)
    assert year.field.year == 2023
    assert year.field.at == date(2023, 12, 31), "where the last entry is"


def test_enter_and_click_open_the_month(qtbot: QtBot, year: YearView) -> None:
    with qtbot.waitSignal(year.chosen) as chosen:
        qtbot.keyClick(year.field, Qt.Key.Key_Return)
    assert chosen.args == [Month(2024, 2)]
    with qtbot.waitSignal(year.chosen) as chosen:
        place = year.field.place(date(2024, 7, 14)).center()
        qtbot.mouseClick(year.field, Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [Month(2024, 7)]


def test_the_first_and_the_last_year_are_the_end(qtbot: QtBot, year: YearView) -> None:
    year.show_year(1, {}, TODAY)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_PageUp):
        qtbot.keyClick(year.field, key)
    assert year.field.at == date(1, 1, 1)

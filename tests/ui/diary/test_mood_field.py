"""The chart of moods, by mouse, keys and ear."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from pytestqt.qtbot import QtBot

from duskreel.memories.days import Month
from duskreel.memories.moods import MoodDay, Stretch, mood_days
from duskreel.ui.diary.mood_axes import Axes
from duskreel.ui.diary.mood_field import NOTHING, MoodField
from duskreel.ui.mood_look import mean_colour
from duskreel.ui.theme import DARK
from memories.felt import felt

NAMES = ("awful", "bad", "okay", "good", "great")
AUTUMN = Stretch(Month(2026, 9), Month(2026, 11))
DAYS = mood_days(
    [
        felt("2026-08-30", 3),
        felt("2026-09-02", 5),
        felt("2026-09-05", 1),
        felt("2026-11-05T08:00", 2),
        felt("2026-11-05T20:00", 3),
    ]
)


@pytest.fixture
def field(qtbot: QtBot) -> MoodField:
    made = MoodField(NAMES, DARK)
    qtbot.addWidget(made)
    made.resize(1128, 420)
    made.show_days(DAYS, AUTUMN)
    made.show()
    made.setFocus()
    return made


def shown(day: MoodDay | None) -> date | None:
    return None if day is None else day.date


def test_a_better_day_lies_higher_and_a_later_one_further_right(field: MoodField) -> None:
    great, awful, mixed = (field.place(day) for day in DAYS[1:])
    assert great.y() < mixed.y() < awful.y()
    assert great.x() < awful.x() < mixed.x()
    assert field.rect().contains(great)
    assert field.rect().contains(mixed)


def test_a_sign_has_the_colour_of_the_mean_and_a_face(qtbot: QtBot, field: MoodField) -> None:
    field.clearFocus()
    place = field.place(DAYS[1])
    assert field.grab().toImage().pixelColor(place + QPoint(0, -7)).name() == mean_colour(DARK, 5.0).name()
    grey = MoodField(NAMES, replace(DARK, moods=("#808080",) * 5))
    qtbot.addWidget(grey)
    grey.resize(field.size())
    grey.show_days(DAYS, AUTUMN)
    image = grey.grab().toImage()
    faces = [image.copy(grey.place(day).x() - 7, grey.place(day).y() - 5, 14, 10) for day in DAYS[1:3]]
    assert faces[0] != faces[1], "moods are told apart without colour"


def test_nothing_connects_days_that_are_far_apart(field: MoodField) -> None:
    image = field.grab().toImage()
    start, end = field.place(DAYS[2]), field.place(DAYS[3])
    middle = (start + end) / 2
    columns = [image.pixelColor(middle.x(), y).name() for y in range(30, 330)]
    assert DARK.muted not in columns
    near = (field.place(DAYS[1]).x() + start.x()) // 2
    assert DARK.muted in [image.pixelColor(near, y).name() for y in range(30, 330)]


def test_every_point_is_heard_as_arrows_walk(qtbot: QtBot, field: MoodField) -> None:
    assert field.accessibleName() == "Thursday, 5 November 2026: bad, then okay; on average okay, 2.5 of 5"
    assert field.accessibleDescription().startswith("3 of 3")
    for key, words in (
        (Qt.Key.Key_Left, "Saturday, 5 September 2026: awful, 1 of 5"),
        (Qt.Key.Key_Home, "Wednesday, 2 September 2026: great, 5 of 5"),
        (Qt.Key.Key_Left, "Wednesday, 2 September 2026: great, 5 of 5"),
        (Qt.Key.Key_End, "Thursday, 5 November 2026: bad, then okay; on average okay, 2.5 of 5"),
        (Qt.Key.Key_Right, "Thursday, 5 November 2026: bad, then okay; on average okay, 2.5 of 5"),
    ):
        qtbot.keyClick(field, key)
        assert field.accessibleName() == words


def test_enter_and_click_open_the_day(qtbot: QtBot, field: MoodField) -> None:
    with qtbot.waitSignal(field.chosen) as chosen:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == [date(2026, 11, 5)]
    with qtbot.waitSignal(field.chosen) as chosen:
        qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=field.place(DAYS[1]) + QPoint(3, 3))
    assert chosen.args == [date(2026, 9, 2)]
    assert field.day_at(QPoint(600, 5)) is None


@pytest.mark.parametrize(("key", "by"), [(Qt.Key.Key_PageUp, -1), (Qt.Key.Key_PageDown, 1)])
def test_the_page_keys_turn(qtbot: QtBot, field: MoodField, key: Qt.Key, by: int) -> None:
    with qtbot.waitSignal(field.turn_asked) as asked:
        qtbot.keyClick(field, key)
    assert asked.args == [by]


def test_the_same_day_keeps_the_focus(qtbot: QtBot, field: MoodField) -> None:
    qtbot.keyClick(field, Qt.Key.Key_Left)
    field.show_days(DAYS, Stretch(Month(2026, 6), Month(2026, 11)))
    assert shown(field.at) == date(2026, 9, 5)


def test_without_moods_it_says_so_and_keys_do_no_harm(qtbot: QtBot, field: MoodField) -> None:
    field.show_days([], AUTUMN)
    assert field.accessibleName() == NOTHING
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
        qtbot.keyClick(field, key)
    with qtbot.assertNotEmitted(field.chosen):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    field.grab()
    assert field.at is None


@pytest.mark.parametrize(
    ("stretch", "names"),
    [
        (AUTUMN, ["September", "October", "November"]),
        (Stretch(Month(2026, 11), Month(2026, 11)), ["November"]),
        (
            Stretch(Month(2024, 5), Month(2026, 11)),
            ["Jul 2024", "Oct", "Jan 2025", "Apr", "Jul", "Oct", "Jan 2026", "Apr", "Jul", "Oct"],
        ),
        (Stretch(Month(2015, 3), Month(2026, 11)), [str(year) for year in range(2016, 2027)]),
    ],
)
def test_as_many_months_are_named_as_there_is_room_for(stretch: Stretch, names: list[str]) -> None:
    assert [name.text for name in Axes(QRectF(0, 0, 1000, 300), stretch).month_names()] == names


def test_names_of_months_never_overlap() -> None:
    for months in range(1, 400):
        axes = Axes(QRectF(0, 0, 1000, 300), Stretch(Month(2026, 11).moved(1 - months), Month(2026, 11)))
        lefts = [name.left for name in axes.month_names()]
        assert all(later - earlier >= 60 for earlier, later in pairwise(lefts)), months

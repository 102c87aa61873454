"""Conditions, chosen by hand."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from duskreel.library.entry import Mood
from duskreel.library.values import EntryFilter
from duskreel.ui.diary.filter_bar import DaysDialog, FilterBar
from duskreel.ui.theme import DARK

NAMES = ("awful", "bad", "okay", "good", "great")
TODAY = date(2026, 11, 23)


@pytest.fixture
def bar(qtbot: QtBot) -> FilterBar:
    made = FilterBar(NAMES, DARK, lambda: TODAY)
    qtbot.addWidget(made)
    qtbot.addWidget(made.search)
    made.show()
    made.search.show()
    return made


def pick(menu: QMenu, label: str) -> None:
    next(action for action in menu.actions() if action.text() == label).trigger()


def test_conditions_add_up(bar: FilterBar) -> None:
    bar.offer(["calm", "sad"], ["R&D"])
    bar.moods[Mood.BAD].click()
    bar.moods[Mood.GREAT].click()
    bar.starred.click()
    pick(bar.feeling.choices, "calm")
    pick(bar.tag.choices, "R&&D")
    assert bar.wanted == EntryFilter(moods=frozenset({Mood.BAD, Mood.GREAT}), feeling="calm", tag="R&D", starred=True)
    assert (bar.feeling.text(), bar.tag.text()) == ("calm", "R&&D")


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("This month", date(2026, 11, 1), date(2026, 11, 30)),
        ("This year", date(2026, 1, 1), date(2026, 12, 31)),
        ("All time", None, None),
    ],
)
def test_days_in_one_click(bar: FilterBar, label: str, first: date | None, last: date | None) -> None:
    bar.set_days(date(2020, 1, 1), None)
    pick(bar.days.choices, label)
    assert (bar.wanted.first_day, bar.wanted.last_day) == (first, last)


def test_this_week_holds_today(bar: FilterBar) -> None:
    pick(bar.days.choices, "This week")
    first, last = bar.wanted.first_day, bar.wanted.last_day
    assert first is not None
    assert last is not None
    assert first <= TODAY <= last


def test_free_days_in_any_order(qtbot: QtBot, bar: FilterBar) -> None:
    pick(bar.days.choices, "From one day to another…")
    dialog = bar.findChild(DaysDialog)
    dialog.first.setDate(QDate(2026, 3, 9))
    dialog.last.setDate(QDate(2026, 3, 1))
    dialog.yes.click()
    assert (bar.wanted.first_day, bar.wanted.last_day) == (date(2026, 3, 1), date(2026, 3, 9))
    assert bar.days.text() == "1 Mar 2026 – 9 Mar 2026"


def test_one_click_clears_everything(qtbot: QtBot, bar: FilterBar) -> None:
    assert not bar.cleared.isVisible()
    bar.moods[Mood.OKAY].click()
    bar.search.setText("river")
    assert bar.cleared.isVisible()
    with qtbot.waitSignals([bar.changed, bar.text_changed]):
        bar.cleared.click()
    assert not bar.is_active
    assert not bar.cleared.isVisible()
    assert not bar.moods[Mood.OKAY].isChecked()


def test_fast_typing_is_one_question(qtbot: QtBot, bar: FilterBar) -> None:
    asked: list[str] = []
    bar.text_changed.connect(lambda: asked.append(bar.text))
    qtbot.keyClicks(bar.search, "river", delay=10)
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == ["river"]


def test_an_old_choice_stays_when_the_diary_changes(bar: FilterBar) -> None:
    bar.offer(["calm"], [])
    pick(bar.feeling.choices, "calm")
    bar.offer(["sad", "calm"], [])
    checked = [action.text() for action in bar.feeling.choices.actions() if action.isChecked()]
    assert checked == ["calm"]
    assert not bar.tag.isEnabled()


def test_typed_conditions_hold_with_the_chosen_ones(qtbot: QtBot, bar: FilterBar) -> None:
    bar.moods[Mood.BAD].click()
    with qtbot.waitSignals([bar.changed, bar.text_changed]):
        bar.search.setText('tag:work river "by the sea"')
    typed = EntryFilter(tags=frozenset({"work"}))
    assert bar.wanted == EntryFilter(moods=frozenset({Mood.BAD}), also=(typed,))
    assert bar.text == 'river "by the sea"'
    assert bar.written == 'mood:2 tag:work river "by the sea"'


def test_an_unfinished_condition_changes_nothing_yet(qtbot: QtBot, bar: FilterBar) -> None:
    bar.search.setText("river mood:")
    assert (bar.wanted, bar.text) == (EntryFilter(), "river")
    assert bar.is_active


def test_a_saved_search_takes_the_place_of_everything(qtbot: QtBot, bar: FilterBar) -> None:
    bar.starred.click()
    bar.search.setText("river")
    with qtbot.waitSignals([bar.changed, bar.text_changed]):
        bar.use("mood:1..2 rain")
    assert (bar.wanted, bar.text) == (EntryFilter(moods=frozenset({Mood.AWFUL, Mood.BAD})), "rain")
    assert not bar.starred.isChecked()


def test_the_field_tells_its_language(bar: FilterBar) -> None:
    assert "length:30s..3m" in bar.search.toolTip()
    assert "&gt;2m" in bar.search.toolTip()


def test_menus_run_in_the_direction_of_the_window_though_their_arrow_follows_the_label(bar: FilterBar) -> None:
    assert bar.days.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert bar.days.choices.layoutDirection() is Qt.LayoutDirection.LeftToRight

"""Writing a series: its days, their order, and what they ask."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from duskreel.memories.series import Series
from duskreel.ui import theme as themes
from duskreel.ui.record.series_days import SeriesDays
from duskreel.ui.record.series_editor import MOVES_UP, TOLD_STAYS, SeriesEditor, how_asked

THREE = (("a", "b"), ("c",), ("d",))
MORNINGS = Series("mornings", "Mornings", "Early ones", 3, THREE, unknown={"colour": "red"})


@pytest.fixture
def days(qtbot: QtBot) -> SeriesDays:
    made = SeriesDays(THREE, themes.DARK)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def opened(window: QWidget, series: Series, *, is_begun: bool = False) -> SeriesEditor:
    return SeriesEditor(window, series, "Change it", "Save", themes.DARK, is_begun=is_begun)


def rows(days: SeriesDays) -> list[str]:
    return [days.list.item(row).text() for row in range(days.list.count())]


def test_days_are_numbered_and_show_their_first_question(days: SeriesDays) -> None:
    assert rows(days) == ["Day 1: a  (+1)", "Day 2: c", "Day 3: d"]
    assert days.editor.toPlainText() == "a\nb"


def test_a_day_moves_with_all_its_questions_by_key_too(days: SeriesDays) -> None:
    days.later.click()
    assert days.prompts == (("c",), ("a", "b"), ("d",))
    assert days.editor.toPlainText() == "a\nb", "the day that is moved stays chosen"
    days.earlier.click()
    assert days.prompts == THREE
    assert (days.earlier.isEnabled(), days.later.isEnabled()) == (False, True)
    days.list.setCurrentRow(2)
    assert (days.earlier.isEnabled(), days.later.isEnabled()) == (True, False)
    assert days.earlier.accessibleName() == "Move day 3 up"


def test_the_keys_work_while_one_writes(qtbot: QtBot, days: SeriesDays) -> None:
    with qtbot.waitActive(days):
        days.activateWindow()
    days.editor.setFocus()
    QTest.keyClick(days.editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert days.prompts == (("c",), ("a", "b"), ("d",))


def test_a_day_is_added_after_the_chosen_one_and_waits_for_its_question(days: SeriesDays) -> None:
    days.add.click()
    assert rows(days)[1] == "Day 2: nothing yet"
    assert days.prompts == THREE, "a day without a question is not kept"
    days.editor.setPlainText(" e \n\nf")
    assert days.prompts == (("a", "b"), ("e", "f"), ("c",), ("d",))


def test_the_last_day_that_is_removed_leaves_an_empty_one(days: SeriesDays) -> None:
    for _ in THREE:
        days.remove.click()
    assert rows(days) == ["Day 1: nothing yet"]
    assert days.prompts == ()
    assert not days.remove.isEnabled()


def test_what_is_not_changed_stays_as_it_was(window: QWidget) -> None:
    assert opened(window, MORNINGS).series == MORNINGS


def test_name_days_and_questions_are_changed_and_the_id_stays(qtbot: QtBot, window: QWidget) -> None:
    dialog = opened(window, MORNINGS)
    dialog.name.setText(" Late   mornings ")
    dialog.days.setValue(0)
    dialog.days_of_questions.remove.click()
    with qtbot.waitSignal(dialog.wanted) as wanted:
        dialog.yes.click()
    changed = Series("mornings", "Late mornings", "Early ones", None, (("c",), ("d",)), unknown={"colour": "red"})
    assert wanted.args == [changed]


def test_a_series_needs_a_name(window: QWidget) -> None:
    dialog = opened(window, MORNINGS)
    dialog.name.setText("  ")
    assert not dialog.yes.isEnabled()


def test_what_is_told_already_is_said_to_stay(window: QWidget) -> None:
    assert opened(window, MORNINGS, is_begun=True).remark.text() == TOLD_STAYS
    assert opened(window, MORNINGS).remark.text() == ""


@pytest.mark.parametrize(
    ("asked", "days", "said"),
    [
        (0, 10, "Without a question of its own, a day has one of the usual ones."),
        (3, 3, ""),
        (3, 5, "After day 3, they begin again from the first."),
        (3, None, "After day 3, they begin again from the first."),
        (3, 2, "What comes after day 2 is not asked."),
    ],
)
def test_it_is_said_how_the_questions_come_round(asked: int, days: int | None, said: str) -> None:
    assert how_asked(Series("", "x", days=days, prompts=THREE[:asked])) == said


def test_it_is_said_when_days_move_up_over_one_without_a_question(window: QWidget) -> None:
    editor = opened(window, MORNINGS)
    days = editor.days_of_questions
    days.list.setCurrentRow(2)
    days.editor.setPlainText(" ")
    assert MOVES_UP not in editor.remark.text(), "no day comes after it"
    days.list.setCurrentRow(0)
    days.editor.clear()
    assert editor.series.prompts == (("c",),)
    assert MOVES_UP in editor.remark.text()

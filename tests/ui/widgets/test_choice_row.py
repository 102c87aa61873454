"""Exactly one of several."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from duskreel.ui.widgets.choice_row import ChoiceRow


@pytest.fixture
def row(qtbot: QtBot) -> ChoiceRow:
    made = ChoiceRow("Length", [(15, "15 s"), (30, "30 s"), (None, "Everything")], 30)
    qtbot.addWidget(made)
    made.show()
    return made


def test_choosing_another_one_tells_and_lets_go_of_the_first(qtbot: QtBot, row: ChoiceRow) -> None:
    with qtbot.waitSignal(row.chosen):
        QTest.mouseClick(row.button(None), Qt.MouseButton.LeftButton)
    assert row.value is None
    assert not row.button(30).isChecked()


def test_arrow_keys_go_to_the_next_one(qtbot: QtBot, row: ChoiceRow) -> None:
    row.button(30).setFocus()
    QTest.keyClick(row.button(30), Qt.Key.Key_Left)
    QTest.keyClick(row.button(15), Qt.Key.Key_Space)
    assert row.value == 15


def test_the_program_chooses_without_telling(qtbot: QtBot, row: ChoiceRow) -> None:
    with qtbot.assertNotEmitted(row.chosen):
        row.choose(15)
    assert row.value == 15


def test_every_button_says_what_it_is_of(row: ChoiceRow) -> None:
    assert row.button(15).accessibleName() == "Length: 15 s"


def test_a_chip_keeps_its_width_when_it_becomes_bold(row: ChoiceRow) -> None:
    before = row.button(None).sizeHint()
    row.choose(None)
    assert row.button(None).sizeHint() == before

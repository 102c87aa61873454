"""Tags."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from duskreel.ui.entry.tag_field import TagField
from duskreel.ui.theme import DARK


@pytest.fixture
def tags(qtbot: QtBot) -> TagField:
    made = TagField(DARK)
    qtbot.addWidget(made)
    made.set_tags(("work", "family"))
    made.show()
    return made


def test_enter_adds_what_was_typed(qtbot: QtBot, tags: TagField) -> None:
    QTest.keyClicks(tags.field, "  job   search ")
    with qtbot.waitSignal(tags.changed) as changed:
        QTest.keyClick(tags.field, Qt.Key.Key_Return)
    assert changed.args == [("work", "family", "job search")]
    assert tags.field.text() == ""


def test_a_comma_adds_too(tags: TagField) -> None:
    QTest.keyClicks(tags.field, "rain,")
    assert tags.tags == ("work", "family", "rain")


def test_a_tag_is_there_once(qtbot: QtBot, tags: TagField) -> None:
    QTest.keyClicks(tags.field, "Work")
    with qtbot.assertNotEmitted(tags.changed):
        QTest.keyClick(tags.field, Qt.Key.Key_Return)
    assert tags.tags == ("work", "family")


def test_a_click_takes_a_tag_away(qtbot: QtBot, tags: TagField) -> None:
    with qtbot.waitSignal(tags.changed) as changed:
        tags.chips[0].click()
    assert changed.args == [("family",)]


def test_showing_others_tells_nobody_and_leaves_what_is_typed(qtbot: QtBot, tags: TagField) -> None:
    QTest.keyClicks(tags.field, "unfin")
    with qtbot.assertNotEmitted(tags.changed):
        tags.set_tags(("other",))
    assert [chip.text() for chip in tags.chips] == ["other"]
    assert tags.field.text() == "unfin"

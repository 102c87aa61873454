"""More lines than a message holds."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from duskreel.ui.list_dialog import ListDialog, Section, sections


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(960, 600)
    qtbot.addWidget(made)
    made.show()
    return made


def test_every_line_can_be_read_and_copied(parent: QWidget) -> None:
    dialog = ListDialog(parent, "What?", "Why.", [Section("One", ("a", "<b>")), Section("", ("c",))])
    assert dialog.lines.toPlainText() == "One\na\n<b>\n\nc"
    assert dialog.lines.isReadOnly()
    assert dialog.lines.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert dialog.lines.accessibleName() == "What?"
    assert not hasattr(dialog, "yes"), "there is nothing to agree to"


def test_headings_without_lines_are_left_out() -> None:
    assert sections(("None", []), ("Some", ["a"])) == [Section("Some", ("a",))]


def test_it_is_no_larger_than_the_window(parent: QWidget) -> None:
    parent.resize(500, 400)
    dialog = ListDialog(parent, "What?", "", [Section("", tuple(map(str, range(1000))))])
    assert dialog.width() <= parent.width()
    assert dialog.height() <= parent.height()


def test_enter_and_escape_agree_to_nothing_and_the_button_does(qtbot: QtBot, parent: QWidget) -> None:
    said: list[str] = []
    for press in ("escape", "enter", "yes"):
        dialog = ListDialog(parent, "Really?", "", [Section("", ("a",))], yes="Yes", no="No")
        dialog.accepted.connect(lambda press=press: said.append(press))
        dialog.open()
        if press == "yes":
            dialog.yes.click()
        else:
            qtbot.keyClick(dialog, Qt.Key.Key_Escape if press == "escape" else Qt.Key.Key_Enter)
    assert said == ["yes"]

"""The window's own dialogs look alike."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from duskreel.ui.buttons import main_button, plain_button
from duskreel.ui.dialog_layout import lay_out


def test_heading_parts_and_buttons_stand_below_each_other(qtbot: QtBot) -> None:
    dialog, field, inside = QDialog(), QLineEdit(), QLabel("inside a layout")
    qtbot.addWidget(dialog)
    row = QHBoxLayout()
    row.addWidget(inside)
    no, yes = plain_button("Cancel"), main_button("Save")
    lay_out(dialog, "<b>A name</b>", (field, row), (no, yes))
    dialog.show()
    dialog.resize(500, dialog.sizeHint().height())
    heading = next(label for label in dialog.findChildren(QLabel) if label.property("role") == "lead")
    tops = [widget.mapTo(dialog, widget.rect().topLeft()).y() for widget in (heading, field, inside, yes)]
    assert tops == sorted(set(tops))
    assert heading.text() == "<b>A name</b>", "names are the user's, and no markup"
    assert heading.height() < 2 * heading.fontMetrics().lineSpacing()
    assert dialog.width() // 4 < no.x() < yes.x(), "the one that does it comes last, on the right"

"""How the window's own dialogs are laid out: a heading, what it is about, and a row of buttons."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from duskreel.ui.theme import GRID_PX


def lay_out(dialog: QDialog, heading: str, parts: Sequence[QWidget | QLayout], buttons: Sequence[QPushButton]) -> None:
    """Fill a dialog from top to bottom.

    Args:
        dialog: still empty.
        heading: a few words; shown as they are.
        parts: below it.
        buttons: below them on the right, in this order: the one that does it comes last.
    """
    title = QLabel(heading)
    title.setProperty("role", "lead")
    title.setTextFormat(Qt.TextFormat.PlainText)
    title.setWordWrap(True)
    rows = QVBoxLayout(dialog)
    rows.setContentsMargins(3 * GRID_PX, 3 * GRID_PX, 3 * GRID_PX, 2 * GRID_PX)
    rows.setSpacing(2 * GRID_PX)
    rows.addWidget(title)
    for part in parts:
        if isinstance(part, QLayout):
            rows.addLayout(part)
        else:
            rows.addWidget(part)
    row = QHBoxLayout()
    row.setSpacing(GRID_PX)
    row.addStretch()
    for button in buttons:
        row.addWidget(button)
    rows.addLayout(row)

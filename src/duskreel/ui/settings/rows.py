"""Rows of the card about the diary: a sentence, and buttons below it."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from duskreel.ui.theme import GRID_PX


def muted() -> QLabel:
    """For a sentence that may be long."""
    label = QLabel()
    label.setWordWrap(True)
    label.setProperty("role", "muted")
    return label


def across(*buttons: QPushButton) -> QHBoxLayout:
    """Buttons side by side."""
    row = QHBoxLayout()
    row.setSpacing(GRID_PX)
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    return row

"""Rows of choices, with a label before each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from duskreel.ui.theme import GRID_PX

LABEL_WIDTH_PX = 10 * GRID_PX
"""so that rows of several tables stand under each other"""


def fill_table(whole: QWidget, rows: Sequence[tuple[str | QWidget, QWidget]]) -> None:
    """Put what names it on the left of each field; the labels of all tables are as wide."""
    table = QGridLayout(whole)
    table.setContentsMargins(0, 0, 0, 0)
    table.setHorizontalSpacing(GRID_PX)
    table.setVerticalSpacing(GRID_PX + GRID_PX // 2)
    table.setColumnMinimumWidth(0, LABEL_WIDTH_PX)
    table.setColumnStretch(1, 1)
    for number, (name, field) in enumerate(rows):
        label = _label(name) if isinstance(name, str) else name
        table.addWidget(label, number, 0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        table.addWidget(field, number, 1)


def in_a_row(*widgets: QWidget) -> QWidget:
    """These beside each other, from the left."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2 * GRID_PX)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return whole


def small(text: str) -> QLabel:
    """Said quietly."""
    label = QLabel(text)
    label.setProperty("role", "small")
    return label


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    return label

"""Cards with a heading, and forms on them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QVBoxLayout, QWidget

from duskreel.ui.theme import GRID_PX

LABEL_WIDTH_PX = 13 * GRID_PX
"""so that fields of several forms stand under each other"""


def card(title: str, *parts: QWidget) -> QFrame:
    """A group of settings under a heading."""
    frame = QFrame()
    frame.setProperty("role", "card")
    heading = QLabel(title)
    heading.setProperty("role", "lead")
    rows = QVBoxLayout(frame)
    rows.setContentsMargins(3 * GRID_PX, 2 * GRID_PX, 3 * GRID_PX, 3 * GRID_PX)
    rows.setSpacing(2 * GRID_PX)
    rows.addWidget(heading)
    for part in parts:
        rows.addWidget(part)
    return frame


def form(fields: Sequence[tuple[str, QWidget]], *below: QWidget) -> QWidget:
    """Labels on the left, what they name on the right, and whole lines below."""
    whole = QWidget()
    rows = QVBoxLayout(whole)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(GRID_PX)
    table = QFormLayout()
    table.setHorizontalSpacing(3 * GRID_PX)
    table.setVerticalSpacing(GRID_PX)
    table.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for text, field in fields:
        label = QLabel(text)
        label.setMinimumWidth(LABEL_WIDTH_PX)
        label.setBuddy(field)
        table.addRow(label, field)
    rows.addLayout(table)
    for widget in below:
        rows.addWidget(widget)
    return whole

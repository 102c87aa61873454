"""The sheet of all keys, on `?`."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from duskreel.ui.theme import GRID_PX

KEYS_WIDTH_PX = 18 * GRID_PX
KEYS = {
    "Everywhere": (
        ("Ctrl+1", "Record"),
        ("Ctrl+2", "Diary"),
        ("Ctrl+,", "Settings"),
        ("Ctrl+F", "Search"),
        ("F11", "Full screen"),
        ("?", "This sheet"),
    ),
    "Record": (
        ("Space", "Start, and stop"),
        ("P", "Pause, and go on"),
        ("Esc", "Discard, after asking"),
        ("N", "Another prompt"),
        ("1 to 5", "Mood, afterwards"),
        ("Ctrl+Enter", "Keep"),
    ),
    "Diary": (
        ("Arrows", "From day to day"),
        ("Enter", "Open"),
        ("Del", "To the bin"),
    ),
    "Entry": (
        ("Space", "Play, and pause"),
        ("Left, Right", "Five seconds back and on"),
        ("E", "Correct the chosen word"),
        ("X", "Cut the chosen words, or bring them back"),
        ("Ctrl+Z, Ctrl+Shift+Z", "Undo and redo"),
        ("Ctrl+E", "Share"),
        ("Esc", "Back to the diary"),
    ),
}


class ShortcutSheet(QDialog):
    """Shows every key there is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns = QHBoxLayout()
        columns.setSpacing(5 * GRID_PX)
        parts = list(KEYS.items())
        for half in (parts[:2], parts[2:]):
            column = QVBoxLayout()
            column.setSpacing(3 * GRID_PX)
            for title, keys in half:
                column.addLayout(_table(title, keys))
            column.addStretch()
            columns.addLayout(column)
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(4 * GRID_PX, 3 * GRID_PX, 4 * GRID_PX, 3 * GRID_PX)
        rows.setSpacing(3 * GRID_PX)
        rows.addLayout(columns)
        rows.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)


def _table(title: str, keys: tuple[tuple[str, str], ...]) -> QGridLayout:
    table = QGridLayout()
    table.setHorizontalSpacing(3 * GRID_PX)
    table.setVerticalSpacing(GRID_PX)
    table.setColumnMinimumWidth(0, KEYS_WIDTH_PX)
    table.setColumnStretch(1, 1)
    heading = QLabel(title)
    heading.setProperty("role", "lead")
    table.addWidget(heading, 0, 0, 1, 2)
    for row, (key, meaning) in enumerate(keys, start=1):
        shown = QLabel(key)
        shown.setProperty("role", "muted")
        table.addWidget(shown, row, 0)
        table.addWidget(QLabel(meaning), row, 1)
    return table

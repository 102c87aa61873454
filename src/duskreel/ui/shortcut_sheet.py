"""The sheet of all keys, on `?`."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from duskreel.ui.theme import GRID_PX

KEYS_WIDTH_PX = 13 * GRID_PX
KEYS = {
    "Everywhere": (
        ("Ctrl+1", "Record"),
        ("Ctrl+2", "Diary"),
        ("Ctrl+,", "Settings"),
        ("Ctrl+F", "Search your words"),
        ("F11", "Full screen"),
        ("?", "This sheet"),
    ),
    "Record": (
        ("Space", "Start, and stop"),
        ("P", "Pause, and go on"),
        ("M", "Mark: not for sharing"),
        ("Esc", "Discard, after asking"),
        ("N", "Another prompt"),
        ("1 to 5", "Mood, afterwards"),
        ("Ctrl+Enter", "Keep"),
    ),
    "Diary": (
        ("Arrows", "From entry to entry, or day to day"),
        ("Enter", "Open"),
        ("S", "Give a star, or take it away"),
        ("Del", "To the bin"),
        ("Page Up, Down", "Screen, month or year back and on"),
        ("Down", "From the search to what it found"),
        ("Esc", "Clear the search"),
    ),
    "Share": (
        ("Space", "Play, and pause"),
        ("Left, Right", "A second back and on"),
        ("Arrows", "On the picture: move it"),
        ("Ctrl+Enter", "Make the short"),
        ("Esc", "Back to the entry"),
    ),
    "Entry": (
        ("Space", "Play, and pause"),
        ("Left, Right", "Five seconds back and on"),
        ("Ctrl+E", "Share"),
        ("Ctrl+Z", "Undo"),
        ("Ctrl+Shift+Z", "Redo"),
        ("Esc", "Let go of the words, then back"),
    ),
    "Its words": (
        ("Ctrl+Left, Right", "From word to word"),
        ("Up, Down", "From line to line"),
        ("Home, End", "To the first or last word"),
        ("Shift+Arrows", "Choose several"),
        ("Ctrl+A", "Choose all"),
        ("Enter", "Play from the word"),
        ("E", "Correct the word"),
        ("X", "Cut the words, or bring them back"),
        ("Ctrl+C", "Copy"),
    ),
}
PARTS_PER_COLUMN = 2


class ShortcutSheet(QDialog):
    """Shows every key there is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns = QHBoxLayout()
        columns.setSpacing(5 * GRID_PX)
        parts = list(KEYS.items())
        for first in range(0, len(parts), PARTS_PER_COLUMN):
            column = QVBoxLayout()
            column.setSpacing(3 * GRID_PX)
            for title, keys in parts[first : first + PARTS_PER_COLUMN]:
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
    table.setHorizontalSpacing(2 * GRID_PX)
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

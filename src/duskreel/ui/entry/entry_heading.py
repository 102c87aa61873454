"""The line at the top of an entry: back, title and day, and what can be done with all of it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from duskreel.library.entry import Entry
from duskreel.memories.wording import long_day
from duskreel.timecode import clock
from duskreel.ui.buttons import icon_button, main_button
from duskreel.ui.entry.settling import Settling
from duskreel.ui.icons import icon
from duskreel.ui.theme import GRID_PX, Theme


class EntryHeading(QWidget):
    """Shows an entry's title and day; the page listens to the buttons.

    Args:
        theme: for the icons.
        undo: whose next steps the tooltips tell.
    """

    def __init__(self, theme: Theme, undo: QUndoStack) -> None:
        super().__init__()
        self._theme, self._undo = theme, undo
        self._series_line = ""
        self._build_ui()
        self._connect()

    def show_entry(self, entry: Entry) -> None:
        """As it is now."""
        self.title_settling.show_text(entry.title)
        self.day.setText(day_line(entry, self._series_line if entry.series else ""))
        self.day.setToolTip(f"The question was: {entry.prompt}" if entry.prompt else "")
        self.star.setChecked(entry.starred)
        self._show_star(entry.starred)

    def show_series(self, line: str, entry: Entry) -> None:
        """Which day of which series it is; "" for none."""
        self._series_line = line
        self.day.setText(day_line(entry, line))

    def _build_ui(self) -> None:
        self.back = icon_button("chevron-left", "Back to the diary", self._theme)
        self.back.setToolTip("Back to the diary (Esc)")
        self.title = QLineEdit()
        self.title.setObjectName("entry-title")
        self.title.setPlaceholderText("Untitled")
        self.title.setAccessibleName("Title")
        self.title.setMaxLength(200)
        self.title_settling = Settling(self.title)
        self.day = QLabel()
        self.day.setProperty("role", "small")
        self.day.setTextFormat(Qt.TextFormat.PlainText)
        self.day.setContentsMargins(GRID_PX, 0, 0, 0)
        self.star = self._built_tool("star", "Star")
        self.star.setCheckable(True)
        self.undo = self._built_tool("undo", "Undo")
        self.redo = self._built_tool("redo", "Redo")
        self.share = main_button("Share")
        self.share.setToolTip("Make a short of it (Ctrl+E)")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.day)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        row.addWidget(self.back)
        row.addLayout(words, stretch=1)
        for button in (self.undo, self.redo, self.star, self.share):
            row.addWidget(button)

    def _built_tool(self, name: str, label: str) -> QToolButton:
        button = icon_button(name, label, self._theme)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _connect(self) -> None:
        self.title.returnPressed.connect(self.title_settling.settle)
        self.undo.clicked.connect(self._undo.undo)
        self.redo.clicked.connect(self._undo.redo)
        # The stack still tells of changes while it is being destroyed, so nothing may be asked of it in return.
        self._undo.undoTextChanged.connect(self._show_undo)
        self._undo.redoTextChanged.connect(self._show_redo)
        self._show_undo("")
        self._show_redo("")

    def _show_undo(self, what: str) -> None:
        self._show_step(self.undo, "undo", "Ctrl+Z", what)

    def _show_redo(self, what: str) -> None:
        self._show_step(self.redo, "redo", "Ctrl+Shift+Z", what)

    def _show_step(self, button: QToolButton, kind: str, keys: str, what: str) -> None:
        name = f"{kind.capitalize()}: {what}" if what else kind.capitalize()
        button.setToolTip(f"{name} ({keys})")
        button.setAccessibleName(name)
        button.setIcon(icon(kind, self._theme.text if what else self._theme.line))
        button.setEnabled(bool(what))

    def _show_star(self, is_starred: bool) -> None:
        name = "Take the star away" if is_starred else "Give it a star"
        self.star.setIcon(
            icon("star-filled" if is_starred else "star", self._theme.chosen if is_starred else self._theme.text)
        )
        self.star.setToolTip(name)
        self.star.setAccessibleName(name)


def day_line(entry: Entry, series_line: str = "") -> str:
    """When it was recorded, and how long it is: “Monday, 23 November 2026, 18:04 · 0:46”; and its day of a series."""
    at = entry.recorded_at
    parts = [f"{long_day(at.date())}, {at:%H:%M}", clock(entry.duration_ms), series_line]
    return "  ·  ".join(part for part in parts if part)

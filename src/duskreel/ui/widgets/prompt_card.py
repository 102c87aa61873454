"""A question to begin with, for who wants one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from duskreel.ui.buttons import icon_button
from duskreel.ui.theme import GRID_PX, Theme

WIDEST_PX = 60 * GRID_PX


class PromptCard(QFrame):
    """One prompt, with a way to another one and a way to none at all.

    Args:
        theme: for the icons.
    """

    another_wanted = Signal()
    hiding_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "overlay")
        self.heading = QLabel()
        self.heading.setProperty("role", "small")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.hide()
        self.text = QLabel()
        self.text.setProperty("role", "lead")
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.another = icon_button("refresh", "Another prompt (N)", theme)
        self.hide_it = icon_button("close", "No prompts", theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID_PX, GRID_PX // 2, GRID_PX // 2, GRID_PX // 2)
        row.setSpacing(0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.heading)
        words.addWidget(self.text)
        row.addLayout(words, stretch=1)
        row.addSpacing(GRID_PX)
        for button in (self.another, self.hide_it):
            # A click must leave the space bar to the recording.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self.another.clicked.connect(self.another_wanted)
        self.hide_it.clicked.connect(self.hiding_wanted)

    def show_text(self, text: str, heading: str = "") -> None:
        """Show a prompt, and what it belongs to."""
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        self.text.setText(text)
        self.setAccessibleName(f"{heading}: {text}" if heading else text)
        self.adjustSize()

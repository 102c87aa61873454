"""The side of the page where the words are: read along, choose, correct, cut; or why there are none yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from duskreel.edit.paragraphs import Written
from duskreel.library.entry import Word
from duskreel.ui.buttons import icon_button, plain_button
from duskreel.ui.entry.transcript_view import TranscriptView
from duskreel.ui.entry.word_looks import remark
from duskreel.ui.messages import Action
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.roomy_panel import RoomyPanel

HINT = "Click a word to go there. Drag over words to choose them, double-click one to correct it."
HEAD_HEIGHT_PX = 4 * GRID_PX + GRID_PX // 2
"""as high as with buttons in it"""
BAR_WIDTH_PX = 30 * GRID_PX


class TranscriptPanel(QFrame):
    """Words, or a panel that says why there are none."""

    cut_asked = Signal()
    again_asked = Signal()
    """to write the words down once more"""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words: list[Word] = []
        self._cut: frozenset[int] = frozenset()
        self._build_ui()
        self._connect()

    def show_words(self, words: list[Word], cut: frozenset[int], text: Written | None = None) -> None:
        """These words, of which some are cut; see `TranscriptView.set_words`."""
        self._words, self._cut = words, cut
        self.view.set_words(words, cut, text)
        self._stack.setCurrentWidget(self._reading)
        self._show_tools(are_useful=True)
        self.show_chosen()

    def show_panel(self, icon: str, title: str, text: str, action: Action | None = None) -> None:
        """Why there are no words."""
        self.view.set_words([], frozenset())
        self._words, self._cut = [], frozenset()
        self.panel.show_what(icon, title, text, action)
        self.progress.hide()
        self._stack.setCurrentWidget(self._waiting)
        self._show_tools(are_useful=False)

    def show_progress(self, stage: str, fraction: float) -> None:
        """They are being written down now."""
        self.show_panel("text", "Writing down what you said", stage)
        self.progress.setValue(round(fraction * 1000))
        self.progress.show()

    def show_nothing(self) -> None:
        """Before it is known what there is."""
        self.view.set_words([], frozenset())
        self._words, self._cut = [], frozenset()
        self._stack.setCurrentWidget(self._unknown)
        self._show_tools(are_useful=False)

    @property
    def shows_words(self) -> bool:
        """Whether there are words."""
        return self._stack.currentWidget() is self._reading

    @property
    def all_chosen_cut(self) -> bool:
        """Whether every chosen word is cut."""
        chosen = self.view.chosen
        return chosen is not None and all(place in self._cut for place in range(chosen[0], chosen[1] + 1))

    def show_chosen(self) -> None:
        """What the buttons would do to what is chosen."""
        chosen = self.view.chosen
        for button in (self.correct, self.cut):
            button.setEnabled(chosen is not None)
        is_cut = self.all_chosen_cut
        self.cut.setText("Bring back" if is_cut else "Cut")
        self.cut.setToolTip("Bring the chosen words back (X)" if is_cut else "Cut the chosen words out (X)")
        self.hint.setText(HINT if chosen is None else self._what_is_chosen(*chosen))

    def _what_is_chosen(self, first: int, last: int) -> str:
        if last > first:
            count = last - first + 1
            return f"{count} words chosen"
        word = self._words[first]
        shown = word.shown or word.text
        note = remark(word, is_cut=first in self._cut)
        return f"“{shown}”: {note}" if note else f"“{shown}”"

    def _build_ui(self) -> None:
        self.setProperty("role", "card")
        self.view = TranscriptView(self._theme)
        self.panel = RoomyPanel("text", "", "", self._theme)
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(BAR_WIDTH_PX)
        self.progress.setAccessibleName("How much is written down")
        self._stack = QStackedWidget()
        self._reading, self._waiting, self._unknown = self.view, QWidget(), QWidget()
        waiting = QVBoxLayout(self._waiting)
        waiting.addStretch()
        waiting.addWidget(self.panel)
        waiting.addWidget(self.progress, alignment=Qt.AlignmentFlag.AlignHCenter)
        waiting.addStretch()
        for widget in (self._reading, self._waiting, self._unknown):
            self._stack.addWidget(widget)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, GRID_PX, GRID_PX)
        rows.setSpacing(GRID_PX)
        rows.addLayout(self._built_head())
        rows.addWidget(self._stack, stretch=1)
        self.hint = QLabel(HINT)
        self.hint.setProperty("role", "small")
        self.hint.setWordWrap(True)
        self.hint.setContentsMargins(GRID_PX, 0, 0, 0)
        rows.addWidget(self.hint)

    def _built_head(self) -> QHBoxLayout:
        title = QLabel("What you said")
        title.setProperty("role", "lead")
        title.setContentsMargins(GRID_PX, 0, 0, 0)
        title.setMinimumHeight(HEAD_HEIGHT_PX)
        self.again = icon_button("refresh", "Write the words down once more", self._theme)
        self.correct = plain_button("Correct", "edit", self._theme)
        self.correct.setToolTip("Correct the chosen word (E)")
        self.cut = plain_button("Cut", "cut", self._theme)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, GRID_PX, 0)
        row.setSpacing(GRID_PX)
        row.addWidget(title, stretch=1)
        for button in (self.again, self.correct, self.cut):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.view.chosen_changed.connect(self.show_chosen)
        self.correct.clicked.connect(self.view.correct_chosen)
        self.cut.clicked.connect(self.cut_asked)
        self.again.clicked.connect(self.again_asked)

    def _show_tools(self, *, are_useful: bool) -> None:
        for widget in (self.correct, self.cut, self.again, self.hint):
            widget.setVisible(are_useful)

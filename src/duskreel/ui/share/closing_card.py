"""What a short may end with: sentences that were left out and say what the speaker wants next."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from duskreel.edit.sentences import Sentence
from duskreel.review.closing_word import ClosingWord
from duskreel.ui.buttons import plain_button
from duskreel.ui.share.finding_wording import breakable
from duskreel.ui.theme import GRID_PX, Theme


class ClosingCard(QFrame):
    """Not there where nothing is said at all.

    Args:
        theme: of the icons.
    """

    wanted = Signal(int)
    """the sentence that begins at this time of the clip, in ms"""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._theme = theme
        self._offered: tuple[Sentence, ...] = ()
        title, self.text = QLabel("What comes next"), QLabel()
        title.setProperty("role", "lead")
        self.text.setWordWrap(True)
        self.text.setProperty("role", "muted")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(2 * GRID_PX, GRID_PX + GRID_PX // 2, 2 * GRID_PX, GRID_PX + GRID_PX // 2)
        self._rows.setSpacing(GRID_PX)
        self._rows.addWidget(title)
        self._rows.addWidget(self.text)
        self.buttons: list[QPushButton] = []
        self.hide()

    def show_word(self, word: ClosingWord, *, has_sentences: bool) -> None:
        """Say whether it looks ahead, and offer what would."""
        self.text.setText(word.wording)
        self.setVisible(has_sentences)
        if word.offered == self._offered:
            return
        self._offered = word.offered
        for label in self.findChildren(QLabel, "offered"):
            label.deleteLater()
        for button in self.buttons:
            button.deleteLater()
        self.buttons = [self._add(sentence) for sentence in word.offered]

    def _add(self, sentence: Sentence) -> QPushButton:
        words = QLabel(f"“{breakable(sentence.text)}”")
        words.setObjectName("offered")
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        button = plain_button("Say this too", "plus", self._theme)
        button.setAutoDefault(False)
        button.setAccessibleName(f"Say this too: {sentence.text}")
        button.clicked.connect(partial(self.wanted.emit, sentence.span.start_ms))
        self._rows.addWidget(words)
        self._rows.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        return button

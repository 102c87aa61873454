"""Which sentences a short leaves out, so that nobody has to wonder what was changed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QSizePolicy, QVBoxLayout

from duskreel.export.outline import Outline
from duskreel.ui.theme import GRID_PX


class LeftOutCard(QFrame):
    """The sentences in order, and how many stay."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._build_ui()

    def show_outline(self, outline: Outline, *, has_words: bool) -> None:
        """Tell about this short.

        Args:
            outline: of the short.
            has_words: whether anybody has listened to the clip.
        """
        kept, left_out = len(outline.kept), len(outline.left_out)
        self.count.setText(f"{kept} of {kept + left_out} sentences stay" if left_out else "")
        self.sentences.setVisible(bool(left_out))
        self.nothing.setVisible(not left_out)
        self.nothing.setText(_nothing(kept, has_words=has_words))
        height = QSizePolicy.Policy.Expanding if left_out else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, height)
        self.sentences.clear()
        self.sentences.addItems(list(outline.left_out))
        for row in range(self.sentences.count()):
            self.sentences.item(row).setFlags(Qt.ItemFlag.ItemIsEnabled)

    def _build_ui(self) -> None:
        title, self.count, self.nothing = QLabel("What was left out"), QLabel(), QLabel()
        title.setProperty("role", "lead")
        self.count.setProperty("role", "small")
        self.nothing.setProperty("role", "muted")
        self.nothing.setWordWrap(True)
        self.sentences = QListWidget()
        self.sentences.setObjectName("bare")
        self.sentences.setAccessibleName("Sentences that were left out")
        self.sentences.setWordWrap(True)
        self.sentences.setSpacing(0)
        self.sentences.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sentences.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch()
        head.addWidget(self.count)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * GRID_PX, GRID_PX + GRID_PX // 2, 2 * GRID_PX, GRID_PX + GRID_PX // 2)
        rows.setSpacing(GRID_PX // 2)
        rows.addLayout(head)
        rows.addWidget(self.sentences, stretch=1)
        rows.addWidget(self.nothing, stretch=1, alignment=Qt.AlignmentFlag.AlignTop)


def _nothing(kept: int, *, has_words: bool) -> str:
    if not has_words:
        return "Captions, and a choice of sentences, come when the words of this entry are written down."
    return "Nothing. Every sentence is in it." if kept else "Nothing. No speech was found in this entry."

"""Every sentence of a clip, and whether the short says it: the choice that was made, and the user's own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from duskreel.edit.fit import NO_WISHES, Wishes
from duskreel.export.outline import Line, Outline
from duskreel.ui.theme import GRID_PX, Theme

_START_MS = Qt.ItemDataRole.UserRole


class SentenceCard(QFrame):
    """A list with a tick before each sentence that stays. Ticking one pins it, unticking one drops it; the choice
    among the others is then made again.

    Args:
        theme: of the colours of what stays and of what goes.
    """

    changed = Signal()
    """the wishes are others now"""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._theme = theme
        self._wishes = NO_WISHES
        self._build_ui()
        self.sentences.itemChanged.connect(self._take)
        self.sentences.itemActivated.connect(self._toggle)
        self.as_suggested.clicked.connect(lambda: self._wish(NO_WISHES))

    @property
    def wishes(self) -> Wishes:
        """What the user has ticked and unticked."""
        return self._wishes

    def show_outline(self, outline: Outline, *, has_words: bool) -> None:
        """Tell about this short.

        Args:
            outline: of the short.
            has_words: whether anybody has listened to the clip.
        """
        kept, all_lines = sum(line.is_kept for line in outline.lines), len(outline.lines)
        self.count.setText(f"{kept} of {all_lines} sentences stay" if all_lines else "")
        self.sentences.setVisible(bool(all_lines))
        self.nothing.setVisible(not all_lines)
        self.nothing.setText(_nothing(has_words=has_words))
        self.as_suggested.setVisible(self._wishes != NO_WISHES)
        self._list(outline.lines)

    def pin(self, start_ms: int) -> None:
        """The short is to say the sentence that begins then."""
        one = frozenset({start_ms})
        self._wish(Wishes(self._wishes.pinned_ms | one, self._wishes.dropped_ms - one))

    def _build_ui(self) -> None:
        title, self.count, self.nothing = QLabel("What it says"), QLabel(), QLabel()
        title.setProperty("role", "lead")
        self.count.setProperty("role", "small")
        self.nothing.setProperty("role", "muted")
        self.nothing.setWordWrap(True)
        self.as_suggested = QPushButton("As suggested")
        self.as_suggested.setProperty("role", "link")
        self.as_suggested.setToolTip("Forget what you ticked and unticked")
        self.sentences = QListWidget()
        self.sentences.setObjectName("bare")
        self.sentences.setAccessibleName("Sentences; those without a tick are left out")
        self.sentences.setWordWrap(True)
        self.sentences.setSpacing(0)
        self.sentences.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sentences.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        head = QHBoxLayout()
        head.setSpacing(GRID_PX)
        head.addWidget(title)
        head.addStretch()
        head.addWidget(self.as_suggested)
        head.addWidget(self.count)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * GRID_PX, GRID_PX + GRID_PX // 2, 2 * GRID_PX, GRID_PX + GRID_PX // 2)
        rows.setSpacing(GRID_PX // 2)
        rows.addLayout(head)
        rows.addWidget(self.sentences, stretch=1)
        rows.addWidget(self.nothing, stretch=1, alignment=Qt.AlignmentFlag.AlignTop)

    def _list(self, lines: tuple[Line, ...]) -> None:
        """In place: whoever has just ticked one in the middle of a long list must not be thrown back to its top."""
        self.sentences.blockSignals(True)
        while self.sentences.count() > len(lines):
            self.sentences.takeItem(self.sentences.count() - 1)
        while self.sentences.count() < len(lines):
            self.sentences.addItem("")
        for row, line in enumerate(lines):
            self._fill(self.sentences.item(row), line)
        self.sentences.blockSignals(False)

    def _fill(self, item: QListWidgetItem, line: Line) -> None:
        item.setText(line.text)
        item.setData(_START_MS, line.start_ms)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Checked if line.is_kept else Qt.CheckState.Unchecked)
        item.setForeground(QColor(self._theme.text if line.is_kept else self._theme.muted))
        font = item.font()
        font.setStrikeOut(not line.is_kept)
        item.setFont(font)

    def _toggle(self, item: QListWidgetItem) -> None:
        is_kept = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if is_kept else Qt.CheckState.Checked)

    def _take(self, item: QListWidgetItem) -> None:
        one = frozenset({int(item.data(_START_MS))})
        pinned, dropped = self._wishes.pinned_ms - one, self._wishes.dropped_ms - one
        if item.checkState() is Qt.CheckState.Checked:
            self._wish(Wishes(pinned | one, dropped))
        else:
            self._wish(Wishes(pinned, dropped | one))

    def _wish(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self.changed.emit()


def _nothing(*, has_words: bool) -> str:
    if not has_words:
        return "Captions, and a choice of sentences, come when the words of this entry are written down."
    return "No speech was found in this entry."

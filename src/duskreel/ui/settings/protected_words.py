"""Words that the user does not want to share, in the settings: the list, and names that may belong on it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from duskreel.edit.sentences import sentences
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Transcript
from duskreel.library.protected_words import ProtectedWord
from duskreel.review.spoken import Spoken
from duskreel.review.suggesting import suggested
from duskreel.ui.buttons import plain_button
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.protect_dialog import KIND_LABELS, ProtectDialog
from duskreel.ui.settings.rows import across, muted
from duskreel.ui.theme import GRID_PX
from duskreel.ui.widgets.choice_row import Chip
from duskreel.ui.widgets.flow import FlowLayout
from duskreel.ui.worker import Worker

PURPOSE = (
    "An employer, colleagues, clients, projects. Before you share, Duskreel looks for them in what you say, also"
    " misspelled or misheard, and asks you about each. The list stays in your diary’s folder."
)
NOTHING = "Nothing is protected yet."
NO_NAMES = "No other names recur in your newest entries."
OFFER = "You say these names again and again. Press one to protect it."
ROWS_SHOWN = 6
ROW_PX = 4 * GRID_PX
MOST_HEARD = 60
"""entries, the newest first, in which names are looked for: each is a file to read"""
Heard = tuple[list[Transcript], tuple[ProtectedWord, ...]]
_WORD = Qt.ItemDataRole.UserRole


class ProtectedWords(QWidget):
    """A list with buttons below it; Enter changes a word, Delete takes it off.

    Args:
        diary: that keeps the list.
        worker: looks for names, which takes a while.
    """

    def __init__(self, diary: DiaryThread, worker: Worker) -> None:
        super().__init__()
        self._diary, self._worker = diary, worker
        self._build_ui()
        self._connect()
        self._show([])

    def refresh(self) -> None:
        """Another window, or another computer, may have changed it."""
        self._diary.ask(lambda diary: diary.protected_words(), self._show, failed=self._fail, owner=self)

    def _build_ui(self) -> None:
        purpose = muted()
        purpose.setText(PURPOSE)
        self.told, self.offer = muted(), muted()
        self.words = QListWidget()
        self.words.setObjectName("rows")
        self.words.setAccessibleName("Protected words")
        self.words.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.add = plain_button("Protect a word…")
        self.change, self.remove = plain_button("Change…"), plain_button("Take off the list")
        self.find_names = plain_button("Find names in my diary")
        self.names, self._flow = QWidget(), FlowLayout()
        self.names.setLayout(self._flow)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID_PX)
        for widget in (purpose, self.told, self.words):
            rows.addWidget(widget)
        rows.addLayout(across(self.add, self.change, self.remove, self.find_names))
        rows.addWidget(self.offer)
        rows.addWidget(self.names)
        self.offer.hide()
        self.names.hide()

    def _connect(self) -> None:
        self.add.clicked.connect(lambda: ProtectDialog(self.window(), self._diary, kept=self._kept).open())
        self.change.clicked.connect(self._change)
        self.remove.clicked.connect(self._remove)
        self.find_names.clicked.connect(self._find_names)
        self.words.itemActivated.connect(lambda _: self._change())
        self.words.itemSelectionChanged.connect(self._offer_changes)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete takes off the list."""
        if event.key() == Qt.Key.Key_Delete and self.focusWidget() is self.words:
            self._remove()
        else:
            super().keyPressEvent(event)

    def _show(self, words: Sequence[ProtectedWord]) -> None:
        chosen = self._chosen()
        self.words.clear()
        for word in words:
            item = QListWidgetItem(_line(word))
            item.setData(_WORD, word)
            self.words.addItem(item)
            if chosen is not None and word.text == chosen.text:
                self.words.setCurrentItem(item, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.words.setFixedHeight(min(len(words), ROWS_SHOWN) * ROW_PX + 2 * GRID_PX)
        self.words.setVisible(bool(words))
        self._say("" if words else NOTHING)
        self._offer_changes()

    def _say(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))

    def _fail(self, error: DiaryError) -> None:
        self.find_names.setEnabled(True)
        self._say(str(error))

    def _kept(self, _word: ProtectedWord) -> None:
        self.refresh()

    def _chosen(self) -> ProtectedWord | None:
        items = self.words.selectedItems()
        return items[0].data(_WORD) if items else None

    def _offer_changes(self) -> None:
        for button in (self.change, self.remove):
            button.setEnabled(self._chosen() is not None)

    def _change(self) -> None:
        word = self._chosen()
        if word is not None:
            ProtectDialog(self.window(), self._diary, word, self._kept).open()

    def _remove(self) -> None:
        word = self._chosen()
        if word is not None:
            self._diary.change(
                lambda diary: diary.unprotect(word.text), lambda _: self.refresh(), failed=self._fail, owner=self
            )

    # ---- names from the diary

    def _find_names(self) -> None:
        self.find_names.setEnabled(False)
        self._diary.ask(_heard, self._look_for_names, failed=self._fail, owner=self)

    def _look_for_names(self, heard: Heard) -> None:
        self._worker.run(lambda: suggested(map(_spoken, heard[0]), heard[1]), self._offer_names, owner=self)

    def _offer_names(self, names: list[str]) -> None:
        self.find_names.setEnabled(True)
        for chip in self.names.findChildren(Chip):
            chip.hide()
            chip.deleteLater()
        self.offer.setText(OFFER if names else NO_NAMES)
        self.offer.show()
        self.names.setVisible(bool(names))
        chips: list[QWidget] = []
        for name in names:
            chip = Chip(name)
            chip.setAccessibleName(f"Protect {name}")
            chip.clicked.connect(partial(self._protect, chip, name))
            chips.append(chip)
        self._flow.set_order(chips)
        self.names.updateGeometry()

    def _protect(self, chip: Chip, name: str) -> None:
        chip.setEnabled(False)
        self._diary.change(
            lambda diary: diary.protect(name, "other"), lambda _: self.refresh(), failed=self._fail, owner=self
        )


def _line(word: ProtectedWord) -> str:
    also = f"  ·  also {', '.join(word.also)}" if word.also else ""
    return f"{word.text}  ·  {KIND_LABELS[word.kind].lower()}{also}"


def _heard(diary: Diary) -> Heard:
    """In the diary's thread: no more than reading."""
    newest = [glance.id for glance in diary.glances() if glance.has_words][:MOST_HEARD]
    entries = [entry for entry_id in newest if (entry := diary.entry(entry_id)) is not None]
    transcripts = [transcript for entry in entries if (transcript := diary.transcript(entry)) is not None]
    return transcripts, diary.protected_words()


def _spoken(transcript: Transcript) -> Spoken:
    return Spoken.of(sentences(transcript.words()), transcript.language)

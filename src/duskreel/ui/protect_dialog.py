"""A dialog that takes a word which the user does not want to share."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget

from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.protected_words import LONGEST, ProtectedKind, ProtectedWord
from duskreel.ui.buttons import main_button, plain_button
from duskreel.ui.cards import form
from duskreel.ui.dialog_layout import lay_out
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.fields import Choice, choice_box, choose
from duskreel.ui.theme import GRID_PX

KIND_LABELS: dict[ProtectedKind, str] = {
    "employer": "Employer",
    "colleague": "Colleague",
    "client": "Client",
    "project": "Project",
    "place": "Place",
    "other": "Something else",
}
WIDTH_PX = 60 * GRID_PX
PURPOSE = (
    "Before you share, Duskreel looks for it, also misspelled or misheard. An everyday word that you write with a"
    " capital is looked for only where it stands as a name. The list stays in your diary’s folder."
)


class ProtectDialog(QDialog):
    """Closes when the word is kept; says why where it cannot be.

    Args:
        parent: over which it is shown.
        diary: that keeps the list.
        word: to be changed; None for a new one.
        kept: told of the word.
    """

    def __init__(
        self,
        parent: QWidget,
        diary: DiaryThread,
        word: ProtectedWord | None = None,
        kept: Callable[[ProtectedWord], object] = lambda _: None,
    ) -> None:
        super().__init__(parent)
        self._diary, self._word, self._kept = diary, word, kept
        self.setWindowTitle("Protect a word")
        self.setMinimumWidth(WIDTH_PX)
        self._build_ui()
        self.cancel.clicked.connect(self.reject)
        self.protect.clicked.connect(self._protect)
        self.text.textChanged.connect(self._offer)
        self.finished.connect(self.deleteLater)
        self._offer()

    def _build_ui(self) -> None:
        self.text, self.also = QLineEdit(), QLineEdit()
        self.kind = choice_box("Kind", [Choice(kind, label) for kind, label in KIND_LABELS.items()], "other")
        self.text.setAccessibleName("Name or word")
        self.text.setPlaceholderText("Nordwind")
        self.text.setMaxLength(LONGEST)
        self.also.setAccessibleName("Other forms, with commas between them")
        self.also.setPlaceholderText("NW, Nordwind AG (optional)")
        if self._word is not None:
            self.text.setText(self._word.text)
            self.text.setReadOnly(True)
            self.also.setText(", ".join(self._word.also))
            choose(self.kind, self._word.kind)
        purpose, self.refusal = QLabel(PURPOSE), QLabel()
        purpose.setProperty("role", "muted")
        for label in (purpose, self.refusal):
            label.setWordWrap(True)
        self.refusal.hide()
        fields = form([("Name or word", self.text), ("Kind", self.kind), ("Other forms", self.also)])
        self.cancel, self.protect = plain_button("Cancel"), main_button("Protect")
        heading = "Which word do you not want to share?" if self._word is None else f"Protect “{self._word.text}”"
        lay_out(self, heading, (purpose, fields, self.refusal), (self.cancel, self.protect))
        self.protect.setDefault(True)

    def _offer(self) -> None:
        self.protect.setEnabled(bool(self.text.text().strip()))

    def _protect(self) -> None:
        text, kind = self.text.text(), self.kind.currentData()
        also = [form.strip() for form in self.also.text().split(",") if form.strip()]
        before = self._word

        def change(diary: Diary) -> ProtectedWord:
            if before is not None and set(before.also) - set(also):
                diary.unprotect(before.text)
            return diary.protect(text, kind, also)

        self._diary.change(change, self._done, failed=self._refuse, owner=self)

    def _done(self, word: ProtectedWord) -> None:
        self._kept(word)
        self.accept()

    def _refuse(self, error: DiaryError) -> None:
        self.refusal.setText(str(error))
        self.refusal.show()

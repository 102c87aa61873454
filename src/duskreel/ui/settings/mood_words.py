"""What the five moods are called, and which feelings can be chosen, in the settings."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from duskreel.library.entry import Mood
from duskreel.settings import Settings
from duskreel.ui.buttons import plain_button
from duskreel.ui.mood_look import badge
from duskreel.ui.preferences import Preferences
from duskreel.ui.theme import GRID_PX, Theme

ICON_PX = 28
LIST_HEIGHT_PX = 13 * GRID_PX


class MoodWords(QWidget):
    """Five names beside their faces, and a list of feelings with commas between them."""

    def __init__(self, preferences: Preferences, theme: Theme) -> None:
        super().__init__()
        self._preferences, self._theme = preferences, theme
        self._build_ui()
        self._connect()

    def settle(self) -> None:
        """Keep what is being typed."""
        self._save_names()
        self._save_feelings()

    def _build_ui(self) -> None:
        table = QGridLayout()
        table.setSpacing(GRID_PX)
        self.names = [QLineEdit(name) for name in self._preferences.now.mood_names]
        for column, (mood, field) in enumerate(zip(Mood, self.names, strict=True)):
            face = QLabel()
            face.setPixmap(badge(self._theme, mood, self._theme.mood(mood), ICON_PX))
            field.setAccessibleName(f"Name of mood {mood.value} of 5")
            field.setMaxLength(20)
            table.addWidget(face, 0, column, Qt.AlignmentFlag.AlignHCenter)
            table.addWidget(field, 1, column)
        self.feelings = QPlainTextEdit(_listed(self._preferences.now.feelings))
        self.feelings.setAccessibleName("Feelings, with commas between them")
        self.feelings.setTabChangesFocus(True)
        self.feelings.setFixedHeight(LIST_HEIGHT_PX)
        self.usual = plain_button("The usual words")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID_PX)
        rows.addLayout(table)
        rows.addSpacing(GRID_PX)
        rows.addWidget(QLabel("Feelings, with commas between them"))
        rows.addWidget(self.feelings)
        rows.addWidget(self.usual, alignment=Qt.AlignmentFlag.AlignLeft)

    def _connect(self) -> None:
        for field in self.names:
            field.editingFinished.connect(self._save_names)
        self.feelings.textChanged.connect(self._save_feelings)
        self.usual.clicked.connect(self._take_usual)

    def _save_names(self) -> None:
        usual = Settings().mood_names
        names = tuple(field.text().strip() or usual[number] for number, field in enumerate(self.names))
        self._preferences.change(mood_names=names)

    def _save_feelings(self) -> None:
        words = (word.strip() for word in self.feelings.toPlainText().replace("\n", ",").split(","))
        self._preferences.change(feelings=tuple(dict.fromkeys(word for word in words if word)))

    def _take_usual(self) -> None:
        usual = Settings()
        for field, name in zip(self.names, usual.mood_names, strict=True):
            field.setText(name)
        self._save_names()
        self.feelings.setPlainText(_listed(usual.feelings))


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(words)

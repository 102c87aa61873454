"""A mood in one line, where it is looked at often and changed seldom."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QToolButton

from duskreel.library.entry import Mood
from duskreel.ui.icons import icon
from duskreel.ui.theme import Theme

FACE_PX = 24


class MoodChoice(QToolButton):
    """Shows a face with its name; a click opens a menu of all five and of none.

    Args:
        label: which mood it is, for screen readers.
        names: of the moods, awful to great.
        theme: for the colours.
    """

    chosen = Signal(object)
    """with the Mood or None, when the user chooses"""

    def __init__(self, label: str, names: Sequence[str], theme: Theme) -> None:
        super().__init__()
        self._label, self._names, self._theme = label, names, theme
        self._build_ui()
        self.set_mood(None)

    @property
    def mood(self) -> Mood | None:
        """What is chosen."""
        return self._mood

    def set_mood(self, mood: Mood | None) -> None:
        """Show another one; `chosen` is not emitted."""
        self._mood = mood
        name = self._name(mood)
        self.setText(name)
        self.setIcon(self._face(mood))
        self.setAccessibleName(f"{self._label}: {name}")
        self.setToolTip(self._label)

    def _build_ui(self) -> None:
        self.setProperty("role", "mood")
        self.setIconSize(QSize(FACE_PX, FACE_PX))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        menu = QMenu(self)
        for mood in (*reversed(Mood), None):
            action = menu.addAction(self._face(mood), self._name(mood))
            action.triggered.connect(lambda _checked=False, mood=mood: self._choose(mood))
        self.setMenu(menu)

    def _choose(self, mood: Mood | None) -> None:
        if mood is not self._mood:
            self.set_mood(mood)
            self.chosen.emit(mood)

    def _name(self, mood: Mood | None) -> str:
        return "not said" if mood is None else self._names[mood - 1]

    def _face(self, mood: Mood | None) -> QIcon:
        if mood is None:
            return icon("mood-none", self._theme.muted)
        return icon(f"mood-{int(mood)}", self._theme.mood(mood).name())

"""A mood in one line, where it is looked at often and changed seldom."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QMenu, QToolButton

from duskreel.library.entry import Mood
from duskreel.ui.buttons import SMALL_ICON_PX
from duskreel.ui.icons import device_pixels, icon
from duskreel.ui.mood_look import badge
from duskreel.ui.theme import GRID_PX, Theme

FACE_PX = 24
EDGES_PX = 4 * GRID_PX
"""left and right of face and name, and between them, as the style sheet has them"""
NARROWEST_PX = 12 * GRID_PX


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
        self._show_name()
        self.setIcon(self._face(mood))
        self.setAccessibleName(f"{self._label}: {name}")
        self.setToolTip(f"{self._label}: {name}")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As much of the name as there is room for."""
        super().resizeEvent(event)
        self._show_name()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """For the whole name, however much of it is shown."""
        hint = super().sizeHint()
        shown, whole = (self.fontMetrics().horizontalAdvance(text) for text in (self.text(), self._name(self._mood)))
        return QSize(hint.width() - shown + whole, hint.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The face, and the beginning of a name."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), NARROWEST_PX), hint.height())

    def _show_name(self) -> None:
        room_px = self.width() - FACE_PX - EDGES_PX
        name = self._name(self._mood)
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room_px) if room_px > 0 else name
        self.setText(shown.replace("&", "&&"))

    def _build_ui(self) -> None:
        self.setProperty("role", "mood")
        self.setIconSize(QSize(FACE_PX, FACE_PX))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        menu = QMenu(self)
        for mood in (*reversed(Mood), None):
            action = menu.addAction(self._face(mood), self._name(mood).replace("&", "&&"))
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
        return QIcon(badge(self._theme, mood, self._theme.mood(mood), device_pixels(SMALL_ICON_PX)))

"""One widget that stands for many days: what a pointer and a screen reader learn of them."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from duskreel.ui.theme import Theme


class DayField(QWidget):
    """A picture of days that keys and the pointer go about in.

    Args:
        mood_names: of the five moods.
        theme: of colours.
    """

    def __init__(self, mood_names: tuple[str, ...], theme: Theme) -> None:
        super().__init__()
        self._mood_names, self._theme = mood_names, theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def words_at(self, point: QPoint) -> str:
        """The day at a point in words; "" where there is none."""
        raise NotImplementedError

    def announce(self, words: str) -> None:
        """Whoever cannot see the field hears the day with the focus."""
        self.setAccessibleName(words)
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Shows that a click does something."""
        is_day = bool(self.words_at(event.position().toPoint()))
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_day else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """Says in words what a sign means."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self)
            return True
        return super().event(event)

"""The small field that opens over a word to correct it."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from duskreel.ui.theme import GRID_PX

ROOM_PX = 4 * GRID_PX
NARROWEST_PX = 16 * GRID_PX


class WordEditor(QLineEdit):
    """A field for one word. Enter keeps what is in it, and so does going elsewhere; Esc does not."""

    kept = Signal(str)
    ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self._is_open = False
        self.setObjectName("word-editor")
        self.setAccessibleName("What was really said")
        self.setPlaceholderText("left out of captions")
        self.hide()
        self.returnPressed.connect(self._keep)
        self.textChanged.connect(self._fit)
        self.installEventFilter(self)

    def open_over(self, word: QRect, text: str) -> None:
        """Show it in the place of a word, with the text to change."""
        self._is_open = True
        self.setText(text)
        height = self.sizeHint().height()
        self.setGeometry(word.left() - GRID_PX, word.center().y() - height // 2, NARROWEST_PX, height)
        self._fit()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Esc leaves; losing the focus keeps."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.KeyPress:
                self._end()
            event.accept()
            return True
        if event.type() is QEvent.Type.FocusOut and not self._is_menu_open():
            self._keep()
        return super().eventFilter(watched, event)

    def _is_menu_open(self) -> bool:
        """Its own menu, for pasting and the like, takes the focus for a while."""
        return any(menu.isVisible() for menu in self.findChildren(QWidget) if menu.isWindow())

    def _keep(self) -> None:
        if self._is_open:
            text = self.text()
            self._end()
            self.kept.emit(text)

    def _end(self) -> None:
        self._is_open = False
        self.hide()
        self.ended.emit()

    def _fit(self) -> None:
        """As wide as what is in it, and never out of sight."""
        parent = self._room
        wanted = self.fontMetrics().horizontalAdvance(self.text()) + ROOM_PX
        self.resize(min(max(wanted, NARROWEST_PX), parent.width()), self.height())
        left = min(max(self.x(), 0), max(parent.width() - self.width(), 0))
        top = min(max(self.y(), 0), max(parent.height() - self.height(), 0))
        self.move(left, top)

"""Typing that is kept by itself: after a second of quiet, and when the user goes elsewhere."""

from collections.abc import Callable
from itertools import count

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

QUIET_MS = 1_000
_typings = count(1)


class Settling(QObject):
    """Watches a text field.

    Args:
        field: whose text settles.
    """

    settled = Signal(str, int)
    """with the text, and a number that is the same for everything typed until the user goes elsewhere"""

    def __init__(self, field: QLineEdit | QPlainTextEdit) -> None:
        super().__init__(field)
        self._field = field
        self._read: Callable[[], str] = field.text if isinstance(field, QLineEdit) else field.toPlainText
        self._kept = self._read()
        self._typing = next(_typings)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self.settle)
        field.textChanged.connect(lambda: self._quiet.start())
        field.installEventFilter(self)

    def show_text(self, text: str) -> None:
        """Show what is kept, unless the user is just typing something else."""
        is_typing = self._read() != self._kept
        self._kept = text
        if is_typing or self._read() == text:
            return
        if isinstance(self._field, QLineEdit):
            self._field.setText(text)
            self._field.setCursorPosition(0)
        else:
            self._field.setPlainText(text)
        self._quiet.stop()

    def settle(self) -> None:
        """Hand over what was typed, if anything was."""
        self._quiet.stop()
        if self._read() != self._kept:
            self._kept = self._read()
            self.settled.emit(self._kept, self._typing)

    def forget(self) -> None:
        """Take what is in the field as kept: another entry is to be shown."""
        self._quiet.stop()
        self._kept = self._read()
        self._typing = next(_typings)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Going elsewhere settles."""
        if event.type() is QEvent.Type.FocusOut:
            self.settle()
            self._typing = next(_typings)
            if isinstance(self._field, QLineEdit):
                self._field.setCursorPosition(0)
        return super().eventFilter(watched, event)

"""Looking after the diary without a command line: backups, checks, and moving house."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from duskreel.ui.background import Background
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.main_window import MainWindow
from duskreel.ui.preferences import Preferences
from duskreel.ui.settings.backing_up import BackingUp
from duskreel.ui.settings.checking import Checking
from duskreel.ui.settings.moving import Moving
from duskreel.ui.theme import GRID_PX


class DiaryCare(QWidget):
    """Three groups of a sentence with buttons below it.

    Args:
        diary: that is looked after.
        background: does what takes long.
        preferences: know what moods are called.
        window: that is open when it is asked; what takes long may end after this widget is gone.
    """

    def __init__(
        self,
        diary: DiaryThread,
        background: Background,
        preferences: Preferences,
        window: Callable[[], MainWindow],
    ) -> None:
        super().__init__()
        self._diary = diary
        self.backing_up = BackingUp(diary, background, lambda sentence: window().messages.say(sentence))
        self.checking = Checking(diary, background, window)
        self.moving = Moving(diary, background, preferences, window)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2 * GRID_PX)
        for part in (self.backing_up, self.checking, self.moving):
            rows.addWidget(part)

    @property
    def folder(self) -> Path:
        """Where the diary is."""
        return self._diary.location.folder

    def refresh(self) -> None:
        """How much is in it now, and where backups go."""
        self.checking.refresh()
        self.backing_up.refresh()

"""What has been in the bin for long enough goes for good; only a window does that by itself, never a command."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QTimer

from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.preferences import Preferences

EVERY_MS = 3_600_000
"""a window may stay open for weeks, on a computer that is never awake for a whole day"""


class BinEmptying(QTimer):
    """Empties again and again for as long as the window is open.

    Args:
        preferences: say after how many days; nothing goes by default.
        diary: that is open when it is asked.
        is_recording: whether the disk has something better to do.
    """

    def __init__(
        self, preferences: Preferences, diary: Callable[[], DiaryThread], is_recording: Callable[[], bool]
    ) -> None:
        super().__init__(interval=EVERY_MS)
        self._preferences, self._diary, self._is_recording = preferences, diary, is_recording
        self.timeout.connect(self.empty)
        self.start()

    def empty(self) -> None:
        """Delete for good what has waited for as long as the user wants it to."""
        days = self._preferences.now.bin_days
        if days and not self._is_recording():
            self._diary().ask(lambda diary: diary.delete_for_good(diary.outdated(timedelta(days=days))))

"""The settings while the window is open: read anywhere, changed in one place, saved without keeping anybody waiting."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from duskreel import settings as files
from duskreel.errors import DiaryError
from duskreel.settings import Settings
from duskreel.ui.worker import Worker


class Preferences(QObject):
    """Holds the current `Settings`.

    Args:
        settings: as loaded.
        folder: where they are saved.
        on_failure: told if that fails.
    """

    changed = Signal(object)
    """with the new `Settings`"""

    def __init__(self, settings: Settings, folder: Path, on_failure: Callable[[DiaryError], object]) -> None:
        super().__init__()
        self._settings, self._folder = settings, folder
        self._worker = Worker("settings", on_failure)

    @property
    def now(self) -> Settings:
        """As they are."""
        return self._settings

    def change(self, **changes: Any) -> None:
        """Change some, tell everybody, and save."""
        changed = replace(self._settings, **changes)
        if changed == self._settings:
            return
        self._settings = changed
        self._worker.run(lambda: files.save(changed, self._folder), topic="save")
        self.changed.emit(changed)

    def close(self) -> None:
        """Wait until what was changed is saved."""
        self._worker.finish()

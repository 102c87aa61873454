"""Files that were made, shown by the system's own programs."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl

OpenUrl = Callable[[QUrl], object]
"""opens a file or a folder with the system's programs"""


def folder_url(file: Path) -> QUrl:
    """The folder that a file lies in, for the system's file manager."""
    return QUrl.fromLocalFile(str(file.parent))

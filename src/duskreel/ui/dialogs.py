"""The system's own dialogs. None waits: the answer comes to a function."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

FolderQuestion = Callable[[QWidget, str, Callable[[str], object]], object]
"""parent, title, what to call with the folder"""


def ask_for_folder(parent: QWidget, title: str, chosen: Callable[[str], object]) -> None:
    """Which folder? Nothing is called if the user thinks better of it."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, chosen)


def ask_for_new_file(parent: QWidget, title: str, suggested: str, chosen: Callable[[str], object]) -> None:
    """Under which name, and where?"""
    dialog = QFileDialog(parent, title, suggested)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(suggested)
    _open(dialog, chosen)


def ask_for_videos(parent: QWidget, chosen: Callable[[list[str]], object]) -> None:
    """Which video files?"""
    dialog = QFileDialog(parent, "Import videos")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(chosen)
    dialog.open()


def _open(dialog: QFileDialog, chosen: Callable[[str], object]) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()

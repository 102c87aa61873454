"""The system's own dialogs. None waits: the answer comes to a function."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

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


def ask_for_file(parent: QWidget, title: str, kinds: str, chosen: Callable[[str], object]) -> None:
    """Which file? `kinds` as Qt writes them, such as ``Plans (*.json)``."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(kinds)
    _open(dialog, chosen)


def ask_for_videos(parent: QWidget, chosen: Callable[[list[str]], object]) -> None:
    """Which video files, or ZIP files with videos?"""
    dialog = QFileDialog(parent, "Import videos or ZIP files")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(chosen)
    dialog.open()


def ask_what_to_import(window: QWidget, chosen: Callable[[list[str]], object]) -> QMenu:
    """Files or a folder? No system has one dialog for both, so a menu under the button that was pressed asks first."""
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction("Videos or a ZIP file…", lambda: ask_for_videos(window, chosen))
    menu.addAction("A folder…", lambda: ask_for_folder(window, "Import a folder", lambda folder: chosen([folder])))
    pressed = QApplication.focusWidget()
    below = pressed.mapToGlobal(QPoint(0, pressed.height())) if pressed is not None else QCursor.pos()
    menu.popup(below)
    return menu


def _open(dialog: QFileDialog, chosen: Callable[[str], object]) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()

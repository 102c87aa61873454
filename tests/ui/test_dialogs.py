"""The system's dialogs answer a function, or nobody."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from duskreel.ui.dialogs import ask_for_file, ask_for_folder, ask_for_new_file, ask_for_videos, ask_what_to_import

Answer = str | list[str]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def answers() -> list[Answer]:
    return []


def dialog_of(window: QWidget) -> QFileDialog:
    found = window.findChild(QFileDialog)
    assert isinstance(found, QFileDialog)
    assert found.isVisible(), "it is open, and nobody has waited for it"
    return found


def test_a_folder(window: QWidget, answers: list[Answer], tmp_path: Path) -> None:
    ask_for_folder(window, "Which?", answers.append)
    dialog = dialog_of(window)
    assert dialog.windowTitle() == "Which?"
    dialog.setDirectory(str(tmp_path))
    dialog.accept()
    assert answers == [str(tmp_path)]


def test_a_new_file_has_a_name_already(window: QWidget, answers: list[Answer], tmp_path: Path) -> None:
    ask_for_new_file(window, "Where?", str(tmp_path / "Duskreel.zip"), answers.append)
    dialog_of(window).accept()
    assert answers == [str(tmp_path / "Duskreel.zip")]


def test_one_file_of_a_kind(window: QWidget, answers: list[Answer], tmp_path: Path) -> None:
    ask_for_file(window, "Open a plan", "Plans (*.json)", answers.append)
    dialog = dialog_of(window)
    assert dialog.nameFilters() == ["Plans (*.json)"]
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFile
    dialog.fileSelected.emit(str(tmp_path / "plan.json"))
    assert answers == [str(tmp_path / "plan.json")]


def test_several_videos(window: QWidget, answers: list[Answer], tmp_path: Path) -> None:
    for name in ("a.mp4", "b.mp4"):
        (tmp_path / name).touch()
    ask_for_videos(window, answers.append)
    dialog = dialog_of(window)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile('"a.mp4" "b.mp4"')
    dialog.accept()
    assert answers == [[str(tmp_path / "a.mp4"), str(tmp_path / "b.mp4")]]


@pytest.mark.parametrize(
    "ask",
    [
        lambda window, chosen: ask_for_folder(window, "Which?", chosen),
        lambda window, chosen: ask_for_new_file(window, "Where?", "Duskreel.zip", chosen),
        ask_for_videos,
    ],
    ids=["folder", "new file", "videos"],
)
def test_whoever_thinks_better_of_it_changes_nothing(
    qtbot: QtBot, window: QWidget, answers: list[Answer], ask: Callable[..., None]
) -> None:
    ask(window, answers.append)
    dialog_of(window).done(QDialog.DialogCode.Rejected)
    qtbot.waitUntil(lambda: window.findChild(QFileDialog) is None)
    assert answers == []


@pytest.mark.parametrize("is_folder", [False, True])
def test_a_menu_asks_first_whether_it_is_files_or_a_folder(
    qtbot: QtBot, window: QWidget, answers: list[Answer], tmp_path: Path, is_folder: bool
) -> None:
    (tmp_path / "a.mp4").touch()
    menu = ask_what_to_import(window, answers.append)
    for key in [Qt.Key.Key_Down] * (1 + is_folder) + [Qt.Key.Key_Return]:
        qtbot.keyClick(menu, key)
    dialog = dialog_of(window)
    dialog.setDirectory(str(tmp_path))
    if not is_folder:
        dialog.selectFile("a.mp4")
    dialog.accept()
    assert answers == [[str(tmp_path if is_folder else tmp_path / "a.mp4")]], "a list for both"

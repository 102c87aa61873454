"""`duskreel` alone opens the window, or says in one sentence why it cannot."""

import sys
from pathlib import Path

import pytest
from filelock import FileLock
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

import duskreel as package
from cli.conftest import Command
from duskreel.app import LOCK
from duskreel.paths import Places


@pytest.fixture
def with_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("TERM", "xterm")


@pytest.mark.usefixtures("with_display")
def test_a_second_window_is_refused(duskreel: Command, places: Places) -> None:
    places.state.mkdir(parents=True)
    with FileLock(places.state / LOCK):
        said = duskreel()
    assert (said.code, said.out) == (1, "")
    assert said.err == "Duskreel is open already. Look for its window.\n"


def test_who_clicked_on_an_icon_is_refused_in_a_small_window(
    duskreel: Command, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("TERM", raising=False)
    places.state.write_bytes(b"a file")
    told: list[str] = []

    def read_and_close() -> None:
        boxes = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox)]
        told.extend(box.text() for box in boxes)
        for box in boxes:
            box.accept()

    QTimer.singleShot(300, read_and_close)
    said = duskreel()
    assert said.code == 1
    assert told
    assert told[0] in said.err


@pytest.mark.usefixtures("with_display")
def test_a_state_folder_that_cannot_be_written_is_one_sentence(duskreel: Command, places: Places) -> None:
    places.state.write_bytes(b"a file")
    said = duskreel()
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert str(places.state) in said.err


@pytest.mark.usefixtures("with_display")
def test_a_missing_system_library_is_one_sentence(duskreel: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(package, "app", raising=False)
    monkeypatch.setitem(sys.modules, "duskreel.app", None)
    said = duskreel()
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "“duskreel doctor” says" in said.err


@pytest.mark.usefixtures("with_display")
def test_a_diary_that_is_not_there_opens_no_window(duskreel: Command, tmp_path: Path) -> None:
    said = duskreel("--library", tmp_path / "Vidoes" / "diary")
    assert (said.code, said.err.count("\n")) == (1, 1)

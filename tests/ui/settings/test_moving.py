"""In from elsewhere, and out as plain files."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from clips import make_clip
from duskreel.errors import DiaryError
from duskreel.library.entry import Entry
from duskreel.library.values import Details
from duskreel.memories import plain_copy
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.list_dialog import ListDialog
from duskreel.ui.main_window import MainWindow
from duskreel.ui.preferences import Preferences
from duskreel.ui.settings import moving as module
from duskreel.ui.settings.moving import Moving
from duskreel.ui.theme import DARK
from ui.at_once import AtOnce
from ui.spoken_entries import taken_in

Ask = Callable[..., object]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("footage") / "talk.mp4", duration_s=0.6)


@pytest.fixture
def entry(asked: Ask, clip: Path) -> Entry:
    found = asked(taken_in(clip, Details(), None))
    assert isinstance(found, Entry)
    return found


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder on the user's disk; empty."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def background(failures: list[DiaryError]) -> AtOnce:
    return AtOnce(failures.append)


@pytest.fixture
def window(qtbot: QtBot, background: AtOnce) -> MainWindow:
    made = MainWindow(background, DARK)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def moving(
    qtbot: QtBot, diary_thread: DiaryThread, background: AtOnce, preferences: Preferences, window: MainWindow,
    target: Path,
) -> Moving:  # fmt: skip
    made = Moving(
        diary_thread,
        background,
        preferences,
        lambda: window,
        choose_folder=lambda _parent, _title, chosen: chosen(str(target)),
    )
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_folder_that_is_chosen_is_handed_on(qtbot: QtBot, moving: Moving, target: Path) -> None:
    with qtbot.waitSignal(moving.files_chosen) as told:
        moving.folder.click()
    assert told.args == [[str(target)]]


def test_files_that_are_chosen_are_handed_on(qtbot: QtBot, moving: Moving, target: Path) -> None:
    (target / "phone.zip").touch()
    moving.videos.click()
    dialog = moving.findChild(QFileDialog)
    dialog.setDirectory(str(target))
    dialog.selectFile("phone.zip")
    with qtbot.waitSignal(moving.files_chosen) as told:
        dialog.accept()
    assert told.args == [[str(target / "phone.zip")]]


def test_plain_files_go_into_an_empty_folder_and_are_shown(
    moving: Moving, entry: Entry, target: Path, window: MainWindow, background: AtOnce,
    preferences: Preferences, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    preferences.change(mood_names=("grim", "bad", "okay", "good", "great"))
    moving.plain.click()
    assert (target / "index.html").is_file()
    assert background.jobs[0].inputs.mood_names[0] == "grim"
    assert not background.jobs[0].yields, "the window asks before it closes"
    assert window.messages.shown() == ["1 entry is in “stick” (1 MB), copied and checked."]
    opened: list[str] = []
    monkeypatch.setattr(module.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    (show,) = [button for button in window.findChildren(QPushButton) if button.text() == "Show in folder"]
    show.click()
    assert opened == [str(target)]


def test_among_other_things_they_have_a_folder_of_their_own(moving: Moving, entry: Entry, target: Path) -> None:
    (target / "holiday.jpg").write_bytes(b"beach")
    today = f"Duskreel {datetime.now().astimezone():%Y-%m-%d}"
    moving.plain.click()
    moving.plain.click()
    assert (target / today / "index.html").is_file()
    assert (target / f"{today} 2" / "index.html").is_file()
    assert (target / "holiday.jpg").read_bytes() == b"beach"


def test_without_room_nothing_is_begun(
    moving: Moving, entry: Entry, target: Path, failures: list[DiaryError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain_copy, "_SPARE_BYTES", 1 << 60)
    moving.plain.click()
    assert "are free in" in failures[0].what_happened
    assert list(target.iterdir()) == []


def test_a_clip_that_could_not_be_copied_is_listed(
    moving: Moving, entry: Entry, window: MainWindow, diary_thread: DiaryThread
) -> None:
    (diary_thread.location.folder / entry.clip_path).unlink()
    moving.plain.click()
    assert window.messages.shown()[-1] == "1 thing could not be copied whole."
    (show,) = [button for button in window.findChildren(QPushButton) if button.text() == "Show the list"]
    show.click()
    shown = window.findChild(ListDialog)
    assert isinstance(shown, ListDialog)
    assert entry.clip_path in shown.lines.toPlainText()


def test_a_folder_that_cannot_be_read_is_told(moving: Moving, target: Path, window: MainWindow) -> None:
    target.rmdir()
    moving.plain.click()
    assert "cannot be read" in window.messages.shown()[0]

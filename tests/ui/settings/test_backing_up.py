"""Backups without a command line."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from clips import make_clip
from duskreel.errors import DiaryError
from duskreel.library.backup.zipped import BackupRequest
from duskreel.library.entry import Entry
from duskreel.library.values import Details
from duskreel.ui.background import Background
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.settings.backing_up import NO_BACKUP, BackingUp
from ui.spoken_entries import taken_in

PATIENCE_MS = 20_000

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
def said() -> list[str]:
    return []


@pytest.fixture
def care(qtbot: QtBot, diary_thread: DiaryThread, background: Background, said: list[str]) -> BackingUp:
    made = BackingUp(diary_thread, background, said.append)
    qtbot.addWidget(made)
    made.show()
    return made


def wanted_file(background: Background) -> Path:
    request = background.waiting[-1].inputs
    assert isinstance(request, BackupRequest)
    return request.target


def test_a_backup_is_made_in_the_background_and_told(
    qtbot: QtBot, care: BackingUp, entry: Entry, tmp_path: Path, said: list[str], background: Background
) -> None:
    care.back_up(str(tmp_path / "diary.zip"))
    job = background.running
    assert job is not None
    assert not job.yields, "the window asks before it closes"
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE_MS)
    assert said[0].endswith("are in diary.zip, and checked.")
    assert (tmp_path / "diary.zip").is_file()


@pytest.mark.parametrize(
    ("typed", "name"),
    [("diary", "diary.zip"), ("diary.ZIP", "diary.ZIP"), ("until 23.11.2026", "until 23.11.2026.zip")],
)
def test_a_backup_is_called_as_the_user_says(
    care: BackingUp, background: Background, tmp_path: Path, typed: str, name: str
) -> None:
    background.hold()
    care.back_up(str(tmp_path / typed))
    assert wanted_file(background) == tmp_path / name


def test_a_name_with_the_day_is_suggested(care: BackingUp, background: Background) -> None:
    background.hold()
    care.backup.click()
    dialog = care.findChild(QFileDialog)
    dialog.accept()
    today = datetime.now().astimezone()
    assert wanted_file(background).name == f"Duskreel {today:%Y-%m-%d}.zip"


def test_without_a_folder_there_is_nothing_to_back_up_into(qtbot: QtBot, care: BackingUp) -> None:
    care.refresh()
    assert not care.backup_now.isEnabled()
    assert care.kept.text() == NO_BACKUP


def test_a_folder_is_chosen_once_and_backed_up_into(
    qtbot: QtBot, care: BackingUp, entry: Entry, tmp_path: Path, said: list[str]
) -> None:
    chosen = tmp_path / "stick"
    chosen.mkdir()
    choose(care, chosen)
    qtbot.waitUntil(care.backup_now.isEnabled)
    assert care.kept.text() == f"Backups go to {chosen}. None has been made yet."
    care.backup_now.click()
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE_MS)
    assert said[0].startswith("Your diary is backed up: ")
    qtbot.waitUntil(lambda: "1 state of the diary is kept there." in care.kept.text())
    assert f"{datetime.now().astimezone():%Y-%m-%d}" in care.kept.text()
    assert len(list((chosen / "snapshots").iterdir())) == 1
    choose(care, chosen)
    qtbot.waitUntil(lambda: "1 state of the diary is kept there." in care.kept.text())


def test_among_other_things_a_backup_has_a_folder_of_its_own(qtbot: QtBot, care: BackingUp, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "holiday.jpg").write_bytes(b"beach")
    choose(care, tmp_path / "stick")
    qtbot.waitUntil(lambda: str(tmp_path / "stick" / "Duskreel backup") in care.kept.text())


def test_a_folder_inside_the_diary_is_not_taken(
    qtbot: QtBot, care: BackingUp, diary_thread: DiaryThread, failures: list[DiaryError]
) -> None:
    choose(care, diary_thread.location.folder)
    qtbot.waitUntil(lambda: bool(failures))
    assert "lost with it" in failures[0].what_happened
    assert not care.backup_now.isEnabled()


def test_two_presses_make_one_backup(qtbot: QtBot, care: BackingUp, tmp_path: Path, background: Background) -> None:
    background.hold()
    choose(care, tmp_path)
    qtbot.waitUntil(care.backup_now.isEnabled)
    care.backup_now.click()
    care.backup_now.click()
    assert len(background.waiting) == 1
    assert not background.waiting[0].yields, "the window asks before it closes"


def choose(care: BackingUp, folder: Path) -> None:
    care._choose_folder = lambda _parent, _title, chosen: chosen(str(folder))
    care.choose.click()

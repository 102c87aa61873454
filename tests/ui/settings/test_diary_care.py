"""Looking after the diary without a command line."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from clips import make_clip
from duskreel.library.backup import BackupRequest
from duskreel.library.entry import Entry
from duskreel.library.values import Details
from duskreel.ui.background import Background
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.settings.diary_care import MOST_PROBLEMS_SHOWN, DiaryCare
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
def care(qtbot: QtBot, diary_thread: DiaryThread, background: Background, said: list[str]) -> DiaryCare:
    made = DiaryCare(diary_thread, background, said.append)
    qtbot.addWidget(made)
    made.show()
    return made


def wanted_file(background: Background) -> Path:
    request = background.waiting[-1].inputs
    assert isinstance(request, BackupRequest)
    return request.target


def test_it_tells_how_much_is_in_the_diary(qtbot: QtBot, care: DiaryCare, entry: Entry) -> None:
    care.refresh()
    qtbot.waitUntil(lambda: care.told.text() == "1 entry")


def test_a_backup_is_made_in_the_background_and_told(
    qtbot: QtBot, care: DiaryCare, entry: Entry, tmp_path: Path, said: list[str], background: Background
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
    care: DiaryCare, background: Background, tmp_path: Path, typed: str, name: str
) -> None:
    background.hold()
    care.back_up(str(tmp_path / typed))
    assert wanted_file(background) == tmp_path / name


def test_a_name_with_the_day_is_suggested(care: DiaryCare, background: Background) -> None:
    background.hold()
    care.backup.click()
    dialog = care.findChild(QFileDialog)
    dialog.accept()
    today = datetime.now().astimezone()
    assert wanted_file(background).name == f"Duskreel {today:%Y-%m-%d}.zip"


def test_a_sound_diary_is_called_sound(qtbot: QtBot, care: DiaryCare, entry: Entry) -> None:
    care.check.click()
    assert care.told.text() == "Looking…"
    qtbot.waitUntil(lambda: care.told.text() == "Everything is as it should be.")


def test_what_is_wrong_is_told_and_not_without_end(
    qtbot: QtBot, care: DiaryCare, entry: Entry, diary_thread: DiaryThread
) -> None:
    home = diary_thread.location.folder / entry.folder
    for number in range(MOST_PROBLEMS_SHOWN + 2):
        shutil.copytree(home, home.with_name(f"{home.name} copy {number}"))
    care.check.click()
    qtbot.waitUntil(lambda: "more; “duskreel doctor” lists them." in care.told.text())
    assert len(care.told.text().splitlines()) == MOST_PROBLEMS_SHOWN + 1


def test_an_index_that_is_built_anew_finds_every_entry(
    qtbot: QtBot, care: DiaryCare, entry: Entry, diary_thread: DiaryThread
) -> None:
    with qtbot.waitSignal(diary_thread.changed):
        care.reindex.click()
    qtbot.waitUntil(lambda: care.told.text() == "1 entry")

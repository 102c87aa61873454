"""Finding what is wrong, mending it, and making one of what is there twice."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from clips import make_clip
from duskreel.errors import DiaryError
from duskreel.library.entry import Entry
from duskreel.library.values import Details
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.list_dialog import ListDialog
from duskreel.ui.main_window import MainWindow
from duskreel.ui.settings.checking import ALL_IS_WELL, Checking
from duskreel.ui.theme import DARK
from ui.at_once import AtOnce
from ui.spoken_entries import taken_in

COPIES = 7

Ask = Callable[..., object]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("footage") / "talk.mp4", duration_s=0.6)


@pytest.fixture
def entry(asked: Ask, clip: Path) -> Entry:
    found = asked(taken_in(clip, Details(title="Monday"), None))
    assert isinstance(found, Entry)
    return found


@pytest.fixture
def home(entry: Entry, diary_thread: DiaryThread) -> Path:
    """The entry's folder."""
    return diary_thread.location.folder / entry.folder


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
def checking(qtbot: QtBot, diary_thread: DiaryThread, background: AtOnce, window: MainWindow) -> Checking:
    made = Checking(diary_thread, background, lambda: window)
    qtbot.addWidget(made)
    made.show()
    return made


def wait_for_list(qtbot: QtBot, window: MainWindow) -> ListDialog:
    qtbot.waitUntil(lambda: window.findChild(ListDialog) is not None)
    found = window.findChild(ListDialog)
    assert isinstance(found, ListDialog)
    return found


def press_in_message(window: MainWindow, label: str) -> None:
    (button,) = [button for button in window.findChildren(QPushButton) if button.text() == label]
    button.click()


def test_it_tells_how_much_is_in_the_diary(qtbot: QtBot, checking: Checking, entry: Entry) -> None:
    checking.refresh()
    qtbot.waitUntil(lambda: checking.told.text() == "1 entry")


def test_a_sound_diary_is_called_sound(qtbot: QtBot, checking: Checking, entry: Entry, window: MainWindow) -> None:
    checking.check.click()
    assert checking.told.text() == "Looking…"
    qtbot.waitUntil(lambda: checking.told.text() == ALL_IS_WELL)
    assert window.findChild(ListDialog) is None


def test_everything_that_is_wrong_is_listed(qtbot: QtBot, checking: Checking, home: Path, window: MainWindow) -> None:
    for number in range(COPIES):
        shutil.copytree(home, home.with_name(f"{home.name} copy {number}"))
    checking.check.click()
    shown = wait_for_list(qtbot, window).lines.toPlainText()
    assert shown.count("It has the same id as") == COPIES
    assert checking.told.text() == f"{COPIES} things need a look."


def test_what_can_be_repaired_is_and_the_rest_is_listed(
    qtbot: QtBot, checking: Checking, home: Path, window: MainWindow, clip: Path
) -> None:
    shutil.copytree(home, home.with_name(f"{home.name} copy"))
    lost = home.with_name("2026-11-20 10.00.00 abcd")
    lost.mkdir()
    shutil.copy(clip, lost / "clip.mp4")
    checking.check.click()
    found = wait_for_list(qtbot, window)
    assert found.lines.toPlainText().count("There is a clip but no entry.json.") == 1
    found.yes.click()
    qtbot.waitUntil(lambda: checking.told.text() == "1 repaired. 1 thing is not as it should be.")
    left = window.findChildren(ListDialog)[-1]
    assert "abcd" not in left.lines.toPlainText()
    assert (lost / "entry.json").is_file()


def test_an_index_that_is_built_anew_finds_every_entry(
    qtbot: QtBot, checking: Checking, entry: Entry, diary_thread: DiaryThread
) -> None:
    with qtbot.waitSignal(diary_thread.changed):
        checking.reindex.click()
    qtbot.waitUntil(lambda: checking.told.text() == "1 entry")


def test_a_clip_that_the_disk_has_changed_is_found(checking: Checking, home: Path, window: MainWindow) -> None:
    checking.scrub.click()
    assert window.messages.shown() == ["1 clip is as it was."]
    window.messages.clear()
    content = bytearray((home / "clip.mp4").read_bytes())
    content[-20] ^= 0xFF
    (home / "clip.mp4").write_bytes(content)
    checking.scrub.click()
    assert window.messages.shown() == ["0 clips are as they were, and 1 is not."]
    press_in_message(window, "Show the list")
    shown = window.findChild(ListDialog)
    assert isinstance(shown, ListDialog)
    assert "It is not what it was" in shown.lines.toPlainText()


def test_the_same_long_work_is_not_begun_twice(
    qtbot: QtBot, checking: Checking, background: AtOnce, monkeypatch: pytest.MonkeyPatch
) -> None:
    checking.scrub.click()
    (job,) = background.jobs
    monkeypatch.setattr(AtOnce, "running", job)
    checking.scrub.click()
    assert len(background.jobs) == 1
    checking.duplicates.click()
    assert len(background.jobs) == 2


def test_without_duplicates_nothing_is_asked(checking: Checking, entry: Entry, window: MainWindow) -> None:
    checking.duplicates.click()
    assert window.messages.shown() == ["Nothing is there twice."]


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_duplicates_become_one_after_a_yes(
    qtbot: QtBot, checking: Checking, home: Path, window: MainWindow, diary_thread: DiaryThread, answer: str
) -> None:
    copy = home.with_name(f"{home.name} copy")
    shutil.copytree(home, copy)
    checking.duplicates.click()
    assert window.messages.shown() == ["1 entry is there more than once."]
    assert copy.is_dir(), "nothing is done before the answer"
    press_in_message(window, "Show them…")
    asked = window.findChild(ListDialog)
    assert isinstance(asked, ListDialog)
    lines = asked.lines.toPlainText().splitlines()
    assert lines[0] == "The same folder, copied"
    assert [line.partition(":")[0] for line in lines[1:]] == ["Stays", "To the bin"]
    assert all("“Monday”" in line for line in lines[1:])
    if answer == "no":
        asked.no.click()
        assert copy.is_dir()
        return
    with qtbot.waitSignal(diary_thread.changed):
        asked.yes.click()
    qtbot.waitUntil(lambda: window.messages.shown() == ["1 entry made of 2. The others are in the bin."])
    assert len(list(home.parent.iterdir())) == 1

"""What is dropped on the window is looked at, asked about where it is much, and told of."""

import shutil
import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from clips import make_clip
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.values import DiaryLocation
from duskreel.progress import CancelToken
from duskreel.ui.arriving.arriving import Arriving
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.list_dialog import ListDialog
from duskreel.ui.main_window import MainWindow
from duskreel.ui.theme import DARK
from ui.at_once import AtOnce

LENGTHS_S = (0.6, 0.7, 0.8, 0.9)


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four different films. Never change them."""
    folder = tmp_path_factory.mktemp("clips")
    return [
        make_clip(folder / f"VID_2025110{number}_180412 Größe.mp4", duration_s=length_s)
        for number, length_s in enumerate(LENGTHS_S, start=1)
    ]


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
def arriving(background: AtOnce, diary_thread: DiaryThread, window: MainWindow) -> Arriving:
    return Arriving(background, lambda: diary_thread, lambda: window)


@pytest.fixture
def holiday(tmp_path: Path, clips: list[Path]) -> Path:
    """Four films, one of them twice, and one that is none."""
    folder = tmp_path / "Ferien 🌊"
    (folder / "more").mkdir(parents=True)
    for clip in clips:
        shutil.copy(clip, folder / clip.name)
    shutil.copy(clips[0], folder / "more" / "copy.mp4")
    (folder / "broken.mp4").write_bytes(b"this is no film")
    return folder


def kept(location: DiaryLocation) -> list[str]:
    with Diary.open(location) as diary:
        return sorted(entry.original.name for entry in diary.entries() if entry.original)


def question(window: MainWindow) -> ListDialog:
    found = window.findChild(ListDialog)
    assert isinstance(found, ListDialog)
    return found


def read_message(window: MainWindow) -> str:
    return " ".join(window.messages.shown())


def test_one_film_comes_in_without_a_question(
    qtbot: QtBot, arriving: Arriving, window: MainWindow, location: DiaryLocation, clips: list[Path],
    diary_thread: DiaryThread,
) -> None:  # fmt: skip
    with qtbot.waitSignal(diary_thread.changed):
        arriving.bring([str(clips[0])])
    assert kept(location) == [clips[0].name]
    assert read_message(window) == f"{clips[0].name} is in your diary."


def test_a_folder_is_shown_before_anything_is_taken_and_told_of_afterwards(
    arriving: Arriving, window: MainWindow, location: DiaryLocation, holiday: Path, background: AtOnce
) -> None:
    arriving.bring([str(holiday)])
    asked = question(window)
    assert kept(location) == []
    assert asked.windowTitle() == "Take 4 clips into your diary?"
    shown = asked.lines.toPlainText()
    assert "“broken.mp4” is not a video" in shown
    assert "“more/copy.mp4” is there twice" in shown
    assert "2025-11-04 18:04  VID_20251104_180412 Größe.mp4 (time from its name)" in shown
    asked.yes.click()
    assert len(kept(location)) == 4
    assert read_message(window) == "4 clips are in your diary; 1 was there already; 1 could not be used: broken.mp4."
    (list_of_all,) = [button for button in window.findChildren(QPushButton) if button.text() == "Show the list"]
    list_of_all.click()
    lists = [dialog.lines.toPlainText() for dialog in window.findChildren(ListDialog)]
    assert any("These came in\n2025-11-01" in text for text in lists)
    assert [job.title for job in background.jobs] == ["Looking through Ferien 🌊", "Importing Ferien 🌊"]
    assert [job.yields for job in background.jobs] == [True, False], "looking may begin again; closing asks otherwise"


def test_whoever_says_no_keeps_the_diary_as_it_is(
    arriving: Arriving, window: MainWindow, location: DiaryLocation, holiday: Path
) -> None:
    arriving.bring([str(holiday)])
    question(window).no.click()
    assert kept(location) == []
    assert read_message(window) == ""


def test_a_folder_with_a_few_films_comes_in_without_a_question(
    arriving: Arriving, window: MainWindow, location: DiaryLocation, clips: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "phone").mkdir()
    for clip in clips[:2]:
        shutil.copy(clip, tmp_path / "phone")
    arriving.bring([str(tmp_path / "phone")])
    assert kept(location) == [clip.name for clip in clips[:2]]
    assert read_message(window) == "2 clips are in your diary."


def test_many_films_at_once_are_asked_about(arriving: Arriving, window: MainWindow, clips: list[Path]) -> None:
    arriving.bring([str(clip) for clip in clips])
    assert question(window).windowTitle() == "Take 4 clips into your diary?"


def test_an_archive_with_a_broken_film_is_asked_about(
    arriving: Arriving, window: MainWindow, location: DiaryLocation, clips: list[Path], tmp_path: Path
) -> None:
    archive = tmp_path / "phone.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(clips[0], "日本/ça va.mp4")
        packed.writestr("broken.mp4", b"this is no film")
    arriving.bring([str(archive)])
    question(window).yes.click()
    assert kept(location) == ["ça va.mp4"]
    assert read_message(window) == "1 clip is in your diary; 1 could not be used: broken.mp4."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("half.zip", "“half.zip” is not a ZIP archive, or it is damaged."),
        ("empty", "is a folder without videos."),
        ("gone.mp4", "“gone.mp4” does not exist."),
        ("broken.mp4", "“broken.mp4” is not a video, or it is damaged."),
    ],
)
def test_what_is_of_no_use_is_one_sentence(
    arriving: Arriving, window: MainWindow, tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "half.zip").write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "broken.mp4").write_bytes(b"this is no film")
    (tmp_path / "empty").mkdir()
    arriving.bring([str(tmp_path / name)])
    (message,) = window.messages.shown()
    assert message.endswith(said)
    assert window.findChild(ListDialog) is None


def test_what_is_all_there_already_is_said(arriving: Arriving, window: MainWindow, holiday: Path) -> None:
    arriving.bring([str(holiday)])
    question(window).yes.click()
    window.messages.clear()
    arriving.bring([str(holiday)])
    assert read_message(window) == "Nothing came in; 5 were there already; 1 could not be used: broken.mp4."


def test_after_stopping_the_diary_shows_what_came_in(
    qtbot: QtBot, arriving: Arriving, window: MainWindow, background: AtOnce, diary_thread: DiaryThread,
    clips: list[Path], location: DiaryLocation,
) -> None:  # fmt: skip
    background.token = CancelToken(lambda: bool(kept(location)))
    with qtbot.waitSignal(diary_thread.changed):
        arriving.bring([str(clip) for clip in clips[:3]])
    assert kept(location) == [clips[0].name]
    assert read_message(window) == "Stopped. What came in before is in your diary."

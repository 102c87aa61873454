"""The diary answers from its own thread, and tells when something has changed."""

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from clips import make_clip
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.values import Details, DiaryLocation
from duskreel.progress import CancelToken, unheard
from duskreel.ui.diary_thread import DiaryThread


def imported(diary: Diary, clip: Path) -> Entry:
    return diary.import_clip(clip, Details(title="Monday"), progress=unheard, token=CancelToken())


def test_a_change_is_told_before_its_answer(qtbot: QtBot, diary_thread: DiaryThread, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", duration_s=1.0)
    told: list[str] = []
    diary_thread.changed.connect(lambda: told.append("changed"))
    diary_thread.change(lambda diary: imported(diary, clip), lambda entry: told.append(entry.title))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == ["changed", "Monday"]


def test_a_poster_and_a_clip_can_be_had_from_this_thread(
    qtbot: QtBot, diary_thread: DiaryThread, tmp_path: Path
) -> None:
    entries: list[Entry] = []
    clip = make_clip(tmp_path / "clip.mp4", duration_s=1.0)
    diary_thread.change(lambda diary: imported(diary, clip), entries.append)
    qtbot.waitUntil(lambda: bool(entries))
    assert (diary_thread.poster(entries[0]) or b"").startswith(b"\xff\xd8")
    with diary_thread.open_clip(entries[0]) as file:
        assert file.read() == clip.read_bytes()


def test_a_refused_change_is_told_and_changes_nothing(
    qtbot: QtBot, diary_thread: DiaryThread, failures: list[DiaryError], tmp_path: Path
) -> None:
    entries: list[Entry] = []
    clip = make_clip(tmp_path / "clip.mp4", duration_s=1.0)
    diary_thread.change(lambda diary: imported(diary, clip), entries.append)
    qtbot.waitUntil(lambda: bool(entries))
    told: list[str] = []
    diary_thread.changed.connect(lambda: told.append("changed"))
    diary_thread.change(lambda diary: diary.update(replace(entries[0], folder="entries/nowhere")))
    qtbot.waitUntil(lambda: bool(failures))
    assert told == []


def test_a_diary_that_cannot_be_opened_says_why_each_time(
    qtbot: QtBot, tmp_path: Path, failures: list[DiaryError]
) -> None:
    (tmp_path / "file").write_bytes(b"not a folder")
    thread = DiaryThread(DiaryLocation(tmp_path / "file", tmp_path / "state"), failures.append)
    refused: list[DiaryError] = []
    thread.could_not_open.connect(refused.append)
    thread.open()
    qtbot.waitUntil(lambda: bool(refused))
    thread.ask(Diary.entries)
    qtbot.waitUntil(lambda: bool(failures))
    assert failures == refused
    thread.close()


def test_closing_does_what_was_asked_for(location: DiaryLocation, tmp_path: Path, failures: list[DiaryError]) -> None:
    thread = DiaryThread(location, failures.append)
    clip = make_clip(tmp_path / "clip.mp4", duration_s=1.0)
    thread.open()
    thread.change(lambda diary: imported(diary, clip))
    thread.close()
    with Diary.open(location) as diary:
        assert len(diary.entries()) == 1


def test_a_diary_that_can_be_opened_by_now_is_opened_by_the_next_question(
    qtbot: QtBot, tmp_path: Path, failures: list[DiaryError]
) -> None:
    (tmp_path / "diary").write_bytes(b"in the way")
    thread = DiaryThread(DiaryLocation(tmp_path / "diary", tmp_path / "state"), failures.append)
    told: list[object] = []
    thread.could_not_open.connect(told.append)
    thread.open(lambda: told.append("open"))
    qtbot.waitUntil(lambda: bool(told))
    (tmp_path / "diary").unlink()
    thread.ask(Diary.entries, told.append)
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told[1:] in (["open", []], [[], "open"])
    assert failures == []
    thread.close()

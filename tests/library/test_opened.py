"""An open diary: what opening it mends, who may change it, and an index that is only a picture of the folder."""

import json
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from duskreel.errors import DiaryError
from duskreel.library import opened
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.index import Index, IndexStuckError
from duskreel.library.values import DiaryLocation

Plant = Callable[..., Entry]


def index_of(diary: Diary) -> Path:
    return diary.location.state / "index" / f"{diary.library_id}.db"


def test_opening_notices_what_was_added_changed_and_removed_behind_its_back(
    location: DiaryLocation, plant: Plant
) -> None:
    with Diary.open(location) as diary:
        assert diary.entries() == []
    first, second = plant(1), plant(2)
    with Diary.open(location) as diary:
        assert {entry.title for entry in diary.entries()} == {"Day 1", "Day 2"}
    (location.folder / first.folder / "entry.json").unlink()
    sidecar = location.folder / second.folder / "entry.json"
    sidecar.write_text(json.dumps({**json.loads(sidecar.read_text()), "title": "By hand"}))
    with Diary.open(location) as diary:
        assert [entry.title for entry in diary.entries()] == ["By hand"]


def test_opening_a_diary_in_which_nothing_changed_takes_no_lock(location: DiaryLocation, plant: Plant) -> None:
    plant(1)
    with Diary.open(location) as diary:
        lock = FileLock(location.state / "locks" / f"{diary.library_id}.lock")
    with lock, Diary.open(location) as again:
        assert len(again.entries()) == 1


def test_only_one_program_changes_the_folder_at_a_time(
    diary: Diary, plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(1)
    diary.reindex()
    (entry,) = diary.entries()
    monkeypatch.setattr(opened, "_LOCK_TIMEOUT_S", 0)
    with Diary.open(diary.location) as other, FileLock(diary.location.state / "locks" / f"{diary.library_id}.lock"):
        with pytest.raises(DiaryError, match="Another Duskreel is changing this diary"):
            other.delete(entry)
        assert other.entries() == [entry], "reading goes on"


def test_the_lock_is_free_after_a_change_that_failed(diary: Diary, plant: Plant) -> None:
    plant(1)
    diary.reindex()
    (entry,) = diary.entries()
    with pytest.raises(ZeroDivisionError):
        diary.amend(entry.id, lambda _: 1 / 0)  # type: ignore[arg-type, return-value]
    done = threading.Event()

    def change() -> None:
        with Diary.open(diary.location) as other:
            other.delete(entry)
        done.set()

    thread = threading.Thread(target=change)
    thread.start()
    thread.join(10)
    assert done.is_set()


def test_an_index_that_is_damaged_while_it_is_open_is_made_anew(diary: Diary, plant: Plant) -> None:
    plant(1)
    diary.reindex()
    index_of(diary).write_bytes(b"SQLite format 3\0" + b"\xff" * 8000)
    assert [entry.title for entry in diary.entries()] == ["Day 1"]
    assert any("made anew" in notice for notice in diary.notices)


def test_an_index_that_is_nonsense_at_the_start_is_made_anew(location: DiaryLocation, plant: Plant) -> None:
    plant(1)
    with Diary.open(location) as diary:
        file = index_of(diary)
    file.write_bytes(b"nonsense" * 1000)
    with Diary.open(location) as again:
        assert len(again.entries()) == 1
        assert "made anew" in again.notices[0]


def test_what_the_index_could_not_take_is_no_failure_and_follows_later(
    diary: Diary, plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(1)
    diary.reindex()
    (entry,) = diary.entries()

    def stuck(*_: object, **__: object) -> None:
        raise IndexStuckError("The disk of the index is full.", "Make room.")

    with monkeypatch.context() as patch:
        patch.setattr(Index, "change", stuck)
        diary.delete(entry)
    assert any("will follow" in notice for notice in diary.notices)
    assert not (diary.location.folder / entry.folder).exists(), "the folder comes first"
    with Diary.open(diary.location) as again:
        assert again.entries() == []


def test_a_folder_that_was_moved_away_is_told_before_anything_is_written(diary: Diary, plant: Plant) -> None:
    plant(1)
    diary.reindex()
    (entry,) = diary.entries()
    (diary.location.folder / entry.folder).rename(diary.location.folder / "elsewhere")
    with pytest.raises(DiaryError, match="no longer where it was"):
        diary.update(entry)
    assert not (diary.location.folder / entry.folder).exists()


def test_a_diary_that_cannot_catch_up_gives_its_connection_back(
    location: DiaryLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[Index] = []
    close = Index.close
    monkeypatch.setattr(Index, "close", lambda self: (closed.append(self), close(self)))

    def fail(_self: Diary) -> None:
        raise DiaryError("The disk is gone.", "Connect it.")

    monkeypatch.setattr(Diary, "_catch_up", fail)
    with pytest.raises(DiaryError, match="gone"):
        Diary.open(location)
    assert len(closed) == 1


def test_every_diary_has_an_index_of_its_own(location: DiaryLocation, tmp_path: Path) -> None:
    with Diary.open(location) as one, Diary.open(DiaryLocation(tmp_path / "other", location.state)) as other:
        assert index_of(one) != index_of(other)
        for diary in (one, other):
            with sqlite3.connect(index_of(diary)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            connection.close()

"""Which files belong into a backup, how they are read, and what is refused before anything is written."""

import errno
import io
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from duskreel.capture.take import Take, TakeFolder
from duskreel.errors import Cancelled, DiaryError
from duskreel.library.backup import kept
from duskreel.library.backup.kept import (
    FileReading,
    StoredFile,
    UnreadableError,
    VanishedError,
    cannot_store,
    is_safe,
    is_whole,
    kept_files,
    refuse_inside,
    refuse_without_room,
    takes_going_on,
    takes_told,
    unfinished_takes,
)
from duskreel.library.backup.zipped import BackupRequest, write_backup
from duskreel.library.diary import Diary
from duskreel.library.values import Details, DiaryLocation
from duskreel.progress import CancelToken, unheard
from library.backup.conftest import NEVER, BackUp, contents, put

SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_all_that_is_the_users_is_kept_and_nothing_else(location: DiaryLocation) -> None:
    wanted = set(contents(location.folder)) | {"recording/left/raw.mkv"}
    put(location.folder, "recording/left/raw.mkv", b"raw")
    for path in ("incoming/half/clip.mp4", "notes.txt", "other/clip.mp4", ".stversions/entry.json"):
        put(location.folder, path, b"not ours")
    for path in ("entries/a/.entry.json.duskreel-tmp", "shorts/.short.mp4.partial", "shorts/.x.partial.mp4"):
        put(location.folder, path, b"half")
    assert set(kept_files(location.folder)) == wanted


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are POSIX")
def test_what_cannot_be_read_to_an_end_is_not_kept(location: DiaryLocation) -> None:
    os.mkfifo(location.folder / "entries" / "pipe")
    (location.folder / "entries" / "gone").symlink_to("nowhere")
    assert not {"entries/pipe", "entries/gone"} & set(kept_files(location.folder))


def test_a_folder_that_cannot_be_listed_is_told(location: DiaryLocation, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def fail(path: str) -> object:
        if str(path).endswith("one"):
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", fail)
    with pytest.raises(DiaryError, match=r"one: Input/output error"):
        kept_files(location.folder)


@pytest.fixture
def take(location: DiaryLocation) -> Iterator[Take]:
    """A recording that has begun."""
    with Diary.open(location) as diary:
        begun = TakeFolder.of(diary).begin("camera", "", datetime(2026, 11, 23, tzinfo=UTC), Details())
    begun.raw.write_bytes(b"pictures")
    yield begun
    begun.release()


def test_a_recording_that_goes_on_is_not_kept_and_one_that_was_left_is(location: DiaryLocation, take: Take) -> None:
    put(location.folder, "recording/left/raw.mkv", b"raw")
    name = take.folder.name
    assert takes_going_on(location) == (name,)
    assert [path for path in kept_files(location.folder, (name,)) if "recording" in path] == ["recording/left/raw.mkv"]
    take.release()
    assert takes_going_on(location) == ()
    found = kept_files(location.folder)
    assert {f"recording/{name}/raw.mkv", f"recording/{name}/session.json"} <= set(found)
    assert unfinished_takes(found) == 2


def test_both_kinds_of_backup_tell_of_recordings_that_are_no_entries(
    location: DiaryLocation, take: Take, backed_up: BackUp, tmp_path: Path
) -> None:
    put(location.folder, "recording/left/raw.mkv", b"raw")
    zipped = write_backup(BackupRequest(location, tmp_path / "a.zip"), progress=unheard, token=NEVER)
    made = backed_up()
    assert (zipped.unfinished_takes, zipped.takes_going_on) == (1, 1)
    assert (made.unfinished_takes, made.takes_going_on) == (1, 1)
    take.release()
    zipped = write_backup(BackupRequest(location, tmp_path / "b.zip"), progress=unheard, token=NEVER)
    assert (zipped.unfinished_takes, zipped.takes_going_on) == (2, 0)
    assert (backed_up().unfinished_takes, made.takes_going_on) == (2, 1)


def test_people_are_told_how_to_make_an_entry_of_it() -> None:
    assert takes_told(0, 0) == []
    assert "1 recording not" in takes_told(1, 0)[0]
    assert "duskreel recover" in takes_told(2, 0)[0]
    assert "back up again" in takes_told(0, 1)[0]


def test_what_was_read_is_known_by_size_and_checksum(tmp_path: Path) -> None:
    put(tmp_path, "file", b"abc")
    copy = io.BytesIO()
    with FileReading(tmp_path / "file") as source:
        assert source.copied_to(copy, NEVER) == (3, SHA256_OF_ABC)
        assert not source.has_changed()
        put(tmp_path, "file", b"abcd")
        assert source.has_changed()
    assert copy.getvalue() == b"abc"


def test_what_is_gone_is_told_apart_from_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(VanishedError):
        FileReading(tmp_path / "nothing")
    with pytest.raises(UnreadableError, match="Is a directory") as told:
        FileReading(tmp_path)
    assert not isinstance(told.value, VanishedError)


def test_a_fault_of_the_disk_is_told_apart_from_a_fault_of_the_copy(tmp_path: Path) -> None:
    put(tmp_path, "file", b"abc")

    class Full(io.BytesIO):
        def write(self, _chunk: object) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with FileReading(tmp_path / "file") as source, pytest.raises(OSError, match="No space"):
        source.copied_to(Full(), NEVER)


def test_reading_stops_when_it_is_cancelled(tmp_path: Path) -> None:
    put(tmp_path, "file", b"abc")
    with FileReading(tmp_path / "file") as source, pytest.raises(Cancelled):
        source.copied_to(None, CancelToken(lambda: True))


@pytest.mark.parametrize(
    ("size_bytes", "sha256", "whole"), [(3, SHA256_OF_ABC, True), (4, SHA256_OF_ABC, False), (3, "0" * 64, False)]
)
def test_whole_is_what_has_the_size_and_the_checksum(tmp_path: Path, size_bytes: int, sha256: str, whole: bool) -> None:
    put(tmp_path, "file", b"abc")
    stored = StoredFile("file", size_bytes, sha256, 0)
    assert is_whole(lambda: FileReading(tmp_path / "file"), stored, NEVER) is whole
    assert not is_whole(lambda: FileReading(tmp_path / "nothing"), stored, NEVER)


@pytest.mark.parametrize("name", ["entries/2026/clip.mp4", "a", "ü/..b", "a/b:c"])
def test_names_inside_the_diary_are_safe(name: str) -> None:
    assert is_safe(name)


@pytest.mark.parametrize("name", ["", "/a", "../a", "a/../b", "C:a", "a\\b", "a\0b"])
def test_names_that_lead_elsewhere_on_some_system_are_not(name: str) -> None:
    assert not is_safe(name)


def test_a_backup_belongs_outside_also_by_way_of_a_link(location: DiaryLocation, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(location.folder)
    refuse_inside(tmp_path / "diary 2", location.folder)
    for inside in (location.folder, tmp_path / "link" / "shorts"):
        with pytest.raises(DiaryError, match="lost with it"):
            refuse_inside(inside, location.folder)


def test_room_is_needed_for_the_files_and_some_to_spare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=100 + kept.SPARE_BYTES)
    monkeypatch.setattr(kept.shutil, "disk_usage", lambda _folder: usage)
    refuse_without_room(tmp_path, 100)
    with pytest.raises(DiaryError, match="and 16 MB are free"):
        refuse_without_room(tmp_path, 101)


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "is full"), (errno.EDQUOT, "is full"), (errno.EFBIG, "exFAT"), (errno.EROFS, "Read-")],
)
def test_why_nothing_more_can_be_stored_is_told(tmp_path: Path, number: int, said: str) -> None:
    assert said in str(cannot_store(tmp_path, OSError(number, os.strerror(number))))

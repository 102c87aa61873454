"""What lies in a backup folder, under which names, and what is believed of it."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from duskreel.errors import DiaryError
from duskreel.library.backup import store
from duskreel.library.backup.kept import StoredFile
from duskreel.library.backup.store import (
    BackupFolder,
    BrokenSnapshotError,
    Snapshot,
    is_backup,
    needed_objects,
    object_name,
    taken_at,
)

NOW = datetime(2026, 11, 23, 18, 4, 12, tzinfo=timezone(timedelta(hours=-5)))
SHA256 = "ab" * 32
CLIP = StoredFile("entries/2026/11/one/clip.MP4", 5000, SHA256, 1_764_000_000_123_456_789)
STATE = Snapshot("library", NOW, (CLIP, StoredFile("entries/2026/11/one/\udcff", 2, "cd" * 32, 0)))


@pytest.fixture
def folder(tmp_path: Path) -> BackupFolder:
    return BackupFolder.begin(tmp_path / "stick" / "diary", "library")


@pytest.mark.parametrize(
    ("path", "suffix"),
    [("a.mp4", ".mp4"), ("a.MP4", ".mp4"), ("a", ""), ("a.damaged", ""), ("a.toolongone", ""), ("a.ü", "")],
)
def test_an_object_is_named_after_its_checksum_and_opens_with_a_double_click(path: str, suffix: str) -> None:
    assert object_name(replace(CLIP, path=path)) == SHA256 + suffix


def test_the_time_of_a_snapshot_is_in_its_name() -> None:
    assert taken_at("2026-11-23T18.04.12") == taken_at("2026-11-23T18.04.12-2") == NOW.replace(tzinfo=None)
    for name in ("before the move", "2026-13-45T00.00.00", "2026-11-23", "2026-11-23T18.04.12 copy"):
        assert taken_at(name) is None


def test_a_folder_is_a_backup_once_it_was_begun(tmp_path: Path) -> None:
    assert not is_backup(tmp_path)
    with pytest.raises(DiaryError, match="is not a backup"):
        BackupFolder.open(tmp_path)
    begun = BackupFolder.begin(tmp_path, "library")
    assert is_backup(tmp_path)
    assert BackupFolder.open(tmp_path).library_id == begun.library_id == "library"
    assert {path.name for path in tmp_path.iterdir()} == {"duskreel-backup.json", "objects", "snapshots"}


def test_it_belongs_to_one_diary(folder: BackupFolder) -> None:
    with pytest.raises(DiaryError, match="another diary"):
        BackupFolder.begin(folder.root, "other")
    assert BackupFolder.begin(folder.root, "library").library_id == "library"


def test_a_backup_by_a_newer_program_is_let_be(folder: BackupFolder) -> None:
    (folder.root / "duskreel-backup.json").write_text('{"format": 2, "library": "library"}')
    with pytest.raises(DiaryError, match="newer version"):
        BackupFolder.begin(folder.root, "library")


def test_a_snapshot_says_what_was_written_odd_names_and_all(folder: BackupFolder) -> None:
    name = folder.write(STATE, NOW)
    assert name == "2026-11-23T18.04.12"
    assert folder.read(name) == STATE
    assert folder.newest() == (name, STATE)
    assert STATE.size_bytes == 5002


def test_two_snapshots_of_one_second_do_not_replace_each_other(folder: BackupFolder) -> None:
    names = [folder.write(replace(STATE, files=STATE.files[:number]), NOW) for number in range(2)]
    assert folder.snapshots() == sorted(names) == names
    assert [len(folder.read(name).files) for name in names] == [0, 1]


@pytest.mark.parametrize("change", [("5000", "5001"), ("one/clip", "two/clip"), ("library", "labrary"), ("}", "")])
def test_a_snapshot_that_is_not_what_was_written_is_broken(folder: BackupFolder, change: tuple[str, str]) -> None:
    name = folder.write(STATE, NOW)
    file = folder.root / "snapshots" / f"{name}.json"
    file.write_text(file.read_text().replace(*change, 1))
    with pytest.raises(BrokenSnapshotError):
        folder.read(name)
    assert folder.newest() is None


def test_a_snapshot_that_somebody_formatted_anew_is_what_was_written(folder: BackupFolder) -> None:
    name = folder.write(STATE, NOW)
    file = folder.root / "snapshots" / f"{name}.json"
    file.write_text(json.dumps(json.loads(file.read_text()), sort_keys=True))
    assert folder.read(name) == STATE


def test_a_broken_snapshot_makes_the_one_before_it_the_newest(folder: BackupFolder) -> None:
    first = folder.write(STATE, NOW)
    second = folder.write(STATE, NOW + timedelta(days=1))
    (folder.root / "snapshots" / f"{second}.json").write_bytes(b"")
    assert folder.newest() == (first, STATE)


def test_the_next_snapshot_is_named_after_the_newest_whatever_the_clock_says(folder: BackupFolder) -> None:
    assert folder.time_for_next(NOW) == NOW
    folder.write(STATE, NOW)
    assert folder.time_for_next(NOW + timedelta(hours=1)) == NOW + timedelta(hours=1)
    assert folder.time_for_next(NOW - timedelta(days=900)) == NOW + timedelta(seconds=1)


def test_names_give_the_times_as_long_as_no_clock_was_wrong(folder: BackupFolder) -> None:
    names = [folder.write(STATE, NOW + timedelta(days=day)) for day in range(3)]
    expected = [(name, NOW.replace(tzinfo=None) + timedelta(days=day)) for day, name in enumerate(names)]
    assert folder.dated(NOW + timedelta(days=2)) == expected


def test_a_name_ahead_of_the_clock_is_dated_by_what_is_in_it(folder: BackupFolder) -> None:
    ahead = NOW + timedelta(days=3650)
    good = folder.write(STATE, NOW)
    for_ever = folder.write(replace(STATE, began_at=ahead), ahead)
    later = folder.write(
        replace(STATE, began_at=NOW + timedelta(days=2)), folder.time_for_next(NOW + timedelta(days=2))
    )
    too_early = folder.write(replace(STATE, began_at=NOW - timedelta(days=900)), folder.time_for_next(NOW))
    newest = folder.write(replace(STATE, began_at=NOW + timedelta(days=9)), folder.time_for_next(NOW))
    wall = NOW.replace(tzinfo=None)
    dated = dict(folder.dated(NOW + timedelta(days=9)))
    assert list(dated) == [good, for_ever, later, too_early, newest], "the order stays"
    assert dated[good] == wall
    assert dated[newest] == wall + timedelta(days=9)
    assert all(wall <= time <= wall + timedelta(days=9) for time in dated.values())


def test_a_broken_snapshot_ahead_of_the_clock_is_as_old_as_its_neighbour(folder: BackupFolder) -> None:
    broken = folder.write(STATE, NOW + timedelta(days=3650))
    (folder.root / "snapshots" / f"{broken}.json").write_bytes(b"")
    ((name, time),) = folder.dated(NOW)
    assert (name, time) == (broken, NOW.replace(tzinfo=None) + timedelta(days=1))


def test_an_object_gets_its_name_when_it_is_finished(folder: BackupFolder) -> None:
    partial = folder.new_partial()
    partial.write_bytes(b"x" * 5000)
    assert folder.objects() == {}
    folder.adopt(partial, CLIP)
    assert folder.objects() == {f"{SHA256}.mp4": 5000}
    assert folder.path(f"{SHA256}.mp4").read_bytes() == b"x" * 5000
    assert not partial.exists()


def test_a_whole_object_outlives_the_damaged_one_of_its_name(folder: BackupFolder) -> None:
    damaged = folder.path(f"{SHA256}.mp4.damaged")
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(b"half")
    assert set(folder.objects()) == {damaged.name}
    partial = folder.new_partial()
    partial.write_bytes(b"x" * 5000)
    folder.adopt(partial, CLIP)
    assert set(folder.objects()) == {f"{SHA256}.mp4"}


def test_only_what_a_killed_backup_was_writing_is_cleared_away(folder: BackupFolder) -> None:
    left = [folder.new_partial(), folder.root / "snapshots" / ".2026.json.duskreel-tmp"]
    mine = [folder.root / "holiday.partial", folder.root / "objects" / "notes.txt"]
    for path in (*left, *mine):
        path.write_bytes(b"half")
    folder.clear_leftovers()
    assert [path.exists() for path in (*left, *mine)] == [False, False, True, True]


def test_what_a_snapshot_needs_is_what_its_files_are() -> None:
    other = replace(STATE, files=(CLIP, replace(CLIP, path="bin/one/clip.mp4")))
    assert needed_objects([other]) == {f"{SHA256}.mp4"}
    assert needed_objects([STATE, other]) == {f"{SHA256}.mp4", "cd" * 32}


def test_objects_are_on_the_disk_before_the_snapshot_that_needs_them(
    folder: BackupFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Path] = []
    write = store.write_bytes
    monkeypatch.setattr(store, "sync_folder", done.append)
    monkeypatch.setattr(store, "write_bytes", lambda path, content: (done.append(path), write(path, content)))
    partial = folder.new_partial()
    partial.write_bytes(b"x")
    folder.adopt(partial, CLIP)
    name = folder.write(STATE, NOW)
    *synced, snapshot = done
    assert snapshot == folder.root / "snapshots" / f"{name}.json"
    assert {folder.path(f"{SHA256}.mp4").parent, folder.root / "objects"} == set(synced)

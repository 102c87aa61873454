import json
import os
import stat
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from duskreel.errors import DiaryError
from duskreel.library.entry import Entry
from duskreel.library.folder import DiaryFolder, clips_in

EVENING = datetime(2026, 11, 23, 18, 4, 12, tzinfo=timezone(timedelta(hours=-5)))
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "diary"


@pytest.fixture
def folder(root: Path) -> DiaryFolder:
    return DiaryFolder.open(root)[0]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_diary_begins_with_an_identity_that_stays(root: Path) -> None:
    folder, notices = DiaryFolder.open(root)
    assert json.loads((root / "duskreel.json").read_text()) == {"format": 1, "id": folder.library_id}
    assert notices == []
    assert DiaryFolder.open(root)[0].library_id == folder.library_id


def test_programs_that_begin_a_diary_at_once_agree_on_its_identity(root: Path) -> None:
    root.mkdir()
    barrier = threading.Barrier(8)

    def begin(_: int) -> str:
        barrier.wait()
        return DiaryFolder.open(root)[0].library_id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(begin, range(8)))) == 1
    assert [path.name for path in root.iterdir()] == ["duskreel.json"]


def test_a_diary_of_a_newer_program_is_refused_and_left_alone(root: Path) -> None:
    root.mkdir()
    (root / "duskreel.json").write_text('{"format": 2, "id": "whatever"}')
    with pytest.raises(DiaryError, match="newer version"):
        DiaryFolder.open(root)
    assert (root / "duskreel.json").read_text() == '{"format": 2, "id": "whatever"}'


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": 1}', b'{"id": "x"}', b"\xff\xfe", b"\0" * 64])
def test_a_broken_identity_is_kept_aside(root: Path, content: bytes) -> None:
    root.mkdir()
    (root / "duskreel.json").write_bytes(content)
    folder, notices = DiaryFolder.open(root)
    assert (root / "duskreel.json.broken").read_bytes() == content
    assert "duskreel.json.broken" in notices[0]
    assert DiaryFolder.open(root)[0].library_id == folder.library_id


def test_a_file_in_the_place_of_the_diary_is_refused(root: Path) -> None:
    root.write_text("mine")
    with pytest.raises(DiaryError, match="is a file"):
        DiaryFolder.open(root)
    with pytest.raises(DiaryError):
        DiaryFolder.open(root / "below")
    assert root.read_text() == "mine"


@posix_only
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_refused(root: Path) -> None:
    root.mkdir(mode=0o500)
    with pytest.raises(DiaryError, match="may not write"):
        DiaryFolder.open(root)


@posix_only
def test_what_is_made_is_for_its_owner_only(folder: DiaryFolder, root: Path) -> None:
    folder.make("entries/2026/11")
    assert {mode(root), mode(root / "entries"), mode(root / "entries" / "2026" / "11")} == {0o700}


def test_an_entry_is_named_by_its_own_wall_clock(folder: DiaryFolder) -> None:
    name = folder.new_entry_folder(EVENING)
    assert name.startswith("entries/2026/11/2026-11-23 18.04.12 ")
    assert len(name.rpartition(" ")[2]) == 4
    assert folder.path(name).parent.is_dir()
    assert not folder.path(name).exists()
    assert folder.new_entry_folder(EVENING) != name


def test_entries_are_found_wherever_the_user_puts_them(folder: DiaryFolder, root: Path) -> None:
    for name in ("2026/11/usual", "at the top", "2026/one deep"):
        (root / "entries" / name).mkdir(parents=True)
        (root / "entries" / name / "entry.json").write_text("{}")
    (root / "entries" / "2026" / "12" / "bare").mkdir(parents=True)
    (root / "entries" / "2026" / "stray.txt").write_text("")
    scan = folder.scan()
    assert set(scan.entries) == {"entries/2026/11/usual", "entries/at the top", "entries/2026/one deep"}
    assert scan.without_sidecar == ("entries/2026/12/bare",)


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes")
def test_a_name_that_is_no_unicode_is_told_and_not_stumbled_over(folder: DiaryFolder, root: Path) -> None:
    broken = root / "entries" / "2026" / "11" / "b\udcffd"
    broken.mkdir(parents=True)
    (broken / "entry.json").write_text("{}")
    assert folder.scan().entries == {}
    assert folder.scan().misnamed == ("entries/2026/11/b?d",)


def test_a_change_changes_the_stamps(folder: DiaryFolder, plant: Callable[..., Entry]) -> None:
    entry = plant()
    before = folder.scan().entries[entry.folder]
    assert before.transcript is None
    (folder.path(entry.folder) / "transcript.json").write_text("{}")
    assert folder.scan().entries[entry.folder] != before


def test_the_bin_gives_back_to_the_old_place(folder: DiaryFolder, plant: Callable[..., Entry]) -> None:
    entry = plant(folder="entries/my own place/day")
    binned = folder.to_bin(entry.folder)
    assert binned == "bin/day"
    assert folder.binned() == [binned]
    assert not folder.path("entries/my own place").exists()
    assert folder.from_bin(binned, entry.recorded_at) == entry.folder
    assert sorted(path.name for path in folder.path(entry.folder).iterdir()) == ["entry.json"]
    assert folder.binned() == []


def test_the_bin_gives_back_beside_what_took_the_place(folder: DiaryFolder, plant: Callable[..., Entry]) -> None:
    entry = plant()
    binned = folder.to_bin(entry.folder)
    plant()
    restored = folder.from_bin(binned, entry.recorded_at)
    assert restored != entry.folder
    assert restored.startswith("entries/2026/11/2026-11-24 18.04.12 ")
    assert len(folder.scan().entries) == 2


@pytest.mark.parametrize(
    "note", [None, "{", '{"folder": "../../elsewhere"}', '{"folder": "entries/../../elsewhere"}', "[]"]
)
def test_the_bin_gives_back_by_date_when_the_note_is_lost(
    folder: DiaryFolder, plant: Callable[..., Entry], note: str | None
) -> None:
    entry = plant()
    binned = folder.to_bin(entry.folder)
    note_path = folder.path(binned) / "binned.json"
    note_path.unlink()
    if note is not None:
        note_path.write_text(note)
    assert folder.from_bin(binned, entry.recorded_at) == entry.folder


def test_two_of_one_name_lie_in_the_bin_together(folder: DiaryFolder, plant: Callable[..., Entry]) -> None:
    folder.to_bin(plant(folder="entries/a/same").folder)
    folder.to_bin(plant(folder="entries/b/same").folder)
    assert len(folder.binned()) == 2
    assert {folder.from_bin(binned, EVENING) for binned in folder.binned()} == {"entries/a/same", "entries/b/same"}


def test_what_cannot_be_moved_stays(folder: DiaryFolder) -> None:
    with pytest.raises(DiaryError, match="Could not"):
        folder.adopt(folder.root / "incoming" / "missing", "entries/x")


def test_clips_are_told_by_their_suffix(tmp_path: Path) -> None:
    for name in ("b.MOV", "clip.mp4", "a.mkv", ".hidden.mp4", "poster.jpg", "entry.json"):
        (tmp_path / name).write_text("")
    assert clips_in(tmp_path) == ["clip.mp4", "a.mkv", "b.MOV"]
    assert clips_in(tmp_path / "missing") == []


def test_an_entry_can_be_thrown_away_though_its_note_cannot_be_written(
    folder: DiaryFolder, plant: Callable[..., Entry]
) -> None:
    """As on a full disk."""
    entry = plant()
    (folder.path(entry.folder) / "binned.json").mkdir()
    binned = folder.to_bin(entry.folder)
    assert folder.from_bin(binned, entry.recorded_at) == entry.folder

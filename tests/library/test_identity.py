"""A diary stays the same one, also when a sync program has renamed the file that says so."""

import json
import os
import uuid
from pathlib import Path

import pytest

from duskreel.errors import DiaryError
from duskreel.library.backup import remembering
from duskreel.library.backup.remembering import BackupPlace
from duskreel.library.diary import Diary
from duskreel.library.identity import settle
from duskreel.library.values import DiaryLocation

OURS, THEIRS = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))
COPIES = [
    "duskreel.sync-conflict-20261123-180412-ABCDEFG.json",
    "duskreel (conflicted copy 2026-11-23 180412).json",
    "duskreel (Anna's conflicted copy 2026-11-23).json",
    "duskreel_conflict-20261123-180412.json",
    "duskreel-LAPTOP.json",
    "duskreel 2.json",
    "duskreel (1).json",
]


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    return tmp_path / "duskreel.json"


def put(path: Path, library_id: str, changed_s: int = 1_700_000_000) -> bytes:
    path.write_text(json.dumps({"format": 1, "id": library_id}))
    os.utime(path, (changed_s, changed_s))
    return path.read_bytes()


@pytest.mark.parametrize("name", COPIES)
def test_the_id_is_found_in_the_copy_that_a_sync_program_has_left(identity: Path, name: str) -> None:
    kept = put(identity.with_name(name), OURS)
    library_id, (notice,) = settle(identity)
    assert library_id == OURS
    assert name in notice
    assert identity.with_name(name).read_bytes() == kept, "nothing is deleted"
    assert settle(identity) == (OURS, [])


def test_the_file_itself_outdoes_every_copy(identity: Path) -> None:
    put(identity.with_name(COPIES[0]), THEIRS, 1)
    put(identity, OURS)
    assert settle(identity) == (OURS, [])


def test_a_broken_file_is_kept_aside_and_a_copy_knows(identity: Path) -> None:
    identity.write_bytes(b"\0" * 64)
    put(identity.with_name(COPIES[0]), OURS)
    library_id, notices = settle(identity)
    assert library_id == OURS
    assert identity.with_name("duskreel.json.broken").read_bytes() == b"\0" * 64
    assert "kept as duskreel.json.broken" in notices[0]
    assert COPIES[0] in notices[1]


def test_of_several_copies_the_oldest_counts_wherever_one_looks(identity: Path) -> None:
    put(identity.with_name(COPIES[0]), THEIRS, 1_700_000_100)
    put(identity.with_name(COPIES[5]), OURS, 1_700_000_000)
    assert settle(identity)[0] == OURS


@pytest.mark.parametrize("content", [b"", b"{}", b'{"id": "nobody"}', b"[]"])
def test_a_copy_that_says_nothing_makes_no_diary(identity: Path, content: bytes) -> None:
    identity.with_name(COPIES[0]).write_bytes(content)
    identity.with_name("duskreel-backup.json").write_text(json.dumps({"format": 1, "library": THEIRS}))
    library_id, notices = settle(identity)
    assert uuid.UUID(library_id).version == 4
    assert notices == []


def test_a_copy_by_a_newer_program_is_not_made_into_an_older_diary(identity: Path) -> None:
    identity.with_name(COPIES[0]).write_text('{"format": 2, "id": "whatever"}')
    with pytest.raises(DiaryError, match="newer version"):
        settle(identity)
    assert not identity.exists()


def test_index_and_backup_place_are_found_again(location: DiaryLocation) -> None:
    with Diary.open(location) as diary:
        remembering.choose(location.state, diary.library_id, BackupPlace(location.folder.parent / "stick"))
        before = diary.library_id
    (location.folder / "duskreel.json").rename(location.folder / COPIES[0])
    with Diary.open(location) as diary:
        assert diary.library_id == before
        assert remembering.recall(location.state, diary.library_id) is not None
        assert diary.notices
    with Diary.open(location) as again:
        assert again.notices == [], "told once"
    assert (location.folder / "merged" / COPIES[0]).is_file()

"""A clip that the disk has spoiled is no new version of itself, and one that was replaced is."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from duskreel.library.backup import incremental
from duskreel.library.backup.store import BackupFolder, object_name
from duskreel.library.backup.thinning import KeepPolicy
from duskreel.library.entry import Entry
from duskreel.library.values import DiaryLocation
from library.backup.conftest import LONG_AGO_NS, BackUp, object_of, put

HOME = "entries/2026/11/kept"
CLIP = f"{HOME}/clip.mp4"
GOOD, ROTTEN, OTHER = b"good clip" * 500, b"gooD clip" * 500, b"new! clip" * 500


@pytest.fixture
def kept(location: DiaryLocation, an_entry: Entry) -> Callable[..., None]:
    """Put an entry into the diary whose clip is known to be GOOD, and holds this."""

    def kept(content: bytes = GOOD) -> None:
        sums = {"format": 1, "sha256": {"clip.mp4": sha256(GOOD).hexdigest()}, "size_bytes": {"clip.mp4": len(GOOD)}}
        put(location.folder, f"{HOME}/entry.json", json.dumps(an_entry.to_json()).encode())
        put(location.folder, f"{HOME}/checksums.json", json.dumps(sums).encode())
        put(location.folder, CLIP, content)

    return kept


def held(target: Path, snapshot: str, path: str = CLIP) -> bytes:
    """What a restored diary would have there."""
    folder = BackupFolder.open(target)
    (file,) = [file for file in folder.read(snapshot).files if file.path == path]
    return folder.path(object_name(file)).read_bytes()


def test_the_good_copy_of_a_spoiled_clip_stays_and_is_told(
    backed_up: BackUp, location: DiaryLocation, target: Path, kept: Callable[..., None]
) -> None:
    kept()
    backed_up()
    put(location.folder, CLIP, ROTTEN)
    made = backed_up(reads_all=True)
    assert (made.is_new, made.copied_files) == (False, 0)
    assert held(target, made.snapshot) == GOOD
    assert (made.spoiled_but_kept, made.spoiled) == ((CLIP,), ())
    (remark,) = made.remarks
    assert remark.startswith(f"{CLIP} is damaged on the disk")
    assert str(object_of(target, GOOD)) in remark, "there it can be copied from"


def test_a_spoiled_clip_outlives_thinning(
    backed_up: BackUp, location: DiaryLocation, target: Path, kept: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept()
    now = datetime(2027, 3, 1, 12).astimezone()
    for days in range(4):
        monkeypatch.setattr(incremental, "_now", lambda days=days: now + timedelta(days=days))
        put(location.folder, f"{HOME}/note.json", f"{days}".encode(), LONG_AGO_NS + days)
        made = backed_up(reads_all=True, keep=KeepPolicy(0, 0, 0))
        put(location.folder, CLIP, ROTTEN)
    assert made.removed_snapshots
    assert held(target, made.snapshot) == GOOD


def test_an_entry_that_was_moved_and_spoiled_keeps_its_good_copy(
    backed_up: BackUp, location: DiaryLocation, target: Path, kept: Callable[..., None]
) -> None:
    kept()
    backed_up()
    (location.folder / HOME).rename(location.folder / "bin/kept")
    put(location.folder, "bin/kept/clip.mp4", ROTTEN)
    made = backed_up()
    assert made.spoiled_but_kept == ("bin/kept/clip.mp4",)
    assert held(target, made.snapshot, "bin/kept/clip.mp4") == GOOD


def test_a_copy_of_a_spoiled_clip_that_was_taken_before_gives_way_to_the_good_one(
    backed_up: BackUp, location: DiaryLocation, target: Path, kept: Callable[..., None]
) -> None:
    kept()
    backed_up()
    put(location.folder, CLIP, ROTTEN)
    (location.folder / HOME / "checksums.json").rename(location.folder / "aside")
    assert held(target, backed_up(reads_all=True).snapshot) == ROTTEN, "nobody could know"
    (location.folder / "aside").rename(location.folder / HOME / "checksums.json")
    assert held(target, backed_up(reads_all=True).snapshot) == GOOD


def test_without_a_good_copy_what_is_there_is_copied_and_told(
    backed_up: BackUp, target: Path, kept: Callable[..., None]
) -> None:
    kept(ROTTEN)
    made = backed_up()
    assert held(target, made.snapshot) == ROTTEN
    assert (made.spoiled_but_kept, made.spoiled) == ((), (CLIP,))
    assert "no good copy" in made.remarks[0]
    assert backed_up(reads_all=True).spoiled == (CLIP,), "as long as it is so"


def test_a_good_copy_that_the_backup_has_lost_is_none(
    backed_up: BackUp, location: DiaryLocation, target: Path, kept: Callable[..., None]
) -> None:
    kept()
    backed_up()
    object_of(target, GOOD).unlink()
    put(location.folder, CLIP, ROTTEN)
    made = backed_up()
    assert held(target, made.snapshot) == ROTTEN
    assert made.spoiled == (CLIP,)


def test_a_clip_that_was_replaced_is_a_new_version(
    backed_up: BackUp, location: DiaryLocation, target: Path, kept: Callable[..., None]
) -> None:
    kept()
    backed_up()
    put(location.folder, CLIP, OTHER, LONG_AGO_NS + 5_000_000_000)
    for reads_all in (False, True):
        made = backed_up(reads_all=reads_all)
        assert held(target, made.snapshot) == OTHER
        assert (made.remarks, made.is_new) == ((), not reads_all)


def test_a_mended_clip_is_no_longer_told(
    backed_up: BackUp, location: DiaryLocation, target: Path, kept: Callable[..., None]
) -> None:
    kept()
    backed_up()
    put(location.folder, CLIP, ROTTEN)
    backed_up(reads_all=True)
    put(location.folder, CLIP, object_of(target, GOOD).read_bytes(), LONG_AGO_NS + 5_000_000_000)
    made = backed_up(reads_all=True)
    assert (made.remarks, made.copied_files) == ((), 0)


def test_a_sidecar_that_cannot_be_read_keeps_nothing_from_being_backed_up(
    backed_up: BackUp, location: DiaryLocation, target: Path, kept: Callable[..., None]
) -> None:
    kept(ROTTEN)
    put(location.folder, f"{HOME}/entry.json", b"[")
    with pytest.MonkeyPatch.context() as patch:
        # Opening the diary would mend it.
        patch.setattr("duskreel.library.opened.OpenedDiary._catch_up", lambda _: None)
        made = backed_up()
    assert held(target, made.snapshot) == ROTTEN
    assert made.remarks == ()

"""Every byte of a backup is read back, and what is wrong is named and mended."""

from pathlib import Path

import pytest

from duskreel.errors import DiaryError
from duskreel.library.backup.verifying import Verified, VerifyRequest, described, refuse_damage, verify
from duskreel.library.values import DiaryLocation
from duskreel.progress import unheard
from library.backup.conftest import NEVER, BackUp, contents, object_of, put

FIRST = b"first clip" * 500


def verified(location: DiaryLocation, target: Path) -> Verified:
    return verify(VerifyRequest(target, location.state), progress=unheard, token=NEVER)


def test_a_whole_backup_is_called_whole_and_not_touched(
    backed_up: BackUp, location: DiaryLocation, target: Path
) -> None:
    made = backed_up()
    before = contents(target)
    found = verified(location, target)
    assert (found.damage, found.broken_snapshots, found.objects, found.snapshots) == ((), (), made.files, 1)
    refuse_damage(found)
    assert contents(target) == before


def test_a_flipped_byte_is_named_with_its_entry_and_copied_again(
    backed_up: BackUp, location: DiaryLocation, target: Path
) -> None:
    backed_up()
    clip = object_of(target, FIRST)
    clip.write_bytes(FIRST[:-1] + b"X")
    found = verified(location, target)
    assert described(found) == ["entries/2026/11/one/clip.mp4 is damaged."]
    with pytest.raises(DiaryError, match="Back up again"):
        refuse_damage(found)
    made = backed_up()
    assert (made.copied_files, made.is_new) == (1, False)
    assert clip.read_bytes() == FIRST
    assert verified(location, target).damage == ()
    assert not list(target.rglob("*.damaged"))


def test_a_missing_object_is_named_and_copied_again(backed_up: BackUp, location: DiaryLocation, target: Path) -> None:
    backed_up()
    object_of(target, FIRST).unlink()
    assert described(verified(location, target)) == ["entries/2026/11/one/clip.mp4 is missing."]
    assert backed_up().copied_files == 1
    assert verified(location, target).damage == ()


def test_all_files_that_one_damaged_content_is_of_are_named(
    backed_up: BackUp, location: DiaryLocation, target: Path
) -> None:
    put(location.folder, "entries/2026/11/copy/clip.mp4", FIRST)
    backed_up()
    object_of(target, FIRST).write_bytes(b"")
    (told,) = described(verified(location, target))
    assert told == "entries/2026/11/copy/clip.mp4, which is also entries/2026/11/one/clip.mp4, is damaged."


def test_what_only_a_bad_cable_had_damaged_comes_back(backed_up: BackUp, location: DiaryLocation, target: Path) -> None:
    backed_up()
    clip = object_of(target, FIRST)
    clip.write_bytes(b"noise")
    verified(location, target)
    assert not clip.exists()
    (aside,) = target.rglob("*.damaged")
    aside.write_bytes(FIRST)
    assert verified(location, target).damage == ()
    assert clip.read_bytes() == FIRST


def test_a_damaged_list_of_files_is_named(backed_up: BackUp, location: DiaryLocation, target: Path) -> None:
    made = backed_up()
    (target / "snapshots" / f"{made.snapshot}.json").write_bytes(b"{")
    found = verified(location, target)
    assert described(found) == [f"The list of files {made.snapshot} cannot be read."]
    with pytest.raises(DiaryError, match="damaged or missing"):
        refuse_damage(found)


def test_what_is_no_backup_is_refused(location: DiaryLocation, tmp_path: Path) -> None:
    with pytest.raises(DiaryError, match="not a backup"):
        verified(location, tmp_path)

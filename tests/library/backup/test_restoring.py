"""A backup folder becomes the same diary again, or nothing."""

import errno
import hashlib
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from duskreel.errors import Cancelled, DiaryError
from duskreel.library import checksums, partial
from duskreel.library.backup import restoring
from duskreel.library.backup.restoring import Restored, RestoreRequest, restore_backup, snapshot_at
from duskreel.library.backup.store import BackupFolder
from duskreel.library.diary import Diary
from duskreel.library.sidecars import read_entry
from duskreel.library.values import DiaryLocation
from duskreel.progress import CancelToken, unheard
from library.backup.conftest import NEVER, BackUp, contents, object_of, put

FIRST = b"first clip" * 500
ENTRY = """{"format": 1, "id": "01JD0000000000000000000001", "recorded_at": "2026-11-23T18:04:12-05:00",
"clip": "clip.mp4", "source": "camera", "duration_ms": 2000, "width": 320, "height": 180}"""
NAMES = ["2026-04-30T23.59.59", "2026-05-01T08.00.00", "2026-05-01T21.00.00", "2026-05-02T00.00.00"]
DATED = [(name, datetime.strptime(name, "%Y-%m-%dT%H.%M.%S")) for name in NAMES]  # noqa: DTZ007


@pytest.fixture
def again(tmp_path: Path) -> Path:
    return tmp_path / "again"


def restored(target: Path, again: Path, token: CancelToken = NEVER, **changes: object) -> Restored:
    request = replace(RestoreRequest(target, again, again.parent / "state"), **changes)  # type: ignore[arg-type]
    return restore_backup(request, progress=unheard, token=token)


def test_what_is_restored_is_the_same_with_names_contents_and_times(
    backed_up: BackUp, location: DiaryLocation, target: Path, again: Path
) -> None:
    backed_up()
    found = restored(target, again)
    assert contents(again) == contents(location.folder)
    assert (found.files, found.left_out) == (len(contents(again)), ())


def test_a_restored_diary_goes_on_with_its_backup(
    backed_up: BackUp, location: DiaryLocation, target: Path, again: Path
) -> None:
    backed_up()
    restored(target, again)
    made = backed_up(location=DiaryLocation(again, location.state))
    assert (made.is_new, made.copied_files) == (False, 0)


def test_an_older_state_is_restored_by_its_day(
    backed_up: BackUp, location: DiaryLocation, target: Path, again: Path
) -> None:
    made = backed_up()
    folder = BackupFolder.open(target)
    old = folder.read(made.snapshot)
    before = contents(location.folder)
    folder.write(old, datetime(2026, 5, 1, 9, tzinfo=UTC))
    put(location.folder, "entries/2026/11/new/clip.mp4", b"new")
    backed_up(keep=None)
    assert restored(target, again, at="2026-05-01").snapshot == "2026-05-01T09.00.00"
    assert contents(again) == before
    with pytest.raises(DiaryError, match="no snapshot of 2026-04-30 or before"):
        restored(target, again.with_name("other"), at="2026-04-30")


@pytest.mark.parametrize(
    ("at", "meant"),
    [
        ("", NAMES[3]),
        ("2026-05-01", NAMES[2]),
        ("2026-04-30", NAMES[0]),
        ("2026-04-29", None),
        ("2027-01-01", NAMES[3]),
        ("2026-05-01T08.00.00", NAMES[1]),
        ("2026-05-01 12:00", NAMES[1]),
    ],
)
def test_a_day_means_its_last_snapshot_or_the_last_before_it(at: str, meant: str | None) -> None:
    assert snapshot_at(DATED, at) == meant


def test_what_is_no_day_is_refused() -> None:
    with pytest.raises(DiaryError, match="is not a day"):
        snapshot_at(DATED, "yesterday")


def test_a_day_is_found_although_a_wrong_clock_has_named_its_snapshot(backed_up: BackUp, target: Path) -> None:
    backed_up()
    made = BackupFolder.open(target)
    state = made.read(made.snapshots()[0])
    state = replace(state, began_at=datetime(2026, 12, 1, tzinfo=UTC))
    made.write(state, datetime(2026, 12, 1, tzinfo=UTC))
    made.write(replace(state, began_at=datetime(2090, 1, 1, tzinfo=UTC)), datetime(2090, 1, 1, tzinfo=UTC))
    mine = made.write(replace(state, began_at=datetime(2026, 12, 5, tzinfo=UTC)), datetime(2090, 1, 2, tzinfo=UTC))
    dated = made.dated(datetime(2030, 1, 1, tzinfo=UTC))
    assert snapshot_at(dated, "2026-12-05") == mine
    assert snapshot_at(dated, "") == mine


@pytest.mark.parametrize("content", [b"", FIRST[:-1], FIRST[:-1] + b"X", None])
def test_a_damaged_backup_restores_nothing(backed_up: BackUp, target: Path, again: Path, content: bytes | None) -> None:
    backed_up()
    clip = object_of(target, FIRST)
    clip.unlink() if content is None else clip.write_bytes(content)
    with pytest.raises(DiaryError, match=r"damaged at “entries/2026/11/one/clip.mp4”.*--skip-damaged"):
        restored(target, again)
    assert sorted(path.name for path in again.parent.iterdir()) == ["backup", "diary", "state"]


def test_all_that_is_whole_is_brought_back_when_asked_for(
    backed_up: BackUp, location: DiaryLocation, target: Path, again: Path
) -> None:
    backed_up()
    object_of(target, FIRST).write_bytes(b"noise")
    found = restored(target, again, skips_damaged=True)
    assert found.left_out == ("entries/2026/11/one/clip.mp4",)
    expected = contents(location.folder)
    del expected["entries/2026/11/one/clip.mp4"]
    assert contents(again) == expected


def test_a_diary_whose_identity_is_damaged_stays_the_same_diary(
    backed_up: BackUp, location: DiaryLocation, target: Path, again: Path
) -> None:
    backed_up()
    object_of(target, (location.folder / "duskreel.json").read_bytes()).unlink()
    assert restored(target, again, skips_damaged=True).left_out == ("duskreel.json",)
    with Diary.open(location) as diary, Diary.open(DiaryLocation(again, location.state)) as other:
        assert other.library_id == diary.library_id


def test_what_is_damaged_between_reading_and_writing_makes_no_diary(
    backed_up: BackUp, target: Path, again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up()
    monkeypatch.setattr(restoring, "is_whole", lambda *_: True)
    object_of(target, FIRST).write_bytes(FIRST[:-1] + b"X")
    with pytest.raises(DiaryError, match="damaged at"):
        restored(target, again)
    assert not again.exists()
    assert restored(target, again, skips_damaged=True).left_out == ("entries/2026/11/one/clip.mp4",)


def test_a_killed_restore_leaves_no_half_diary_and_can_be_done_again(
    backed_up: BackUp, location: DiaryLocation, target: Path, again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", _die)
        patch.setattr(partial, "remove", lambda _path: False)
        patch.setattr(partial.PartialRegister, "_forget", lambda _self, _intent, lock: lock.release())
        with pytest.raises(KeyboardInterrupt):
            restored(target, again)
    assert not again.exists()
    (left,) = again.parent.glob(".again.*.partial")
    assert contents(left).keys() == contents(location.folder).keys()
    restored(target, again)
    assert contents(again) == contents(location.folder)
    assert not list(again.parent.glob(".*"))


def test_a_second_restore_into_the_same_folder_is_told_to_wait(
    backed_up: BackUp, location: DiaryLocation, target: Path, again: Path
) -> None:
    backed_up()
    said: list[str] = []

    def second(_stage: str, _fraction: float) -> None:
        if not said:
            with pytest.raises(DiaryError) as refused:
                restored(target, again.parent / "state" / ".." / "again")
            said.append(refused.value.what_happened)

    request = RestoreRequest(target, again, location.state)
    restore_backup(request, progress=second, token=NEVER)
    assert "is going on" in said[0]
    assert contents(again) == contents(location.folder)


def test_restores_that_know_nothing_of_each_other_make_one_whole_diary(
    backed_up: BackUp, location: DiaryLocation, target: Path, again: Path
) -> None:
    backed_up()
    finished: list[Restored] = []

    def second(stage: str, _fraction: float) -> None:
        if stage == "Writing" and not finished:
            finished.append(restored(target, again, state=again.parent / "state of somebody else"))

    with pytest.raises(DiaryError, match="is not an empty folder"):
        restore_backup(RestoreRequest(target, again, location.state), progress=second, token=NEVER)
    assert finished[0].files == len(contents(again))
    assert contents(again) == contents(location.folder)
    assert not list(again.parent.glob(".*")), "nothing is left of the other"


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_full_disk_leaves_no_diary(
    backed_up: BackUp, target: Path, again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    backed_up()
    monkeypatch.setattr(restoring, "sync_file", full)
    with pytest.raises(DiaryError, match="No space left"):
        restored(target, again)
    assert sorted(path.name for path in again.parent.iterdir()) == ["backup", "diary", "state"]


def test_a_cancelled_restore_leaves_nothing(backed_up: BackUp, target: Path, again: Path) -> None:
    backed_up()
    answers = iter([False] * 12 + [True] * 100)
    with pytest.raises(Cancelled):
        restored(target, again, CancelToken(lambda: next(answers)))
    assert sorted(path.name for path in again.parent.iterdir()) == ["backup", "diary", "state"]


def test_a_folder_with_something_in_it_is_left_alone(backed_up: BackUp, location: DiaryLocation, target: Path) -> None:
    backed_up()
    with pytest.raises(DiaryError, match="not an empty folder"):
        restored(target, location.folder)


def test_a_diary_is_not_restored_into_its_backup(backed_up: BackUp, target: Path) -> None:
    backed_up()
    with pytest.raises(DiaryError, match="own backup"):
        restored(target, target / "diary")


def test_a_damaged_list_of_files_points_to_another_one(
    backed_up: BackUp, location: DiaryLocation, target: Path, again: Path
) -> None:
    first = backed_up().snapshot
    put(location.folder, "entries/2026/11/new/clip.mp4", b"new")
    second = backed_up().snapshot
    (target / "snapshots" / f"{second}.json").write_bytes(b"")
    with pytest.raises(DiaryError, match=f"--at {first}"):
        restored(target, again)
    assert restored(target, again, at=first).snapshot == first


@pytest.mark.parametrize("path", ["../evil", "/evil", "a/../../evil", "C:evil", "a\\..\\evil", ""])
def test_a_name_that_leads_out_of_the_folder_is_refused(
    backed_up: BackUp, target: Path, again: Path, path: str
) -> None:
    made = backed_up()
    folder = BackupFolder.open(target)
    snapshot = folder.read(made.snapshot)
    files = (replace(snapshot.files[0], path=path), *snapshot.files[1:])
    evil = folder.write(replace(snapshot, files=files), datetime(2027, 1, 1, tzinfo=UTC))
    with pytest.raises(DiaryError, match="is damaged"):
        restored(target, again, at=evil)
    assert not again.exists()


def test_no_diary_is_made_inside_a_diary(backed_up: BackUp, location: DiaryLocation, target: Path) -> None:
    backed_up()
    with pytest.raises(DiaryError, match="inside a diary"):
        restored(target, location.folder / "entries" / "2030")
    assert not (location.folder / "entries" / "2030").exists()


def test_a_recording_that_nobody_had_read_whole_gets_its_checksum_from_the_backup(
    backed_up: BackUp, location: DiaryLocation, target: Path, again: Path
) -> None:
    home = location.folder / "entries/2026/11/one"
    put(location.folder, "entries/2026/11/one/entry.json", ENTRY.encode())
    checksums.note(home, "clip.mp4", None, len(FIRST))
    backed_up()
    restored(target, again)
    there = again / "entries/2026/11/one"
    assert checksums.known(there, read_entry(there, "")) == hashlib.sha256(FIRST).hexdigest()
    checksums.note(home, "clip.mp4", None, len(FIRST) + 1)
    backed_up()
    restored(target, again.with_name("half"))
    half = again.with_name("half") / "entries/2026/11/one"
    assert checksums.known(half, read_entry(half, "")) is None, "a sync had not brought all of it"

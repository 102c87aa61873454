"""What is in a backup folder is whole, whatever happens while it grows."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from duskreel.errors import Cancelled, DiaryError
from duskreel.library.backup import incremental, kept
from duskreel.library.backup.store import BackupFolder, object_name
from duskreel.library.diary import Diary
from duskreel.library.values import DiaryLocation
from duskreel.progress import CancelToken
from library.backup.conftest import LONG_AGO_NS, BackUp, contents, object_of, objects, put


class KilledError(BaseException):
    """Stands for a process that ends here."""


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files of the diary that are read."""
    names: list[str] = []

    class Watched(kept.FileReading):
        def __init__(self, path: Path) -> None:
            names.append(path.name)
            super().__init__(path)

    monkeypatch.setattr(incremental, "FileReading", Watched)
    return names


def refuse_holes(target: Path) -> None:
    """Every snapshot that is there has all that it needs."""
    if not (target / "snapshots").is_dir():
        return
    folder = BackupFolder.open(target)
    for name in folder.snapshots():
        for file in folder.read(name).files:
            assert folder.path(object_name(file)).stat().st_size == file.size_bytes


def test_everything_is_in_it_under_its_own_checksum(backed_up: BackUp, location: DiaryLocation, target: Path) -> None:
    made = backed_up()
    snapshot = BackupFolder.open(target).read(made.snapshot)
    diary = contents(location.folder)
    assert {file.path: file.mtime_ns for file in snapshot.files} == {path: ns for path, (_, ns) in diary.items()}
    for file in snapshot.files:
        held = target / "objects" / file.sha256[:2] / object_name(file)
        assert held.read_bytes() == diary[file.path][0]
        assert held.suffix == Path(file.path).suffix
    assert (made.files, made.copied_files, made.is_new, made.snapshots) == (len(diary), len(diary), True, 1)


def test_equal_contents_are_stored_once(backed_up: BackUp, location: DiaryLocation, target: Path) -> None:
    put(location.folder, "entries/2026/11/copy/clip.mp4", b"first clip" * 500)
    backed_up()
    held = [path for path in objects(target).values() if path.read_bytes() == b"first clip" * 500]
    assert len(held) == 1


def test_a_second_run_with_nothing_new_reads_nothing_and_adds_nothing(
    backed_up: BackUp, target: Path, opened: list[str]
) -> None:
    first = backed_up()
    opened.clear()
    before = contents(target)
    second = backed_up()
    assert (second.is_new, second.snapshot, second.copied_files, opened) == (False, first.snapshot, 0, [])
    assert contents(target) == before


def test_a_full_run_reads_everything_and_copies_only_what_is_different(
    backed_up: BackUp, location: DiaryLocation, opened: list[str]
) -> None:
    backed_up()
    put(location.folder, "entries/2026/11/one/clip.mp4", b"other clip" * 500)
    assert not backed_up().is_new, "it looks as it did"
    opened.clear()
    made = backed_up(reads_all=True)
    assert set(opened) >= {Path(path).name for path in contents(location.folder)}
    assert (made.is_new, made.copied_files) == (True, 1)


def test_what_has_just_changed_is_read_again_although_it_looks_the_same(
    backed_up: BackUp, location: DiaryLocation
) -> None:
    note = put(location.folder, "entries/2026/11/one/note.json", b"{1}")
    now_ns = note.stat().st_ctime_ns
    os.utime(note, ns=(now_ns, now_ns))
    backed_up()
    put(location.folder, "entries/2026/11/one/note.json", b"{2}", now_ns)
    assert backed_up().is_new, "a disk may count in steps of two seconds"


def test_a_moved_entry_is_not_copied_again(backed_up: BackUp, location: DiaryLocation) -> None:
    backed_up()
    (location.folder / "entries/2026/11/one").rename(location.folder / "bin/one")
    made = backed_up()
    assert (made.is_new, made.copied_files, made.snapshots) == (True, 0, 2)


def test_a_deleted_entry_stays_in_the_older_snapshot(backed_up: BackUp, location: DiaryLocation, target: Path) -> None:
    first = backed_up()
    shutil.rmtree(location.folder / "entries/2026/11/one")
    second = backed_up()
    folder = BackupFolder.open(target)
    assert len(folder.read(second.snapshot).files) == len(folder.read(first.snapshot).files) - 2
    assert object_of(target, b"first clip" * 500)


@pytest.mark.parametrize("step", [0, 3, 5, 7, 8, 9, 10, 12, 15, 20])
def test_a_backup_that_ends_anywhere_loses_nothing_and_goes_on(
    backed_up: BackUp, location: DiaryLocation, target: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up()
    put(location.folder, "entries/2026/11/new/clip.mp4", b"third clip" * 900)
    put(location.folder, "entries/2026/11/new/note.json", b"{3}")
    before = contents(target)
    with monkeypatch.context() as patch:
        die_at(step, patch)
        try:
            backed_up()
        except KilledError:
            refuse_holes(target)
    assert before.items() <= contents(target).items()
    backed_up()
    refuse_holes(target)
    assert {path.suffix for path in target.rglob("*")} <= {"", ".json", ".mp4"}, "leftovers are cleared away"
    assert object_of(target, b"third clip" * 900)


def die_at(step: int, patch: pytest.MonkeyPatch) -> None:
    """End the run at its so-many-th system call about the backup; nothing is tidied up, as by a killed process."""
    left = [step]

    def dying(call: Callable[..., object], *, afterwards: bool) -> Callable[..., object]:
        def called(*arguments: object, **named: object) -> object:
            left[0] -= 1
            if left[0] < 0 and not afterwards:
                raise KilledError
            answer = call(*arguments, **named)
            left[0] -= 1
            if left[0] < 0:
                raise KilledError
            return answer

        return called

    patch.setattr(os, "fsync", dying(os.fsync, afterwards=False))
    for name in ("replace", "mkdir", "unlink"):
        patch.setattr(Path, name, dying(getattr(Path, name), afterwards=True))


def test_finished_objects_are_not_copied_again_by_the_next_run(backed_up: BackUp, target: Path) -> None:
    answers = iter([False] * 12 + [True] * 1000)
    with pytest.raises(Cancelled):
        backed_up(CancelToken(lambda: next(answers)))
    assert not list((target / "snapshots").iterdir())
    finished = {name: path.stat().st_ino for name, path in objects(target).items()}
    assert finished
    made = backed_up()
    assert made.copied_files == made.files - len(finished)
    assert finished.items() <= {name: path.stat().st_ino for name, path in objects(target).items()}.items()


def test_an_object_of_the_wrong_size_is_copied_again(backed_up: BackUp, target: Path) -> None:
    backed_up()
    clip = object_of(target, b"first clip" * 500)
    clip.write_bytes(b"first")
    made = backed_up()
    assert (made.copied_files, made.is_new) == (1, False)
    assert clip.read_bytes() == b"first clip" * 500


def test_a_full_disk_is_told_and_the_next_run_goes_on(
    backed_up: BackUp, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) > 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(incremental, "sync_file", full)
        with pytest.raises(DiaryError, match=r"is full\. Make room .* goes on where it stopped"):
            backed_up()
    assert not list((target / "objects").glob("*.partial"))
    assert len(objects(target)) == 3
    made = backed_up()
    assert made.copied_files == made.files - 3


def test_a_disk_that_takes_no_large_files_is_told(backed_up: BackUp, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))

    monkeypatch.setattr(incremental, "sync_file", refuse)
    with pytest.raises(DiaryError, match="exFAT"):
        backed_up()


def test_without_room_nothing_is_begun(backed_up: BackUp, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 1000))
    with pytest.raises(DiaryError, match="The backup needs 16 MB, and 0 MB are free"):
        backed_up()
    assert objects(target) == {}


def test_a_file_that_vanishes_is_left_out(
    backed_up: BackUp, location: DiaryLocation, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Vanishing(kept.FileReading):
        def __init__(self, path: Path) -> None:
            if path.parent.name == "one":
                path.unlink(missing_ok=True)
            super().__init__(path)

    monkeypatch.setattr(incremental, "FileReading", Vanishing)
    made = backed_up()
    paths = {file.path for file in BackupFolder.open(target).read(made.snapshot).files}
    assert paths == set(contents(location.folder))
    assert not any("/one/" in path for path in paths)


def test_a_sidecar_that_changes_while_it_is_copied_is_whole_and_taken_anew(
    backed_up: BackUp, location: DiaryLocation, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Written(kept.FileReading):
        written = 0

        def _chunk(self) -> bytes:
            if self._file.name.endswith("note.json") and Written.written == 0:
                Written.written += 1
                put(location.folder, "entries/2026/11/one/note.json", b"{new}", LONG_AGO_NS + 1)
            return super()._chunk()

    monkeypatch.setattr(incremental, "FileReading", Written)
    backed_up()
    refuse_holes(target)
    assert object_of(target, b"{new}")
    assert not backed_up().is_new


def test_what_the_disk_does_not_give_is_named_and_kept_as_it_was(
    backed_up: BackUp, location: DiaryLocation, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up()
    put(location.folder, "entries/2026/11/one/clip.mp4", b"x" * 5001, LONG_AGO_NS + 1)

    class Failing(kept.FileReading):
        def _chunk(self) -> bytes:
            if "one/clip" in self._file.name:
                raise kept.UnreadableError("Input/output error")
            return super()._chunk()

    monkeypatch.setattr(incremental, "FileReading", Failing)
    made = backed_up()
    assert made.unreadable == ("entries/2026/11/one/clip.mp4: Input/output error",)
    files = {file.path: file for file in BackupFolder.open(target).read(made.snapshot).files}
    assert files["entries/2026/11/one/clip.mp4"].size_bytes == 5000


def test_a_diary_whose_disk_goes_away_makes_no_snapshot(
    backed_up: BackUp, location: DiaryLocation, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up()

    def unplug(root: Path, _going_on: object) -> dict[str, os.stat_result]:
        found = kept.kept_files(root)
        shutil.rmtree(root)
        return found

    monkeypatch.setattr(incremental, "kept_files", unplug)
    with pytest.raises(DiaryError, match="no longer there"):
        backed_up()
    assert len(BackupFolder.open(target).snapshots()) == 1


def test_two_diaries_are_not_mixed(backed_up: BackUp, tmp_path: Path, target: Path) -> None:
    backed_up()
    before = contents(target)
    other = DiaryLocation(tmp_path / "other", tmp_path / "state")
    with Diary.open(other):
        pass
    with pytest.raises(DiaryError, match="another diary"):
        backed_up(location=other)
    (target / "duskreel-backup.json").unlink()
    with pytest.raises(DiaryError, match="another diary"):
        backed_up(location=other)
    before.pop("duskreel-backup.json")
    assert contents(target) == before


def test_a_lost_identity_is_made_anew_from_the_snapshots(backed_up: BackUp, target: Path) -> None:
    backed_up()
    identity = (target / "duskreel-backup.json").read_bytes()
    (target / "duskreel-backup.json").write_bytes(b"")
    assert not backed_up().is_new
    assert (target / "duskreel-backup.json").read_bytes() == identity


@pytest.mark.parametrize("inside", ["entries/backup", "backup", "."])
def test_a_backup_inside_the_diary_is_refused(backed_up: BackUp, location: DiaryLocation, inside: str) -> None:
    before = contents(location.folder)
    with pytest.raises(DiaryError, match="lost with it"):
        backed_up(target=location.folder / inside)
    assert contents(location.folder) == before


def test_a_target_that_cannot_be_written_to_is_told(
    backed_up: BackUp, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_root: Path, _library_id: str) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patch:
        patch.setattr(incremental.BackupFolder, "begin", refuse)
        with pytest.raises(DiaryError, match="Read-only"):
            backed_up()
    target.write_bytes(b"mine")
    with pytest.raises(DiaryError, match="is a file"):
        backed_up()
    assert target.read_bytes() == b"mine"


def test_what_else_is_in_the_folder_is_let_be(backed_up: BackUp, target: Path) -> None:
    put(target, "holiday.jpg", b"beach")
    put(target, "snapshots/._2026-01-01T00.00.00.json", b"finder")
    put(target, "objects/.DS_Store", b"finder")
    put(target, "objects/ab/notes.txt", b"mine")
    backed_up()
    for name in ("holiday.jpg", "snapshots/._2026-01-01T00.00.00.json", "objects/.DS_Store", "objects/ab/notes.txt"):
        assert (target / name).is_file()


def test_unfinished_files_of_the_diary_are_not_kept(backed_up: BackUp, location: DiaryLocation, target: Path) -> None:
    for name in (".a.duskreel-tmp", ".short 1a2b.partial.mp4", ".short.mp4.partial"):
        put(location.folder, f"shorts/{name}", b"half")
    made = backed_up()
    assert not [
        f.path for f in BackupFolder.open(target).read(made.snapshot).files if "half" in f.path or "/." in f.path
    ]


def test_a_name_that_is_no_unicode_is_kept(backed_up: BackUp, location: DiaryLocation, target: Path) -> None:
    odd = os.fsencode(location.folder / "shorts") + b"/\xff.mp4"
    Path(os.fsdecode(odd)).write_bytes(b"odd")
    made = backed_up()
    paths = [file.path for file in BackupFolder.open(target).read(made.snapshot).files]
    assert os.fsdecode(b"shorts/\xff.mp4") in paths


def test_only_one_backup_at_a_time(backed_up: BackUp, location: DiaryLocation) -> None:
    with Diary.open(location) as diary:
        library_id = diary.library_id
    with incremental.only_one(location.state, library_id), pytest.raises(DiaryError, match="Another backup"):
        backed_up()
    assert backed_up().is_new


def test_hundreds_of_equal_files_are_one_object(backed_up: BackUp, location: DiaryLocation) -> None:
    for number in range(300):
        put(location.folder, f"bin/many/{number}", b"")
    made = backed_up()
    assert (made.files, made.copied_files) == (310, 10)

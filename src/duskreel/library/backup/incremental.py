"""Adding to a backup folder what is new in the diary.

Whatever a killed or failed run has copied is there for the next one, which copies nothing twice: it first asks whether
an object of the same size is already the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from duskreel.atomic import sync_file
from duskreel.errors import DiaryError
from duskreel.library.backup import remembering
from duskreel.library.backup.kept import (
    FileReading,
    StoredFile,
    UnreadableError,
    VanishedError,
    cannot_store,
    kept_files,
    refuse_inside,
    refuse_without_room,
    takes_going_on,
    unfinished_takes,
)
from duskreel.library.backup.locking import held
from duskreel.library.backup.losses import lacks_most, loss_told
from duskreel.library.backup.spoiled import Spoiled
from duskreel.library.backup.store import BackupFolder, Snapshot, object_name
from duskreel.library.backup.thinning import KeepPolicy, thin
from duskreel.library.diary import Diary
from duskreel.library.folder import IDENTITY
from duskreel.library.values import DiaryLocation
from duskreel.progress import CancelToken, Progress

_TRIES = 3
"""how often a file is read that somebody writes to at the same time"""
_COARSEST_CLOCK_NS = 3_000_000_000
"""FAT counts in steps of two seconds: a file may change within one and look the same"""


@dataclass(frozen=True)
class FolderBackupRequest:
    """What is to be kept where."""

    location: DiaryLocation
    target: Path
    """a folder; it is made if it is not there"""
    reads_all: bool = False
    """whether files are read that look as they did last time"""
    keep: KeepPolicy | None = field(default_factory=KeepPolicy)
    """which older snapshots stay; None for all"""


@dataclass(frozen=True)
class FolderBackup:
    """What came of a backup into a folder."""

    folder: Path
    snapshot: str
    """the newest one, which holds the diary as it is now"""
    is_new: bool
    """False where nothing had changed since the last one"""
    files: int
    size_bytes: int
    copied_files: int
    copied_bytes: int
    snapshots: int
    """how many there are now"""
    removed_snapshots: int
    unreadable: tuple[str, ...]
    """files that the diary's disk did not give; where the backup had them, it keeps them"""
    unfinished_takes: int
    """recordings that are no entries yet, and are in it as they are"""
    takes_going_on: int
    """recordings that are being made just now, and are not in it"""
    broken_snapshots: tuple[str, ...]
    """as long as there is one, nothing old is removed"""
    spoiled_but_kept: tuple[str, ...]
    """clips that the diary's disk has spoiled, of which the backup holds a good copy"""
    spoiled: tuple[str, ...]
    """clips that are not what they were, of which the backup has only what is there now"""
    remarks: tuple[str, ...]
    """what the user should know about spoiled clips and lost entries, in sentences"""


@contextmanager
def only_one(state: Path, library_id: str) -> Iterator[None]:
    """One program at a time changes the backups of a diary.

    Args:
        state: `DiaryLocation.state`, on a local disk, where locks work.
        library_id: of the diary.

    Raises:
        DiaryError: another one is at it.
    """
    with held(state / "locks" / f"{library_id}.backup.lock", "Another backup of this diary is being made."):
        yield


def back_up(request: FolderBackupRequest, /, *, progress: Progress, token: CancelToken) -> FolderBackup:
    """Copy what is new into the folder, and let a snapshot of the whole diary appear there if anything has changed.

    Raises:
        DiaryError: the folder is another diary's, is full or cannot be written to; or the diary cannot be read. There
            is no new snapshot then, and what was copied waits for the next run.
        Cancelled: likewise.
    """
    target = request.target.absolute()
    refuse_inside(target, request.location.folder)
    if target.exists() and not target.is_dir():
        raise DiaryError(f"{target} is a file, not a folder.", "Choose a folder for the backup.")
    began_at = _now()
    with Diary.open(request.location) as diary, only_one(request.location.state, diary.library_id):
        try:
            folder = BackupFolder.begin(target, diary.library_id)
            made = _back_up(folder, request, began_at, progress, token)
        except OSError as error:
            raise cannot_store(target, error) from error
        remembering.note(request.location.state, diary.library_id, target, began_at, made.snapshots)
    return made


def _back_up(
    folder: BackupFolder, request: FolderBackupRequest, began_at: datetime, progress: Progress, token: CancelToken
) -> FolderBackup:
    folder.clear_leftovers()
    newest = folder.newest()
    run = _Run(folder, request, newest[1] if newest else None, token)
    files = run.take_all(progress)
    run.refuse_lost_diary(files)
    is_new = newest is None or files != newest[1].files
    snapshot = Snapshot(folder.library_id, began_at, files)
    has_lost_most = newest is not None and lacks_most(snapshot, newest[1])
    if newest is None or is_new:
        run.refuse_holes(files)
        name = folder.write(snapshot, folder.time_for_next(_now()))
    else:
        name = newest[0]
    thinned = thin(folder, request.keep, began_at, is_worth_it=is_new)
    progress("Done", 1.0)
    return FolderBackup(
        folder=folder.root,
        snapshot=name,
        is_new=is_new,
        files=len(files),
        size_bytes=sum(file.size_bytes for file in files),
        copied_files=run.copied_files,
        copied_bytes=run.copied_bytes,
        snapshots=len(folder.snapshots()),
        removed_snapshots=len(thinned.removed),
        unreadable=tuple(run.unreadable),
        unfinished_takes=unfinished_takes(file.path for file in files),
        takes_going_on=len(run.going_on),
        broken_snapshots=thinned.broken,
        spoiled_but_kept=run.spoiled.kept(),
        spoiled=run.spoiled.taken(),
        remarks=(*run.spoiled.told(), *([loss_told(snapshot, *newest)] if newest and has_lost_most else [])),
    )


class _Run:
    """Takes in one file after the other."""

    def __init__(
        self, folder: BackupFolder, request: FolderBackupRequest, last: Snapshot | None, token: CancelToken
    ) -> None:
        self.copied_files = self.copied_bytes = 0
        self.unreadable: list[str] = []
        self.going_on = takes_going_on(request.location)
        self._folder, self._root, self._token = folder, request.location.folder, token
        self._reads_all = request.reads_all
        self._known = {file.path: file for file in last.files} if last else {}
        self._settled_ns = int(last.began_at.timestamp() * 1e9) - _COARSEST_CLOCK_NS if last else 0
        self._objects = folder.objects()
        self._sizes_bytes = set(self._objects.values())
        self.spoiled = Spoiled(self._root, folder, self._has)

    def take_all(self, progress: Progress) -> tuple[StoredFile, ...]:
        """Every file of the diary, each of them in the backup now."""
        found = kept_files(self._root, self.going_on)
        sizes_bytes = {path: status.st_size for path, status in found.items()}
        new = {path for path, size in sizes_bytes.items() if size not in self._sizes_bytes}
        refuse_without_room(self._folder.root, sum(sizes_bytes[path] for path in new))
        total_bytes, done_bytes = sum(sizes_bytes.values()) or 1, 0
        files: list[StoredFile] = []
        for path, status in found.items():
            self._token.raise_if_cancelled()
            progress("Copying", done_bytes / total_bytes)
            known = self._known.get(path)
            if known is not None and self._is_unchanged(known, status.st_size, status.st_mtime_ns):
                files.append(known)
            else:
                files += self._take(path)
            done_bytes += status.st_size
        return tuple(sorted(files))

    def refuse_lost_diary(self, files: tuple[StoredFile, ...]) -> None:
        """What is gone with a disk that was taken away was not deleted.

        Raises:
            DiaryError: the diary was not there until the end.
        """
        if not (self._root / IDENTITY).is_file() or IDENTITY not in {file.path for file in files}:
            raise DiaryError(f"The diary {self._root} is no longer there.", "Check its disk, then back up again.")

    def refuse_holes(self, files: tuple[StoredFile, ...]) -> None:
        """Look once more before a snapshot promises all this.

        Raises:
            DiaryError: another computer has cleaned up meanwhile.
            OSError: the disk of the backup was taken away.
        """
        there = self._folder.objects()
        if any(there.get(object_name(file)) != file.size_bytes for file in files):
            raise DiaryError(
                f"Something in {self._folder.root} was removed while the backup was being made.",
                "Back up again: what is missing is copied anew.",
            )

    def _is_unchanged(self, known: StoredFile, size_bytes: int, mtime_ns: int) -> bool:
        if self._reads_all or (known.size_bytes, known.mtime_ns) != (size_bytes, mtime_ns):
            return False
        return mtime_ns < self._settled_ns and self._has(known)

    def _has(self, file: StoredFile) -> bool:
        return self._objects.get(object_name(file)) == file.size_bytes

    def _take(self, path: str) -> list[StoredFile]:
        """The file as it is now; as it was, where its disk does not give it; nothing, where it is gone."""
        try:
            return [self._stored(path)]
        except VanishedError:
            return []
        except UnreadableError as error:
            self.unreadable.append(f"{path}: {error}")
            known = self._known.get(path)
            return [known] if known is not None and self._has(known) else []

    def _stored(self, path: str) -> StoredFile:
        with FileReading(self._root / path) as source:
            if source.status.st_size in self._sizes_bytes:
                file = StoredFile(path, *source.copied_to(None, self._token), source.status.st_mtime_ns)
                whole = None if source.has_changed() else self.spoiled.whole(file)
                if whole is not None or self._has(file):
                    return whole or file
        for _ in range(_TRIES):
            file, is_sure = self._copy(path)
            if is_sure:
                self.spoiled.whole(file)
                break
        return file

    def _copy(self, path: str) -> tuple[StoredFile, bool]:
        """Copy the file, named after what was read, and tell whether nobody wrote to it meanwhile."""
        partial = self._folder.new_partial()
        try:
            with FileReading(self._root / path) as source, partial.open("xb") as copy:
                size_and_sha256 = source.copied_to(copy, self._token)
                copy.flush()
                sync_file(copy.fileno())
                is_sure = not source.has_changed()
            file = StoredFile(path, *size_and_sha256, source.status.st_mtime_ns)
            self._folder.adopt(partial, file)
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
        self._objects[object_name(file)] = file.size_bytes
        self._sizes_bytes.add(file.size_bytes)
        self.copied_files += 1
        self.copied_bytes += file.size_bytes
        return file, is_sure


def _now() -> datetime:
    return datetime.now(UTC).astimezone()

"""A diary made of a backup again, of either kind. Nothing is written before everything was read and proved."""

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Protocol, Self

from duskreel.atomic import cannot_write, sync_file, sync_folder, write_json
from duskreel.errors import DiaryError
from duskreel.library import checksums
from duskreel.library.backup.kept import (
    FileReading,
    Reading,
    StoredFile,
    UnreadableError,
    is_whole,
    refuse_without_room,
)
from duskreel.library.backup.locking import held
from duskreel.library.backup.store import BackupFolder, BrokenSnapshotError, object_name, taken_at
from duskreel.library.backup.zipped import ZipBackup
from duskreel.library.folder import FORMAT, IDENTITY
from duskreel.library.ids import new_id
from duskreel.library.partial import PartialRegister
from duskreel.library.sidecars import BrokenSidecarError, UnreadableSidecarError, make_private, read_entry
from duskreel.progress import CancelToken, Progress, part

_PRIVATE_FOLDER = 0o700


@dataclass(frozen=True)
class RestoreRequest:
    """Which backup becomes a diary where."""

    file: Path
    """a ZIP file, or a backup folder"""
    target: Path
    """a folder that does not exist yet, or is empty"""
    state: Path
    """`DiaryLocation.state` of this machine, for the lock, and for what a killed restore leaves"""
    at: str = ""
    """the name of a snapshot, or a day, which means its last one or the last before it; "" for the newest"""
    skips_damaged: bool = False
    """whether to bring back all that is whole, instead of nothing, where something is damaged"""


@dataclass(frozen=True)
class Restored:
    """What is in the new diary."""

    folder: Path
    snapshot: str
    """"" for a ZIP file"""
    files: int
    size_bytes: int
    left_out: tuple[str, ...]
    """paths of damaged files"""


class Source(Protocol):
    """One state of a diary in some backup."""

    place: Path
    library: str
    files: tuple[StoredFile, ...]

    def place_of(self, file: StoredFile) -> str:
        """Where its content is; equal contents may be in one place."""

    def open(self, file: StoredFile) -> Reading:
        """The content of one file."""


class SnapshotSource:
    """One snapshot of a backup folder.

    Args:
        folder: the backup.
        name: of the snapshot.

    Raises:
        DiaryError: the snapshot is damaged.
    """

    def __init__(self, folder: BackupFolder, name: str) -> None:
        self.place, self._folder = folder.root, folder
        try:
            snapshot = folder.read(name)
        except BrokenSnapshotError as error:
            others = [other for other in folder.snapshots() if other != name]
            advice = f"Try another one: --at {others[-1]}." if others else "Use another backup."
            raise DiaryError(f"The list of files {name} in {folder.root} is damaged.", advice) from error
        self.library, self.files = snapshot.library, snapshot.files

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_ending: object) -> None:
        """Nothing is held."""

    def place_of(self, file: StoredFile) -> str:
        """Where its content is; equal contents may be in one place."""
        return object_name(file)

    def open(self, file: StoredFile) -> Reading:
        """The content of one file."""
        return FileReading(self._folder.path(object_name(file)))


def restore_backup(request: RestoreRequest, /, *, progress: Progress, token: CancelToken) -> Restored:
    """Make a diary folder of a backup: all is read and compared first, and compared again as it is written.

    Raises:
        DiaryError: the backup is damaged, or the folder is not empty or cannot be written. There is no folder then.
        Cancelled: likewise. If the program is killed, what it wrote lies in a folder that ends in ``.partial``, and
            goes when a diary is opened or restored again.
    """
    target = request.target.absolute()
    with held(_lock(request.state, target), f"Another restore into {target} is going on."):
        return _restore(request, target, progress, token)


def _restore(request: RestoreRequest, target: Path, progress: Progress, token: CancelToken) -> Restored:
    _refuse_used(target)
    if any((folder / IDENTITY).is_file() for folder in target.parents):
        raise DiaryError(f"{target} lies inside a diary, which would hold everything twice.", "Choose another folder.")
    opened, name = _opened(request)
    with opened as source:
        whole, damaged = _sorted_out(source, part(progress, 0.0, 0.4), token)
        if damaged and not request.skips_damaged:
            raise _damaged(source, damaged)
        refuse_without_room(_nearest(target.parent), sum(file.size_bytes for file in whole), "The diary")
        left_out = _make(source, whole, request, part(progress, 0.4, 1.0), token)
    lost = {file.path for file in (*damaged, *left_out)}
    kept = [file for file in whole if file.path not in lost]
    return Restored(target, name, len(kept), sum(file.size_bytes for file in kept), tuple(sorted(lost)))


def _lock(state: Path, target: Path) -> Path:
    place = sha256(os.fsencode(target.resolve())).hexdigest()[:16]
    return state / "locks" / f"restore-{place}.lock"


def _refuse_used(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise DiaryError(f"{target} is not an empty folder.", "Choose a new one: a backup never overwrites anything.")


def snapshot_at(dated: Sequence[tuple[str, datetime]], at: str) -> str | None:
    """The name that is meant: itself, or the last one until the end of a day or until a moment; "" for the newest.

    Args:
        dated: names with times, oldest first, as `BackupFolder.dated` gives them.
        at: a name, or a date or time as ISO 8601 writes it, by the clock on the wall.

    Raises:
        DiaryError: it is neither.
    """
    names = [name for name, _ in dated]
    if not at or at in names:
        return at or (names[-1] if names else None)
    moment = taken_at(at)
    try:
        moment = moment or datetime.fromisoformat(at).replace(tzinfo=None)
    except ValueError as error:
        raise DiaryError(f"“{at}” is not a day.", "Write it as 2026-05-01.") from error
    if len(at) <= len("2026-05-01"):
        moment = datetime.combine(moment, time.max)
    return next((name for name, time in reversed(dated) if time <= moment), None)


def _opened(request: RestoreRequest) -> tuple["AbstractContextManager[Source]", str]:
    if not request.file.is_dir():
        return ZipBackup(request.file), ""
    if request.target.resolve().is_relative_to(request.file.resolve()):
        raise DiaryError("A diary does not belong into its own backup.", "Choose another folder for it.")
    folder = BackupFolder.open(request.file.absolute())
    name = snapshot_at(folder.dated(datetime.now(UTC).astimezone()), request.at)
    if name is None:
        when = f" of {request.at} or before" if request.at else ""
        raise DiaryError(f"{request.file} has no snapshot{when}.", "“duskreel backup DIR --list” shows what it has.")
    return SnapshotSource(folder, name), name


def _sorted_out(source: Source, progress: Progress, token: CancelToken) -> tuple[list[StoredFile], list[StoredFile]]:
    """Which files are whole, and which are not; equal contents are read once."""
    total_bytes, done_bytes = sum(file.size_bytes for file in source.files) or 1, 0
    verdicts: dict[str, bool] = {}
    whole: list[StoredFile] = []
    damaged: list[StoredFile] = []
    for file in source.files:
        progress("Checking the backup", done_bytes / total_bytes)
        place = source.place_of(file)
        if place not in verdicts:
            verdicts[place] = is_whole(partial(source.open, file), file, token)
        (whole if verdicts[place] else damaged).append(file)
        done_bytes += file.size_bytes
    return whole, damaged


def _damaged(source: Source, damaged: list[StoredFile]) -> DiaryError:
    others = f" and {len(damaged) - 1} more" if len(damaged) > 1 else ""
    return DiaryError(
        f"The backup {source.place} is damaged at “{damaged[0].path}”{others}.",
        "Use another backup, or bring back all that is whole with --skip-damaged.",
    )


def _nearest(folder: Path) -> Path:
    """The folder itself, or the one in which it is going to be made."""
    return next(path for path in (folder, *folder.parents) if path.is_dir())


def _make(
    source: Source,
    files: list[StoredFile],
    request: RestoreRequest,
    progress: Progress,
    token: CancelToken,
) -> list[StoredFile]:
    """Returns the files that turned out to be damaged after all; those are left out."""
    target = request.target.absolute()
    register = PartialRegister(request.state / "partials")
    register.sweep()
    with register.claim(target.with_name(f".{target.name[:40]}.{new_id()}.partial")) as unfinished:
        try:
            unfinished.mkdir(mode=_PRIVATE_FOLDER, parents=True)
            left_out = _write_all(source, files, unfinished, progress, token)
            if left_out and not request.skips_damaged:
                raise _damaged(source, left_out)
            if not (unfinished / IDENTITY).exists():
                # The diary stays the same one, which its backups know it by.
                write_json(unfinished / IDENTITY, {"format": FORMAT, "id": source.library})
            _note_checksums(unfinished, files)
            _sync_folders(unfinished)
            _refuse_used(target)
            if target.exists():
                target.rmdir()
            unfinished.rename(target)
            sync_folder(target.parent)
        except OSError as error:
            raise cannot_write(target, error) from error
    return left_out


def _write_all(
    source: Source, files: list[StoredFile], unfinished: Path, progress: Progress, token: CancelToken
) -> list[StoredFile]:
    total_bytes, done_bytes = sum(file.size_bytes for file in files) or 1, 0
    left_out: list[StoredFile] = []
    for file in files:
        token.raise_if_cancelled()
        progress("Writing", done_bytes / total_bytes)
        path = unfinished / file.path
        path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        if not _write(source, file, path, token):
            path.unlink()
            left_out.append(file)
        done_bytes += file.size_bytes
    return left_out


def _write(source: Source, file: StoredFile, path: Path, token: CancelToken) -> bool:
    """Whether what was written is what the backup promised."""
    with path.open("xb") as copy:
        try:
            with source.open(file) as stored:
                content = stored.copied_to(copy, token)
        except UnreadableError:
            return False
        copy.flush()
        sync_file(copy.fileno())
    make_private(path)
    os.utime(path, ns=(file.mtime_ns, file.mtime_ns))
    return content == (file.size_bytes, file.sha256)


def _note_checksums(root: Path, files: list[StoredFile]) -> None:
    """What the backup knows of recordings that nobody had read whole before."""
    for file in files:
        home, name = root / PurePosixPath(file.path).parent, PurePosixPath(file.path).name
        if checksums.known_size_bytes(home, name) == file.size_bytes and (home / name).is_file():
            with suppress(FileNotFoundError, BrokenSidecarError, UnreadableSidecarError):
                if checksums.known(home, read_entry(home, file.path.rpartition("/")[0])) is None:
                    checksums.note(home, name, file.sha256, file.size_bytes)


def _sync_folders(root: Path) -> None:
    for folder, _, _ in os.walk(root, topdown=False):
        sync_folder(Path(folder))

"""The whole diary in one file, checked before anybody relies on it.

The file is a plain ZIP, uncompressed, since video does not compress: any program opens it. It holds every file of
the diary under its own name, and ``backup.json`` with the SHA-256 of each, and its mtime, which a ZIP itself rounds to
two seconds of an unknown time zone.
"""

import json
import zipfile
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Self

from duskreel.atomic import cannot_write, rename_to_free, sync_file, sync_folder
from duskreel.errors import DiaryError
from duskreel.library.backup.kept import (
    FileReading,
    Reading,
    StoredFile,
    UnreadableError,
    VanishedError,
    is_safe,
    is_whole,
    kept_files,
    refuse_inside,
    refuse_without_room,
    takes_going_on,
    unfinished_takes,
)
from duskreel.library.diary import Diary
from duskreel.library.values import DiaryLocation
from duskreel.progress import CancelToken, Progress, part

MANIFEST = "backup.json"
FORMAT = 1
_FAULTS = (KeyError, ValueError, TypeError, AttributeError, RuntimeError, EOFError, OSError, zipfile.BadZipFile)
"""what zipfile and json raise on a file that was changed by chance"""


@dataclass(frozen=True)
class BackupRequest:
    """What is to be kept where."""

    location: DiaryLocation
    target: Path
    """a file that does not exist yet; its folder does"""


@dataclass(frozen=True)
class Backup:
    """What is in a backup."""

    file: Path
    files: int
    size_bytes: int
    unfinished_takes: int = 0
    """recordings that are no entries yet, and are in it as they are"""
    takes_going_on: int = 0
    """recordings that were being made at the time, and are not in it"""


def write_backup(request: BackupRequest, /, *, progress: Progress, token: CancelToken) -> Backup:
    """Write every file of the diary into a new ZIP file, and read all of it again before it gets its name.

    Raises:
        DiaryError: the target exists or cannot be written, the diary cannot be read, or what was written cannot be
            read again. There is no file then.
        Cancelled: likewise.
    """
    target = request.target.absolute()
    with Diary.open(request.location) as diary:
        _refuse_target(target, diary.location.folder)
        going_on = takes_going_on(diary.location)
        kept = kept_files(diary.location.folder, going_on)
        sizes_bytes = {name: status.st_size for name, status in kept.items()}
        refuse_without_room(target.parent, sum(sizes_bytes.values()))
        with diary.partials.claim(target.with_name(f".{target.name[:40]}.partial")) as unfinished:
            try:
                _write(diary, sizes_bytes, unfinished, part(progress, 0.0, 0.6), token)
                backup = check_backup(unfinished, part(progress, 0.6, 1.0), token)
                rename_to_free(unfinished, target)
                sync_folder(target.parent)
            except FileExistsError as error:
                raise _taken(target) from error
            except OSError as error:
                raise cannot_write(target, error) from error
    return replace(backup, file=target, takes_going_on=len(going_on))


def check_backup(file: Path, progress: Progress, token: CancelToken) -> Backup:
    """Read everything in a backup and compare it with its checksums.

    Raises:
        DiaryError: it is no backup, or a file in it is missing or damaged; says which.
    """
    with ZipBackup(file) as archive:
        total_bytes, done_bytes = sum(stored.size_bytes for stored in archive.files) or 1, 0
        for stored in archive.files:
            progress("Checking the backup", done_bytes / total_bytes)
            if not is_whole(partial(archive.open, stored), stored, token):
                raise DiaryError(f"The backup {file} is damaged at “{stored.path}”.", "Use another backup.")
            done_bytes += stored.size_bytes
        takes = unfinished_takes(stored.path for stored in archive.files)
        return Backup(file, len(archive.files), total_bytes, takes)


class ZipBackup:
    """An open ZIP backup.

    Args:
        file: where it is.

    Raises:
        DiaryError: there is no such file, or it is no backup.
    """

    def __init__(self, file: Path) -> None:
        self.place = file
        try:
            self._archive = zipfile.ZipFile(file)
        except FileNotFoundError as error:
            raise DiaryError(f"There is no file {file}.", "Check the name.") from error
        except _FAULTS as error:
            raise _no_backup(file) from error
        try:
            described = json.loads(self._archive.read(MANIFEST))
            self.library, self.files = str(described["library"]), self._described(described)
        except _FAULTS as error:
            self._archive.close()
            raise _no_backup(file) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_ending: object) -> None:
        self._archive.close()

    def place_of(self, file: StoredFile) -> str:
        """Where its content is; equal contents may be in one place."""
        return file.path

    def open(self, file: StoredFile) -> Reading:
        """The content of one file."""
        return Reading(lambda: self._archive.open(file.path), _FAULTS)

    def _described(self, described: dict[str, Any]) -> tuple[StoredFile, ...]:
        infos = {info.filename: info for info in self._archive.infolist()}
        mtimes_ns = described.get("mtime_ns", {})
        if described["format"] != FORMAT or not all(map(is_safe, described["sha256"])):
            raise ValueError("not ours")
        return tuple(
            StoredFile(name, *_size_and_mtime(infos.get(name), mtimes_ns.get(name), sha256))
            for name, sha256 in described["sha256"].items()
        )


def _size_and_mtime(info: zipfile.ZipInfo | None, mtime_ns: int | None, sha256: str) -> tuple[int, str, int]:
    """For a file that is missing, a size that nothing has."""
    if info is None:
        return -1, sha256, 0
    if mtime_ns is None:
        # Backups of earlier versions have no more.
        mtime_ns = int(datetime(*info.date_time).astimezone().timestamp() * 1e9)
    return info.file_size, sha256, int(mtime_ns)


def _refuse_target(target: Path, diary: Path) -> None:
    if target.exists():
        raise _taken(target)
    if not target.parent.is_dir():
        raise DiaryError(f"There is no folder {target.parent}.", "Make it first, or choose another one.")
    refuse_inside(target.parent, diary)


def _taken(target: Path) -> DiaryError:
    return DiaryError(f"There is already a file {target}.", "Choose another name: a backup never overwrites another.")


def _write(diary: Diary, sizes_bytes: dict[str, int], file: Path, progress: Progress, token: CancelToken) -> None:
    sums: dict[str, str] = {}
    mtimes_ns: dict[str, int] = {}
    total_bytes, done_bytes = sum(sizes_bytes.values()) or 1, 0
    with zipfile.ZipFile(file, "x", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
        for path, size_bytes in sizes_bytes.items():
            progress("Copying", done_bytes / total_bytes)
            name = _storable(path)
            # What is deleted or renamed while the backup is being made is not in it.
            with suppress(VanishedError):
                sums[name], mtimes_ns[name] = _add(archive, diary.location.folder / path, name, token)
            done_bytes += size_bytes
        archive.writestr(MANIFEST, json.dumps(_manifest(diary, sums, mtimes_ns), ensure_ascii=False, indent=2))
    with file.open("rb+") as written:
        sync_file(written.fileno())


def _add(archive: zipfile.ZipFile, path: Path, name: str, token: CancelToken) -> tuple[str, int]:
    """Returns the SHA-256 of what was read, and the mtime in ns."""
    try:
        with FileReading(path) as source:
            info = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
            with archive.open(info, "w", force_zip64=True) as stored:
                _, sha256 = source.copied_to(stored, token)
            return sha256, source.status.st_mtime_ns
    except UnreadableError as error:
        raise DiaryError(
            f"{path} cannot be read: {error}.", "Check the disk. A backup into a folder keeps everything else."
        ) from error


def _storable(path: str) -> str:
    """A ZIP holds Unicode; a name on a disk need not be that, and gets its odd bytes as in ``%ff``."""
    return "".join(f"%{ord(sign) & 0xFF:02x}" if 0xD800 <= ord(sign) <= 0xDFFF else sign for sign in path)


def _manifest(diary: Diary, sums: dict[str, str], mtimes_ns: dict[str, int]) -> dict[str, Any]:
    made_at = datetime.now(UTC).astimezone().isoformat()
    return {
        "format": FORMAT, "made_at": made_at, "library": diary.library_id, "sha256": sums, "mtime_ns": mtimes_ns
    }  # fmt: skip


def _no_backup(file: Path) -> DiaryError:
    return DiaryError(f"{file} is not a backup of a diary, or it is damaged.", "Try another one.")

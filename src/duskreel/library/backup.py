"""The whole diary in one file, checked before anybody relies on it, and back again.

The file is a plain ZIP, uncompressed, since video does not compress: any program opens it. It holds every file of
the diary under its own name, and ``backup.json`` with the SHA-256 of each.
"""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from duskreel.atomic import TEMPORARY_SUFFIX, cannot_write, rename_to_free, sync_file, sync_folder
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.folder import BIN, ENTRIES, IDENTITY, SHORTS
from duskreel.library.values import DiaryLocation
from duskreel.progress import CancelToken, Progress, part

MANIFEST = "backup.json"
FORMAT = 1
_KEPT = (ENTRIES, BIN, SHORTS)
_CHUNK_BYTES = 1 << 20
_SPARE_BYTES = 16 << 20


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
        sizes_bytes = _sizes_bytes(diary.location.folder)
        _refuse_without_room(target, sum(sizes_bytes.values()))
        with diary.partials.claim(target.with_name(f".{target.name[:40]}.partial")) as partial:
            try:
                _write(diary, sizes_bytes, partial, part(progress, 0.0, 0.6), token)
                backup = check_backup(partial, part(progress, 0.6, 1.0), token)
                rename_to_free(partial, target)
                sync_folder(target.parent)
            except FileExistsError as error:
                raise _taken(target) from error
            except OSError as error:
                raise cannot_write(target, error) from error
    return Backup(target, backup.files, backup.size_bytes)


def check_backup(file: Path, progress: Progress, token: CancelToken) -> Backup:
    """Read everything in a backup and compare it with its checksums.

    Raises:
        DiaryError: it is no backup, or a file in it is missing or damaged; says which.
    """
    with _opened(file) as archive:
        sums = _manifest(file, archive)
        total_bytes = sum(info.file_size for info in archive.infolist()) or 1
        done_bytes = 0
        for name, expected in sums.items():
            token.raise_if_cancelled()
            progress("Checking the backup", done_bytes / total_bytes)
            try:
                with archive.open(name) as stored:
                    found = _sha256(stored, None, token)
                done_bytes += archive.getinfo(name).file_size
            except (KeyError, zipfile.BadZipFile, OSError, EOFError) as error:
                raise _damaged(file, name) from error
            if found != expected:
                raise _damaged(file, name)
    return Backup(file, len(sums), total_bytes)


@dataclass(frozen=True)
class RestoreRequest:
    """Which backup becomes a diary where."""

    file: Path
    target: Path
    """a folder that does not exist yet, or is empty"""


def restore_backup(request: RestoreRequest, /, *, progress: Progress, token: CancelToken) -> Backup:
    """Make a diary folder of a backup. Everything is checked before anything is written.

    Raises:
        DiaryError: the backup is damaged, or the folder is not empty or cannot be written. There is no folder then.
        Cancelled: likewise.
    """
    target = request.target.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise DiaryError(f"{target} is not an empty folder.", "Choose a new one: a backup never overwrites anything.")
    backup = check_backup(request.file, part(progress, 0.0, 0.4), token)
    partial = target.with_name(f".{target.name[:40]}.partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        _unpack(request.file, partial, part(progress, 0.4, 1.0), token)
        if target.exists():
            target.rmdir()
        partial.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return backup


def _refuse_target(target: Path, diary: Path) -> None:
    if target.exists():
        raise _taken(target)
    if not target.parent.is_dir():
        raise DiaryError(f"There is no folder {target.parent}.", "Make it first, or choose another one.")
    if target.parent.resolve().is_relative_to(diary.resolve()):
        raise DiaryError("A backup inside the diary would be lost with it.", "Choose a folder on another disk.")


def _taken(target: Path) -> DiaryError:
    return DiaryError(f"There is already a file {target}.", "Choose another name: a backup never overwrites another.")


def _refuse_without_room(target: Path, needed_bytes: int) -> None:
    with suppress(OSError):
        free_bytes = shutil.disk_usage(target.parent).free
        if free_bytes < needed_bytes + _SPARE_BYTES:
            raise DiaryError(
                f"The backup needs {needed_bytes >> 20} MB, and {free_bytes >> 20} MB are free in {target.parent}.",
                "Choose another disk, or make room.",
            )


def _files(root: Path) -> Iterator[Path]:
    for top in _KEPT:
        for path in sorted((root / top).rglob("*")):
            if path.is_file() and not path.name.endswith((TEMPORARY_SUFFIX, ".partial.mp4")):
                yield path
    yield root / IDENTITY


def _sizes_bytes(root: Path) -> dict[Path, int]:
    sizes: dict[Path, int] = {}
    for path in _files(root):
        # What is deleted or renamed while the backup is being made is not in it.
        with suppress(FileNotFoundError):
            sizes[path] = path.stat().st_size
    return sizes


def _write(diary: Diary, sizes_bytes: dict[Path, int], partial: Path, progress: Progress, token: CancelToken) -> None:
    root = diary.location.folder
    sums: dict[str, str] = {}
    total_bytes = sum(sizes_bytes.values()) or 1
    done_bytes = 0
    with zipfile.ZipFile(partial, "x", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
        for path, size_bytes in sizes_bytes.items():
            progress("Copying", done_bytes / total_bytes)
            name = path.relative_to(root).as_posix()
            with suppress(FileNotFoundError), path.open("rb") as source:
                info = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
                with archive.open(info, "w", force_zip64=True) as stored:
                    sums[name] = _sha256(source, stored, token)
            done_bytes += size_bytes
        archive.writestr(MANIFEST, json.dumps(_described(diary, sums), ensure_ascii=False, indent=2))
    with partial.open("rb+") as file:
        sync_file(file.fileno())


def _described(diary: Diary, sums: dict[str, str]) -> dict[str, Any]:
    made_at = datetime.now(UTC).astimezone().isoformat()
    return {"format": FORMAT, "made_at": made_at, "library": diary.library_id, "sha256": sums}


def _sha256(source: IO[bytes], copy: IO[bytes] | None, token: CancelToken) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK_BYTES):
        token.raise_if_cancelled()
        digest.update(chunk)
        if copy is not None:
            copy.write(chunk)
    return digest.hexdigest()


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except FileNotFoundError as error:
        raise DiaryError(f"There is no file {file}.", "Check the name.") from error
    except (zipfile.BadZipFile, OSError) as error:
        raise _no_backup(file) from error


def _no_backup(file: Path) -> DiaryError:
    return DiaryError(f"{file} is not a backup of a diary, or it is damaged.", "Try another one.")


def _manifest(file: Path, archive: zipfile.ZipFile) -> dict[str, str]:
    try:
        described = json.loads(archive.read(MANIFEST))
        sums, is_ours = dict(described["sha256"]), described["format"] == FORMAT
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile, OSError) as error:
        raise _no_backup(file) from error
    if not is_ours or not all(map(_is_safe, sums)):
        raise _no_backup(file)
    return sums


def _is_safe(name: str) -> bool:
    """Whether it names a file inside the diary, on every system."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in path.parts[0]


def _damaged(file: Path, name: str) -> DiaryError:
    return DiaryError(f"The backup {file} is damaged at “{name}”.", "Use another backup.")


def _unpack(file: Path, partial: Path, progress: Progress, token: CancelToken) -> None:
    with _opened(file) as archive:
        names = list(_manifest(file, archive))
        for number, name in enumerate(names):
            progress("Unpacking", number / len(names))
            path = partial / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with archive.open(name) as stored, path.open("xb") as copy:
                _sha256(stored, copy, token)
                copy.flush()
                sync_file(copy.fileno())

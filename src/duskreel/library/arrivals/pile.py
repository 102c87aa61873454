"""A folder or a ZIP archive from another program, seen alike; nothing of an archive is unpacked under its own name."""

import os
import shutil
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from duskreel.atomic import cannot_write
from duskreel.errors import DiaryError
from duskreel.library import sidecars
from duskreel.library.arrivals.candidate import Candidate
from duskreel.library.diary import Diary
from duskreel.library.folder import CLIP_SUFFIXES
from duskreel.progress import CancelToken

MOST_MEMBERS = 200_000
MOST_RATIO = 100
"""Video hardly shrinks, and JSON to a tenth; what shrinks to less than a hundredth is there to fill a disk."""
SMALL_BYTES = 1 << 20
"""below which a ratio says nothing"""
MOST_TEXT_BYTES = 512 << 20
_CHUNK_BYTES = 1 << 20
_SPARE_BYTES = 16 << 20
_LONGEST_NAME = 120
_ENCRYPTED = 0x1
_NO_YEAR = 1980
"""the first that an archive can write, and what it has where nobody gave it one"""
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class Pile(Protocol):
    """Files by name, with forward slashes."""

    @property
    def sizes_bytes(self) -> dict[str, int]:
        """Of every file."""
        ...

    def read(self, name: str) -> bytes:
        """The whole of a text file.

        Raises:
            DiaryError: it cannot be read, or is absurdly large.
        """
        ...

    def candidate(self, name: str) -> Candidate:
        """One of the files as something that may come in."""
        ...


class FolderPile:
    """What an archive was unpacked to."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.sizes_bytes = {
            path.relative_to(root).as_posix(): path.stat().st_size
            for path in sorted(root.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }

    def read(self, name: str) -> bytes:
        """As `Pile.read`."""
        _refuse_endless(name, self.sizes_bytes[name])
        try:
            return (self._root / name).read_bytes()
        except OSError as error:
            raise DiaryError(f"Could not read “{name}”: {error.strerror or error}.", "Check the disk.") from error

    def candidate(self, name: str) -> Candidate:
        """As `Pile.candidate`."""
        return Candidate(name, self.sizes_bytes[name], self._root / name)


class ZipPile:
    """An archive.

    Raises:
        DiaryError: it is none, or it is damaged.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            with zipfile.ZipFile(file) as archive:
                infos = [info for info in archive.infolist() if _is_told(info)]
        except _DAMAGED as error:
            raise DiaryError(f"“{file.name}” is not a ZIP archive, or it is damaged.", "Export it again.") from error
        if len(infos) > MOST_MEMBERS:
            raise DiaryError(f"“{file.name}” holds {len(infos):,} files.", "Export it in parts.")
        self.sizes_bytes = {info.filename: info.file_size for info in infos}

    def read(self, name: str) -> bytes:
        """As `Pile.read`."""
        _refuse_endless(name, self.sizes_bytes[name])
        try:
            with zipfile.ZipFile(self._file) as archive:
                _refuse_bomb(archive.getinfo(name))
                return archive.read(name)
        except _DAMAGED as error:
            raise _damaged(name) from error

    def candidate(self, name: str) -> Candidate:
        """As `Pile.candidate`."""
        return Candidate(name, self.sizes_bytes[name], self._file, member=name)


def is_folder(path: Path) -> bool:
    """As Path.is_dir, which raises where it may not look."""
    return os.path.isdir(path)  # noqa: PTH112


def open_pile(source: Path) -> Pile:
    """A folder or an archive.

    Raises:
        DiaryError: it is neither.
    """
    if is_folder(source):
        return FolderPile(source)
    if not os.path.lexists(source):
        raise DiaryError(f"“{source.name}” does not exist.", "Check the name and the folder.")
    return ZipPile(source)


@contextmanager
def at_hand(diary: Diary, candidate: Candidate, token: CancelToken) -> Iterator[Path]:
    """The clip as a file of its own; one from an archive lies inside the diary's folder for as long as the block lasts.

    Raises:
        DiaryError: it is damaged or protected by a password, claims to be far larger than it is packed, or there is
            no room.
        Cancelled: nothing is left.
    """
    if candidate.member is None:
        yield candidate.file
        return
    with diary.staging("unpacked-") as staging:
        path = staging / _own_name(candidate.member)
        _unpack(candidate.file, candidate.member, path, token)
        yield path


def _unpack(file: Path, member: str, path: Path, token: CancelToken) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            info = archive.getinfo(member)
            _refuse_bomb(info)
            _refuse_without_room(info, path.parent)
            with archive.open(info) as stored, _created(path) as copy:
                # ZipFile itself stops at the size that it declares, and compares the checksum.
                while chunk := stored.read(_CHUNK_BYTES):
                    token.raise_if_cancelled()
                    try:
                        copy.write(chunk)
                    except OSError as error:
                        raise cannot_write(path, error) from error
            _date(path, info)
    except _DAMAGED as error:
        raise _damaged(member) from error


def _date(path: Path, info: zipfile.ZipInfo) -> None:
    """Give a file the day that the archive knows for it: for some clips nothing else tells when they were recorded."""
    if info.date_time[0] > _NO_YEAR:
        with suppress(OSError, ValueError, OverflowError):
            # Archives have the clock on the wall.
            at_s = time.mktime((*info.date_time, 0, 0, -1))
            os.utime(path, (at_s, at_s))


def _created(path: Path) -> BinaryIO:
    try:
        return path.open("xb")
    except OSError as error:
        raise cannot_write(path, error) from error


def _own_name(member: str) -> str:
    """What it was called, if that can be a file here; names of archives are never trusted with a path."""
    name = PurePosixPath(member.replace("\\", "/")).name
    suffix = PurePosixPath(name).suffix.lower()
    is_fine = not sidecars.is_outside(name) and name.isprintable() and len(name) <= _LONGEST_NAME
    return name if is_fine else f"clip{suffix if suffix in CLIP_SUFFIXES else ''}"


def _is_told(info: zipfile.ZipInfo) -> bool:
    """Not a folder, nor what macOS puts into archives for itself."""
    parts = PurePosixPath(info.filename).parts
    return not info.is_dir() and bool(parts) and parts[0] != "__MACOSX" and not parts[-1].startswith(".")


def _refuse_bomb(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise DiaryError(f"“{info.filename}” is protected by a password.", "Unpack the archive first.")
    if info.file_size > SMALL_BYTES and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        raise DiaryError(
            f"“{info.filename}” claims to be {info.file_size >> 20} MB, packed into {info.compress_size >> 10} kB.",
            "No video does that: do not trust this archive.",
        )


def _refuse_without_room(info: zipfile.ZipInfo, folder: Path) -> None:
    # Unpacked, and once more as the entry.
    needed_bytes = 2 * info.file_size + _SPARE_BYTES
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes < needed_bytes:
        raise DiaryError(
            f"There is no room for “{info.filename}”: it needs {needed_bytes >> 20} MB,"
            f" and {free_bytes >> 20} MB are free.",
            "Free some space on the disk that the diary is on, then try again.",
        )


def _refuse_endless(name: str, size_bytes: int) -> None:
    if size_bytes > MOST_TEXT_BYTES:
        raise DiaryError(f"“{name}” is {size_bytes >> 20} MB of text.", "Export it in parts.")


def _damaged(name: str) -> DiaryError:
    return DiaryError(f"“{name}” is damaged in the archive.", "Export it again.")

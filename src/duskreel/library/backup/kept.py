"""What both kinds of backup share: which files are kept, how they are read, and what keeps one from being written."""

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Self

from duskreel.atomic import TEMPORARY_SUFFIX, cannot_write
from duskreel.errors import DiaryError
from duskreel.library.backup.locking import held
from duskreel.library.folder import BIN, ENTRIES, RECORDING, SHORTS
from duskreel.library.values import DiaryLocation
from duskreel.progress import CancelToken

CHUNK_BYTES = 1 << 20
SPARE_BYTES = 16 << 20
"""left free on the disk of a backup, for the folders and names that come with files"""
_KEPT = (ENTRIES, BIN, SHORTS, RECORDING)
_PARTIAL = ".partial"


@dataclass(frozen=True, order=True)
class StoredFile:
    """One file of the diary as a backup holds it."""

    path: str
    """relative to the diary, with forward slashes"""
    size_bytes: int
    sha256: str
    mtime_ns: int


class UnreadableError(Exception):
    """A file that is to be read is there, and its disk does not give it. Says why."""


class VanishedError(UnreadableError):
    """There is no such file, or none any more."""


class Reading:
    """One reading of a file from its beginning; what goes wrong is told apart from what goes wrong with a copy.

    Args:
        opened: gives the file.
        faults: what reading it raises where it is damaged.

    Raises:
        VanishedError: there is no such file.
        UnreadableError: it cannot be read, now or further on.
    """

    def __init__(self, opened: Callable[[], IO[bytes]], faults: tuple[type[Exception], ...]) -> None:
        self._faults = faults
        try:
            self._file = opened()
        except FileNotFoundError as error:
            raise VanishedError(str(error)) from error
        except faults as error:
            raise _unreadable(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._file.close()

    def copied_to(self, copy: IO[bytes] | None, token: CancelToken) -> tuple[int, str]:
        """Read to the end, and write the same if there is where to.

        Returns:
            Size in bytes and SHA-256 of what was read.
        """
        digest, size_bytes = hashlib.sha256(), 0
        while chunk := self._chunk():
            token.raise_if_cancelled()
            digest.update(chunk)
            size_bytes += len(chunk)
            if copy is not None:
                copy.write(chunk)
        return size_bytes, digest.hexdigest()

    def _chunk(self) -> bytes:
        try:
            return self._file.read(CHUNK_BYTES)
        except self._faults as error:
            raise _unreadable(error) from error


class FileReading(Reading):
    """Of a file on a disk, with what was known of it when it was opened."""

    def __init__(self, path: Path) -> None:
        super().__init__(lambda: path.open("rb"), (OSError,))
        self.status = os.fstat(self._file.fileno())

    def has_changed(self) -> bool:
        """Whether somebody has written to the file since it was opened; what was read may be of two kinds then."""
        now = os.fstat(self._file.fileno())
        return (now.st_size, now.st_mtime_ns) != (self.status.st_size, self.status.st_mtime_ns)


def is_whole(opened: Callable[[], Reading], file: StoredFile, token: CancelToken) -> bool:
    """Whether what a backup holds is what was stored, byte for byte."""
    try:
        with opened() as stored:
            return stored.copied_to(None, token) == (file.size_bytes, file.sha256)
    except UnreadableError:
        return False


def _unreadable(error: Exception) -> UnreadableError:
    return UnreadableError(getattr(error, "strerror", None) or str(error))


def kept_files(root: Path, going_on: Collection[str] = ()) -> dict[str, os.stat_result]:
    """Every file of the diary that belongs into a backup, by its path relative to the diary.

    A take that its recorder never finished is all that there is of it, so it belongs in as it is.

    Args:
        root: the diary.
        going_on: from `takes_going_on`; half of what is being written is of no use.

    Raises:
        DiaryError: a folder cannot be read. A backup without what is in it would look whole.
    """
    found: dict[str, os.stat_result] = {}
    for top in _KEPT:
        for folder, folders, names in os.walk(root / top, onerror=_cannot_list):
            folders[:] = sorted(set(folders) - set(going_on)) if folder == f"{root / RECORDING}" else sorted(folders)
            for name in sorted(names):
                if not _is_unfinished(name):
                    _look_at(Path(folder, name), root, found)
    # Who the diary is, and what the user named in it, such as searches.
    for path in sorted(root.glob("*.json")):
        if not _is_unfinished(path.name):
            _look_at(path, root, found)
    return found


def takes_going_on(location: DiaryLocation) -> tuple[str, ...]:
    """Names of the takes in recording/ that a program on this machine records or finishes just now.

    Raises:
        DiaryError: the folder of the locks cannot be written to.
    """
    recording = location.folder / RECORDING
    names = [child.name for child in recording.iterdir() if child.is_dir()] if recording.is_dir() else []
    # As `capture.take` calls them.
    return tuple(sorted(name for name in names if _is_going_on(location.state / "locks" / f"take-{name}.lock")))


def _is_going_on(lock_file: Path) -> bool:
    if not lock_file.exists():
        return False
    try:
        with held(lock_file, "It is being recorded."):
            return False
    except DiaryError:
        return True


def unfinished_takes(paths: Iterable[str]) -> int:
    """How many takes are among these files that are no entries yet."""
    return len({path.split("/")[1] for path in paths if path.startswith(f"{RECORDING}/")})


def takes_told(unfinished: int, going_on: int) -> list[str]:
    """Sentences for people about recordings that are no entries yet: those in a backup, and those that are not."""
    told = []
    if unfinished:
        what = "1 recording" if unfinished == 1 else f"{unfinished} recordings"
        told.append(f"It holds {what} not finished yet: “duskreel recover” makes entries of what can be played.")
    if going_on:
        told.append("A recording is going on, and is not in this backup: back up again when it is done.")
    return told


def _look_at(path: Path, root: Path, found: dict[str, os.stat_result]) -> None:
    # What is deleted while it is looked for is not kept.
    with suppress(FileNotFoundError):
        status = path.stat()
        # Reading from a pipe would never end.
        if stat.S_ISREG(status.st_mode):
            found[path.relative_to(root).as_posix()] = status


def _is_unfinished(name: str) -> bool:
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - thousands of names
    return suffix in (TEMPORARY_SUFFIX, _PARTIAL) or stem.endswith(_PARTIAL)


def _cannot_list(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise DiaryError(
            f"Could not read {error.filename}: {error.strerror}.",
            "Check that the disk is connected and that you may read the diary folder.",
        ) from error


def is_safe(name: str) -> bool:
    """Whether it names a file inside the diary, on every system."""
    path = PurePosixPath(name)
    if not path.parts or path.is_absolute() or ".." in path.parts:
        return False
    return "\\" not in name and "\0" not in name and ":" not in path.parts[0]


def refuse_inside(target: Path, diary: Path) -> None:
    """A backup must outlive the folder that it is of."""
    if target.resolve().is_relative_to(diary.resolve()):
        raise DiaryError("A backup inside the diary would be lost with it.", "Choose a folder on another disk.")


def refuse_without_room(folder: Path, needed_bytes: int, what: str = "The backup") -> None:
    """Say so before anything is written if it cannot fit on the disk of this folder."""
    needed_bytes += SPARE_BYTES
    with suppress(OSError):
        free_bytes = shutil.disk_usage(folder).free
        if free_bytes < needed_bytes:
            raise DiaryError(
                f"{what} needs {needed_bytes >> 20} MB, and {free_bytes >> 20} MB are free in {folder}.",
                "Choose another disk, or make room.",
            )


def cannot_store(target: Path, error: OSError) -> DiaryError:
    """The sentence for a backup folder that takes no more; the next run goes on from there."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiaryError(
            f"The disk of {target} is full.", "Make room on it and back up again: it goes on where it stopped."
        )
    if error.errno == errno.EFBIG:
        return DiaryError(
            f"The disk of {target} takes no file as large as one of your clips.",
            "Format it as exFAT, or use another disk: FAT32 ends at 4 GB a file.",
        )
    return cannot_write(target, error)

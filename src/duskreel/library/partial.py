"""A register of unfinished output, so that a killed process leaves nothing half done for long."""

import errno
import json
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from duskreel.atomic import cannot_write, sync_file, sync_folder
from duskreel.errors import DiaryError
from duskreel.library.ids import new_id


class PartialRegister:
    """One small file for every output that is being made, beside a lock that its maker holds.

    The system gives up the lock when the process ends, however it ends; whoever then finds the file removes
    what it names.

    Args:
        folder: on a local disk of this machine, where locks work.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def claim(self, path: Path) -> Iterator[Path]:
        """Announce that `path`, a file or a folder, is about to be made, and hold that claim for the block.

        Work that succeeds renames `path` away before the block ends; whatever still lies there is removed.

        Args:
            path: a name that nothing finished ever has, such as ``.short.mp4.partial``.

        Raises:
            DiaryError: the register cannot be written to.
        """
        intent = self._folder / f"{new_id()}.json"
        lock = self._lock(intent)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except OSError as error:
            raise DiaryError(
                f"Could not write to {self._folder}: {error.strerror or error}.",
                "Check that the disk is not full and that you may write to this folder.",
            ) from error
        try:
            _write_intent(intent, path)
            yield path
        finally:
            remove(path)
            self._forget(intent, lock)

    def sweep(self) -> list[Path]:
        """Remove what dead owners left, and say what that was. Living owners are let be."""
        removed: list[Path] = []
        for intent in sorted(self._folder.glob("*.json")):
            lock = self._lock(intent)
            try:
                lock.acquire(timeout=0)
            except (Timeout, OSError):
                continue
            path = _named_in(intent)
            if path is not None and remove(path):
                removed.append(path)
            if path is not None and _may_come_back(path):
                lock.release()
            else:
                self._forget(intent, lock)
        return removed

    def claimed(self) -> set[Path]:
        """What is being made now, or was being made by an owner that died since the last sweep."""
        paths = (_named_in(intent) for intent in self._folder.glob("*.json"))
        return {path for path in paths if path is not None}

    @staticmethod
    def _lock(intent: Path) -> FileLock:
        return FileLock(intent.with_suffix(".lock"))

    @staticmethod
    def _forget(intent: Path, lock: FileLock) -> None:
        """The intent goes first: a lock file alone means nothing."""
        with suppress(OSError):
            intent.unlink(missing_ok=True)
        lock.release()
        with suppress(OSError):
            Path(lock.lock_file).unlink(missing_ok=True)


def remove(path: Path) -> bool:
    """Remove a file, or a folder with everything in it; a link goes, not what it leads to.

    Returns:
        Whether something was there and is gone now.
    """
    try:
        is_folder = stat.S_ISDIR(path.lstat().st_mode)
    except (OSError, ValueError):
        # It is not there, or in a place that cannot be looked into now.
        return False
    if is_folder:
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
    return not os.path.lexists(path)


def _write_intent(intent: Path, path: Path) -> None:
    """Not by way of a temporary file: one that was cut short is forgotten by the next sweep, and names nothing yet."""
    try:
        with intent.open("w", encoding="ascii") as file:
            # Escaped, because a name on a disk need not be valid Unicode.
            file.write(json.dumps({"path": str(path.absolute())}))
            file.flush()
            sync_file(file.fileno())
        sync_folder(intent.parent)
    except OSError as error:
        raise cannot_write(intent, error) from error


def _may_come_back(path: Path) -> bool:
    """It could not be removed, or it lies on a disk that is not here or cannot be looked into now."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return not os.path.isdir(path.parent)  # noqa: PTH112 - Path.is_dir may raise
    except (OSError, ValueError) as error:
        # A name that no disk takes never led to a file.
        return isinstance(error, OSError) and error.errno != errno.ENAMETOOLONG
    return True


def _named_in(intent: Path) -> Path | None:
    try:
        return Path(json.loads(intent.read_text(encoding="utf-8"))["path"])
    except (OSError, ValueError, KeyError, TypeError):
        return None

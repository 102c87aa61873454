"""Files that are either the old one or the new one, whatever happens in between."""

import errno
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from duskreel.errors import DiaryError

TEMPORARY_SUFFIX = ".duskreel-tmp"


def write_bytes(path: Path, content: bytes) -> None:
    """Replace `path` by a file with this content: written beside it, synced, renamed, folder synced.

    Raises:
        DiaryError: the folder cannot be written to or is full; the old file is untouched.
    """
    temporary = path.with_name(f".{path.name}{TEMPORARY_SUFFIX}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            sync_file(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise cannot_write(path, error) from error


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """As `write_bytes`, for an object that people may want to read: indented, UTF-8, not escaped."""
    write_bytes(path, (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode())


def rename_to_free(source: Path, target: Path) -> None:
    """Rename a file to a name that nothing has; where something has it, that stays, whoever else is at work.

    Raises:
        FileExistsError: the name is taken. Both files are as they were.
        OSError: it cannot be renamed.
    """
    try:
        # Unlike a rename, a link never takes another file's place.
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        # The file system knows no links; then looking first must do.
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        source.rename(target)
    else:
        source.unlink()


def sync_file(descriptor: int) -> None:
    """Wait until the file is on the disk, as far as the system can tell."""
    if sys.platform == "darwin":
        import fcntl

        # fsync on macOS leaves the data in the drive's cache: fcntl(2), F_FULLFSYNC.
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Make renames and new names in the folder last. Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network and FUSE file systems know no such thing; the file itself is written all the same.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def cannot_write(path: Path, error: OSError) -> DiaryError:
    """The sentence for a failed write, with the likely cause."""
    reason = error.strerror or str(error)
    return DiaryError(
        f"Could not write {path}: {reason}.",
        "Check that the disk is not full and that you may write to this folder, then try again.",
    )

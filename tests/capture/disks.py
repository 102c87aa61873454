"""Disks that are full, fail, or forget what was not synced: they stand in for a raw file."""

import errno
from collections.abc import Callable
from pathlib import Path

from duskreel.capture.disk_file import SystemFile


class FullDisk(SystemFile):
    """Takes `room_bytes` and then no more, as a full disk does: the last write is cut."""

    def __init__(self, path: Path, room_bytes: int, code: int = errno.ENOSPC) -> None:
        super().__init__(path)
        self._left, self._code = room_bytes, code

    def write(self, content: bytes) -> int:
        if self._left <= 0:
            raise OSError(self._code, "no room")
        written = super().write(content[: self._left])
        self._left -= written
        return written


class UnsyncedDisk(SystemFile):
    """Forgets, at `lose_power`, everything that was written since the last sync."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._path = path
        self.kept = b""

    def sync(self) -> None:
        super().sync()
        self.kept = self._path.read_bytes()

    def lose_power(self) -> None:
        self._path.write_bytes(self.kept)


class BrokenSync(SystemFile):
    """Fails when it is asked to make things last."""

    def sync(self) -> None:
        raise OSError(errno.EIO, "input/output error")


def full_after(room_bytes: int, code: int = errno.ENOSPC) -> Callable[[Path], FullDisk]:
    """How to open one."""
    return lambda path: FullDisk(path, room_bytes, code)

"""The seam under everything that the recorder writes: where a full or failing disk is noticed and survived."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from duskreel.atomic import sync_file
from duskreel.capture.clock import NS_PER_S

SYNC_EVERY_NS = 2 * NS_PER_S
HEAD_BYTES = 16 << 10
_PRIVATE_FILE = 0o600


class RawFile(Protocol):
    """What a recording is written to; tests put disks in its place that are full, fail, or forget."""

    def write(self, content: bytes) -> int:
        """As a raw file: may take less than all of it. Raises OSError."""

    def read(self, size: int) -> bytes:
        """As a raw file."""

    def seek(self, offset: int, whence: int = 0) -> int:
        """As a raw file."""

    def sync(self) -> None:
        """Return once everything written is on the disk. Raises OSError."""

    def close(self) -> None:
        """Let go of it; may be called twice."""


OpenRaw = Callable[[Path], RawFile]


class SystemFile:
    """A new, private file of the system, without a buffer of our own: what was written survives the process."""

    def __init__(self, path: Path) -> None:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _PRIVATE_FILE)
        self._file = os.fdopen(descriptor, "r+b", buffering=0)

    def write(self, content: bytes) -> int:
        """May take less than all of it."""
        return self._file.write(content)

    def read(self, size: int) -> bytes:
        """From the current position."""
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """As for any file."""
        return self._file.seek(offset, whence)

    def sync(self) -> None:
        """Wait for the disk."""
        sync_file(self._file.fileno())

    def close(self) -> None:
        """May be called twice."""
        self._file.close()


class DiskFile:
    """What PyAV writes to. It never raises: the first failure is kept in `failure`, and all that follows is dropped.

    An exception could only reach the recorder through FFmpeg, which may be anywhere in its own work just then; a
    note that is looked at after every picture leaves the file as it was when the disk failed.

    Args:
        file: just opened.
        now_ns: the monotonic clock.
    """

    def __init__(self, file: RawFile, now_ns: Callable[[], int]) -> None:
        self._file = file
        self._now_ns = now_ns
        self._position = 0
        self._synced_at_ns = now_ns()
        self._is_dirty = False
        self.size_bytes = 0
        self.write_count = 0
        self.failure: OSError | None = None
        self.head = b""
        """the first HEAD_BYTES, as they were written first"""

    @property
    def is_full(self) -> bool:
        """Whether the failure was that there is no room, rather than that the disk is broken or gone."""
        full = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        return self.failure is not None and self.failure.errno in full

    def write(self, content: bytes) -> int:
        """Called by PyAV; claims success whatever happens."""
        left = memoryview(content)
        self.write_count += 1
        try:
            while self.failure is None and left:
                written = self._file.write(bytes(left))
                left = left[written:]
                if not written:
                    self.failure = OSError(errno.EIO, "nothing was written")
        except OSError as error:
            self.failure = error
        self._is_dirty = True
        if self._position == len(self.head) < HEAD_BYTES:
            self.head += content[: HEAD_BYTES - len(self.head)]
        self._position += len(content)
        self.size_bytes = max(self.size_bytes, self._position)
        return len(content)

    def read(self, size: int) -> bytes:
        """Called by PyAV."""
        try:
            content = self._file.read(size) if self.failure is None else b""
        except OSError as error:
            self.failure, content = error, b""
        self._position += len(content)
        return content

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Called by PyAV; positions past a failure are imagined."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size_bytes}[whence]
        self._position = base + offset
        try:
            if self.failure is None:
                self._file.seek(self._position)
        except OSError as error:
            self.failure = error
        return self._position

    def tell(self) -> int:
        """Called by PyAV."""
        return self._position

    def sync_if_due(self) -> bool:
        """Bring what was written to the disk if the last time was SYNC_EVERY_NS ago; returns whether it was."""
        if self._now_ns() - self._synced_at_ns < SYNC_EVERY_NS:
            return False
        self.sync()
        return True

    def sync(self) -> None:
        """Wait until everything written is on the disk."""
        try:
            if self.failure is None and self._is_dirty:
                self._file.sync()
                self._is_dirty = False
        except OSError as error:
            self.failure = error
        # The time after it: a disk that takes seconds for this must not be asked again at once.
        self._synced_at_ns = self._now_ns()

    def close(self) -> None:
        """Sync and let go of the file; may be called twice."""
        self.sync()
        try:
            self._file.close()
        except OSError as error:
            self.failure = self.failure or error

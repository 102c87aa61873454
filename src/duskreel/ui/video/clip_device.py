"""A clip as Qt's player reads it."""

import os
import threading
from typing import BinaryIO

from PySide6.QtCore import QFile, QIODevice

READING = QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered


class OpenClip:
    """A clip's file with the device that the player reads it through.

    A file with a descriptor is read by Qt itself: no Python runs in the player's threads then, which keeps playing
    smooth, and the window cannot wait for a thread that waits for the window's interpreter lock. A file object that
    shows something else than the bytes on the disk must have no descriptor; it is read by `ClipDevice`.

    Args:
        file: seekable; it is closed by `close`.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.device: QIODevice = _native_device(file) or ClipDevice(file)

    @property
    def failure(self) -> str:
        """Why the file could not be read; empty if it could."""
        if isinstance(self.device, ClipDevice):
            return self.device.failure
        has_failed = isinstance(self.device, QFile) and self.device.error() is not QFile.FileError.NoError
        return self.device.errorString() if has_failed else ""

    def close(self) -> None:
        """Once the player has let go of the device."""
        self.device.close()
        self._file.close()


def _native_device(file: BinaryIO) -> QFile | None:
    try:
        descriptor = file.fileno()
    except OSError:
        return None
    device = QFile()
    return device if device.open(descriptor, READING) else None


class ClipDevice(QIODevice):
    """The library's file object behind Qt's interface.

    The player reads in a thread of its own, so everything that touches the file holds a lock. Whoever makes it keeps
    it until the player has let go of it (`QMediaPlayer.setSource` with nothing), and then calls `close`.

    Args:
        file: seekable; it is closed with the device.
    """

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._lock = threading.Lock()
        self._size_bytes = file.seek(0, os.SEEK_END)
        self.failure = ""
        """why the file could not be read, once that has happened"""
        self.open(READING)

    def isSequential(self) -> bool:  # noqa: N802 - Qt's name
        """It can be sought in."""
        return False

    def size(self) -> int:
        """In bytes."""
        return self._size_bytes

    def close(self) -> None:
        """Also the file."""
        super().close()
        with self._lock:
            self._file.close()

    def readData(self, most_bytes: int) -> bytes:  # noqa: N802 - Qt's name
        """From where the device stands; nothing if the disk does not give it, since no error may pass through Qt."""
        with self._lock:
            if self._file.closed:
                return b""
            try:
                self._file.seek(self.pos())
                return self._file.read(most_bytes)
            except OSError as error:
                self.failure = error.strerror or str(error)
                return b""

    def writeData(self, _data: object, _length: int = 0) -> int:  # noqa: N802 - Qt's name
        """A clip is never altered."""
        return -1

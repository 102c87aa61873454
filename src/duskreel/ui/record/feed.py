"""The way of pictures and loudness from the threads of the devices to the window, which may be busy."""

import time
from collections import deque

import numpy as np
from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from duskreel.capture.coach import CLIPPED_FROM, SILENCE_DBFS, SoundLevel
from duskreel.capture.sources import Picture
from duskreel.capture.watching import DIGITAL_SILENCE, Level
from duskreel.picture.conversion import ScreenConverter

LOUDNESS_EVERY_S = 1 / 30
REMEMBERED_S = 5.0
"""a pause between two sentences is no silence"""
CLIPPED_SHARE_OF_BLOCK = 0.01
"""of the samples of a block that is too loud, about so many are at full scale"""
STALE_AFTER_S = 2.0


class Feed(QObject):
    """Passes on the newest picture in the size in which it is shown; at most one waits, and the others are left out.

    `take_picture` and `take_level` are called by the devices' threads, everything else belongs to the window's.
    """

    pictured = Signal(QImage)
    """as wide or as high as was asked for, in real pixels; not mirrored"""
    heard = Signal(object)
    """with the loudest `Level` since the last one"""
    _made = Signal(QImage)
    _measured = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.newest: Picture | None = None
        """from any thread"""
        self._newest_s = time.monotonic()
        self._bounds = (0, 0)
        self._is_picture_waiting = self._is_level_waiting = False
        self._converter = ScreenConverter()
        self._loudest = Level(0.0, 0.0)
        self._told_s = 0.0
        self._levels: deque[tuple[float, Level]] = deque()
        self._made.connect(self._pass_picture_on, Qt.ConnectionType.QueuedConnection)
        self._measured.connect(self._pass_level_on, Qt.ConnectionType.QueuedConnection)

    def show_at(self, size: QSize) -> None:
        """How much room there is, in real pixels; none for no pictures at all."""
        self._bounds = (size.width(), size.height())

    def clear(self) -> None:
        """Forget what other devices delivered."""
        self.newest, self._newest_s = None, time.monotonic()
        self._levels.clear()

    @property
    def is_stale(self) -> bool:
        """Whether no picture has come for a while. From any thread."""
        return time.monotonic() - self._newest_s > STALE_AFTER_S

    def take_picture(self, picture: Picture) -> None:
        """From the camera."""
        self.newest, self._newest_s = picture, time.monotonic()
        if self._is_picture_waiting or min(self._bounds) < 1:
            return
        self._is_picture_waiting = True
        self._made.emit(self._image(picture, _fitted(picture.size, self._bounds)))

    def take_level(self, level: Level) -> None:
        """From the microphone."""
        now_s = time.monotonic()
        self._levels.append((now_s, level))
        while self._levels[0][0] < now_s - REMEMBERED_S:
            self._levels.popleft()
        self._loudest = max(self._loudest, level, key=lambda one: one.peak)
        if not self._is_level_waiting and now_s - self._told_s > LOUDNESS_EVERY_S:
            self._is_level_waiting, self._told_s = True, now_s
            loudest, self._loudest = self._loudest, Level(0.0, 0.0)
            self._measured.emit(loudest)

    def loudness(self) -> SoundLevel | None:
        """Of the last seconds, for the coach; None while there were none. From any thread."""
        levels = [level for _, level in list(self._levels)]
        return sound_level(levels) if levels and self._levels[-1][0] - self._levels[0][0] > REMEMBERED_S / 2 else None

    def _image(self, picture: Picture, size: tuple[int, int]) -> QImage:
        shown = np.ascontiguousarray(self._converter.convert(picture.planes, size))
        # The image only borrows the array; the copy, which takes 0.1 ms, is its own.
        return QImage(shown.data, *size, size[0] * 4, QImage.Format.Format_RGB32).copy()

    def _pass_picture_on(self, image: QImage) -> None:
        self._is_picture_waiting = False
        self.pictured.emit(image)

    def _pass_level_on(self, level: Level) -> None:
        self._is_level_waiting = False
        self.heard.emit(level)


def sound_level(levels: list[Level]) -> SoundLevel:
    """What blocks of equal length are like as a whole."""
    rms = float(np.sqrt(np.mean([level.rms**2 for level in levels])))
    peak = max(level.peak for level in levels)
    clipped = sum(level.peak >= CLIPPED_FROM for level in levels) / len(levels)
    return SoundLevel(
        rms_dbfs=_dbfs(rms),
        peak_dbfs=_dbfs(peak),
        clipped_share=clipped * CLIPPED_SHARE_OF_BLOCK,
        is_digital_silence=peak < DIGITAL_SILENCE,
    )


def _dbfs(strength: float) -> float:
    return max(20 * float(np.log10(strength)), SILENCE_DBFS) if strength > 0 else SILENCE_DBFS


def _fitted(size: tuple[int, int], bounds: tuple[int, int]) -> tuple[int, int]:
    """As large as it fits, in its own aspect."""
    scale = min(bounds[0] / size[0], bounds[1] / size[1])
    return max(round(size[0] * scale), 1), max(round(size[1] * scale), 1)

"""The entries' pictures in the size in which they are shown, read and scaled while the window goes on."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from duskreel.errors import DiaryError
from duskreel.library.entry import Entry
from duskreel.library.glance import Glance
from duskreel.ui.poster import scaled

MOST_BYTES = 128 << 20
THREADS = 2

Shown = Entry | Glance


class _Wanted(NamedTuple):
    shown: Shown
    size: QSize
    ratio: float

    @property
    def key(self) -> tuple[str, int, int]:
        return self.shown.folder, round(self.size.width() * self.ratio), round(self.size.height() * self.ratio)


class Posters(QObject):
    """Keeps what was last seen, and fetches what is in sight.

    Args:
        read: gives the JPEG of an entry, or None; called in other threads.
    """

    loaded = Signal(str)
    """with the folder of an entry whose picture can be had now"""

    def __init__(self, read: Callable[[Shown], bytes | None]) -> None:
        super().__init__()
        self._kept: OrderedDict[tuple[str, int, int], QPixmap] = OrderedDict()
        self._kept_bytes = 0
        self._desk = _Desk(read)
        self._desk.decoded.connect(self._keep, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(self._desk.stop)

    def want(self, shown: Sequence[Shown], size: QSize, ratio: float = 1.0) -> None:
        """Fetch these, in this order, in place of whatever was wanted before.

        Args:
            shown: what is in sight, or about to be.
            size: in which they are shown.
            ratio: of real pixels to those of `size`.
        """
        wanted = [_Wanted(item, size, ratio) for item in shown]
        self._desk.want([item for item in wanted if item.key not in self._kept])

    def get(self, folder: str, size: QSize, ratio: float = 1.0) -> QPixmap | None:
        """The picture; None while it is not here, and an empty one if the entry has none."""
        key = (folder, round(size.width() * ratio), round(size.height() * ratio))
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def _keep(self, wanted: _Wanted, image: QImage) -> None:
        if wanted.key in self._kept:
            return
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(wanted.ratio)
        self._kept[wanted.key] = pixmap
        self._kept_bytes += _size_bytes(pixmap)
        while self._kept_bytes > MOST_BYTES and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= _size_bytes(oldest)
        self.loaded.emit(wanted.shown.folder)


class _Desk(QObject):
    """What is shared with the threads. They keep it alive for as long as they need it."""

    decoded = Signal(object, object)

    def __init__(self, read: Callable[[Shown], bytes | None]) -> None:
        super().__init__()
        self._read = read
        self._lock = threading.Lock()
        self._wanted: list[_Wanted] = []
        self._in_hand: set[tuple[str, int, int]] = set()
        # Python's own pool, as for every other question: it is waited for at the end without holding Python's lock,
        # which a thread of QThreadPool would need to come to its end.
        self._pool = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="posters")

    def want(self, wanted: list[_Wanted]) -> None:
        with self._lock:
            new = [item for item in wanted if item.key not in self._in_hand]
            self._wanted = new[::-1]
        for _ in range(min(len(new), THREADS)):
            self._pool.submit(self._work)

    def stop(self) -> None:
        with self._lock:
            self._wanted = []
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    return
                wanted = self._wanted.pop()
                self._in_hand.add(wanted.key)
            image = self._fetched(wanted)
            self.decoded.emit(wanted, image)
            with self._lock:
                self._in_hand.discard(wanted.key)

    def _fetched(self, wanted: _Wanted) -> QImage:
        try:
            jpeg = self._read(wanted.shown)
        except DiaryError:
            jpeg = None
        return scaled(jpeg, wanted.size, wanted.ratio) if jpeg else QImage()


def _size_bytes(pixmap: QPixmap) -> int:
    return max(pixmap.width() * pixmap.height() * 4, 1)

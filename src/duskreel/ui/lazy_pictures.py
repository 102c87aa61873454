"""Pictures of what is in sight, made in other threads while the window goes on, and kept while there is room."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

MOST_BYTES = 128 << 20
THREADS = 2

Key = tuple[object, int, int]
"""of what, and how many real pixels wide and high"""


class Wanted(NamedTuple):
    """A picture to be made."""

    item: Any
    name: object
    size: QSize
    ratio: float
    """of real pixels to those of `size`"""

    @property
    def key(self) -> Key:
        """What it is kept by."""
        return self.name, round(self.size.width() * self.ratio), round(self.size.height() * self.ratio)


class LazyPictures(QObject):
    """Keeps what was last seen, and fetches what is in sight.

    Args:
        fetch: makes a picture, a null one where there is none; called in other threads.
        name_of: tells the items apart; hashable.
        most_bytes: of pictures that are kept.
    """

    loaded = Signal(object)
    """with the name of an item whose picture can be had now"""

    def __init__(
        self,
        fetch: Callable[[Wanted], QImage],
        name_of: Callable[[Any], object],
        most_bytes: int = MOST_BYTES,
    ) -> None:
        super().__init__()
        self._name_of, self._most_bytes = name_of, most_bytes
        self._kept: OrderedDict[Key, QPixmap] = OrderedDict()
        self._kept_bytes = 0
        self._desk = _Desk(fetch)
        self._desk.made.connect(self._keep, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(self._desk.stop)

    def want(self, items: Sequence[Any], size: QSize, ratio: float = 1.0) -> None:
        """Fetch these, in this order, in place of whatever was wanted before.

        Args:
            items: what is in sight, or about to be.
            size: in which they are shown.
            ratio: of real pixels to those of `size`.
        """
        wanted = [Wanted(item, self._name_of(item), size, ratio) for item in items]
        self._desk.want([one for one in wanted if one.key not in self._kept])

    def get(self, name: object, size: QSize, ratio: float = 1.0) -> QPixmap | None:
        """The picture; None while it is not here, and an empty one if there is none."""
        key = (name, round(size.width() * ratio), round(size.height() * ratio))
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def stop(self) -> None:
        """Fetch no more. Does not wait."""
        self._desk.stop()

    def _keep(self, wanted: Wanted, image: QImage) -> None:
        if wanted.key in self._kept:
            return
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(wanted.ratio)
        self._kept[wanted.key] = pixmap
        self._kept_bytes += _size_bytes(pixmap)
        while self._kept_bytes > self._most_bytes and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= _size_bytes(oldest)
        self.loaded.emit(wanted.name)


class _Desk(QObject):
    """What is shared with the threads. They keep it alive for as long as they need it."""

    made = Signal(object, object)

    def __init__(self, fetch: Callable[[Wanted], QImage]) -> None:
        super().__init__()
        self._fetch = fetch
        self._lock = threading.Lock()
        self._wanted: list[Wanted] = []
        self._in_hand: set[Key] = set()
        self._is_over = False
        # Python's own pool, as for every other question: it is waited for at the end without holding Python's lock,
        # which a thread of QThreadPool would need to come to its end.
        self._pool = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="pictures")

    def want(self, wanted: list[Wanted]) -> None:
        with self._lock:
            if self._is_over:
                return
            new = [item for item in wanted if item.key not in self._in_hand]
            self._wanted = new[::-1]
            for _ in range(min(len(new), THREADS)):
                self._pool.submit(self._work)

    def stop(self) -> None:
        with self._lock:
            self._is_over = True
            self._wanted = []
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    return
                wanted = self._wanted.pop()
                self._in_hand.add(wanted.key)
            image = self._fetch(wanted)
            self.made.emit(wanted, image)
            with self._lock:
                self._in_hand.discard(wanted.key)


def _size_bytes(pixmap: QPixmap) -> int:
    return max(pixmap.width() * pixmap.height() * 4, 1)

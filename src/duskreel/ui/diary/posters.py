"""The entries' pictures in the size in which they are shown, read and scaled while the window goes on."""

from collections.abc import Callable

from PySide6.QtGui import QImage

from duskreel.errors import DiaryError
from duskreel.library.entry import Entry
from duskreel.library.glance import Glance
from duskreel.ui.lazy_pictures import MOST_BYTES, LazyPictures, Wanted
from duskreel.ui.poster import scaled

Shown = Entry | Glance


class Posters(LazyPictures):
    """Of entries, each by its folder.

    Args:
        read: gives the JPEG of an entry, or None; called in other threads.
        most_bytes: of pictures that are kept.
    """

    def __init__(self, read: Callable[[Shown], bytes | None], most_bytes: int = MOST_BYTES) -> None:
        def fetch(wanted: Wanted) -> QImage:
            try:
                jpeg = read(wanted.item)
            except DiaryError:
                jpeg = None
            return scaled(jpeg, wanted.size, wanted.ratio) if jpeg else QImage()

        super().__init__(fetch, lambda shown: shown.folder, most_bytes)

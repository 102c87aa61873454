"""What is to be seen at the moments of a reel, decoded from their clips in other threads."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from duskreel.errors import DiaryError
from duskreel.export.recap import Moment
from duskreel.library.entry import Entry
from duskreel.library.media import probe
from duskreel.ui.lazy_pictures import LazyPictures, Wanted

MOST_BYTES = 32 << 20


@dataclass(frozen=True)
class Scene:
    """A moment and the entry whose clip it is of."""

    moment: Moment
    entry: Entry

    @property
    def time_ms(self) -> int:
        """The middle of it."""
        return (self.moment.span.start_ms + self.moment.span.end_ms) // 2

    @property
    def key(self) -> tuple[str, int]:
        """What tells its picture from others."""
        return self.entry.id, self.time_ms


class MomentPictures(LazyPictures):
    """Of `Scene`s, each whole and no larger than the size that was asked for.

    Args:
        open_clip: called in other threads.
    """

    def __init__(self, open_clip: Callable[[Entry], BinaryIO]) -> None:
        def fetch(wanted: Wanted) -> QImage:
            try:
                return _picture(open_clip, wanted.item, wanted.size * wanted.ratio)
            except (DiaryError, OSError):
                # The list says that there is no picture; the reel leaves the day out and tells why.
                return QImage()

        super().__init__(fetch, lambda scene: scene.key, MOST_BYTES)


def _picture(open_clip: Callable[[Entry], BinaryIO], scene: Scene, room: QSize) -> QImage:
    from duskreel.export.reader import PictureReader
    from duskreel.picture.conversion import ScreenConverter

    name = scene.entry.clip_path
    with open_clip(scene.entry) as file:
        info = probe(file, name)
        with closing(PictureReader(file, name, info, is_sampling=True)) as reader:
            planes = reader.at(scene.time_ms)
            width, height = _even(reader.width, reader.height, room)
            pixels = ScreenConverter().convert(planes, (width, height))
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32).copy()


def _even(width: int, height: int, room: QSize) -> tuple[int, int]:
    """The whole picture in a room; even, as the converter wants it."""
    share = min(room.width() / width, room.height() / height, 1.0)
    return max(round(width * share / 2) * 2, 2), max(round(height * share / 2) * 2, 2)

"""A short that is looked at before it is made: the export's own pictures, scaled to the screen.

Nothing here is drawn anew for the screen. Laid out for a smaller frame, text would get other widths, other line
breaks and other places; a whole picture costs only some milliseconds more.
"""

from collections.abc import Sequence
from typing import cast

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from duskreel.edit.framing import crop_at, position_of, static_crop
from duskreel.edit.pages import Page
from duskreel.edit.timeline import Timeline
from duskreel.export.clips import Captioned, joined
from duskreel.export.outline import Outline
from duskreel.export.painter import PaintedPage, Painter
from duskreel.export.pictures import (
    Source,
    captions_of,
    composed,
    faces_in,
    picture_count,
    picture_of,
    room_of,
)
from duskreel.export.presets import FRAME_RATE, HEIGHT, SOUND_RATE_HZ, WIDTH
from duskreel.export.reader import PictureReader, even_size
from duskreel.export.style import STYLES
from duskreel.library.entry import Word
from duskreel.library.sound import decode_sound
from duskreel.picture.planes import Planes
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span

INT16_PEAK = 32_767
Bgra = NDArray[np.uint8]
"""(height, width, 4), opaque, C-contiguous"""


class Preview:
    """The pictures of a short that is not made yet. It belongs to one thread.

    Args:
        source: the caller's to close, after `close`.

    Raises:
        DiaryError: no picture of it can be decoded.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._reader = PictureReader(source.file, source.name, source.info)
        self._timeline = Timeline.whole(source.info.duration_ms)
        self._captions: list[Captioned] = []
        self._reformatter = VideoReformatter()

    def follow(self, outline: Outline) -> None:
        """Show this short from now on."""
        self._timeline = outline.timeline
        _, self._captions = captions_of(outline.words, outline.duration_ms, outline.captions)

    def at(self, time_ms: int, position: float) -> Planes:
        """The picture that the export makes for a moment of the short, at full size.

        Args:
            time_ms: the picture shown then; the first or last one beyond the ends.
            position: of the window, as `crop_at` takes it.
        """
        last = max(picture_count(self._timeline.duration_ms) - 1, 0)
        number = min(max(time_ms * int(FRAME_RATE) // 1000, 0), last)
        crop = crop_at(position, *even_size(self._source.info))
        return picture_of(composed(self._source, self._reader, self._timeline, crop, self._captions), number)

    def on_screen(self, time_ms: int, position: float, width: int, height: int) -> Bgra:
        """As `at`, scaled, in a screen's colours."""
        frame = VideoFrame.from_ndarray(self.at(time_ms, position), format="yuv420p")
        shown = self._reformatter.reformat(
            frame,
            width=width,
            height=height,
            format="bgra",
            src_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.MPEG,
            dst_color_range=ColorRange.JPEG,
            interpolation=Interpolation.AREA,
            # Of several threads, some pixels where their parts of the picture meet come out otherwise each time.
            threads=1,
        )
        return np.ascontiguousarray(cast("Bgra", shown.to_ndarray()))

    def close(self) -> None:
        """Let go of the source."""
        self._reader.close()


def face_position(source: Source, spans: Sequence[Span], token: CancelToken) -> float | None:
    """Where the window stands if the face decides, as `crop_at` takes it; None where no face is found.

    Given to the export in place of ``face``, it makes the same window. Takes seconds.

    Raises:
        DiaryError: no picture can be decoded.
        Cancelled: asked for through the token.
    """
    if not room_of(source.info).share:
        return None
    faces = faces_in(source, spans, progress=unheard, token=token)
    size = even_size(source.info)
    return position_of(static_crop(faces, *size), *size) if faces else None


def heard(source: Source, timeline: Timeline, token: CancelToken) -> NDArray[np.int16]:
    """The sound of a short as loud as it was recorded: the export brings it to the platforms' level.

    Returns:
        (count, 2) at 48 kHz; silence for a clip without sound.

    Raises:
        DiaryError: the clip cannot be opened.
        Cancelled: asked for through the token.
    """
    samples = decode_sound(
        source.file,
        source.name,
        rate_hz=SOUND_RATE_HZ,
        channels=2,
        wanted=timeline.kept,
        progress=unheard,
        token=token,
    )
    return np.rint(np.clip(joined(samples, timeline), -1, 1) * INT16_PEAK).astype(np.int16)


def sample_of(style: str, *words: str) -> PaintedPage:
    """A caption with its first word being said, to show what a style looks like."""
    said = tuple(Word(word, 500 * index, 500 * index + 500, 1.0) for index, word in enumerate(words))
    page = Page(Span(0, 500 * len(said)), (said,))
    return Painter(STYLES[style], WIDTH, HEIGHT).paint(page, said[0])

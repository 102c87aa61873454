"""A short that is looked at before it is made: the export's own pictures, scaled to the screen.

Nothing here is drawn anew for the screen. Laid out for a smaller frame, text would get other widths, other line
breaks and other places; a whole picture costs only some milliseconds more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from duskreel.edit.concealing import HiddenSound
from duskreel.edit.framing import Face, position_of, static_crop
from duskreel.edit.pages import Page
from duskreel.edit.timeline import Timeline
from duskreel.export.bleeping import conceal
from duskreel.export.clips import PlanesClip, joined
from duskreel.export.design import Design
from duskreel.export.extras import Marks
from duskreel.export.painter import PaintedPage, Painter
from duskreel.export.pictures import (
    Source,
    composed,
    everybody_in,
    faces_in,
    lettering_of,
    look_of,
    picture_count,
    picture_of,
    room_of,
)
from duskreel.export.presets import FRAME_RATE, HEIGHT, SOUND_RATE_HZ, WIDTH, Framing
from duskreel.export.reader import PictureReader, even_size
from duskreel.export.style import STYLES
from duskreel.library.entry import Word
from duskreel.library.sound import decode_sound
from duskreel.picture.conversion import ScreenConverter
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
        self._design = Design(Timeline.whole(source.info.duration_ms), (), None, "centre", Marks())
        self._lettering = lettering_of(self._design)
        self._faces: tuple[Face, ...] = ()
        self._everybody: tuple[Face, ...] = ()
        self._clips: dict[Framing, PlanesClip] = {}
        self._converter = ScreenConverter()

    def follow(self, design: Design) -> None:
        """Show this short from now on."""
        self._design, self._lettering = design, lettering_of(design)
        self._clips = {}

    def know(self, faces: Sequence[Face], everybody: Sequence[Face] = ()) -> None:
        """These faces are in the clip: for the window and for captions that must not cover them; and these were
        found by who looked for everybody, for what is to be blurred.
        """
        self._faces, self._everybody = tuple(faces), tuple(everybody)
        self._clips = {}

    def at(self, time_ms: int, framing: Framing) -> Planes:
        """The picture that the export makes for a moment of the short, at full size.

        Args:
            time_ms: the picture shown then; the first or last one beyond the ends.
            framing: in place of the design's own.
        """
        last = max(picture_count(self._design.timeline.duration_ms) - 1, 0)
        number = min(max(time_ms * int(FRAME_RATE) // 1000, 0), last)
        return picture_of(self._clip(framing), number)

    def _clip(self, framing: Framing) -> PlanesClip:
        if framing not in self._clips:
            info, design = self._source.info, replace(self._design, framing=framing)
            look = look_of(design, self._lettering, info, self._faces, self._everybody)
            # While a hand drags the window, every position is another short, of which only the newest is shown.
            self._clips = {framing: composed(self._reader, info.duration_ms, design.timeline, look)}
        return self._clips[framing]

    def on_screen(self, time_ms: int, framing: Framing, width: int, height: int) -> Bgra:
        """As `at`, scaled, in a screen's colours."""
        return np.ascontiguousarray(self._converter.convert(self.at(time_ms, framing), (width, height)))

    def close(self) -> None:
        """Let go of the source."""
        self._reader.close()


@dataclass(frozen=True)
class FoundFaces:
    """What a look at a clip's pictures has brought."""

    faces: tuple[Face, ...]
    position: float | None
    """where a window for them stands, as `crop_at` takes it; None where there is no face or no choice"""
    everybody: tuple[Face, ...] = ()
    """who is to be blurred, or beside whom all is; none where nobody looked for them"""


def look_for_faces(
    source: Source, spans: Sequence[Span], token: CancelToken, *, for_everybody: bool = False
) -> FoundFaces:
    """Find what the window and the captions depend on, and, on request, what is blurred does. Takes seconds.

    Raises:
        DiaryError: no picture can be decoded.
        Cancelled: asked for through the token.
    """
    faces = faces_in(source, spans, progress=unheard, token=token)
    everybody = everybody_in(source, spans, progress=unheard, token=token) if for_everybody else []
    size = even_size(source.info)
    has_choice = faces and room_of(source.info).share
    position = position_of(static_crop(faces, *size), *size) if has_choice else None
    return FoundFaces(tuple(faces), position, tuple(everybody))


def heard(
    source: Source, timeline: Timeline, token: CancelToken, hidden: Sequence[HiddenSound] = ()
) -> NDArray[np.int16]:
    """The sound of a short as loud as it was recorded: the export brings it to the platforms' level.

    Args:
        source: of the clip; nobody else may read it meanwhile.
        timeline: what is kept of it.
        token: asked at every packet.
        hidden: what is not to be heard, as in the export.

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
    conceal(samples, SOUND_RATE_HZ, hidden)
    return np.rint(np.clip(joined(samples, timeline), -1, 1) * INT16_PEAK).astype(np.int16)


def sample_of(style: str, *words: str) -> PaintedPage:
    """A caption with its first word being said, to show what a style looks like."""
    said = tuple(Word(word, 500 * index, 500 * index + 500, 1.0) for index, word in enumerate(words))
    page = Page(Span(0, 500 * len(said)), (said,))
    return Painter(STYLES[style], WIDTH, HEIGHT).paint(page, said[0])

"""The pictures of a short: which words stand on them, and which part of the clip they show.

The export encodes them and the preview shows them; both get them here, so that what is seen is what is made.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO

from duskreel.edit.framing import Crop, Face, crop_at, static_crop
from duskreel.edit.pages import Page, pages
from duskreel.edit.timeline import Timeline
from duskreel.export.clips import Captioned, Framed, Kept, PlanesClip, clip_of
from duskreel.export.faces import find_faces
from duskreel.export.painter import Painter
from duskreel.export.presets import FRAME_RATE, HEIGHT, WIDTH, Framing
from duskreel.export.reader import PictureReader, even_size
from duskreel.export.style import STYLES
from duskreel.library.entry import Word
from duskreel.library.media import MediaInfo
from duskreel.library.sound import Samples
from duskreel.picture.planes import Planes
from duskreel.progress import CancelToken, Progress
from duskreel.timecode import Span


@dataclass(frozen=True)
class Source:
    """The clip that a short is made of."""

    file: BinaryIO
    """seekable; for one reader at a time"""
    name: str
    """how to speak of it to the user"""
    info: MediaInfo


@dataclass(frozen=True)
class Room:
    """How far the upright window may move over a clip's picture."""

    share: float
    """of the window's own width or height; 0 for a clip that has the wanted shape"""
    is_sideways: bool
    """up and down otherwise"""


def picture_count(duration_ms: int) -> int:
    """How many pictures a short of this length has."""
    return duration_ms * int(FRAME_RATE) // 1000


def picture_of(clip: PlanesClip, number: int) -> Planes:
    """One picture of a composed short, counted from 0."""
    picture: Planes = clip.get_frame(number / float(FRAME_RATE))
    return picture


def captions_of(words: Sequence[Word], duration_ms: int, style: str | None) -> tuple[list[Page], list[Captioned]]:
    """Divide the words of a short into caption pages.

    Args:
        words: that are heard, with the short's own times.
        duration_ms: of the short.
        style: its name; None for a picture without captions.

    Returns:
        The pages, shown or not, and the effects that lay them over a clip.
    """
    painter = Painter(STYLES[style or "subtitle"], WIDTH, HEIGHT)
    divided = pages(
        words,
        measure=painter.measure,
        max_width=painter.widest,
        max_lines=painter.style.max_lines,
        max_words=painter.style.max_words,
        duration_ms=duration_ms,
    )
    return divided, [Captioned(divided, painter)] if style else []


def window(source: Source, framing: Framing, spans: Sequence[Span], *, progress: Progress, token: CancelToken) -> Crop:
    """The part of the clip's picture that the short shows.

    Args:
        source: looked through only where the face decides.
        framing: what the user wants.
        spans: of the clip that matter, in order.
        progress: told while the face is looked for.
        token: likewise.
    """
    width, height = even_size(source.info)
    if framing == "centre":
        return crop_at(0.5, width, height)
    if framing != "face":
        return crop_at(framing, width, height)
    if not room_of(source.info).share:
        # It has the wanted shape already: wherever the face is, there is one window.
        return crop_at(0.5, width, height)
    return static_crop(faces_in(source, spans, progress=progress, token=token), width, height)


def room_of(info: MediaInfo) -> Room:
    """Where the window may go on pictures of this size."""
    size = even_size(info)
    first, last = crop_at(0.0, *size), crop_at(1.0, *size)
    if last.x > first.x:
        return Room((last.x - first.x) / first.width, is_sideways=True)
    return Room((last.y - first.y) / first.height, is_sideways=False)


def faces_in(source: Source, spans: Sequence[Span], *, progress: Progress, token: CancelToken) -> list[Face]:
    """Look for faces, as `find_faces` does, with a reader of its own."""
    with closing(PictureReader(source.file, source.name, source.info, is_sampling=True)) as reader:
        return find_faces(reader, list(spans), progress=progress, token=token)


def composed(
    source: Source,
    reader: PictureReader,
    timeline: Timeline,
    crop: Crop,
    captions: Sequence[Captioned],
    sound: Samples | None = None,
) -> PlanesClip:
    """The short as a clip; silent without `sound`, which is the whole source's."""
    clip = clip_of(reader, source.info.duration_ms, sound)
    effects = [Kept(timeline), Framed(crop, (WIDTH, HEIGHT)), *captions]
    made: PlanesClip = clip.with_effects(effects)
    return made

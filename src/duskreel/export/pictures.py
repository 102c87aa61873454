"""The pictures of a short: which words stand on them, and which part of the clip they show.

The export encodes them and the preview shows them; both get them here, so that what is seen is what is made.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import BinaryIO

from duskreel.edit.concealing import Concealment
from duskreel.edit.crop_path import CropPath, FaceInFrame, faces_in_frame
from duskreel.edit.following import crop_path
from duskreel.edit.framing import Face, crop_at, main_face
from duskreel.edit.pages import Page, pages
from duskreel.edit.placing import Block, centres
from duskreel.edit.reading import remarks
from duskreel.edit.timeline import Timeline
from duskreel.edit.tracking import company
from duskreel.export.canvases import Canvases
from duskreel.export.captions import CaptionLayer
from duskreel.export.clips import Framed, Kept, Overlaid, PlanesClip, clip_of
from duskreel.export.design import Design
from duskreel.export.faces import find_every_face, find_faces
from duskreel.export.layers import Layer
from duskreel.export.marks import mark_layers, title_area
from duskreel.export.painter import Painter
from duskreel.export.presets import EVERYWHERE, FRAME_RATE, HEIGHT, WIDTH
from duskreel.export.reader import PictureReader, even_size
from duskreel.export.style import STYLES
from duskreel.export.veiling import NO_VEIL, Veil, Veiled
from duskreel.library.media import MediaInfo
from duskreel.picture.planes import Planes
from duskreel.progress import CancelToken, Progress
from duskreel.timecode import Span

MOST_NAMED = 12


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


@dataclass(frozen=True)
class Lettering:
    """What is written on a short, wherever it will stand."""

    pages: tuple[Page, ...]
    """the words divided, whether they are shown or not, with the short's own times"""
    painter: Painter
    """of captions"""
    marks: tuple[Layer, ...]
    title_area: tuple[Span, float] | None
    """when the title stands, and how far down it reaches; None without one"""


@dataclass(frozen=True)
class Look:
    """Everything about the pictures of one short that does not come from the clip's own pictures."""

    path: CropPath
    """of the upright window"""
    layers: tuple[Layer, ...]
    """what is laid over, from the lowest to the topmost"""
    veil: Veil = NO_VEIL
    """what is hidden, below all of them"""


def picture_count(duration_ms: int) -> int:
    """How many pictures a short of this length has."""
    return duration_ms * int(FRAME_RATE) // 1000


def moment_of(number: int) -> float:
    """When a picture is shown, counted from 0: in seconds, as MoviePy counts them."""
    return number / float(FRAME_RATE)


def picture_of(clip: PlanesClip, number: int) -> Planes:
    """One picture of a composed short, counted from 0."""
    picture: Planes = clip.frame_function(moment_of(number))
    return picture


def needs_faces(design: Design, info: MediaInfo) -> bool:
    """Whether anything depends on where faces are: the window, or what must not cover them."""
    is_framed_by_face = design.framing == "face" and room_of(info).share > 0
    return is_framed_by_face or (design.captions is not None and bool(design.words))


def needs_everybody(design: Design) -> bool:
    """Whether anything depends on where everybody is, for which `find_every_face` has to look."""
    return design.concealment.blurs_others or design.concealment.blurs_background


def lettering_of(design: Design) -> Lettering:
    """Divide the words into pages, and set the marks.

    Raises:
        DiaryError: the title is far too long.
    """
    painter = Painter(STYLES[design.captions or "subtitle"], WIDTH, HEIGHT)
    divided = pages(
        design.words,
        measure=painter.measure,
        max_width=painter.widest,
        max_lines=painter.style.max_lines,
        max_words=painter.style.max_words,
        duration_ms=design.timeline.duration_ms,
    )
    marks = mark_layers(design.marks, design.timeline.duration_ms)
    return Lettering(tuple(divided), painter, tuple(marks), title_area(design.marks))


def look_of(
    design: Design, lettering: Lettering, info: MediaInfo, faces: Sequence[Face], everybody: Sequence[Face] = ()
) -> Look:
    """Decide what stands where.

    Args:
        design: what is wanted.
        lettering: of the same design.
        info: of the clip.
        faces: that were found in it; none where none were looked for.
        everybody: that `everybody_in` found in it; `faces` for who has not looked so closely.
    """
    path = window_path(design, info, faces)
    veil = veil_of(design.concealment, everybody or faces)
    if design.captions is None:
        return Look(path, lettering.marks, veil)
    places = _centres(lettering, _faces_in_short(design.timeline, path, faces, info))
    return Look(path, (CaptionLayer(lettering.pages, places, lettering.painter), *lettering.marks), veil)


def veil_of(concealment: Concealment, everybody: Sequence[Face]) -> Veil:
    """Decide what is hidden of the clip's pictures."""
    if not concealment.blurs_others and not concealment.blurs_background:
        return Veil(concealment.tracks)
    found = company(everybody)
    tracks = (*concealment.tracks, *found.others) if concealment.blurs_others else concealment.tracks
    return Veil(tracks, found.speaker if concealment.blurs_background else None)


def window_path(design: Design, info: MediaInfo, faces: Sequence[Face]) -> CropPath:
    """Where the upright window is while the clip plays."""
    size = even_size(info)
    if design.framing == "face":
        return crop_path(faces, *size, design.timeline.kept)
    return CropPath.static(crop_at(0.5 if design.framing == "centre" else design.framing, *size))


def caption_remarks(lettering: Lettering) -> list[str]:
    """What the user may want to know of the captions, in sentences."""
    told = remarks(lettering.pages)
    missing = lettering.painter.missing("".join(page.text for page in lettering.pages))
    if missing:
        told.append(f"No font on this computer has these characters of the captions: {' '.join(missing[:MOST_NAMED])}")
    return told


def _centres(lettering: Lettering, seen: Sequence[FaceInFrame]) -> list[float]:
    """How far down each page stands: where it covers neither a face nor the title, if there is such a place."""
    blocks = [Block(page.span, lettering.painter.block_height(page)) for page in lettering.pages]
    own = lettering.painter.style.centre
    return centres(blocks, seen, own=own, zone=EVERYWHERE, reserved=lettering.title_area)


def _faces_in_short(timeline: Timeline, path: CropPath, faces: Sequence[Face], info: MediaInfo) -> list[FaceInFrame]:
    """Where the main face is in the short's picture, by the short's own time."""
    seen = faces_in_frame(path, main_face(faces), *even_size(info))
    moments = ((timeline.to_output(face.time_ms), face) for face in seen)
    return [replace(face, time_ms=time_ms) for time_ms, face in moments if time_ms is not None]


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


def everybody_in(source: Source, spans: Sequence[Span], *, progress: Progress, token: CancelToken) -> list[Face]:
    """Look for everybody, as `find_every_face` does, with a reader of its own."""
    with closing(PictureReader(source.file, source.name, source.info, is_sampling=True)) as reader:
        return find_every_face(reader, spans, progress=progress, token=token)


def composed(
    reader: PictureReader, duration_ms: int, timeline: Timeline, look: Look, canvases: Canvases | None = None
) -> PlanesClip:
    """The pictures of a short, as a clip.

    Args:
        reader: of the source.
        duration_ms: of the source.
        timeline: what is shown of it.
        look: how.
        canvases: to draw on, for whoever gives them back; None for new ones.
    """
    canvases = canvases or Canvases((WIDTH, HEIGHT))
    clip = clip_of(reader, duration_ms, None)
    veiled = Veiled(look.veil, look.path)
    made: PlanesClip = clip.with_effects([veiled, Framed(look.path, canvases), Kept(timeline), Overlaid(look.layers)])
    return made

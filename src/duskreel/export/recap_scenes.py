"""The pictures of a reel: how each moment is framed, and all of them into the file."""

import gc
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from statistics import median

from duskreel.edit.concealing import NOTHING_HIDDEN, Concealment, HiddenSound, masked
from duskreel.edit.crop_path import CropPath
from duskreel.edit.following import crop_path
from duskreel.edit.framing import Face, main_face, static_crop
from duskreel.edit.timeline import Timeline
from duskreel.errors import DiaryError
from duskreel.export.aac import SoundPacket
from duskreel.export.canvases import Canvases
from duskreel.export.clips import Framed, Kept, Overlaid, PlanesClip, clip_of
from duskreel.export.encoders import GROUP, X264
from duskreel.export.layers import Layer
from duskreel.export.pictures import Source, everybody_in, faces_in, picture_of, veil_of
from duskreel.export.presets import FRAME_RATE
from duskreel.export.reader import PictureReader, even_size
from duskreel.export.recap import SHORTEST_MS, Moment
from duskreel.export.recap_backdrop import OverItself
from duskreel.export.recap_captions import ReelCaptions, around
from duskreel.export.recap_decisions import showable
from duskreel.export.recap_label import label_of
from duskreel.export.segments import SegmentQueue
from duskreel.export.veiling import NO_VEIL, Veil, Veiled
from duskreel.export.writer import ShortWriter
from duskreel.library.diary import Diary
from duskreel.library.entry import Word
from duskreel.library.media import MediaInfo
from duskreel.progress import CancelToken, Progress, unheard
from duskreel.timecode import Span

MOST_CUT_OFF = Fraction(3, 10)
"""of a picture in which nobody tells what matters in it; rather than cut off more, it is shown whole"""
FACE_ROOM = 1.1
"""how much wider than a face the window must be, or the face is cut"""
COMPANY_MS = 2_000
"""before and after a moment in which everybody is looked for, too: who is the speaker shows in longer than a second"""


@dataclass(frozen=True)
class Scene:
    """A moment of which everything is decided."""

    moment: Moment
    info: MediaInfo
    path: CropPath | None
    """of the window onto the clip; None to show all of it over an enlargement of itself"""
    faces: tuple[Face, ...]
    """that were found in it"""
    count: int
    """of its pictures"""
    concealment: Concealment = NOTHING_HIDDEN
    """of its entry"""
    hidden_sounds: tuple[HiddenSound, ...] = ()
    """in its clip"""
    veil: Veil = NO_VEIL
    """over the clip's pictures"""

    @property
    def timeline(self) -> Timeline:
        """What is shown of the clip; the last picture may stay for longer than that."""
        return Timeline((self.moment.span,))


@dataclass(frozen=True)
class Lettering:
    """What is written on the moments of one reel."""

    size: tuple[int, int]
    """width and height of the reel"""
    has_labels: bool
    has_years: bool
    """whether labels name the year as well"""
    captions: ReelCaptions | None = None

    def layers(self, scene: Scene, words: Sequence[Word]) -> list[Layer]:
        """What to lay over a scene, from the lowest to the topmost.

        Args:
            scene: of the reel.
            words: of its clip, as they may be read.
        """
        label = label_of(scene.moment.day, self.size, has_year=self.has_years) if self.has_labels else None
        layers: list[Layer] = []
        if self.captions is not None and words:
            picture_size = even_size(scene.info)
            view = around(picture_size, Fraction(*self.size)) if scene.path is None else scene.path
            layers.append(self.captions.layer(words, scene.timeline, scene.faces, view, picture_size, label))
        return layers if label is None else [*layers, label]


def scene_of(diary: Diary, moment: Moment, aspect: Fraction, token: CancelToken) -> Scene:
    """Decide how a moment is shown, and what of it is hidden, by what its entry says now.

    Args:
        diary: that its entry is in.
        moment: to be shown.
        aspect: width divided by height of the reel.
        token: asked before every picture that is looked at.

    Raises:
        DiaryError: its entry is gone or hidden from memories, something in it was cut, or its clip cannot be read.
    """
    entry = diary.find(moment.entry_id)
    # Whatever a plan says, which may be older than the wish.
    if entry.hidden_from_memories:
        raise DiaryError("Its entry is hidden from memories.", "Show it in memories again, or choose another one.")
    may = showable(entry, diary.transcript(entry) if entry.review else None)
    info = diary.clip_info(entry)
    span = Span(max(moment.span.start_ms, 0), min(moment.span.end_ms, info.duration_ms))
    # A clip may turn out to be shorter than its entry says.
    if span.duration_ms < SHORTEST_MS:
        raise DiaryError(f"“{entry.clip_path}” has no picture at that time.", "Choose another moment of it.")
    if may.has_cut_in(span):
        raise DiaryError("Something in it was cut out of its entry since.", "Choose another moment of it.")
    with diary.open_clip(entry) as file:
        source = Source(file, entry.clip_path, info)
        faces = faces_in(source, [span], progress=unheard, token=token) if _can_be_cut(info, aspect) else []
        veil = _veil(source, span, may.concealment, token)
    return Scene(
        moment=Moment(moment.day, entry.id, span, may.text_of(span) if may.hides_in(span) else moment.text),
        info=info,
        path=window(info, faces, span, aspect),
        faces=tuple(faces),
        count=_picture_count(span, info),
        concealment=may.concealment,
        hidden_sounds=may.sounds,
        veil=veil,
    )


def _veil(source: Source, span: Span, concealment: Concealment, token: CancelToken) -> Veil:
    if not concealment.changes_picture:
        return NO_VEIL
    wide = Span(max(span.start_ms - COMPANY_MS, 0), min(span.end_ms + COMPANY_MS, source.info.duration_ms))
    return veil_of(concealment, everybody_in(source, [wide], progress=unheard, token=token))


def window(info: MediaInfo, faces: Sequence[Face], span: Span, aspect: Fraction) -> CropPath | None:
    """The window onto a clip in a reel of another shape; None where the clip is to be shown whole.

    An upright clip in a landscape reel would lose two thirds of its picture, faces and all. A landscape clip in an
    upright reel is framed by the face, as in a short, unless there is none, or it is wider than the window.
    """
    width, height = even_size(info)
    crop = static_crop([], width, height, aspect=aspect)
    if Fraction(crop.width * crop.height, width * height) >= 1 - MOST_CUT_OFF:
        return crop_path(faces, width, height, [span], aspect=aspect)
    main = main_face(faces)
    if not _can_be_cut(info, aspect) or not main:
        return None
    if median(face.width for face in main) * width * FACE_ROOM > crop.width:
        return None
    if median(face.height for face in main) * height * FACE_ROOM > crop.height:
        return None
    return crop_path(faces, width, height, [span], aspect=aspect)


def draw(
    scenes: Sequence[Scene],
    diary: Diary,
    path: Path,
    lettering: Lettering,
    sound: Sequence[SoundPacket],
    *,
    progress: Progress,
    token: CancelToken,
) -> None:
    """Draw and encode all scenes, one clip at a time.

    Raises:
        DiaryError: a clip can no longer be read.
        OSError: the file cannot be written.
        Cancelled: asked for through the token.
    """
    canvases = Canvases(lettering.size)
    with (
        ShortWriter(path, lettering.size, FRAME_RATE, X264, sound) as writer,
        SegmentQueue(X264, FRAME_RATE, writer.append, canvases) as queue,
    ):
        for number, scene in enumerate(scenes):
            progress("Drawing the reel", number / len(scenes))
            _draw_scene(scene, diary, queue, lettering, canvases, token)
            let_go()


def _draw_scene(
    scene: Scene, diary: Diary, queue: SegmentQueue, lettering: Lettering, canvases: Canvases, token: CancelToken
) -> None:
    entry = diary.find(scene.moment.entry_id)
    transcript = diary.transcript(entry) if lettering.captions is not None else None
    layers = lettering.layers(scene, masked(transcript.words(), scene.concealment.words) if transcript else [])
    with diary.open_clip(entry) as file, closing(PictureReader(file, entry.clip_path, scene.info)) as reader:
        clip = _composed(scene, reader, layers, canvases)
        for start in range(0, scene.count, GROUP):
            token.raise_if_cancelled()
            numbers = range(start, min(start + GROUP, scene.count))
            queue.encode(picture_of(clip, number) for number in numbers)


def let_go() -> None:
    """Free what was a clip's, now that nobody reads it any more.

    A reader and its pictures, and PyAV's filters and the sound in them, refer to each other in circles, which only the
    collector frees. It comes by the number of objects, whatever their size: by itself, dozens of clips later.
    """
    gc.collect()


def _composed(scene: Scene, reader: PictureReader, layers: Sequence[Layer], canvases: Canvases) -> PlanesClip:
    framed = OverItself(canvases) if scene.path is None else Framed(scene.path, canvases)
    clip = clip_of(reader, scene.info.duration_ms, None)
    made: PlanesClip = clip.with_effects(
        [Veiled(scene.veil, scene.path), framed, Kept(scene.timeline), Overlaid(layers)]
    )
    return made


def _can_be_cut(info: MediaInfo, aspect: Fraction) -> bool:
    """Whether the picture may lose what the reel's shape has no room for: never an upright one in a wide reel."""
    return aspect < 1 or info.width >= info.height


def _picture_count(span: Span, info: MediaInfo) -> int:
    """Whole pictures: rather one more than to cut the end of a word, as far as the clip reaches."""
    wanted = -(-span.duration_ms * FRAME_RATE // 1000)
    return int(max(min(wanted, (info.duration_ms - span.start_ms) * FRAME_RATE // 1000), 1))

"""One short, from a clip and decisions about it to an encoded file."""

import gc
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from duskreel.edit.framing import Face
from duskreel.edit.pages import Page
from duskreel.export.aac import EncodedSound, SoundPacket, encode_sound
from duskreel.export.bleeping import conceal
from duskreel.export.canvases import Canvases
from duskreel.export.clips import PlanesClip, joined
from duskreel.export.compositing import draw_in_one_thread
from duskreel.export.cover import cover_of
from duskreel.export.design import Design
from duskreel.export.earlier import EarlierShorts, Part, ShortMemory, recipe, sound_digest
from duskreel.export.encoders import GROUP, X264, VideoEncoder, hardware_encoder
from duskreel.export.extras import Extras
from duskreel.export.loudness import Loudness, brought_to
from duskreel.export.marks import mark_layers
from duskreel.export.pictures import (
    Lettering,
    Look,
    Source,
    caption_remarks,
    composed,
    everybody_in,
    faces_in,
    lettering_of,
    look_of,
    moment_of,
    needs_everybody,
    needs_faces,
    picture_count,
    picture_of,
)
from duskreel.export.presets import FRAME_RATE, HEIGHT, SOUND_RATE_HZ, WIDTH
from duskreel.export.reader import PictureReader
from duskreel.export.segments import Segment, SegmentQueue
from duskreel.export.sound_shaping import shaped
from duskreel.export.subtitles import srt, vtt
from duskreel.export.writer import ShortWriter, Subtitles
from duskreel.library.sound import Samples, decode_sound
from duskreel.memory import give_back_large_blocks
from duskreel.picture.planes import Planes
from duskreel.progress import CancelToken, Progress, part
from duskreel.timecode import from_seconds

SAMPLES_PER_FRAME = SOUND_RATE_HZ // int(FRAME_RATE)
SIZE = (WIDTH, HEIGHT)
LOOKED_AT = 0.4
"""of the work is done once everybody has been looked for"""
MADE_BY = tuple(
    (name, version(name)) for name in ("duskreel", "av", "numpy", "opencv-python-headless", "PySide6-Essentials")
)
"""other versions may draw or encode the same thing otherwise"""


@dataclass(frozen=True)
class Scene:
    """All that the making of one short needs to know."""

    source: Source
    identity: tuple[object, ...]
    """tells the source from every other clip"""
    design: Design
    language: str | None
    """of the words, as a code of two letters"""
    loudness: Loudness
    extras: Extras
    faces: tuple[Face, ...] | None = None
    """in the source, as somebody found them before; None to look for them"""
    everybody: tuple[Face, ...] | None = None
    """likewise, for what is blurred"""
    recorded_at: datetime | None = None
    """to be told by the file; None for one that does not tell"""


@dataclass(frozen=True)
class Made:
    """What came of it."""

    pages: tuple[Page, ...]
    """the caption pages of its words, shown or not, with the short's own times"""
    remarks: tuple[str, ...]
    """for the user"""
    cover: bytes | None
    """JPEG"""
    segments: tuple[Part, ...]
    sound: Part
    faces_recipe: str
    faces: tuple[Face, ...]
    everybody_recipe: str
    everybody: tuple[Face, ...]

    def beside(self, suffix: str) -> bytes:
        """The content of a file that comes with the short."""
        if suffix == ".jpg":
            return self.cover or b""
        return {".srt": srt, ".vtt": vtt}[suffix](self.pages).encode()

    def memory(self, file: Path, beside: tuple[str, ...]) -> ShortMemory:
        """For the next time, now that the short and what comes with it have their names."""
        return ShortMemory(
            file,
            self.segments,
            self.sound,
            self.faces_recipe,
            self.faces,
            beside,
            self.everybody_recipe,
            self.everybody,
        )


def make_short(scene: Scene, path: Path, earlier: EarlierShorts, *, progress: Progress, token: CancelToken) -> Made:
    """Encode a short to `path`, taking over from earlier ones what is the same.

    Raises:
        DiaryError: the clip cannot be read.
        OSError: the file cannot be written.
        Cancelled: asked for through the token.
    """
    give_back_large_blocks()
    source, design = scene.source, scene.design
    encoder, remarks = _encoder(scene.extras)
    start = LOOKED_AT if needs_everybody(design) else 0.1
    with ThreadPoolExecutor(1, thread_name_prefix="sound") as beside:
        sounding = _sound(scene, earlier, beside, part(progress, 0.0, 0.02), token)
        faces_recipe, faces = _faces(scene, earlier, part(progress, 0.02, 0.1), token)
        everybody_recipe, everybody = _everybody(scene, earlier, part(progress, 0.1, start), token)
        lettering = lettering_of(design)
        look = look_of(design, lettering, source.info, faces, everybody)
        # Sound and encoders at once would take more memory than a short may.
        sound = sounding.result()
    draw_in_one_thread()
    with closing(PictureReader(source.file, source.name, source.info)) as reader:
        canvases = Canvases(SIZE)
        clip = composed(reader, source.info.duration_ms, design.timeline, look, canvases)
        texts = _subtitles(scene, lettering)
        with ShortWriter(path, SIZE, FRAME_RATE, encoder, sound.packets, texts, scene.recorded_at) as writer:
            drawing = _Drawing(scene.identity, clip, canvases, encoder, earlier)
            segments = drawing.write(writer, part(progress, start, 0.98), token)
        cover = _cover(scene, reader, look, token) if scene.extras.has_cover else None
    remarks += caption_remarks(lettering) if design.captions else []
    remarks += look.veil.remarks
    return Made(
        pages=lettering.pages,
        remarks=tuple(remarks),
        cover=cover,
        segments=segments,
        sound=sound.part,
        faces_recipe=faces_recipe,
        faces=faces,
        everybody_recipe=everybody_recipe,
        everybody=everybody,
    )


def _encoder(extras: Extras) -> tuple[VideoEncoder, list[str]]:
    if not extras.uses_hardware:
        return X264, []
    found = hardware_encoder(SIZE, FRAME_RATE)
    if found is None:
        return X264, ["This computer’s graphics processor cannot encode the short, so the processor did."]
    return found, []


def _faces(
    scene: Scene, earlier: EarlierShorts, progress: Progress, token: CancelToken
) -> tuple[str, tuple[Face, ...]]:
    if scene.faces is not None or not needs_faces(scene.design, scene.source.info):
        return "", scene.faces or ()
    spans = scene.design.timeline.kept
    wanted = recipe(MADE_BY, scene.identity, spans)
    known = earlier.faces(wanted)
    return wanted, tuple(faces_in(scene.source, spans, progress=progress, token=token)) if known is None else known


def _everybody(
    scene: Scene, earlier: EarlierShorts, progress: Progress, token: CancelToken
) -> tuple[str, tuple[Face, ...]]:
    if scene.everybody is not None or not needs_everybody(scene.design):
        return "", scene.everybody or ()
    spans = scene.design.timeline.kept
    wanted = recipe(MADE_BY, scene.identity, spans, "everybody")
    known = earlier.everybody(wanted)
    return wanted, tuple(everybody_in(scene.source, spans, progress=progress, token=token)) if known is None else known


class _Sound(NamedTuple):
    packets: tuple[SoundPacket, ...]
    part: Part


def _sound(
    scene: Scene, earlier: EarlierShorts, executor: Executor, progress: Progress, token: CancelToken
) -> Future[_Sound]:
    """Decode the sound, which nobody else may read the clip during, and leave the rest to a thread."""
    timeline, hidden = scene.design.timeline, scene.design.hidden_sounds
    wanted = recipe(MADE_BY, scene.identity, timeline.kept, scene.loudness, scene.extras.reduces_noise, *hidden)
    packets = earlier.sound(wanted)
    if packets is not None:
        return executor.submit(_Sound, packets, Part(wanted, sound_digest(packets)))
    decoded = [
        decode_sound(
            scene.source.file,
            scene.source.name,
            rate_hz=SOUND_RATE_HZ,
            channels=2,
            wanted=timeline.kept,
            progress=progress,
            token=token,
        )
    ]

    def delivered(samples: Samples) -> EncodedSound:
        token.raise_if_cancelled()
        return encode_sound(samples)

    def encoded() -> _Sound:
        conceal(decoded[0], SOUND_RATE_HZ, hidden)
        # Shaped before it is cut: at a join, a filter would still ring with what was before. And let go of at once:
        # all of a long clip's sound is large.
        clean = shaped(decoded.pop(), SOUND_RATE_HZ, reduces_noise=scene.extras.reduces_noise)
        whole = joined(clean, timeline)[: picture_count(timeline.duration_ms) * SAMPLES_PER_FRAME]
        del clean
        made = brought_to(whole, SOUND_RATE_HZ, scene.loudness, delivered).packets
        # PyAV's filters, and the sound in them, are freed by the collector only.
        gc.collect()
        return _Sound(made, Part(wanted, sound_digest(made)))

    return executor.submit(encoded)


def _subtitles(scene: Scene, lettering: Lettering) -> Subtitles | None:
    if not scene.extras.has_subtitle_track:
        return None
    return Subtitles(lettering.pages, scene.design.timeline.duration_ms, scene.language or "")


def _cover(scene: Scene, reader: PictureReader, look: Look, token: CancelToken) -> bytes:
    """The best picture without captions: whoever sees it hears nothing yet. The title says what it is about."""
    timeline = scene.design.timeline
    clip = composed(reader, scene.source.info.duration_ms, timeline, replace(look, layers=()))
    layers = mark_layers(replace(scene.design.marks, has_progress_bar=False), timeline.duration_ms)
    overlays = [overlay for layer in layers if (overlay := layer.overlay_at(0))]
    return cover_of(clip, token, overlays)


class _Drawing:
    """The pictures of a short on their way into its file."""

    def __init__(
        self,
        identity: tuple[object, ...],
        clip: PlanesClip,
        canvases: Canvases,
        encoder: VideoEncoder,
        earlier: EarlierShorts,
    ) -> None:
        self._identity, self._clip, self._canvases = identity, clip, canvases
        self._encoder, self._earlier = encoder, earlier
        self._count = picture_count(from_seconds(clip.duration))

    def write(self, writer: ShortWriter, progress: Progress, token: CancelToken) -> tuple[Part, ...]:
        """Put them all into the file, drawn and encoded, or taken over."""
        contents: list[str] = []

        def take(segment: Segment) -> None:
            writer.append(segment)
            contents.append(segment.digest)

        recipes: list[str] = []
        with SegmentQueue(self._encoder, FRAME_RATE, take, self._canvases) as queue:
            for start in range(0, self._count, GROUP):
                token.raise_if_cancelled()
                numbers = range(start, min(start + GROUP, self._count))
                recipes.append(self._recipe(numbers))
                known = self._earlier.segment(recipes[-1])
                if known is None:
                    queue.encode(self._drawn(numbers, token))
                else:
                    queue.add(known)
                progress("Drawing the short", numbers.stop / self._count)
        return tuple(map(Part, recipes, contents))

    def _recipe(self, numbers: range) -> str:
        pictures = [self._clip.recipe_at(moment_of(number)) for number in numbers]
        return recipe(MADE_BY, self._identity, self._encoder, pictures)

    def _drawn(self, numbers: range, token: CancelToken) -> Iterator[Planes]:
        for number in numbers:
            token.raise_if_cancelled()
            yield picture_of(self._clip, number)

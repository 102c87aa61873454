"""One short, from a clip and decisions about it to an encoded file."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from duskreel.edit.framing import Crop, crop_at, static_crop
from duskreel.edit.pages import Page, pages
from duskreel.edit.timeline import Timeline
from duskreel.export.clips import Captioned, Framed, Kept, PlanesClip, clip_of
from duskreel.export.faces import find_faces
from duskreel.export.loudness import Loudness, brought_to
from duskreel.export.painter import Painter
from duskreel.export.presets import FRAME_RATE, HEIGHT, SOUND_RATE_HZ, WIDTH, Framing
from duskreel.export.reader import PictureReader, even_size
from duskreel.export.style import STYLES
from duskreel.export.writer import ShortWriter, encode_sound
from duskreel.library.entry import Word
from duskreel.library.media import MediaInfo
from duskreel.library.sound import Samples, decode_sound
from duskreel.progress import CancelToken, Progress, part

SAMPLES_PER_FRAME = SOUND_RATE_HZ // int(FRAME_RATE)


@dataclass(frozen=True)
class Scene:
    """All that the making of one short needs to know."""

    clip_file: BinaryIO
    clip_name: str
    info: MediaInfo
    timeline: Timeline
    words: tuple[Word, ...]
    """that are heard, with the short's own times"""
    captions: str | None
    """a style's name; None for a picture without captions"""
    framing: Framing
    loudness: Loudness


def make_short(scene: Scene, path: Path, *, progress: Progress, token: CancelToken) -> list[Page]:
    """Encode a short to `path`.

    Returns:
        The caption pages of its words, shown or not, with the short's own times.

    Raises:
        DiaryError: the clip cannot be read.
        OSError: the file cannot be written.
        Cancelled: asked for through the token.
    """
    painter = Painter(STYLES[scene.captions or "subtitle"], WIDTH, HEIGHT)
    shown = caption_pages(scene, painter)
    captions = [Captioned(shown, painter)] if scene.captions else []
    sound = decode_sound(
        scene.clip_file,
        scene.clip_name,
        rate_hz=SOUND_RATE_HZ,
        channels=2,
        wanted=scene.timeline.kept,
        progress=part(progress, 0.0, 0.05),
        token=token,
    )
    crop = _crop(scene, part(progress, 0.05, 0.15), token)
    with closing(PictureReader(scene.clip_file, scene.clip_name, scene.info)) as reader:
        clip = _composed(scene, reader, crop, captions, sound)
        _encode(scene, clip, path, part(progress, 0.15, 1.0), token)
    return shown


def caption_pages(scene: Scene, painter: Painter) -> list[Page]:
    """Divide the words of a short into pages that fit the painter's style."""
    style = painter.style
    return pages(
        scene.words,
        measure=painter.measure,
        max_width=painter.widest,
        max_lines=style.max_lines,
        max_words=style.max_words,
        duration_ms=scene.timeline.duration_ms,
    )


def _crop(scene: Scene, progress: Progress, token: CancelToken) -> Crop:
    width, height = even_size(scene.info)
    if scene.framing == "centre":
        return crop_at(0.5, width, height)
    if scene.framing != "face":
        return crop_at(scene.framing, width, height)
    if crop_at(0.0, width, height) == crop_at(1.0, width, height):
        # It has the wanted shape already: wherever the face is, there is one window.
        return crop_at(0.5, width, height)
    with closing(PictureReader(scene.clip_file, scene.clip_name, scene.info, is_sampling=True)) as reader:
        faces = find_faces(reader, list(scene.timeline.kept), progress=progress, token=token)
    return static_crop(faces, width, height)


def _composed(scene: Scene, reader: PictureReader, crop: Crop, captions: list[Captioned], sound: Samples) -> PlanesClip:
    clip = clip_of(reader, scene.info.duration_ms, sound)
    effects = [Kept(scene.timeline), Framed(crop, (WIDTH, HEIGHT)), *captions]
    composed: PlanesClip = clip.with_effects(effects)
    return composed


def _encode(scene: Scene, clip: PlanesClip, path: Path, progress: Progress, token: CancelToken) -> None:
    count = scene.timeline.duration_ms * int(FRAME_RATE) // 1000
    progress("Balancing the sound", 0.0)
    samples = clip.audio.samples[: count * SAMPLES_PER_FRAME]
    sound = brought_to(samples, SOUND_RATE_HZ, scene.loudness, encode_sound)
    with ShortWriter(path, WIDTH, HEIGHT, FRAME_RATE, sound) as writer:
        for number in range(count):
            token.raise_if_cancelled()
            writer.write(clip.get_frame(number / float(FRAME_RATE)))
            progress("Drawing the short", (number + 1) / count)

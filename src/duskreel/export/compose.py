"""One short, from a clip and decisions about it to an encoded file."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from duskreel.edit.pages import Page
from duskreel.edit.timeline import Timeline
from duskreel.export.clips import PlanesClip
from duskreel.export.loudness import Loudness, brought_to
from duskreel.export.pictures import Source, captions_of, composed, picture_count, picture_of, window
from duskreel.export.presets import FRAME_RATE, HEIGHT, SOUND_RATE_HZ, WIDTH, Framing
from duskreel.export.reader import PictureReader
from duskreel.export.writer import ShortWriter, encode_sound
from duskreel.library.entry import Word
from duskreel.library.sound import decode_sound
from duskreel.progress import CancelToken, Progress, part

SAMPLES_PER_FRAME = SOUND_RATE_HZ // int(FRAME_RATE)


@dataclass(frozen=True)
class Scene:
    """All that the making of one short needs to know."""

    source: Source
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
    source, timeline = scene.source, scene.timeline
    divided, captions = captions_of(scene.words, timeline.duration_ms, scene.captions)
    sound = decode_sound(
        source.file,
        source.name,
        rate_hz=SOUND_RATE_HZ,
        channels=2,
        wanted=timeline.kept,
        progress=part(progress, 0.0, 0.05),
        token=token,
    )
    crop = window(source, scene.framing, timeline.kept, progress=part(progress, 0.05, 0.15), token=token)
    with closing(PictureReader(source.file, source.name, source.info)) as reader:
        clip = composed(source, reader, timeline, crop, captions, sound)
        _encode(scene, clip, path, part(progress, 0.15, 1.0), token)
    return divided


def _encode(scene: Scene, clip: PlanesClip, path: Path, progress: Progress, token: CancelToken) -> None:
    count = picture_count(scene.timeline.duration_ms)
    progress("Balancing the sound", 0.0)
    samples = clip.audio.samples[: count * SAMPLES_PER_FRAME]
    sound = brought_to(samples, SOUND_RATE_HZ, scene.loudness, encode_sound)
    with ShortWriter(path, WIDTH, HEIGHT, FRAME_RATE, sound) as writer:
        for number in range(count):
            token.raise_if_cancelled()
            writer.write(picture_of(clip, number))
            progress("Drawing the short", (number + 1) / count)

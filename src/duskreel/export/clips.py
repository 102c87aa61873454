"""MoviePy clips and effects over planar pictures: reading, trimming, joining, framing, captions.

MoviePy composes; it does not care what an array of a frame holds. Frames here are `planes.Planes`, and sound is
float32 of shape (count, 2) at 48 kHz. MoviePy counts time in floating-point seconds.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duskreel.edit.crop_path import CropPath
from duskreel.edit.timeline import Timeline
from duskreel.export.canvases import Canvases
from duskreel.export.compositing import lay_over, reframed
from duskreel.export.layers import Layer
from duskreel.export.moviepy_core import AudioClip, Effect, VideoClip
from duskreel.export.presets import SOUND_RATE_HZ
from duskreel.export.reader import PictureReader
from duskreel.library.sound import Samples
from duskreel.picture.planes import Planes
from duskreel.timecode import from_seconds, seconds

Recipe = tuple[Hashable, ...]
JOIN_FADE_MS = 10
"""a jump in the waveform is heard as a click: https://github.com/Zulko/moviepy/issues/1005"""


class PlanesClip(VideoClip):  # type: ignore[misc] # MoviePy has no types
    """Pictures by time, in planes, and what each is made of.

    Given a frame function, MoviePy would call it once to learn the size from the array's shape: a picture decoded
    for nothing, and half as high again as it is. So the size is given.

    Args:
        picture_at: the picture of a time in seconds.
        recipe_at: what it is made of, without making it. Pictures with the same recipe are the same, to the bit, as
            long as they are of the same recording.
        size: width and height.
        duration_ms: of the clip.
    """

    def __init__(
        self,
        picture_at: Callable[[float], Planes],
        recipe_at: Callable[[float], Recipe],
        size: tuple[int, int],
        duration_ms: int,
    ) -> None:
        super().__init__(duration=seconds(duration_ms))
        # Asked for directly, where `get_frame` would look at its own signature each time, for as long as a copy takes.
        self.frame_function = picture_at
        self.recipe_at = recipe_at
        self.size = size


class SoundClip(AudioClip):  # type: ignore[misc] # MoviePy has no types
    """Samples by time."""

    def __init__(self, samples: Samples) -> None:
        super().__init__(duration=len(samples) / SOUND_RATE_HZ, fps=SOUND_RATE_HZ)
        self.samples = samples
        self.nchannels = 2
        self.frame_function = self._at

    def _at(self, time_s: float | NDArray[np.float64]) -> Samples:
        index = np.rint(np.asarray(time_s) * SOUND_RATE_HZ).astype(np.int64)
        is_inside = (index >= 0) & (index < len(self.samples))
        found: Samples = np.where(is_inside[..., None], self.samples[np.where(is_inside, index, 0)], 0)
        return found


def clip_of(reader: PictureReader, duration_ms: int, sound: Samples | None) -> PlanesClip:
    """A whole clip as recorded, with its sound unless only the pictures are wanted."""
    clip = PlanesClip(
        lambda time_s: reader.at(from_seconds(time_s)),
        lambda time_s: (from_seconds(time_s),),
        (reader.width, reader.height),
        duration_ms,
    )
    clip.audio = None if sound is None else SoundClip(sound)
    return clip


@dataclass
class Kept(Effect):  # type: ignore[misc] # MoviePy has no types
    """Plays only what a timeline keeps, one stretch after the other, without a click at the joins."""

    timeline: Timeline

    def apply(self, clip: PlanesClip) -> PlanesClip:
        """Trim and join picture and sound."""
        timeline = self.timeline

        def source_s(time_s: float) -> float:
            return seconds(timeline.to_source(from_seconds(time_s)))

        kept = PlanesClip(
            lambda time_s: clip.frame_function(source_s(time_s)),
            lambda time_s: clip.recipe_at(source_s(time_s)),
            clip.size,
            timeline.duration_ms,
        )
        kept.audio = None if clip.audio is None else SoundClip(joined(clip.audio.samples, self.timeline))
        return kept


@dataclass
class Framed(Effect):  # type: ignore[misc] # MoviePy has no types
    """Shows a part of the picture in another size. Every frame has a canvas of its own, free to be painted on.

    The window follows the recording's own time: what comes before cuts are made.
    """

    path: CropPath
    canvases: Canvases

    def apply(self, clip: PlanesClip) -> PlanesClip:
        """Crop and scale the picture; the sound stays."""
        picture_at = clip.frame_function
        return _with_picture(
            clip,
            lambda time_s: reframed(picture_at(time_s), self.path.at(from_seconds(time_s)), self.canvases.take()),
            lambda time_s: (*clip.recipe_at(time_s), self.path.at(from_seconds(time_s)), self.canvases.size),
            self.canvases.size,
        )


@dataclass
class Overlaid(Effect):  # type: ignore[misc] # MoviePy has no types
    """Lays captions and the like over a framed clip; only their rectangles are touched."""

    layers: Sequence[Layer]

    def apply(self, clip: PlanesClip) -> PlanesClip:
        """Lay each over the ones before it."""

        def picture_at(time_s: float) -> Planes:
            picture: Planes = clip.frame_function(time_s)
            for layer in self.layers:
                overlay = layer.overlay_at(from_seconds(time_s))
                if overlay is not None:
                    lay_over(picture, overlay)
            return picture

        def recipe_at(time_s: float) -> Recipe:
            keys = (layer.key_at(from_seconds(time_s)) for layer in self.layers)
            return (*clip.recipe_at(time_s), *(key for key in keys if key is not None))

        return _with_picture(clip, picture_at, recipe_at, clip.size)


def joined(samples: Samples, timeline: Timeline) -> Samples:
    """The kept stretches of a clip's sound, each faded in and out over a hundredth of a second.

    Returns:
        Exactly as many samples as the timeline lasts; silence where the clip has no sound.
    """
    per_ms = SOUND_RATE_HZ // 1000
    result = np.zeros((timeline.duration_ms * per_ms, 2), dtype=np.float32)
    for source, output_start_ms in timeline.pieces():
        piece = faded(samples[source.start_ms * per_ms : source.end_ms * per_ms])
        start = output_start_ms * per_ms
        result[start : start + len(piece)] = piece
    return result


def faded(samples: Samples) -> Samples:
    """A copy that begins and ends without a click, whatever it stands between."""
    piece = samples.copy()
    # A straight fade has corners, which in a deep voice put 40 dB more than this one over 6 kHz: a faint tick.
    phase = np.linspace(0, np.pi, min(JOIN_FADE_MS * (SOUND_RATE_HZ // 1000), len(piece) // 2))[:, None]
    fade = ((1 - np.cos(phase)) / 2).astype(np.float32)
    piece[: len(fade)] *= fade
    piece[len(piece) - len(fade) :] *= fade[::-1]
    return piece


def _with_picture(
    clip: PlanesClip,
    picture_at: Callable[[float], Planes],
    recipe_at: Callable[[float], Recipe],
    size: tuple[int, int],
) -> PlanesClip:
    changed = PlanesClip(picture_at, recipe_at, size, from_seconds(clip.duration))
    changed.audio = clip.audio
    return changed

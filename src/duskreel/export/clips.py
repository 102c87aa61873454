"""MoviePy clips and effects over planar pictures: reading, trimming, joining, framing, captions.

MoviePy composes; it does not care what an array of a frame holds. Frames here are `planes.Planes`, and sound is
float32 of shape (count, 2) at 48 kHz. MoviePy counts time in floating-point seconds.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from duskreel.edit.framing import Crop
from duskreel.edit.pages import Page, highlight_times
from duskreel.edit.timeline import Timeline
from duskreel.export.compositing import Overlay, lay_over, overlay_from_rgba, reframed
from duskreel.export.moviepy_core import AudioClip, Effect, VideoClip
from duskreel.export.painter import Painter
from duskreel.export.presets import SOUND_RATE_HZ
from duskreel.export.reader import PictureReader
from duskreel.library.entry import Word
from duskreel.library.sound import Samples
from duskreel.picture.planes import Planes
from duskreel.timecode import Span, from_seconds, seconds

JOIN_FADE_MS = 10
"""a jump in the waveform is heard as a click: https://github.com/Zulko/moviepy/issues/1005"""


class PlanesClip(VideoClip):  # type: ignore[misc] # MoviePy has no types
    """Pictures by time, in planes.

    Given a frame function, MoviePy would call it once to learn the size from the array's shape: a picture decoded
    for nothing, and half as high again as it is. So the size is given.
    """

    def __init__(self, picture_at: Callable[[float], Planes], size: tuple[int, int], duration_ms: int) -> None:
        super().__init__(duration=seconds(duration_ms))
        self.frame_function = picture_at
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
    clip = PlanesClip(lambda time_s: reader.at(from_seconds(time_s)), (reader.width, reader.height), duration_ms)
    clip.audio = None if sound is None else SoundClip(sound)
    return clip


@dataclass
class Kept(Effect):  # type: ignore[misc] # MoviePy has no types
    """Plays only what a timeline keeps, one stretch after the other, without a click at the joins."""

    timeline: Timeline

    def apply(self, clip: PlanesClip) -> PlanesClip:
        """Trim and join picture and sound."""
        to_source = self.timeline.to_source
        kept = PlanesClip(
            lambda time_s: clip.get_frame(seconds(to_source(from_seconds(time_s)))),
            clip.size,
            self.timeline.duration_ms,
        )
        kept.audio = None if clip.audio is None else SoundClip(joined(clip.audio.samples, self.timeline))
        return kept


@dataclass
class Framed(Effect):  # type: ignore[misc] # MoviePy has no types
    """Shows a part of the picture in another size. Every frame is a new array, free to be painted on."""

    crop: Crop
    size: tuple[int, int]

    def apply(self, clip: PlanesClip) -> PlanesClip:
        """Crop and scale the picture; the sound stays."""
        return _with_picture(clip, lambda time_s: reframed(clip.get_frame(time_s), self.crop, *self.size), self.size)


@dataclass(frozen=True)
class Cue:
    """What stands on the picture for a while: a caption page, with the word that is being said."""

    span: Span
    page: Page
    active: Word | None


@dataclass
class Captioned(Effect):  # type: ignore[misc] # MoviePy has no types
    """Lays painted captions over a framed clip; only their rectangle is touched."""

    pages: Sequence[Page]
    painter: Painter

    def apply(self, clip: PlanesClip) -> PlanesClip:
        """Paint each page when its time comes, once."""
        cues = cues_of(self.pages)
        starts = [cue.span.start_ms for cue in cues]
        painted: dict[str, Any] = {"cue": None, "overlay": None}

        def picture_at(time_s: float) -> Planes:
            picture: Planes = clip.get_frame(time_s)
            time_ms = from_seconds(time_s)
            index = bisect_right(starts, time_ms) - 1
            if index >= 0 and time_ms < cues[index].span.end_ms:
                if painted["cue"] is not cues[index]:
                    painted.update(cue=cues[index], overlay=self._overlay(cues[index]))
                lay_over(picture, painted["overlay"])
            return picture

        return _with_picture(clip, picture_at, clip.size)

    def _overlay(self, cue: Cue) -> Overlay:
        page = self.painter.paint(cue.page, cue.active)
        return overlay_from_rgba(page.rgba, page.x, page.y)


def cues_of(pages: Sequence[Page]) -> list[Cue]:
    """Divide each page's time by the word that is highlighted, gaps included."""
    cues: list[Cue] = []
    for page in pages:
        time_ms = page.span.start_ms
        for word, span in highlight_times(page):
            cues += [Cue(Span(time_ms, span.start_ms), page, None), Cue(span, page, word)]
            time_ms = span.end_ms
        cues.append(Cue(Span(time_ms, page.span.end_ms), page, None))
    return [cue for cue in cues if cue.span.duration_ms > 0]


def joined(samples: Samples, timeline: Timeline) -> Samples:
    """The kept stretches of a clip's sound, each faded in and out over a hundredth of a second.

    Returns:
        Exactly as many samples as the timeline lasts; silence where the clip has no sound.
    """
    per_ms = SOUND_RATE_HZ // 1000
    result = np.zeros((timeline.duration_ms * per_ms, 2), dtype=np.float32)
    for source, output_start_ms in timeline.pieces():
        piece = samples[source.start_ms * per_ms : source.end_ms * per_ms].copy()
        fade = np.linspace(0, 1, min(JOIN_FADE_MS * per_ms, len(piece) // 2), dtype=np.float32)[:, None]
        piece[: len(fade)] *= fade
        piece[len(piece) - len(fade) :] *= fade[::-1]
        start = output_start_ms * per_ms
        result[start : start + len(piece)] = piece
    return result


def _with_picture(clip: PlanesClip, picture_at: Callable[[float], Planes], size: tuple[int, int]) -> PlanesClip:
    changed = PlanesClip(picture_at, size, from_seconds(clip.duration))
    changed.audio = clip.audio
    return changed

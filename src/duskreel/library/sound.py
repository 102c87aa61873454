"""The sound of a clip as samples on the clip's own timeline."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from typing import BinaryIO

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.stream import Disposition
from numpy.typing import NDArray

from duskreel.library.media import open_media, packets
from duskreel.progress import CancelToken, Progress
from duskreel.timecode import Span

Samples = NDArray[np.float32]
"""(count, channels), from -1 to 1"""

LAYOUTS = {1: "mono", 2: "stereo"}
TOLERATED_GAP_S = Fraction(40, 1000)
"""containers round times, some to whole frames; only a larger step is a hole or an overlap"""
SEEK_LEAD_MS = 2_000
"""before what is wanted: a decoder needs a few frames to settle in, and an index may be a little off"""
LONGEST_LATE_START_S = 3_600
"""a step of more than the whole clip and this is no hole, but a damaged time"""


def decode_sound(
    file: BinaryIO,
    name: str,
    *,
    rate_hz: int,
    channels: int,
    progress: Progress,
    token: CancelToken,
    wanted: Sequence[Span] | None = None,
    seeks: bool = False,
) -> Samples:
    """Decode the main sound track, resampled, with 0 at the clip's first picture.

    A track that starts later gets silence in front, a hole is filled with silence, and what comes before the first
    picture is left out. Damaged packets are passed over.

    Args:
        file: seekable; the caller's to close.
        name: how to speak of it to the user.
        rate_hz: of the result.
        channels: 1 or 2.
        progress: told by the time that was decoded.
        token: asked at every packet.
        wanted: the stretches that are needed, in order; the rest is left silent and, thanks to how systems hand out
            zeroed memory, takes none. None for everything.
        seeks: go to what is wanted and stop after it, for a moment of a long clip. Where the container's times are
            rounded, it may then lie up to `TOLERATED_GAP_S` from where all of the track would put it.

    Returns:
        float32 from -1 to 1, shape (count, channels); count is 0 for a clip without a sound track.

    Raises:
        DiaryError: the file cannot be opened.
    """
    blocks: list[tuple[int, Samples]] = []
    with open_media(file, name) as container:
        if seeks and wanted:
            _go_to(container, wanted[0].start_ms - SEEK_LEAD_MS)
        for start, samples in _blocks(container, rate_hz, channels, progress, token):
            if seeks and wanted and start * 1000 > wanted[-1].end_ms * rate_hz:
                break
            if wanted is None or _touches(start, len(samples), wanted, rate_hz):
                blocks.append((start, samples))
    return _laid_out(blocks, channels)


def _go_to(container: av.container.InputContainer, time_ms: int) -> None:
    """Somewhere before this moment; files that cannot be searched are read from their start."""
    if time_ms > 0:
        with suppress(av.FFmpegError):
            container.seek(int((_zero_s(container) + Fraction(time_ms, 1000)) * av.time_base))


def _laid_out(blocks: Sequence[tuple[int, Samples]], channels: int) -> Samples:
    count = max((start + len(samples) for start, samples in blocks), default=0)
    result = np.zeros((max(count, 0), channels), dtype=np.float32)
    for start, samples in blocks:
        skipped = max(-start, 0)
        if skipped < len(samples):
            result[start + skipped : start + len(samples)] = samples[skipped:]
    return result


def _touches(start: int, count: int, wanted: Sequence[Span], rate_hz: int) -> bool:
    start_ms, end_ms = start * 1000 // rate_hz, (start + count) * 1000 // rate_hz + 1
    return any(span.start_ms < end_ms and start_ms < span.end_ms for span in wanted)


def _blocks(
    container: av.container.InputContainer,
    rate_hz: int,
    channels: int,
    progress: Progress,
    token: CancelToken,
) -> Iterator[tuple[int, Samples]]:
    """Resampled blocks with the position of their first sample."""
    zero_s = _zero_s(container)
    duration_s = Fraction(container.duration or 0, av.time_base)
    resampling = _Resampling(rate_hz, channels)
    expected_s: Fraction | None = None
    for frame in _frames(container, token):
        start_s = _start_s(frame, zero_s, expected_s, duration_s)
        if expected_s is None or abs(start_s - expected_s) > TOLERATED_GAP_S or not resampling.suits(frame):
            yield from resampling.restart(frame, start_s)
            expected_s = start_s
        expected_s += Fraction(frame.samples, frame.sample_rate)
        yield from resampling.feed(frame)
        if duration_s:
            progress("Listening to the sound", float(start_s / duration_s))
    yield from resampling.flush()


def _start_s(frame: AudioFrame, zero_s: Fraction, expected_s: Fraction | None, duration_s: Fraction) -> Fraction:
    """When the frame sounds; where the container does not know, or says nonsense, right after the one before."""
    follows_s = expected_s or Fraction(0)
    if frame.pts is None or frame.time_base is None:
        return follows_s
    start_s = Fraction(frame.pts * frame.time_base) - zero_s
    is_nonsense = duration_s > 0 and abs(start_s - follows_s) > duration_s + LONGEST_LATE_START_S
    return follows_s if is_nonsense else start_s


def _frames(container: av.container.InputContainer, token: CancelToken) -> Iterator[AudioFrame]:
    stream = container.streams.best("audio")
    if stream is None or not isinstance(stream, AudioStream) or stream.codec_context is None:
        return
    # What cannot be read any more ends the sound; what cannot be decoded is passed over.
    with suppress(av.FFmpegError):
        for packet in packets(container, stream):
            token.raise_if_cancelled()
            frames: list[AudioFrame] = []
            with suppress(av.FFmpegError):
                frames = stream.decode(packet)
            yield from frames


def _zero_s(container: av.container.InputContainer) -> Fraction:
    """When the first picture is shown, by the container's clock; for a file with sound alone, when that starts."""
    pictures = [video for video in container.streams.video if not video.disposition & Disposition.attached_pic]
    for stream in [*pictures, *container.streams.audio]:
        if stream.start_time is not None and stream.time_base is not None:
            return Fraction(stream.start_time * stream.time_base)
    return Fraction(0)


class _Resampling:
    """One resampler after another: FFmpeg's takes no change of format, and no hole in time."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._rate_hz = rate_hz
        self._channels = channels
        self._resampler: AudioResampler | None = None
        self._input: tuple[object, ...] = ()
        self._position = 0

    def suits(self, frame: AudioFrame) -> bool:
        """Whether this frame can follow the ones before it."""
        return self._input == self._kind(frame)

    def restart(self, frame: AudioFrame, start_s: Fraction) -> Iterator[tuple[int, Samples]]:
        """Go on at another time or with another kind of sound."""
        yield from self.flush()
        self._input = self._kind(frame)
        self._resampler = AudioResampler("flt", LAYOUTS[self._channels], self._rate_hz)
        self._position = round(start_s * self._rate_hz)

    def feed(self, frame: AudioFrame) -> Iterator[tuple[int, Samples]]:
        frame.pts = None
        yield from self._resampled(frame)

    def flush(self) -> Iterator[tuple[int, Samples]]:
        yield from self._resampled(None)

    def _resampled(self, frame: AudioFrame | None) -> Iterator[tuple[int, Samples]]:
        if self._resampler is None:
            return
        for resampled in self._resampler.resample(frame):
            # Floating-point sound in a damaged file may hold anything, and one NaN spoils every sum it is part of.
            decoded = np.nan_to_num(resampled.to_ndarray(), nan=0.0, posinf=0.0, neginf=0.0)
            samples: Samples = decoded.reshape(-1, self._channels).astype(np.float32, copy=False)
            yield self._position, samples
            self._position += len(samples)
        if frame is None:
            self._resampler = None

    @staticmethod
    def _kind(frame: AudioFrame) -> tuple[object, ...]:
        return frame.sample_rate, frame.layout.name, frame.format.name

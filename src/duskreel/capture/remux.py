"""From the raw file of a take to a clip that every player opens: the same pictures and sound, in MP4.

The clip has no edit list, since platforms refuse them and some players ignore them: its first picture and its first
sample of sound stand at 0. What is missing in the raw file is bridged: the last picture stays, and there is silence.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import av
import av.container
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.codec import CodecContext
from av.video.stream import VideoStream

from duskreel.atomic import cannot_write, sync_file
from duskreel.capture.clusters import IntactParts, Part, Survey
from duskreel.capture.encoding import AAC, AAC_FRAME, MS_TICKS, SOUND_BITS_PER_SECOND

if TYPE_CHECKING:
    Packet = av.Packet[av.stream.Stream]

MP4 = {"movflags": "+faststart", "use_editlist": "0", "brand": "mp42"}
ROUNDING_MS = 15
"""Matroska keeps times in whole ms, and encoders start within a packet of 21 ms"""


class UnreadableRawError(Exception):
    """Nothing in a raw file can be shown. Says why."""


@dataclass(frozen=True)
class Copied:
    """What came out."""

    duration_ms: int
    width: int
    height: int
    has_sound: bool


def copy_clip(raw: BinaryIO, head: bytes, found: Survey, clip: Path, duration_ms: int | None) -> Copied:
    """Copy every intact picture and all intact sound of a raw file into a new MP4 file, without encoding again.

    Args:
        raw: seekable.
        head: what stands before its first cluster.
        found: its intact parts.
        clip: made here; synced when this returns.
        duration_ms: where the take ended; None takes what there is.

    Raises:
        UnreadableRawError: there is no picture.
        DiaryError: the clip cannot be written.
    """
    parts: tuple[Part, ...] = (*found.clusters, *((found.tail,) if found.tail else ()))
    gaps_ms = [cluster.at_ms for cluster in found.clusters if cluster.follows_gap]
    try:
        source = av.open(IntactParts(raw, head, parts), "r", format="matroska")
    except (av.FFmpegError, OSError) as error:
        raise UnreadableRawError(str(error)) from error
    with source:
        if not source.streams.video or not source.streams.video[0].codec_context.width:
            raise UnreadableRawError("there is no picture track")
        packets = _Packets(source, gaps_ms)
        try:
            with av.open(str(clip), "w", format="mp4", options=MP4) as target:
                copied = _Copy(source, target).run(packets, duration_ms)
            with clip.open("r+b") as file:
                sync_file(file.fileno())
        except (av.FFmpegError, OSError) as error:
            raise cannot_write(clip, error if isinstance(error, OSError) else OSError(str(error))) from error
    return copied


class _Packets:
    """The packets of a raw file from its first keyframe on; after a gap, pictures again from the next keyframe on."""

    def __init__(self, source: av.container.InputContainer, gaps_ms: list[int]) -> None:
        self._source = source
        self._gaps_ms = gaps_ms
        self._awaits_key = True

    def __iter__(self) -> "Iterator[Packet]":
        zero_ms: int | None = None
        early: list[Packet] = []
        for packet in self._readable():
            if packet.stream.type == "video":
                if not self._is_usable(packet):
                    continue
                if zero_ms is None:
                    zero_ms = _ms(packet)
                    for sound in early:
                        yield from _moved(sound, zero_ms)
            if zero_ms is None:
                early.append(packet)
            else:
                yield from _moved(packet, zero_ms)

    def _readable(self) -> "Iterator[Packet]":
        # What FFmpeg cannot read any more is the end; the clusters before it were checked.
        with suppress(av.FFmpegError, OSError, IndexError):
            for packet in self._source.demux():
                if packet.pts is not None and packet.size:
                    yield packet

    def _is_usable(self, packet: "Packet") -> bool:
        while self._gaps_ms and _ms(packet) >= self._gaps_ms[0]:
            del self._gaps_ms[0]
            self._awaits_key = True
        if packet.is_keyframe:
            self._awaits_key = False
        return not self._awaits_key


def _moved(packet: "Packet", zero_ms: int) -> "Iterator[Packet]":
    """So that the first picture is at 0; what sounded before it is left out."""
    at_ms = _ms(packet) - zero_ms
    if at_ms > -ROUNDING_MS:
        packet.pts = packet.dts = max(at_ms, 0)
        packet.time_base = MS_TICKS
        yield packet


class _Copy:
    """Writes two streams side by side, each without a hole."""

    def __init__(self, source: av.container.InputContainer, target: av.container.OutputContainer) -> None:
        self._target = target
        picture = source.streams.video[0]
        self._video: VideoStream = target.add_stream_from_template(picture)
        self._audio: AudioStream | None = None
        self._rate_hz = 0
        if source.streams.audio:
            sound = source.streams.audio[0]
            self._audio = target.add_stream_from_template(sound)
            self._rate_hz = sound.codec_context.sample_rate
        self._size = (picture.codec_context.width, picture.codec_context.height)
        self._held: Packet | None = None
        self._interval_ms = 33
        self._next_sample = 0
        self._silent: bytes | None = None

    def run(self, packets: _Packets, duration_ms: int | None) -> Copied:
        limit_ms = duration_ms if duration_ms is not None else 1 << 62
        for packet in packets:
            at_ms = packet.pts or 0
            if at_ms >= limit_ms:
                continue
            if packet.stream.type == "video":
                self._add_picture(packet, at_ms)
            elif self._audio is not None:
                self._add_sound(packet, at_ms)
        if self._held is None:
            raise UnreadableRawError("there is no picture in it")
        last_ms = self._held.pts or 0
        reached_ms = max(last_ms + self._interval_ms, self._sound_ms)
        end_ms = reached_ms if duration_ms is None else max(min(duration_ms, reached_ms + 1000), last_ms + 1)
        self._write_picture(end_ms)
        self._fill_sound(end_ms)
        return Copied(end_ms, *self._size, has_sound=self._audio is not None)

    @property
    def _sound_ms(self) -> int:
        return self._next_sample * 1000 // self._rate_hz if self._rate_hz else 0

    def _add_picture(self, packet: "Packet", at_ms: int) -> None:
        if self._held is not None:
            if at_ms <= (self._held.pts or 0):
                return
            self._interval_ms = at_ms - (self._held.pts or 0)
            self._write_picture(at_ms)
        self._held = packet

    def _write_picture(self, next_ms: int) -> None:
        if self._held is not None:
            self._held.duration = next_ms - (self._held.pts or 0)
            self._held.stream = self._video
            self._target.mux(self._held)

    def _add_sound(self, packet: "Packet", at_ms: int) -> None:
        late_ms = at_ms - self._sound_ms
        if late_ms < -ROUNDING_MS:
            return
        if late_ms > ROUNDING_MS:
            self._fill_sound(at_ms)
        self._write_sound(packet)

    def _fill_sound(self, until_ms: int) -> None:
        """Silence up to the packet border next to this time."""
        missing = until_ms * self._rate_hz // 1000 - self._next_sample
        for _ in range(round(missing / AAC_FRAME) if self._audio else 0):
            if self._silent is None:
                self._silent = _silent_packet(self._rate_hz)
            self._write_sound(av.Packet(self._silent))

    def _write_sound(self, packet: "Packet") -> None:
        packet.pts = packet.dts = self._next_sample
        packet.duration, packet.time_base = AAC_FRAME, Fraction(1, self._rate_hz)
        if self._audio is not None:
            packet.stream = self._audio
        self._target.mux(packet)
        self._next_sample += AAC_FRAME


def _silent_packet(rate_hz: int) -> bytes:
    encoder: AudioCodecContext = CodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = rate_hz, "mono", "fltp"
    encoder.bit_rate, encoder.time_base, encoder.options = SOUND_BITS_PER_SECOND, Fraction(1, rate_hz), AAC
    packets: list[bytes] = []
    for number in range(4):
        frame = AudioFrame.from_ndarray(np.zeros((1, AAC_FRAME), np.float32), format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = rate_hz, number * AAC_FRAME, Fraction(1, rate_hz)
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return packets[-1]


def _ms(packet: "Packet") -> int:
    return round((packet.pts or 0) * (packet.time_base or MS_TICKS) * 1000)

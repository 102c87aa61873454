"""The file of a short, to the letter of what the platforms ask for.

1080x1920, constant 30 frames a second, H.264 High, 4:2:0, BT.709 tagged, closed GOP of half a second with two
B-frames, AAC-LC at 48 kHz in stereo with 192 kbit/s, MP4 with its index in front and without an edit list.

It tells nothing of where and how it was made, and of when only on request.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import av
from av.audio.stream import AudioStream
from av.packet import Packet
from av.video.stream import VideoStream

from duskreel.edit.pages import Page
from duskreel.export.aac import AAC_FRAME, SOUND_BITS_PER_SECOND, SoundPacket, has_aac
from duskreel.export.encoders import VideoEncoder, has_x264
from duskreel.export.presets import SOUND_RATE_HZ
from duskreel.export.segments import Segment
from duskreel.export.subtitle_track import add_subtitle_track, subtitle_packets

MP4 = {
    # Without an edit list, a B-frame's delay is written as a negative composition offset, so that picture and
    # sound both start at 0.
    "movflags": "+faststart+negative_cts_offsets",
    "use_editlist": "0",
    "brand": "mp42",
    # Otherwise the version of FFmpeg stands in it.
    "fflags": "+bitexact",
}


@dataclass(frozen=True)
class Subtitles:
    """The words of a short, for a track of their own."""

    pages: tuple[Page, ...]
    duration_ms: int
    """of the short"""
    language: str
    """as Whisper names it; anything else for an unknown one"""


class ShortWriter:
    """Interleaves pictures and sound that were encoded before.

    Args:
        path: where to.
        size: width and height.
        frame_rate: of the pictures.
        encoder: that all segments are of.
        sound: the whole of it.
        subtitles: for a track of their own, if wanted.
        recorded_at: written to the second, in UTC (ISO/IEC 14496-12, 8.2.2); None for a file that does not tell.
    """

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        frame_rate: Fraction,
        encoder: VideoEncoder,
        sound: Sequence[SoundPacket],
        subtitles: Subtitles | None = None,
        recorded_at: datetime | None = None,
    ) -> None:
        self._container = av.open(str(path), "w", format="mp4", options=MP4)
        if recorded_at is not None:
            self._container.metadata["creation_time"] = f"{recorded_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        self._frame_rate, self._reorder = frame_rate, encoder.reorder
        # Its encoder never sees a picture: the file's head takes from it what all segments have in common.
        self._video = cast("VideoStream", self._container.add_stream(encoder.name, rate=frame_rate))
        encoder.prepare(self._video.codec_context, size, frame_rate)
        self._audio: AudioStream = self._container.add_stream("aac", rate=SOUND_RATE_HZ, layout="stereo")
        self._audio.bit_rate = SOUND_BITS_PER_SECOND
        self._sound = sound
        self._muxed_sound = 0
        self._count = 0
        if subtitles is not None:
            track = add_subtitle_track(self._container, subtitles.language)
            for packet in subtitle_packets(subtitles.pages, subtitles.duration_ms, track):
                self._container.mux_one(packet)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._mux_sound_until(Fraction(self._count) / self._frame_rate)
        self._container.close()

    def append(self, segment: Segment) -> None:
        """Write the next group of pictures, and the sound up to its end."""
        for number, picture in enumerate(segment.pictures):
            packet = Packet(picture.data)
            packet.pts, packet.dts = self._count + picture.pts, self._count + number - self._reorder
            packet.time_base, packet.duration = 1 / self._frame_rate, 1
            packet.is_keyframe = picture.is_key
            packet.stream = self._video
            self._container.mux_one(packet)
            self._mux_sound_until((self._count + number) / self._frame_rate)
        self._count += len(segment.pictures)

    def _mux_sound_until(self, time_s: Fraction) -> None:
        while self._muxed_sound < len(self._sound):
            pts = self._muxed_sound * AAC_FRAME
            if pts > time_s * SOUND_RATE_HZ:
                return
            data, duration = self._sound[self._muxed_sound]
            packet = Packet(data)
            packet.pts = packet.dts = pts
            packet.time_base, packet.duration = Fraction(1, SOUND_RATE_HZ), duration
            packet.stream = self._audio
            self._container.mux_one(packet)
            self._muxed_sound += 1


def can_encode() -> bool:
    """Whether this installation's FFmpeg has the two encoders that a short needs."""
    return has_x264() and has_aac()

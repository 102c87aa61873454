"""The file of a short, to the letter of what the platforms ask for.

1080x1920, constant 30 frames a second, H.264 High, 4:2:0, BT.709 tagged, closed GOP of half a second with two
B-frames, AAC-LC at 48 kHz in stereo with 192 kbit/s, MP4 with its index in front and without an edit list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.codec import Codec, CodecContext
from av.codec.codec import UnknownCodecError
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from duskreel.export.presets import SOUND_RATE_HZ
from duskreel.library.sound import Samples
from duskreel.picture.planes import BT709, LIMITED_RANGE, Planes

SOUND_BITS_PER_SECOND = 192_000
AAC_FRAME = 1024
X264 = {
    "preset": "veryfast",
    "crf": "19",
    "profile": "high",
    "level": "4.1",
    "bf": "2",
    "g": "15",
    "keyint_min": "15",
    "sc_threshold": "0",
    "flags": "+cgop",
    "maxrate": "14M",
    "bufsize": "28M",
}
"""Shorts are encoded again by whoever shows them, so quality in is worth more than a small file."""
AAC = {"aac_coder": "fast"}
"""At this bit rate no further from the original than FFmpeg's default search, in a quarter of the time."""
MP4 = {
    # Without an edit list, a B-frame's delay is written as a negative composition offset, so that picture and
    # sound both start at 0.
    "movflags": "+faststart+negative_cts_offsets",
    "use_editlist": "0",
    "brand": "mp42",
}


@dataclass(frozen=True)
class EncodedSound:
    """The whole sound of a short, as AAC.

    The encoder's first packet holds nothing but its own delay. An edit list would tell players to skip it; as
    there must be none, the packet is left out, which costs the first 21 ms of sound their full level and keeps
    sound and picture together to the sample.
    """

    packets: tuple["Packet[AudioStream]", ...]
    heard: Samples
    """what a decoder makes of them: as many samples as were encoded"""


class ShortWriter:
    """Encodes pictures in this process and interleaves them with sound that was encoded before."""

    def __init__(self, path: Path, width: int, height: int, frame_rate: Fraction, sound: EncodedSound) -> None:
        self._container = av.open(str(path), "w", format="mp4", options=MP4)
        self._video = self._add_video(width, height, frame_rate)
        self._audio: AudioStream = self._container.add_stream("aac", rate=SOUND_RATE_HZ, layout="stereo")
        self._audio.bit_rate = SOUND_BITS_PER_SECOND
        self._sound = sound.packets
        self._muxed_sound = 0
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._finish()
        self._container.close()

    def write(self, picture: Planes) -> None:
        """Append one picture, (height * 3 // 2, width). It is read later: write into a new one next time."""
        frame = VideoFrame.from_numpy_buffer(picture, format="yuv420p")
        frame.pts, frame.time_base = self._count, 1 / self._frame_rate
        frame.colorspace = frame.color_primaries = frame.color_trc = BT709
        frame.color_range = LIMITED_RANGE
        self._count += 1
        self._container.mux(self._video.encode(frame))
        self._mux_sound_until(self._count / self._frame_rate)

    def _add_video(self, width: int, height: int, frame_rate: Fraction) -> VideoStream:
        self._frame_rate = frame_rate
        stream: VideoStream = self._container.add_stream("libx264", rate=frame_rate, options=X264)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        context = stream.codec_context
        # PyAV asks for slice threads, with which x264 makes the caller wait for every picture.
        context.thread_type = "FRAME"
        context.time_base = 1 / frame_rate
        context.colorspace = context.color_primaries = context.color_trc = BT709
        context.color_range = LIMITED_RANGE
        return stream

    def _mux_sound_until(self, time_s: Fraction) -> None:
        while self._muxed_sound < len(self._sound):
            packet = self._sound[self._muxed_sound]
            if packet.pts is None or packet.pts > time_s * SOUND_RATE_HZ:
                return
            packet.stream = self._audio
            self._container.mux_one(packet)
            self._muxed_sound += 1

    def _finish(self) -> None:
        self._container.mux(self._video.encode(None))
        self._mux_sound_until(self._count / self._frame_rate)


def can_encode() -> bool:
    """Whether this installation's FFmpeg has the two encoders that a short needs."""
    try:
        return bool(Codec("libx264", "w").is_encoder and Codec("aac", "w").is_encoder)
    except UnknownCodecError:
        return False


def encode_sound(samples: Samples) -> EncodedSound:
    """Encode samples, (count, 2) at SOUND_RATE_HZ, and decode them again to hear what became of them."""
    encoder = _encoder()
    packets = [packet for frame in _sound_frames(samples) for packet in encoder.encode(frame)]
    packets += encoder.encode(None)
    decoder = CodecContext.create("aac", "r")
    decoder.extradata = encoder.extradata
    frames = [frame for packet in [*packets, None] for frame in decoder.decode(packet)]
    decoded = np.concatenate([frame.to_ndarray() for frame in frames], axis=1).T
    return EncodedSound(
        tuple(packet for packet in packets if packet.pts is not None and packet.pts >= 0),
        decoded[AAC_FRAME : AAC_FRAME + len(samples)],
    )


def _encoder() -> AudioCodecContext:
    encoder = CodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = SOUND_RATE_HZ, "stereo", "fltp"
    encoder.bit_rate, encoder.time_base = SOUND_BITS_PER_SECOND, Fraction(1, SOUND_RATE_HZ)
    encoder.options = AAC
    return encoder


def _sound_frames(samples: Samples) -> Iterator[AudioFrame]:
    for start in range(0, len(samples), AAC_FRAME):
        planar = np.ascontiguousarray(samples[start : start + AAC_FRAME].T, dtype=np.float32)
        frame = AudioFrame.from_ndarray(planar, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE_HZ, start, Fraction(1, SOUND_RATE_HZ)
        yield frame

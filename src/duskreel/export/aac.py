"""The whole sound of a short as AAC-LC, 48 kHz, stereo."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.codec import Codec, CodecContext
from av.codec.codec import UnknownCodecError

from duskreel.export.presets import SOUND_RATE_HZ
from duskreel.library.sound import Samples

SOUND_BITS_PER_SECOND = 192_000
AAC_FRAME = 1024
AAC_OPTIONS = {"aac_coder": "fast"}
"""At this bit rate no further from the original than FFmpeg's default search, in a quarter of the time."""


class SoundPacket(NamedTuple):
    """What a decoder makes 1,024 samples of, the first `duration` of which count."""

    data: bytes
    duration: int


@dataclass(frozen=True)
class EncodedSound:
    """The whole sound of a short, as AAC.

    The encoder's first packet holds nothing but its own delay. An edit list would tell players to skip it; as
    there must be none, the packet is left out, which costs the first 21 ms of sound their full level and keeps
    sound and picture together to the sample.
    """

    packets: tuple[SoundPacket, ...]
    """one after the other, from the first sample on"""
    heard: Samples
    """what a decoder makes of them: as many samples as were encoded"""


def has_aac() -> bool:
    """Whether this installation's FFmpeg has the encoder."""
    try:
        return bool(Codec("aac", "w").is_encoder)
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
        tuple(
            SoundPacket(bytes(packet), packet.duration or AAC_FRAME)
            for packet in packets
            if packet.pts is not None and packet.pts >= 0
        ),
        decoded[AAC_FRAME : AAC_FRAME + len(samples)],
    )


def _encoder() -> AudioCodecContext:
    encoder = CodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = SOUND_RATE_HZ, "stereo", "fltp"
    encoder.bit_rate, encoder.time_base = SOUND_BITS_PER_SECOND, Fraction(1, SOUND_RATE_HZ)
    encoder.options = AAC_OPTIONS
    return encoder


def _sound_frames(samples: Samples) -> Iterator[AudioFrame]:
    for start in range(0, len(samples), AAC_FRAME):
        planar = np.ascontiguousarray(samples[start : start + AAC_FRAME].T, dtype=np.float32)
        frame = AudioFrame.from_ndarray(planar, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE_HZ, start, Fraction(1, SOUND_RATE_HZ)
        yield frame

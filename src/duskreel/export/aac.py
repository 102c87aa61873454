"""The whole sound of a short as AAC-LC, 48 kHz, stereo."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.codec import Codec, CodecContext
from av.codec.codec import UnknownCodecError
from av.packet import Packet

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
    coded = encode_blocks([samples])
    return EncodedSound(coded.packets, np.concatenate(list(coded.heard()))[: len(samples)])


@dataclass(frozen=True)
class CodedSound:
    """Sound as AAC, for who has no room for all of it at once as samples."""

    coded: tuple[SoundPacket, ...]
    """with what holds nothing but the encoder's delay in front"""
    extradata: bytes | None
    """of the encoder"""
    delay_packets: int

    @property
    def packets(self) -> tuple[SoundPacket, ...]:
        """One after the other, from the first sample on."""
        return self.coded[self.delay_packets :]

    def heard(self) -> Iterator[Samples]:
        """What a decoder makes of them, in blocks; the last one may reach beyond what was encoded."""
        decoder = CodecContext.create("aac", "r")
        decoder.extradata = self.extradata
        skipped = AAC_FRAME * self.delay_packets
        for data in [*(packet.data for packet in self.coded), None]:
            for frame in decoder.decode(None if data is None else Packet(data)):
                samples: Samples = frame.to_ndarray().T.astype(np.float32, copy=False)
                yield samples[skipped:]
                skipped = max(skipped - len(samples), 0)


def encode_blocks(blocks: Iterable[Samples]) -> CodedSound:
    """Encode samples that come in blocks, (count, 2) at SOUND_RATE_HZ each, as if they were one."""
    encoder = _encoder()
    packets = [packet for frame in _sound_frames(blocks) for packet in encoder.encode(frame)]
    packets += encoder.encode(None)
    coded = tuple(SoundPacket(bytes(packet), packet.duration or AAC_FRAME) for packet in packets)
    return CodedSound(coded, encoder.extradata, sum(packet.pts is None or packet.pts < 0 for packet in packets))


def _encoder() -> AudioCodecContext:
    encoder = CodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = SOUND_RATE_HZ, "stereo", "fltp"
    encoder.bit_rate, encoder.time_base = SOUND_BITS_PER_SECOND, Fraction(1, SOUND_RATE_HZ)
    encoder.options = AAC_OPTIONS
    return encoder


def _sound_frames(blocks: Iterable[Samples]) -> Iterator[AudioFrame]:
    start = 0
    for samples in _of_one_size(blocks):
        planar = np.ascontiguousarray(samples.T, dtype=np.float32)
        frame = AudioFrame.from_ndarray(planar, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE_HZ, start, Fraction(1, SOUND_RATE_HZ)
        start += len(samples)
        yield frame


def _of_one_size(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """The same samples, AAC_FRAME at a time; the last ones as many as are left."""
    left: Samples = np.zeros((0, 2), dtype=np.float32)
    for block in blocks:
        samples = np.concatenate([left, block]) if len(left) else block
        whole = len(samples) // AAC_FRAME * AAC_FRAME
        for start in range(0, whole, AAC_FRAME):
            yield samples[start : start + AAC_FRAME]
        left = samples[whole:]
    if len(left):
        yield left

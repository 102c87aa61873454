"""The sound of a take: what a microphone delivers by a clock of its own, laid on the timeline of the pictures."""

import math
from collections.abc import Iterable
from fractions import Fraction

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from duskreel.capture.clock import NS_PER_S, TakeClock
from duskreel.capture.sources import Sound
from duskreel.capture.steadying import SAMPLES_PER_NS, SOUND_RATE_HZ, Steadier, Stretch

Samples = NDArray[np.float32]

_TOUCHING = 2
"""two stretches that miss or overlap each other by no more samples than rounding makes are one"""


class SoundTrack:
    """Collects blocks of sound and hands out mono samples at SOUND_RATE_HZ, without a hole from the take's zero on.

    A gap becomes silence, an overlap is trimmed, what sounded in a pause is left out, and a device clock that runs
    fast or slow is followed by resampling slightly. Mono, because one person speaks: a microphone that sits on the
    left channel of a stereo device must be heard on both sides.
    """

    def __init__(self, clock: TakeClock) -> None:
        self._clock = clock
        self._steadier = Steadier()
        self._converter = _Converter(SOUND_RATE_HZ)
        self.position = 0
        """how many samples were handed out"""

    def add(self, sound: Sound) -> Samples:
        """Take in a block; returns the samples that follow the last ones, often a few more or fewer."""
        if sound.rate_hz != self._converter.rate_hz:
            self._converter = _Converter(sound.rate_hz)
        at_ns = sound.at_ns - self._converter.held_ns
        return self._laid(self._steadier.add(self._converter.convert(_mono(sound.samples)), at_ns))

    def fill_until(self, at_ns: int) -> Samples:
        """Silence up to this moment, if the microphone has delivered nothing for that long."""
        take_ns = self._clock.take_ns(at_ns)
        position = 0 if take_ns is None else round(take_ns * SAMPLES_PER_NS)
        if position <= self.position:
            return np.zeros(0, np.float32)
        return np.concatenate([self._laid(self._steadier.settle()), self._silence_until(position)])

    def finish(self, length_ns: int) -> Samples:
        """What is still held back, and silence up to this time of the take."""
        held = self._laid(self._steadier.settle())
        return np.concatenate([held, self._silence_until(round(length_ns * SAMPLES_PER_NS))])

    def reaches(self, length_ns: int) -> bool:
        """Whether the sound has come as far as this time of the take, but for what rounding leaves at each seam."""
        seams = _TOUCHING * len(self._clock.runs)
        return self.position >= round(length_ns * SAMPLES_PER_NS) - seams

    def _silence_until(self, position: int) -> Samples:
        silence = np.zeros(max(position - self.position, 0), np.float32)
        self.position += len(silence)
        return silence

    def _laid(self, stretches: Iterable[Stretch]) -> Samples:
        pieces = [piece for stretch in stretches for piece in self._pieces(stretch)]
        return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)

    def _pieces(self, stretch: Stretch) -> Iterable[Samples]:
        """The parts of a stretch that belong to the take, with silence where something is missing in front."""
        for run in self._clock.runs:
            first = math.ceil(run.start_ns * SAMPLES_PER_NS)
            end = stretch.end if run.end_ns is None else math.ceil(run.end_ns * SAMPLES_PER_NS)
            start, stop = max(stretch.start, first), min(stretch.end, end)
            if start >= stop:
                continue
            position = round(run.take_start_ns * SAMPLES_PER_NS) + start - first
            samples = stretch.samples[start - stretch.start : stop - stretch.start]
            if position > self.position + _TOUCHING:
                yield self._silence_until(position)
            elif position < self.position - _TOUCHING:
                samples = samples[self.position - position :]
            self.position += len(samples)
            yield samples


class _Converter:
    """From the rate that the device claims to SOUND_RATE_HZ, block by block without a seam."""

    def __init__(self, rate_hz: int) -> None:
        self.rate_hz = rate_hz
        self._resampler = (
            None if rate_hz == SOUND_RATE_HZ else AudioResampler(format="flt", layout="mono", rate=SOUND_RATE_HZ)
        )
        self._held_s = Fraction(0)

    @property
    def held_ns(self) -> int:
        """How much sound went in that has not come out: by so much earlier begins what comes out next."""
        return round(self._held_s * NS_PER_S)

    def convert(self, samples: Samples) -> Samples:
        """Mono in, mono out; now and then a sample more or less than the ratio."""
        if self._resampler is None or not len(samples):
            return samples
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples[None, :]), format="flt", layout="mono")
        frame.sample_rate, frame.time_base = self.rate_hz, Fraction(1, self.rate_hz)
        parts = [part.to_ndarray()[0] for part in self._resampler.resample(frame)]
        converted = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        self._held_s += Fraction(len(samples), self.rate_hz) - Fraction(len(converted), SOUND_RATE_HZ)
        return converted


def _mono(samples: Samples) -> Samples:
    """All channels as one. What is not a number would spoil everything after it."""
    mixed = samples[:, 0] if samples.shape[1] == 1 else samples.mean(axis=1)
    return np.clip(np.nan_to_num(mixed), -1.0, 1.0).astype(np.float32, copy=False)

"""From blocks with a jittering time of arrival, by a clock that runs a little fast or slow, to an even grid.

The moment of every sample is estimated by a delay-locked loop: F. Adriaensen, "Using a DLL to filter time", Linux
Audio Conference 2005. Its phase never jumps, so what is resampled by it has no seam that could be heard.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from duskreel.capture.clock import NS_PER_MS, NS_PER_S

Samples = NDArray[np.float32]

SOUND_RATE_HZ = 48_000
SAMPLES_PER_NS = Fraction(SOUND_RATE_HZ, NS_PER_S)

_NS_PER_SAMPLE = NS_PER_S / SOUND_RATE_HZ
_FASTEST = 2.0
"""angular bandwidth of the loop at the start, in 1/s; it falls as 2/t ..."""
_SLOWEST = 0.1
"""... to this, where a jitter of 10 ms moves the pitch by less than anybody can hear"""
_MOST_BEND = 0.005
"""by how much a block may be stretched: 9 cents of pitch"""
_JUMP_NS = 80 * NS_PER_MS
"""a difference that is not jitter: samples were lost, or the device stood still"""
_DOUBT_NS = 500 * NS_PER_MS
"""for how much sound a jump must last; a burst of late blocks catches up sooner"""

_TAPS = 16
_PHASES = 512
_DELAY = _TAPS // 2


@dataclass(frozen=True)
class Stretch:
    """Samples on the grid of SOUND_RATE_HZ that began with the monotonic clock itself."""

    start: int
    samples: Samples

    @property
    def end(self) -> int:
        """The first place after it."""
        return self.start + len(self.samples)


class Steadier:
    """Takes mono blocks at a nominal SOUND_RATE_HZ and gives them back on the grid, in order."""

    def __init__(self) -> None:
        self._loop: _Loop | None = None
        self._history = np.zeros(_TAPS, np.float32)
        self._doubtful: list[tuple[Samples, int]] = []

    def add(self, samples: Samples, at_ns: int) -> list[Stretch]:
        """A block, and when its first sample sounded.

        Returns:
            What is certain by now: nothing while it is in doubt whether sound is missing.
        """
        if not len(samples):
            return []
        self._loop = self._loop or _Loop(at_ns)
        self._doubtful.append((samples, at_ns))
        if not self._is_in_doubt():
            return self._placed(0.0)
        held_ns = sum(len(block) for block, _ in self._doubtful) * _NS_PER_SAMPLE
        return self.settle() if held_ns >= _DOUBT_NS else []

    def settle(self) -> list[Stretch]:
        """Give out what is held back, after the jump that all of it agrees on."""
        return self._placed(min(self._offsets(), key=abs)) if self._doubtful else []

    def _is_in_doubt(self) -> bool:
        return all(abs(offset) > _JUMP_NS for offset in self._offsets())

    def _offsets(self) -> list[float]:
        """By how many ns each held block came later than the ones before it let expect."""
        expected_ns = self._loop.next_ns if self._loop else 0.0
        offsets = []
        for samples, at_ns in self._doubtful:
            offsets.append(at_ns - expected_ns)
            expected_ns += len(samples) * _NS_PER_SAMPLE
        return offsets

    def _placed(self, jump_ns: float) -> list[Stretch]:
        blocks, self._doubtful = self._doubtful, []
        if self._loop is None:
            return []
        self._loop.jump(jump_ns)
        stretches = []
        for samples, at_ns in blocks:
            # A burst of late blocks says nothing about the clock: only times near the expected ones do.
            start_ns, end_ns = self._loop.advance(len(samples), at_ns)
            stretches.append(self._on_grid(samples, start_ns, end_ns))
        return stretches

    def _on_grid(self, samples: Samples, start_ns: float, end_ns: float) -> Stretch:
        first = int(np.ceil(start_ns / _NS_PER_SAMPLE))
        end = int(np.ceil(end_ns / _NS_PER_SAMPLE))
        step = len(samples) / (end_ns - start_ns)
        places = (np.arange(first, end) * _NS_PER_SAMPLE - start_ns) * step
        buffer = np.concatenate([self._history, samples])
        self._history = buffer[-_TAPS:]
        # The interpolation looks _DELAY samples ahead; shifting the grid by as much keeps the moment of each sample.
        return Stretch(first - _DELAY, _interpolated(buffer, np.clip(places, 0, len(samples) - 1e-6)))


class _Loop:
    """Second-order delay-locked loop over the moment of the next sample."""

    def __init__(self, at_ns: int) -> None:
        self.next_ns = float(at_ns)
        self._ns_per_sample = _NS_PER_SAMPLE
        self._age_s = 0.0

    def jump(self, by_ns: float) -> None:
        """Sound is missing, or is there twice."""
        self.next_ns += by_ns

    def advance(self, count: int, at_ns: int) -> tuple[float, float]:
        """Pass over a block that arrived with this time; returns where it starts and ends."""
        start_ns, nominal_ns = self.next_ns, count * _NS_PER_SAMPLE
        error_ns = at_ns - start_ns if abs(at_ns - start_ns) <= _JUMP_NS else 0.0
        duration_s = nominal_ns / NS_PER_S
        bandwidth = max(_SLOWEST, _FASTEST / (1 + self._age_s))
        self._age_s += duration_s
        gain = min(1.414 * bandwidth * duration_s, 0.5)
        most = _MOST_BEND * nominal_ns
        bend_ns = min(max(gain * error_ns + count * (self._ns_per_sample - _NS_PER_SAMPLE), -most), most)
        self._ns_per_sample += min((bandwidth * duration_s) ** 2, 0.1) * error_ns / count
        within = _NS_PER_SAMPLE * _MOST_BEND / 2
        self._ns_per_sample = min(max(self._ns_per_sample, _NS_PER_SAMPLE - within), _NS_PER_SAMPLE + within)
        self.next_ns = start_ns + nominal_ns + bend_ns
        return start_ns, self.next_ns


def _interpolated(buffer: Samples, places: NDArray[np.float64]) -> Samples:
    """Samples between samples by windowed sinc; place 0 is `_DELAY` samples before the end of the history."""
    whole = places.astype(np.int64)
    phase = ((places - whole) * _PHASES).astype(np.int64)
    windows = np.lib.stride_tricks.sliding_window_view(buffer, _TAPS)[whole + 1]
    interpolated: Samples = np.einsum("ij,ij->i", windows, _KERNEL[phase], dtype=np.float32)
    return interpolated


def _kernel() -> Samples:
    """Row p interpolates p / _PHASES of the way from the tap before the middle to the one after it."""
    fraction = np.arange(_PHASES)[:, None] / _PHASES
    distance = np.arange(_TAPS)[None, :] - (_TAPS // 2 - 1) - fraction
    window = np.i0(8.0 * np.sqrt(np.clip(1 - (distance / (_TAPS / 2)) ** 2, 0, None))) / np.i0(8.0)
    rows = np.sinc(distance) * window
    kernel: Samples = (rows / rows.sum(axis=1, keepdims=True)).astype(np.float32)
    return kernel


_KERNEL = _kernel()

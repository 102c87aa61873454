"""Loudness as listeners and platforms measure it, and bringing a recording to it.

Integrated loudness in LUFS and true peak in dBTP are those of ITU-R BS.1770-4 and EBU R 128, measured by FFmpeg's
``ebur128`` filter; peaks are held back by its ``alimiter``.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

import numpy as np

from duskreel.export.filtering import filtered, filtered_samples
from duskreel.library.sound import Samples

SILENCE_LUFS = -60.0
"""quieter than any speech: making it louder would only bring up the noise"""
MOST_GAIN_DB = 40.0
CLOSE_ENOUGH_LU = 0.1
CLOSE_ENOUGH_CODED_LU = 0.25
CODEC_HEADROOM_DB = 0.4
"""by how much AAC at 192 kbit/s usually lifts the highest peak of speech"""
DECODER_MARGIN_DB = 0.05
"""decoders differ by about this much"""
MOST_ROUNDS = 8
MOST_CODED_ROUNDS = 4
TRUE_PEAK_RATE_HZ = 192_000
"""BS.1770-4, annex 2: peaks between samples are found at four times 48 kHz"""


@dataclass(frozen=True)
class Loudness:
    """How loud a recording is as a whole, and how far its waveform reaches."""

    integrated_lufs: float
    true_peak_dbtp: float


def measure(samples: Samples, rate_hz: int) -> Loudness:
    """Measure a whole recording.

    Args:
        samples: (count, 2), from -1 to 1.
        rate_hz: of the samples.
    """
    return measure_blocks([samples], rate_hz)


def measure_blocks(blocks: Iterable[Samples], rate_hz: int) -> Loudness:
    """As `measure`, for a recording that comes in blocks; each is asked for when its turn has come."""
    report = _report(blocks, rate_hz, "metadata=1:peak=true")
    peak = float(report.get("lavfi.r128.true_peak", 0.0))
    return Loudness(_integrated(report), 20 * math.log10(max(peak, 1e-9)))


def integrated_lufs(samples: Samples, rate_hz: int) -> float:
    """As `measure`, without the peaks: a sixth of the work."""
    return _integrated(_report([samples], rate_hz, "metadata=1"))


def _report(blocks: Iterable[Samples], rate_hz: int, options: str) -> dict[str, str]:
    """What the filter says at the end, which is on the whole of what it has heard."""
    report: dict[str, str] = {}
    for frame in filtered(blocks, rate_hz, [("ebur128", options)]):
        report.update(frame.metadata)
    return report


def _integrated(report: Mapping[str, str]) -> float:
    return float(report.get("lavfi.r128.I", -math.inf))


class Delivered(Protocol):
    """A recording in the form in which it leaves, such as a codec's packets."""

    @property
    def heard(self) -> Samples:
        """What a listener gets to hear of it: (count, 2)."""
        ...


@dataclass(frozen=True)
class Uncoded:
    """A recording that leaves as it is."""

    heard: Samples


DeliveredForm = TypeVar("DeliveredForm", bound=Delivered)


def brought_to(
    samples: Samples, rate_hz: int, target: Loudness, deliver: Callable[[Samples], DeliveredForm]
) -> DeliveredForm:
    """Make a recording as loud as `target`, with no peak above the target's.

    One measurement tells the gain. Where that would push peaks over the ceiling they are limited, which takes some
    loudness away again, so that the result is measured and corrected until it fits; and then once more as it will be
    delivered, since a lossy codec moves both a little.

    Args:
        samples: (count, 2), from -1 to 1.
        rate_hz: of the samples.
        target: the integrated loudness to reach, and the true peak not to pass.
        deliver: brings samples into the form in which they leave. It may take long: it is called once or twice.

    Returns:
        What `deliver` made of the result, which has as many samples; of the samples themselves where there is next to
        nothing to hear.
    """
    before = measure(samples, rate_hz)
    if before.integrated_lufs < SILENCE_LUFS:
        return deliver(samples)
    levels = _Levels(target.integrated_lufs - before.integrated_lufs, target.true_peak_dbtp - CODEC_HEADROOM_DB)
    for _ in range(MOST_ROUNDS):
        result = _amplified(samples, rate_hz, levels, before)
        missing_lu = target.integrated_lufs - integrated_lufs(result, rate_hz)
        if abs(missing_lu) <= CLOSE_ENOUGH_LU or levels.gain_db >= MOST_GAIN_DB:
            break
        levels = replace(levels, gain_db=levels.gain_db + missing_lu)
    for _ in range(MOST_CODED_ROUNDS):
        delivered = deliver(result)
        after = measure(delivered.heard, rate_hz)
        if levels.fit(after, target):
            return delivered
        levels = levels.corrected(after, target)
        result = _amplified(samples, rate_hz, levels, before)
    # Sound that is nothing but peaks can have the loudness or the ceiling; a clipped short is the worse one.
    excess_db = measure(deliver(result).heard, rate_hz).true_peak_dbtp - target.true_peak_dbtp
    return deliver(result * np.float32(10 ** (-max(excess_db + DECODER_MARGIN_DB, 0.0) / 20)))


@dataclass(frozen=True)
class _Levels:
    """How much louder to make it, and where to hold the peaks back."""

    gain_db: float
    ceiling_db: float

    def fit(self, after: Loudness, target: Loudness) -> bool:
        """Whether what these levels led to will do."""
        is_loud_enough = abs(target.integrated_lufs - after.integrated_lufs) <= CLOSE_ENOUGH_CODED_LU
        is_held_back = after.true_peak_dbtp <= target.true_peak_dbtp - DECODER_MARGIN_DB
        return is_held_back and (is_loud_enough or self.gain_db >= MOST_GAIN_DB)

    def corrected(self, after: Loudness, target: Loudness) -> "_Levels":
        """The levels to try next."""
        excess_db = after.true_peak_dbtp - target.true_peak_dbtp + DECODER_MARGIN_DB
        return _Levels(
            self.gain_db + target.integrated_lufs - after.integrated_lufs, self.ceiling_db - max(excess_db, 0.0)
        )


def _amplified(samples: Samples, rate_hz: int, levels: _Levels, before: Loudness) -> Samples:
    gain_db = min(levels.gain_db, MOST_GAIN_DB)
    if before.true_peak_dbtp + gain_db <= levels.ceiling_db - DECODER_MARGIN_DB:
        return samples * np.float32(10 ** (gain_db / 20))
    limit = 10 ** (levels.ceiling_db / 20)
    filters = [
        ("volume", f"{gain_db}dB"),
        ("aresample", str(TRUE_PEAK_RATE_HZ)),
        ("alimiter", f"limit={limit}:level=0:attack=5:release=50:latency=1"),
        ("aresample", str(rate_hz)),
    ]
    return filtered_samples(samples, rate_hz, filters)

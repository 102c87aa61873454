"""Loudness as listeners and platforms measure it, and bringing a recording to it.

Integrated loudness in LUFS and true peak in dBTP are those of ITU-R BS.1770-4 and EBU R 128, measured by FFmpeg's
``ebur128`` filter; peaks are held back by its ``alimiter``.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from av.audio.frame import AudioFrame
from av.error import BlockingIOError as NothingYet
from av.error import EOFError as Finished
from av.filter import Graph
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""(count, 2), from -1 to 1"""

SILENCE_LUFS = -60.0
"""quieter than any speech: making it louder would only bring up the noise"""
MOST_GAIN_DB = 40.0
CLOSE_ENOUGH_LU = 0.1
PEAK_MARGIN_DB = 0.05
"""decoders differ by about this much"""
MOST_ROUNDS = 8
TRUE_PEAK_RATE_HZ = 192_000
"""BS.1770-4, annex 2: peaks between samples are found at four times 48 kHz"""
BLOCK = 4_800


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
    integrated, peak = -math.inf, 0.0
    for frame in _filtered(samples, rate_hz, [("ebur128", "metadata=1:peak=true")]):
        # The filter reports on the whole of what it has heard so far.
        integrated = float(frame.metadata.get("lavfi.r128.I", integrated))
        peak = float(frame.metadata.get("lavfi.r128.true_peak", peak))
    return Loudness(integrated, 20 * math.log10(max(peak, 1e-9)))


def brought_to(
    samples: Samples,
    rate_hz: int,
    target: Loudness,
    *,
    as_delivered: Callable[[Samples], Samples] = lambda samples: samples,
) -> Samples:
    """Make a recording as loud as `target`, with no peak above the target's.

    One measurement tells the gain. Where that would push peaks over the ceiling they are limited, which takes
    some loudness away again, and a lossy codec moves both a little; so the result is measured as it will be
    delivered, and corrected until it fits.

    Args:
        samples: (count, 2), from -1 to 1.
        rate_hz: of the samples.
        target: the integrated loudness to reach, and the true peak not to pass.
        as_delivered: what a codec makes of samples.

    Returns:
        Samples of the same shape; unchanged where there is next to nothing to hear.
    """
    before = measure(samples, rate_hz)
    if before.integrated_lufs < SILENCE_LUFS:
        return samples
    gain_db, highest_db = target.integrated_lufs - before.integrated_lufs, target.true_peak_dbtp - PEAK_MARGIN_DB
    ceiling_db, is_near = highest_db, False
    for _ in range(MOST_ROUNDS):
        gain_db = min(gain_db, MOST_GAIN_DB)
        result = _amplified(samples, rate_hz, gain_db, ceiling_db, before.true_peak_dbtp)
        # A codec takes longer than all the rest, so it is asked only once the plain sound is right.
        after = measure(as_delivered(result) if is_near else result, rate_hz)
        missing_lu = target.integrated_lufs - after.integrated_lufs
        excess_db = after.true_peak_dbtp - highest_db
        if excess_db <= 0 and (abs(missing_lu) <= CLOSE_ENOUGH_LU or gain_db == MOST_GAIN_DB):
            if is_near:
                break
            is_near = True
            continue
        gain_db += missing_lu
        if excess_db > 0:
            ceiling_db -= excess_db + PEAK_MARGIN_DB
    else:
        # Sound that is nothing but peaks can have the loudness or the ceiling; a clipped short is the worse one.
        result = result * np.float32(10 ** (-max(excess_db, 0.0) / 20))
    return result


def _amplified(samples: Samples, rate_hz: int, gain_db: float, ceiling_db: float, peak_db: float) -> Samples:
    if peak_db + gain_db <= ceiling_db:
        return samples * np.float32(10 ** (gain_db / 20))
    limit = 10 ** (ceiling_db / 20)
    filters = [
        ("volume", f"{gain_db}dB"),
        ("aresample", str(TRUE_PEAK_RATE_HZ)),
        ("alimiter", f"limit={limit}:level=0:attack=5:release=50:latency=1"),
        ("aresample", str(rate_hz)),
        ("aformat", "sample_fmts=flt:channel_layouts=stereo"),
    ]
    blocks = [frame.to_ndarray().reshape(-1, 2) for frame in _filtered(samples, rate_hz, filters)]
    limited: Samples = np.concatenate(blocks).astype(np.float32, copy=False)
    return limited[: len(samples)]


def _filtered(samples: Samples, rate_hz: int, filters: list[tuple[str, str]]) -> Iterator[AudioFrame]:
    """Send samples through a chain of FFmpeg's filters."""
    graph = Graph()
    time_base = Fraction(1, rate_hz)
    chain = [
        graph.add_abuffer(format="flt", sample_rate=rate_hz, layout="stereo", time_base=time_base),
        *(graph.add(name, options) for name, options in filters),
        graph.add("abuffersink"),
    ]
    for source, target in pairwise(chain):
        source.link_to(target)
    graph.configure()
    for start in range(0, len(samples), BLOCK):
        block = np.ascontiguousarray(samples[start : start + BLOCK], dtype=np.float32).reshape(1, -1)
        frame = AudioFrame.from_ndarray(block, format="flt", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = rate_hz, start, time_base
        graph.push(frame)
        yield from _pulled(graph)
    graph.push(None)
    yield from _pulled(graph)


def _pulled(graph: Graph) -> Iterator[AudioFrame]:
    while True:
        try:
            frame = graph.pull()
        except (NothingYet, Finished):
            return
        assert isinstance(frame, AudioFrame)  # noqa: S101 - for the type checker
        yield frame

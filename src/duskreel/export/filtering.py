"""Samples through FFmpeg's audio filters, block by block."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
from av.audio.frame import AudioFrame
from av.error import BlockingIOError as NothingYet
from av.error import EOFError as Finished
from av.filter import Graph

from duskreel.library.sound import Samples

BLOCK = 4_800
Filter = tuple[str, str]
"""its name and its options, as FFmpeg spells them"""
NOTHING: Samples = np.zeros((0, 2), dtype=np.float32)


def filtered(parts: Iterable[Samples], rate_hz: int, filters: Sequence[Filter]) -> Iterator[AudioFrame]:
    """What comes out of a chain of filters, frame by frame, in the last filter's own format.

    Args:
        parts: (count, 2) each, one right after the other; read only as frames are asked for.
        rate_hz: of the samples.
        filters: in the order in which sound goes through them.
    """
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
    pushed = 0
    for block in _blocks(parts):
        frame = AudioFrame.from_ndarray(block.reshape(1, -1), format="flt", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = rate_hz, pushed, time_base
        graph.push(frame)
        pushed += len(block)
        yield from _pulled(graph)
    graph.push(None)
    yield from _pulled(graph)


def filtered_samples(
    samples: Samples, rate_hz: int, filters: Sequence[Filter], *, lead: Samples = NOTHING, delay: int = 0
) -> Samples:
    """Samples as a chain of filters leaves them, each in its place.

    Args:
        samples: (count, 2).
        rate_hz: of the samples.
        filters: as for `filtered`.
        lead: what the filters are given before, to learn from; nothing of it comes out.
        delay: by how many samples the filters give back late what they were given.

    Returns:
        As many samples as went in.
    """
    result = np.zeros((len(samples), 2), dtype=np.float32)
    parts = [lead, samples, np.zeros((delay, 2), dtype=np.float32)]
    interleaved = ("aformat", "sample_fmts=flt:channel_layouts=stereo")
    position = -len(lead) - delay
    for frame in filtered(parts, rate_hz, [*filters, interleaved]):
        block = frame.to_ndarray().reshape(-1, 2)
        wanted = block[max(-position, 0) : max(len(result) - position, 0)]
        start = max(position, 0)
        result[start : start + len(wanted)] = wanted
        position += len(block)
    return result


def _blocks(parts: Iterable[Samples]) -> Iterator[Samples]:
    for part in parts:
        for start in range(0, len(part), BLOCK):
            yield np.ascontiguousarray(part[start : start + BLOCK], dtype=np.float32)


def _pulled(graph: Graph) -> Iterator[AudioFrame]:
    while True:
        try:
            frame = graph.pull()
        except (NothingYet, Finished):
            return
        assert isinstance(frame, AudioFrame)  # noqa: S101 - for the type checker
        yield frame

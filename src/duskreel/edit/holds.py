"""Where a window rests, so that a face that moves about stays in it with as few moves as can be."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import ceil, floor
from statistics import median, median_low

import numpy as np
from numpy.typing import NDArray

from duskreel.timecode import Span

SHORT_EXCURSION_MS = 600
"""who leans to the desk for less than this is not followed"""
MOVE_COST_MS = 550
"""how long a face must be out of the window for a move to pay; there and back again are two"""
CUT_COST_MS = 275
"""likewise where the clip is cut: there the window changes unseen"""
MOST_WEIGHT_MS = 500
"""how long one sight counts at most: alone among rare ones, it may be a false hit"""
TRANSIT_MS = 1_000
"""so near to a move the face may be under way, and does not say where the window rests"""
OUT_COST = 1e7
"""of a millisecond out of the window, against one in which the window is its own length from where it is wanted"""


@dataclass(frozen=True)
class Sight:
    """One look at the face: which offsets of the window suit it, in pixels along the axis that has room."""

    time_ms: int
    wanted: float
    least: float
    """up to `most`, the face is whole in the window"""
    most: float

    def misses(self, offset: float) -> float:
        """How many pixels the window would have to move for the face to be whole in it."""
        return max(self.least - offset, offset - self.most, 0.0)


@dataclass(frozen=True)
class Hold:
    """A stretch in which the window rests at one offset."""

    offset: int
    """even"""
    sights: tuple[Sight, ...]
    """at least one"""

    @property
    def first_ms(self) -> int:
        """When it is needed from."""
        return self.sights[0].time_ms

    @property
    def last_ms(self) -> int:
        """When it is needed last."""
        return self.sights[-1].time_ms


def holds(sights: Sequence[Sight], kept: Sequence[Span], still: int, window: int) -> list[Hold]:
    """The fewest offsets at which the face stays in the window, each as near as may be to where it is wanted.

    Args:
        sights: at least one, in the order of time, all of them within `kept`.
        kept: spans of the clip that are shown, in order.
        still: even offset that is taken if it does for all of them.
        window: its length in pixels.
    """
    pieces = [piece_of(sight.time_ms, kept) for sight in sights]
    steady = _smoothed(sights, pieces)
    costs = [MOVE_COST_MS if one == other else CUT_COST_MS for one, other in pairwise(pieces)]
    weights = _weights(steady, pieces)
    offsets = _cheapest(steady, weights, costs, still, window)
    # One hold is a run of the same offset: its first index, and the index after its last.
    starts = [0, *(index for index in range(1, len(offsets)) if offsets[index] != offsets[index - 1]), len(offsets)]
    runs = _without_short_ends([Span(*run) for run in pairwise(starts)], weights, costs)
    found = [Hold(offsets[start], tuple(steady[start:end])) for start, end in runs]
    if len(found) == 1:
        return [_placed(found[0], found[0].sights, still)]
    return [_placed(hold, _settled(hold, found, kept), None) for hold in found]


def piece_of(time_ms: int, kept: Sequence[Span]) -> int:
    """The index of the span that has begun last."""
    return max(bisect_right(kept, time_ms, key=lambda span: span.start_ms) - 1, 0)


def _smoothed(sights: Sequence[Sight], pieces: Sequence[int]) -> list[Sight]:
    """The running median over what is shown without a cut: it drops short excursions and leaves steps as they are."""
    smooth: list[Sight] = []
    for _, group in groupby(zip(sights, pieces, strict=True), key=lambda pair: pair[1]):
        piece = [sight for sight, _ in group]
        times = [sight.time_ms for sight in piece]
        for sight in piece:
            first = bisect_right(times, sight.time_ms - SHORT_EXCURSION_MS - 1)
            near = piece[first : bisect_right(times, sight.time_ms + SHORT_EXCURSION_MS)]
            smooth.append(
                Sight(
                    sight.time_ms,
                    median_low(one.wanted for one in near),
                    median_low(one.least for one in near),
                    median_low(one.most for one in near),
                )
            )
    return smooth


def _weights(sights: Sequence[Sight], pieces: Sequence[int]) -> list[float]:
    """How many milliseconds each sight stands for: half the way to its neighbours, except over cuts."""
    halves = [
        min(other.time_ms - one.time_ms, MOST_WEIGHT_MS) / 2 if before == after else MOST_WEIGHT_MS / 2
        for (one, other), (before, after) in zip(pairwise(sights), pairwise(pieces), strict=True)
    ]
    edges = halves or [MOST_WEIGHT_MS / 2]
    return [before + after for before, after in pairwise([edges[0], *halves, edges[-1]])]


def _cheapest(
    sights: Sequence[Sight], weights: Sequence[float], move_costs: Sequence[int], still: int, window: int
) -> list[int]:
    """The offset for each sight, by dynamic programming (A. Viterbi, 1967) over all that can be of use.

    First counts how long the face is out of the window and what the moves cost, then how far the window
    is from where it is wanted.
    """
    candidates = {still, *(offset for sight in sights for offset in _useful(sight))}
    offsets = np.array(sorted(candidates), dtype=np.int64)
    total = np.zeros(len(offsets))
    came_from: list[NDArray[np.int64]] = []
    for sight, weight, move_cost in zip(sights, weights, [0, *move_costs], strict=True):
        best = int(total.argmin())
        moved = total[best] + move_cost * OUT_COST
        came_from.append(np.where(total <= moved, np.arange(len(offsets)), best))
        # A pixel more or less is what rounding to even pixels takes.
        is_out = (offsets < sight.least - 1) | (offsets > sight.most + 1)
        total = np.minimum(total, moved) + weight * (OUT_COST * is_out + np.abs(offsets - sight.wanted) / window)
    at = int(total.argmin())
    chosen: list[int] = []
    for backwards in reversed(came_from):
        chosen.append(int(offsets[at]))
        at = int(backwards[at])
    return chosen[::-1]


def _useful(sight: Sight) -> tuple[int, int, int]:
    return _even_up(sight.least), _even_down(sight.most), 2 * round(sight.wanted / 2)


def _without_short_ends(runs: list[Span], weights: Sequence[float], move_costs: Sequence[int]) -> list[Span]:
    """At the ends an excursion costs one move, not two; the same ones as in the middle are left out."""
    while len(runs) > 1 and sum(weights[slice(*runs[0])]) < 2 * move_costs[runs[1].start_ms - 1]:
        runs = runs[1:]
    while len(runs) > 1 and sum(weights[slice(*runs[-1])]) < 2 * move_costs[runs[-1].start_ms - 1]:
        runs = runs[:-1]
    return runs


def _settled(hold: Hold, found: Sequence[Hold], kept: Sequence[Span]) -> list[Sight]:
    """Without those at which the face may be under way from or to another hold."""

    def is_shown_through(before_ms: int, after_ms: int) -> bool:
        return piece_of(before_ms, kept) == piece_of(after_ms, kept)

    first_ms, last_ms = hold.first_ms, hold.last_ms
    if any(other.last_ms < first_ms and is_shown_through(other.last_ms, first_ms) for other in found):
        first_ms += TRANSIT_MS
    if any(other.first_ms > last_ms and is_shown_through(last_ms, other.first_ms) for other in found):
        last_ms -= TRANSIT_MS
    return [sight for sight in hold.sights if first_ms <= sight.time_ms <= last_ms]


def _placed(hold: Hold, settled: Sequence[Sight], wanted: float | None) -> Hold:
    """At what is wanted, else the median of what the sights want, if the face is in the window then."""
    inside = [sight for sight in settled if sight.misses(hold.offset) <= 1]
    inside = inside or [sight for sight in hold.sights if sight.misses(hold.offset) <= 1] or list(hold.sights)
    offset = median(sight.wanted for sight in inside) if wanted is None else wanted
    least, most = max(sight.least for sight in inside), min(sight.most for sight in inside)
    if offset < least - 1:
        return replace(hold, offset=_even_up(least))
    return replace(hold, offset=_even_down(most) if offset > most + 1 else 2 * round(offset / 2))


def _even_up(offset: float) -> int:
    return 2 * ceil(offset / 2)


def _even_down(offset: float) -> int:
    return 2 * floor(offset / 2)

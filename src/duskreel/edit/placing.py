"""Where caption pages stand, so that they do not cover a face.

All lengths are fractions of the frame, from its top left corner. Captions stand in the frame's middle across, so only
how far down is to be decided.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from math import inf
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from duskreel.edit.crop_path import FaceInFrame
from duskreel.timecode import Span

CLEARANCE = 0.012
"""between a page and a face or a title: about 23 of 1920 pixels"""
TOLERANCE = 1e-9
"""of sums of fractions"""
FEATURES = (0.2, 0.85)
"""from the brows to below the lips, as fractions of a face's height: what must be seen even where nothing is free"""
HOP_COST = 1e6
"""of a change of place, against whatever can be gained by one: captions that hop about cannot be read. As much costs a
page that covers all the features of a face: for a moment of fewer it is not worth to go elsewhere"""
ABOVE_COST = 10.0
"""of a place above the face, against one that is far from the style's own: eyes look for captions further down"""


class Zone(Protocol):
    """What platforms leave free of the frame."""

    @property
    def left(self) -> float: ...  # noqa: D102
    @property
    def top(self) -> float: ...  # noqa: D102
    @property
    def right(self) -> float: ...  # noqa: D102
    @property
    def bottom(self) -> float: ...  # noqa: D102


@dataclass(frozen=True)
class Block:
    """What one page takes of the frame."""

    span: Span
    height: float


@dataclass(frozen=True)
class _Room:
    """Where the middle of one page may be: from `least` to `most`, and in none of the gaps, edges excluded."""

    least: float
    most: float
    gaps: tuple[tuple[float, float], ...]
    features: tuple[tuple[float, float], ...]
    """of the faces, from top to bottom"""
    half: float
    """of the page's height"""
    face: float
    """the middle of the lowest face; minus infinity without any"""

    @property
    def edges(self) -> list[float]:
        """Places of which one is the best, unless the style's own is."""
        beside = ((top - self.half, bottom + self.half) for top, bottom in self.features)
        return [self.least, self.most, *chain.from_iterable((*self.gaps, *beside))]

    def inside(self, places: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of these places are in the zone."""
        return (places >= self.least - TOLERANCE) & (places <= self.most + TOLERANCE)

    def free(self, places: NDArray[np.float64]) -> NDArray[np.bool_]:
        """At which of them no face is covered either."""
        found = self.inside(places)
        for top, bottom in self.gaps:
            found &= (places <= top + TOLERANCE) | (places >= bottom - TOLERANCE)
        return found

    def covered(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """How much of the features a page hides there, of the face that it hides most of: from 0 to 1."""
        worst = np.zeros_like(places)
        for top, bottom in self.features:
            hidden = np.minimum(places + self.half, bottom) - np.maximum(places - self.half, top)
            worst = np.maximum(worst, hidden / max(bottom - top, TOLERANCE))
        return worst


def centres(
    blocks: Sequence[Block],
    faces: Sequence[FaceInFrame],
    *,
    own: float,
    zone: Zone,
    reserved: tuple[Span, float] | None = None,
) -> list[float]:
    """Where the middle of each page stands.

    The style's own place is taken if it is free all the time; else the one place that is nearest to it and free all
    the time, below faces rather than above. Where there is none, places change as seldom as they can, between
    pages. Pages that find no room beside a face stand on its chin or its forehead rather than on its eyes, nose and
    mouth, or for a short while where the pages before and after them do. Every page is inside the zone.

    Args:
        blocks: in order of time.
        faces: in order of time, with the short's times; of several that were seen at once, all with the same time.
            What was seen counts until the next sight, the first one from the start.
        own: the style's own place for the middle of a page.
        zone: faces beside it are not in the way.
        reserved: what a title takes of the top of the frame: when, and down to where.

    Returns:
        One place for each block. In a zone that is lower than a block, that is the zone's middle.
    """
    if not blocks:
        return []
    sights = _sights(faces)
    rooms = [_room(block, _seen(sights, block.span), zone, reserved) for block in blocks]
    places = np.unique([own, *(edge for room in rooms for edge in room.edges)])
    costs = [_costs(room, places, own) for room in rooms]
    return [float(places[index]) for index in _cheapest(costs)]


def _sights(faces: Sequence[FaceInFrame]) -> list[tuple[float, float, list[FaceInFrame]]]:
    """From when until when it counts, and what was seen."""
    seen = [(time_ms, list(group)) for time_ms, group in groupby(faces, key=lambda face: face.time_ms)]
    edges = [-inf, *(time_ms for time_ms, _ in seen[1:]), inf]
    return [(start, end, group) for (start, end), (_, group) in zip(pairwise(edges), seen, strict=False)]


def _seen(sights: Sequence[tuple[float, float, list[FaceInFrame]]], span: Span) -> list[FaceInFrame]:
    """The faces that count at some time of a span."""
    return [face for start, end, group in sights if start < span.end_ms and span.start_ms < end for face in group]


def _room(block: Block, faces: Sequence[FaceInFrame], zone: Zone, reserved: tuple[Span, float] | None) -> _Room:
    half = block.height / 2
    top = zone.top
    if reserved and reserved[0].start_ms < block.span.end_ms and block.span.start_ms < reserved[0].end_ms:
        below = max(top, reserved[1] + CLEARANCE)
        top = below if below + block.height <= zone.bottom else top
    least, most = top + half, zone.bottom - half
    if least > most:
        least = most = (zone.top + zone.bottom) / 2
    beneath = [face for face in faces if face.right > zone.left and face.left < zone.right]
    gaps = tuple((face.top - CLEARANCE - half, face.bottom + CLEARANCE + half) for face in beneath)
    lowest = max(((face.top + face.bottom) / 2 for face in beneath), default=-inf)
    return _Room(least, most, gaps, tuple(map(_features, beneath)), half, lowest)


def _features(face: FaceInFrame) -> tuple[float, float]:
    first, last = (face.top + share * (face.bottom - face.top) for share in FEATURES)
    return first, last


def _costs(room: _Room, places: NDArray[np.float64], own: float) -> NDArray[np.float64]:
    """Of each place for one page; infinite where it may not stand."""
    away = np.abs(places - own)
    free = room.free(places)
    if free.any():
        return np.where(free, away + ABOVE_COST * (places < room.face), inf)
    return np.where(room.inside(places), HOP_COST * room.covered(places) + away, inf)


def _cheapest(costs: Sequence[NDArray[np.float64]]) -> list[int]:
    """For each page the index of its place, with as few changes as there can be (A. Viterbi, 1967)."""
    total = costs[0]
    came_from: list[NDArray[np.int64]] = []
    for cost in costs[1:]:
        best = int(total.argmin())
        changed = total[best] + HOP_COST
        came_from.append(np.where(total <= changed, np.arange(len(total)), best))
        total = np.minimum(total, changed) + cost
    chosen = [int(total.argmin())]
    for backwards in reversed(came_from):
        chosen.append(int(backwards[chosen[-1]]))
    return chosen[::-1]

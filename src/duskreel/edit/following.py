"""Faces to a window that rests on the speaker, and moves slowly only where the speaker would leave it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Self

from duskreel.edit.crop_path import CropPath, Move
from duskreel.edit.framing import FACE_HEIGHT_IN_CROP, VERTICAL, Crop, Face, main_face, static_crop
from duskreel.edit.holds import SHORT_EXCURSION_MS, Hold, Sight, holds, piece_of
from duskreel.timecode import Span, merge

MARGIN = 0.1
"""around a face, of its own size"""
HAIR = 0.3
"""above a face: detectors see it from the brows down"""
LEEWAY = 1 / 6
"""of the window: so far a face may stand beside its middle, however large it is"""
SPEED_LIMIT_PER_S = 1 / 3
"""of the window; somebody who is faster is followed faster"""
SHORTEST_MOVE_MS = 800
LONGER_BY = 1.15
"""from one length that is tried for a move to the next"""
SETTLED_AFTER_MS = 450
"""so near to the moment at which a face leaves one hold for the next, no slow move can have it in the window"""
BARELY_OUT = 1 / 20
"""of the window: what a move may cut off the margin of a face"""
STIRS = 0.3
"""of its own size: who moves as far between two looks is looked at again in between"""


def crop_path(
    faces: Sequence[Face], width: int, height: int, kept: Sequence[Span], *, aspect: Fraction = VERTICAL
) -> CropPath:
    """The window that suits the stretches of a clip that are shown: one if one does, else as few as can be.

    Args:
        faces: detections from all over the clip, in any order, wrong ones included.
        width: of the upright picture in pixels; odd is allowed.
        height: likewise.
        kept: spans of the clip that are shown; the window jumps only between them.
        aspect: width divided by height of the window.

    Raises:
        ValueError: as for `static_crop`.
    """
    kept = merge(kept)
    shown = _shown(faces, kept)
    main, still = main_face(shown), static_crop(shown, width, height, aspect=aspect)
    axis = _Axis.of(still, width, height)
    if axis.room <= 0 or not main:
        return CropPath.static(still)
    found = holds([axis.sight(face) for face in main], kept, axis.offset_of(still), axis.window)
    return CropPath(axis.moved(still, found[0].offset), tuple(_moves(found, kept, axis)))


def stirred(faces: Sequence[Face], width: int, height: int, kept: Sequence[Span]) -> list[Span]:
    """Where to look closer, because the face moves there and no still window can show it all the time.

    Args:
        faces: as for `crop_path`, from a first look at the clip.
        width: likewise.
        height: likewise.
        kept: likewise.

    Returns:
        Spans of the clip, in order; none if a still window does.
    """
    kept = merge(kept)
    shown = _shown(faces, kept)
    main = main_face(shown)
    axis = _Axis.of(static_crop(shown, width, height), width, height)
    sights = [axis.sight(face) for face in main]
    if axis.room <= 0 or not main or max(one.least for one in sights) <= min(one.most for one in sights) + 1:
        return []
    return merge(
        Span(max(one.time_ms - SHORT_EXCURSION_MS, 0), other.time_ms + SHORT_EXCURSION_MS)
        for one, other in pairwise(main)
        if axis.distance(one, other) > STIRS
    )


@dataclass(frozen=True)
class _Axis:
    """The direction in which the window has room, in pixels."""

    is_sideways: bool
    picture: int
    """its length along the axis"""
    window: int

    @classmethod
    def of(cls, crop: Crop, width: int, height: int) -> Self:
        if width - crop.width >= height - crop.height:
            return cls(True, width, crop.width)
        return cls(False, height, crop.height)

    @property
    def room(self) -> int:
        """How far the window may go; even."""
        return (self.picture - self.window) // 2 * 2

    def offset_of(self, crop: Crop) -> int:
        return crop.x if self.is_sideways else crop.y

    def moved(self, crop: Crop, offset: int) -> Crop:
        if self.is_sideways:
            return Crop(offset, crop.y, crop.width, crop.height)
        return Crop(crop.x, offset, crop.width, crop.height)

    def move(self, span: Span, way: int) -> Move:
        return Move(span, way, 0) if self.is_sideways else Move(span, 0, way)

    def distance(self, one: Face, other: Face) -> float:
        """Of their middles, as a share of their size."""
        if self.is_sideways:
            return abs(one.centre_x - other.centre_x) / max(one.width, other.width)
        return abs(one.centre_y - other.centre_y) / max(one.height, other.height)

    def sight(self, face: Face) -> Sight:
        """Which offsets suit a face."""
        if self.is_sideways:
            start, size, before, stands_at = face.x, face.width, MARGIN, 0.5
        else:
            start, size, before, stands_at = face.y, face.height, HAIR, FACE_HEIGHT_IN_CROP
        middle = (start + size / 2) * self.picture
        centred, leeway = middle - self.window / 2, self.window * LEEWAY
        least = min((start + size * (1 + MARGIN)) * self.picture - self.window, centred - leeway)
        most = max((start - size * before) * self.picture, centred + leeway)
        return Sight(
            face.time_ms,
            self._within(middle - self.window * stands_at),
            self._within(least),
            self._within(most),
        )

    def _within(self, offset: float) -> float:
        return min(max(offset, 0.0), float(self.room))


def _shown(faces: Sequence[Face], kept: Sequence[Span]) -> list[Face]:
    return [face for face in faces if any(start <= face.time_ms < end for start, end in kept)]


def _moves(found: Sequence[Hold], kept: Sequence[Span], axis: _Axis) -> Iterator[Move]:
    changes = [_change_ms(before, after, kept) for before, after in pairwise(found)]
    times = [kept[0].start_ms, *changes, kept[-1].end_ms]
    for index, (before, after) in enumerate(pairwise(found)):
        change_ms, way = changes[index], after.offset - before.offset
        piece = kept[piece_of(change_ms, kept)]
        half_ms = min(change_ms - piece.start_ms, piece.end_ms - change_ms)
        if not way:
            continue
        if half_ms < SHORT_EXCURSION_MS:
            edge_ms = min(piece, key=lambda edge_ms: abs(edge_ms - change_ms))
            yield axis.move(Span(edge_ms, edge_ms), way)
        else:
            # From one change to the next and no further, or moves there and back would add up to too much.
            half_ms = min(half_ms, change_ms - times[index], times[index + 2] - change_ms)
            yield _eased(before, after, change_ms, half_ms, axis)


def _change_ms(before: Hold, after: Hold, kept: Sequence[Span]) -> int:
    """When one hold gives way to the next: at a cut if there is one between them, else in the middle."""
    middle_ms = (before.last_ms + after.first_ms) // 2
    cuts = [span.start_ms for span in kept if before.last_ms < span.start_ms <= after.first_ms]
    return min(cuts, key=lambda cut_ms: abs(cut_ms - middle_ms), default=middle_ms)


def _eased(before: Hold, after: Hold, change_ms: int, half_ms: int, axis: _Axis) -> Move:
    """The slowest move that leaves the face in the window, or else the one that cuts off least of it.

    It lasts `half_ms` on either side of the change at most, unless that is very short.
    """
    way = after.offset - before.offset
    # The speed of a raised cosine reaches twice its mean.
    slowest_ms = 2 * abs(way) / (axis.window * SPEED_LIMIT_PER_S) * 1000
    longest_half_ms = round(min(slowest_ms / 2, half_ms))
    halves_ms = [SHORTEST_MOVE_MS // 2]
    while halves_ms[-1] < longest_half_ms:
        halves_ms.append(min(ceil(halves_ms[-1] * LONGER_BY), longest_half_ms))
    moves = [axis.move(Span(change_ms - half_ms, change_ms + half_ms), way) for half_ms in reversed(halves_ms)]
    sights = [
        sight
        for hold in (before, after)
        for sight in hold.sights
        if abs(sight.time_ms - change_ms) >= SETTLED_AFTER_MS and sight.misses(hold.offset) <= 1
    ]

    def cut_off(move: Move) -> float:
        misses = (sight.misses(before.offset + way * move.share(sight.time_ms)) for sight in sights)
        return sum(max(miss - axis.window * BARELY_OUT, 0.0) for miss in misses)

    return min(moves, key=cut_off)

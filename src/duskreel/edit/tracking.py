"""Faces to persons: who is the speaker, who is not, and where everybody is between two looks.

A face that is to be blurred must be covered in every picture, also where no detector found it. So a way through the
clip reaches over gaps, begins before the face was first seen and ends after it was last seen, and has wide margins.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import hypot

from duskreel.edit.concealing import HiddenRegion, HiddenTrack
from duskreel.edit.framing import SAME_FACE_GROWTH, Face, main_face
from duskreel.timecode import Span

SIDE_MARGIN, TOP_MARGIN, BOTTOM_MARGIN = 0.3, 0.45, 0.3
"""of a face's size, on each side: detectors see it from the brows to the chin, without hair and ears"""
EXTENSION_MS = 600
"""before the first look at a face and after the last one"""
GAP_MS = 1_500
"""for so long may somebody who moves be missed"""
SAME_PLACE_GAP_MS = 8_000
"""for so long who is then found in the same place: somebody who looked away"""
SAME_PLACE_REACH = 0.8
"""of a face's size"""
REACH, REACH_PER_S, MOST_REACH = 0.6, 4.0, 2.5
"""how many of its own sizes a face goes between two looks"""
STEP_MS = 200
"""from one region of a way to the next at most"""
SPEAKER_GAP_MS = 3_000
"""for so long may the speaker look down, wherever found again"""
SPEAKER_EXTENSION_MS = 1_500
SMOOTHED_OVER_MS = 700
"""before and after: of the way that a soft shape follows"""
FEWEST_LOOKS = 3
"""who is found more rarely is as likely no person at all"""
NEAR_MS = 1_000
OVERLAP = 0.25
"""of the speaker's face, around it: what has its middle there is no other face"""


@dataclass(frozen=True)
class Sighting:
    """Somebody beside the speaker."""

    first_ms: int
    """of the clip, when first seen"""
    longest: Span
    """of the clip, seen without a longer gap"""


@dataclass(frozen=True)
class Company:
    """Everybody in a clip."""

    speaker: tuple[HiddenTrack, ...]
    """where the speaker's face is, smoothed, without margins; nowhere while the speaker is away"""
    others: tuple[HiddenTrack, ...]
    """what to cover, false hits included: rather too much than a face"""
    persons: tuple[Sighting, ...]
    """the others that are persons beyond doubt, by when they are first seen"""


def company(faces: Sequence[Face]) -> Company:
    """Tell the speaker from everybody else.

    Args:
        faces: detections of one clip, about five looks a second, wrong ones included.
    """
    main = main_face(faces)
    speakers = set(main)
    rest = [face for face in faces if face not in speakers and not _is_on(face, main)]
    ways = [way for way in _ways(rest) if len(way) >= FEWEST_LOOKS or not _may_be_speaker(way, main)]
    tracks = (_covering(way, main) for way in ways)
    return Company(
        speaker=_speakers_way(main),
        others=tuple(track for track in tracks if track is not None),
        persons=_persons([way for way in ways if len(way) >= FEWEST_LOOKS]),
    )


def region_at(track: HiddenTrack, time_ms: int) -> HiddenRegion | None:
    """Where a track is at a moment of the clip; None before its first region and after its last one."""
    index = bisect_right(track.regions, time_ms, key=lambda region: region.time_ms)
    if index == 0 or time_ms > track.regions[-1].time_ms:
        return None
    before, after = track.regions[index - 1], track.regions[min(index, len(track.regions) - 1)]
    return _between(before, after, time_ms)


def _between(before: HiddenRegion, after: HiddenRegion, time_ms: int) -> HiddenRegion:
    length_ms = after.time_ms - before.time_ms
    share = (time_ms - before.time_ms) / length_ms if length_ms else 0.0
    mixed = (one + (other - one) * share for one, other in zip(_box(before), _box(after), strict=True))
    return HiddenRegion(time_ms, *mixed)


def _box(region: HiddenRegion | Face) -> tuple[float, float, float, float]:
    return region.x, region.y, region.width, region.height


def _region(face: Face) -> HiddenRegion:
    return HiddenRegion(face.time_ms, *_box(face))


def _speaker_at(main: Sequence[Face], time_ms: int) -> HiddenRegion | None:
    """The speaker's face between two looks at it, or beside the nearest one; None if that is long ago."""
    index = bisect_left(main, time_ms, key=lambda face: face.time_ms)
    near = [face for face in main[max(index - 1, 0) : index + 1] if abs(face.time_ms - time_ms) <= NEAR_MS]
    return _between(_region(near[0]), _region(near[-1]), time_ms) if near else None


def _is_on(face: Face, main: Sequence[Face]) -> bool:
    """Whether this is the speaker's face once more, or a part of it; not somebody much closer to the camera."""
    speaker = _speaker_at(main, face.time_ms)
    if speaker is None or face.height > speaker.height * SAME_FACE_GROWTH:
        return False
    across = abs(face.centre_x - speaker.x - speaker.width / 2)
    down = abs(face.centre_y - speaker.y - speaker.height / 2)
    return across < speaker.width * (0.5 + OVERLAP) and down < speaker.height * (0.5 + OVERLAP)


def _may_be_speaker(way: Sequence[Face], main: Sequence[Face]) -> bool:
    """Whether these few looks may be at the speaker, who was seen nowhere else at the time."""
    times = {face.time_ms for face in main}
    near = [face for face in main if abs(face.time_ms - way[0].time_ms) <= NEAR_MS]
    return not any(face.time_ms in times for face in way) and any(
        _apart(*sorted((one, way[0]), key=lambda face: face.time_ms)) <= 1 for one in near
    )


def _apart(before: Face, after: Face) -> float:
    """How far two looks lie apart: over 1, they are not at the same face; infinitely far if too long ago."""
    elapsed_ms = after.time_ms - before.time_ms
    small, large = sorted((before.height, after.height))
    if elapsed_ms > SAME_PLACE_GAP_MS or large > small * (SAME_FACE_GROWTH + min(elapsed_ms / 1000, 1.0)):
        return float("inf")
    across = (after.centre_x - before.centre_x) / max((before.width + after.width) / 2, 1e-6)
    down = (after.centre_y - before.centre_y) / max((before.height + after.height) / 2, 1e-6)
    reach = SAME_PLACE_REACH
    if elapsed_ms <= GAP_MS:
        reach = min(REACH + REACH_PER_S * elapsed_ms / 1000, MOST_REACH)
    return hypot(across, down) / reach


def _ways(faces: Sequence[Face]) -> list[list[Face]]:
    """Looks by person; at each moment the nearest two belong together first."""
    ways: list[list[Face]] = []
    by_time: dict[int, list[Face]] = {}
    for face in sorted(faces, key=lambda face: face.time_ms):
        by_time.setdefault(face.time_ms, []).append(face)
    for time_ms, found in by_time.items():
        pairs = [(_apart(way[-1], face), way, face) for way in ways for face in found]
        for _, way, face in sorted((pair for pair in pairs if pair[0] <= 1), key=lambda pair: pair[0]):
            if face in found and way[-1].time_ms < time_ms:
                way.append(face)
                found.remove(face)
        ways += [[face] for face in found]
    return ways


def _covering(way: Sequence[Face], main: Sequence[Face]) -> HiddenTrack | None:
    """Regions that cover a face all the time, and the speaker's never."""
    dense = _extended([_wide(way, index) for index in range(len(way))])
    cleared = [_beside_speaker(region, main, is_person=len(way) >= FEWEST_LOOKS) for region in dense]
    kept = [region for region in cleared if region is not None]
    return HiddenTrack(tuple(kept)) if kept else None


def _wide(way: Sequence[Face], index: int) -> HiddenRegion:
    """A look with its margins: smoothed with its neighbours, yet never less than was seen; wider for who is fast."""
    face = way[index]
    near = [one for one in way[max(index - 1, 0) : index + 2] if abs(one.time_ms - face.time_ms) <= NEAR_MS]
    width, height = max(one.width for one in near), max(one.height for one in near)
    fast_x = max(abs(one.centre_x - face.centre_x) for one in near) / 4
    fast_y = max(abs(one.centre_y - face.centre_y) for one in near) / 4
    centre_x = (face.centre_x + sum(one.centre_x for one in near) / len(near)) / 2
    centre_y = (face.centre_y + sum(one.centre_y for one in near) / len(near)) / 2
    left = min(centre_x - width / 2, face.x) - SIDE_MARGIN * width - fast_x
    right = max(centre_x + width / 2, face.x + face.width) + SIDE_MARGIN * width + fast_x
    top = min(centre_y - height / 2, face.y) - TOP_MARGIN * height - fast_y
    bottom = max(centre_y + height / 2, face.y + face.height) + BOTTOM_MARGIN * height + fast_y
    return HiddenRegion(face.time_ms, left, top, right - left, bottom - top)


def _extended(regions: Sequence[HiddenRegion]) -> list[HiddenRegion]:
    """With regions between those that lie far apart in time, and some before the first and after the last one."""
    first, last = regions[0], regions[-1]
    known = [
        *_gone_on(regions[1] if len(regions) > 1 else first, first, first.time_ms - EXTENSION_MS),
        *regions,
        *_gone_on(regions[-2] if len(regions) > 1 else last, last, last.time_ms + EXTENSION_MS),
    ]
    dense = [known[0]]
    for before, after in pairwise(sorted(known, key=lambda region: region.time_ms)):
        steps = -(-(after.time_ms - before.time_ms) // STEP_MS)
        times = [before.time_ms + (after.time_ms - before.time_ms) * step // steps for step in range(1, steps)]
        dense += [*(_between(before, after, time_ms) for time_ms in times), after]
    return dense


def _gone_on(other: HiddenRegion, end: HiddenRegion, until_ms: int) -> list[HiddenRegion]:
    """Where a face may be that is found no more: from where it was last to where it went. None before the clip."""
    elapsed_ms = abs(end.time_ms - other.time_ms)
    until_ms = max(until_ms, 0)
    if until_ms == end.time_ms:
        return []
    times = abs(until_ms - end.time_ms) / elapsed_ms if 0 < elapsed_ms <= GAP_MS else 0.0
    # Nobody keeps their speed for long.
    x, y = ((to - start) * min(times, 1.5) for start, to in ((other.x, end.x), (other.y, end.y)))
    return [HiddenRegion(until_ms, end.x + min(x, 0.0), end.y + min(y, 0.0), end.width + abs(x), end.height + abs(y))]


def _beside_speaker(region: HiddenRegion, main: Sequence[Face], *, is_person: bool) -> HiddenRegion | None:
    """What of a region leaves the speaker's face free: all but one side.

    Returns:
        The whole region for a person right in front of the speaker, None for what is probably no person.
    """
    speaker = _speaker_at(main, region.time_ms)
    if speaker is None:
        return region
    left, top, right, bottom = region.x, region.y, region.x + region.width, region.y + region.height
    start, end, upper, lower = speaker.x, speaker.x + speaker.width, speaker.y, speaker.y + speaker.height
    if right <= start or left >= end or bottom <= upper or top >= lower:
        return region
    pieces = (
        replace(region, width=start - left),
        replace(region, x=end, width=right - end),
        replace(region, height=upper - top),
        replace(region, y=lower, height=bottom - lower),
    )
    best = max(pieces, key=lambda piece: min(piece.width / region.width, piece.height / region.height))
    if best.width > region.width / 2 and best.height > region.height / 2:
        return best
    return region if is_person else None


def _speakers_way(main: Sequence[Face]) -> tuple[HiddenTrack, ...]:
    """The speaker's face in pieces, each without a gap, a little longer than it was seen."""
    pieces: list[list[Face]] = []
    for face in main:
        if pieces and _is_there_between(pieces[-1][-1], face):
            pieces[-1].append(face)
        else:
            pieces.append([face])
    return tuple(_smooth(piece) for piece in pieces)


def _is_there_between(before: Face, after: Face) -> bool:
    return after.time_ms - before.time_ms <= SPEAKER_GAP_MS or _apart(before, after) <= 1


def _smooth(piece: Sequence[Face]) -> HiddenTrack:
    regions = []
    for face in piece:
        near = [one for one in piece if abs(one.time_ms - face.time_ms) <= SMOOTHED_OVER_MS]
        # As much before as after, or the shape would lag behind at both ends.
        reach_ms = min(face.time_ms - near[0].time_ms, near[-1].time_ms - face.time_ms)
        near = [one for one in near if abs(one.time_ms - face.time_ms) <= reach_ms]
        means = (sum(values) / len(near) for values in zip(*map(_box, near), strict=True))
        regions.append(HiddenRegion(face.time_ms, *means))
    first, last = regions[0], regions[-1]
    before = replace(first, time_ms=max(first.time_ms - SPEAKER_EXTENSION_MS, 0))
    after = replace(last, time_ms=last.time_ms + SPEAKER_EXTENSION_MS)
    return HiddenTrack((before, *regions, after))


def _persons(ways: Sequence[Sequence[Face]]) -> tuple[Sighting, ...]:
    """Who is seen later, where somebody was before, is the same person."""
    persons: list[list[Sequence[Face]]] = []
    for way in sorted(ways, key=lambda way: way[0].time_ms):
        same = next((ways for ways in persons if _is_again(ways[-1][-1], way[0])), None)
        if same is None:
            persons.append([way])
        else:
            same.append(way)
    return tuple(_sighting(ways) for ways in persons)


def _is_again(last: Face, first: Face) -> bool:
    later = replace(first, time_ms=last.time_ms + GAP_MS)
    return last.time_ms < first.time_ms and _apart(last, later) <= 1


def _sighting(ways: Sequence[Sequence[Face]]) -> Sighting:
    spans = [Span(way[0].time_ms, way[-1].time_ms + STEP_MS) for way in ways]
    return Sighting(spans[0].start_ms, max(spans, key=lambda span: span.duration_ms))

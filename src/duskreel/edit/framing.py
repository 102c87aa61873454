"""Faces to a steady vertical window onto the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import hypot, inf
from statistics import median

VERTICAL = Fraction(9, 16)
FACE_HEIGHT_IN_CROP = 0.4
"""how far down the window the middle of the face stands: above the captions, with room over the hair"""
SAME_FACE_REACH = 0.6
"""by how many of its own sizes a detected face trembles"""
FASTEST_REACH_PER_S = 5.0
"""how many of its own sizes a face moves a second when somebody walks past close to the camera"""
SAME_FACE_GROWTH = 1.6
"""how many times as large the same face may be found again at once; a time more for every second since"""
ODD_FOR_MS = 400
"""a detection apart from those that lie so near in time, at about five a second two on either side, is a false hit"""
FEWEST_TO_JUDGE = 3
"""detections: of two that lie apart, nobody knows which one is wrong"""
SHAPE_TOLERANCE = Fraction(1, 100)
"""a picture this near to the wanted shape (406x720, 608x1080) is shown whole, not shaved by a few pixels"""


@dataclass(frozen=True)
class Face:
    """One detection, in fractions (0 to 1) of the upright picture; `x` and `y` are its top left corner."""

    time_ms: int
    x: float
    y: float
    width: float
    height: float

    @property
    def centre_x(self) -> float:
        """Fraction of the picture's width."""
        return self.x + self.width / 2

    @property
    def centre_y(self) -> float:
        """Fraction of the picture's height."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Crop:
    """A window in upright source pixels; all four numbers even, as 4:2:0 colour wants them."""

    x: int
    y: int
    width: int
    height: int


def static_crop(faces: Sequence[Face], width: int, height: int, *, aspect: Fraction = VERTICAL) -> Crop:
    """The one window that suits the whole clip: the main face in its middle, the centre without a face.

    Args:
        faces: detections from all over the clip, in any order, wrong ones included.
        width: of the upright picture in pixels; odd is allowed.
        height: likewise.
        aspect: width divided by height of the window.

    Raises:
        ValueError: the picture is under 2 pixels wide or high.
    """
    crop_width, crop_height = _window_size(width, height, aspect)
    main = main_face(faces)
    if not main:
        return crop_at(0.5, width, height, aspect=aspect)
    left = median(face.centre_x for face in main) * width - crop_width / 2
    top = median(face.centre_y for face in main) * height - crop_height * FACE_HEIGHT_IN_CROP
    return Crop(
        _even_within(left, width - crop_width),
        _even_within(top, height - crop_height),
        crop_width,
        crop_height,
    )


def crop_at(position: float, width: int, height: int, *, aspect: Fraction = VERTICAL) -> Crop:
    """The window that the user dragged: 0 is as far left (up, in a tall picture) as it goes, 1 right (down).

    Args:
        position: clamped to 0..1.
        width: as for `static_crop`.
        height: likewise.
        aspect: likewise.

    Raises:
        ValueError: as for `static_crop`.
    """
    crop_width, crop_height = _window_size(width, height, aspect)
    share = min(max(position, 0.0), 1.0)
    room_x, room_y = width - crop_width, height - crop_height
    return Crop(_even_within(share * room_x, room_x), _even_within(share * room_y, room_y), crop_width, crop_height)


def position_of(crop: Crop, width: int, height: int) -> float:
    """Where a drag handle stands for this window: the number that `crop_at` turns into it, to 2 pixels."""
    room_x, room_y = _even(width) - crop.width, _even(height) - crop.height
    if room_x > 0:
        return crop.x / room_x
    return crop.y / room_y if room_y > 0 else 0.5


def main_face(faces: Sequence[Face]) -> list[Face]:
    """The detections of whoever fills most of the picture for most of the time, without single false hits.

    Somebody who walks is one person, and two at the same time are two. A false hit is rare, somebody in the
    background is small, and what flits about loses most of its detections: the summed area puts all of them
    behind the speaker. Who is seen elsewhere, but never at the same time, is the speaker after a jump.

    Args:
        faces: detections from all over the clip, in any order, wrong ones included.

    Returns:
        At most one for each moment, in the order of time.
    """
    steady = [_without_odd_ones(track) for track in _tracks(faces)]
    largest_first = sorted(steady, key=lambda track: -sum(face.width * face.height for face in track))
    main = largest_first[0] if largest_first else []
    for track in largest_first[1:]:
        if len(track) >= FEWEST_TO_JUDGE and _is_same_later(main, track):
            main = sorted([*main, *track], key=lambda face: face.time_ms)
    return main


def _is_same_later(main: Sequence[Face], track: Sequence[Face]) -> bool:
    small, large = sorted(median(face.height for face in faces) for faces in (main, track))
    times = {face.time_ms for face in main}
    return large <= small * SAME_FACE_GROWTH and not any(face.time_ms in times for face in track)


def _tracks(faces: Sequence[Face]) -> list[list[Face]]:
    """Detections by person: at each moment the nearest two of a track and a face belong together first."""
    tracks: list[list[Face]] = []
    by_time: dict[int, list[Face]] = {}
    for face in sorted(faces, key=lambda face: face.time_ms):
        by_time.setdefault(face.time_ms, []).append(face)
    for found in by_time.values():
        pairs = [(track, face, _reaches(track[-1], face)) for track in tracks for face in found]
        for track, face, _ in sorted((pair for pair in pairs if pair[2] <= 1), key=lambda pair: pair[2]):
            if face in found and track[-1].time_ms < face.time_ms:
                track.append(face)
                found.remove(face)
        tracks += [[face] for face in found]
    return tracks


def _reaches(before: Face, after: Face) -> float:
    """How far two detections are apart, 1 being as far as those of one person get in that time."""
    seconds = (after.time_ms - before.time_ms) / 1000
    small, large = sorted((before.height, after.height))
    if large > small * (SAME_FACE_GROWTH + seconds) or not small or not min(before.width, after.width):
        return inf
    across = (after.centre_x - before.centre_x) / ((before.width + after.width) / 2)
    down = (after.centre_y - before.centre_y) / ((before.height + after.height) / 2)
    return hypot(across, down) / (SAME_FACE_REACH + FASTEST_REACH_PER_S * seconds)


def _without_odd_ones(track: Sequence[Face]) -> list[Face]:
    """Without detections that lie apart from the running median of five."""
    kept: list[Face] = []
    for index, face in enumerate(track):
        # As many before as after, or the ends of a walk would be odd.
        reach = min(index, len(track) - 1 - index, 2)
        five = track[index - reach : index + reach + 1]
        near = [other for other in five if abs(other.time_ms - face.time_ms) <= ODD_FOR_MS]
        across = abs(face.centre_x - median(other.centre_x for other in near))
        down = abs(face.centre_y - median(other.centre_y for other in near))
        is_odd = across > SAME_FACE_REACH * face.width or down > SAME_FACE_REACH * face.height
        if len(near) < FEWEST_TO_JUDGE or not is_odd:
            kept.append(face)
    return kept


def _window_size(width: int, height: int, aspect: Fraction) -> tuple[int, int]:
    if width < 2 or height < 2:
        raise ValueError(f"a picture of {width}x{height} pixels cannot be framed")
    width, height = _even(width), _even(height)
    if abs(Fraction(width, height) / aspect - 1) <= SHAPE_TOLERANCE:
        return width, height
    if Fraction(width, height) > aspect:
        return max(_even(int(height * aspect)), 2), height
    return width, max(_even(int(width / aspect)), 2)


def _even(size: int) -> int:
    return size - size % 2


def _even_within(offset: float, room: int) -> int:
    return min(max(2 * round(offset / 2), 0), _even(max(room, 0)))

"""Where faces are in a clip."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from duskreel.edit.following import stirred
from duskreel.edit.framing import Face
from duskreel.export.reader import KEYFRAME_DELAY_MS, PictureReader
from duskreel.picture.faces import EveryFaceDetector, FaceDetector
from duskreel.picture.planes import Planes, split
from duskreel.progress import CancelToken, Progress, part
from duskreel.timecode import Span, intersect, total_ms

SAMPLE_EVERY_MS = 200
MOST_SAMPLES = 75
"""a median does not gain from more: a quarter of a minute at the full rate"""
SPARSE_MS = 2_000
"""as rarely as that will do, and webcams and phones make a keyframe a second"""
LEAST_KEYFRAMES = 9
"""in a shorter clip, every look counts"""
MOST_CLOSER_SAMPLES = 600
"""two minutes of somebody who walks about, at the full rate"""


def find_faces(reader: PictureReader, spans: list[Span], *, progress: Progress, token: CancelToken) -> list[Face]:
    """Look for faces: at keyframes if that is enough to see that the speaker stays in place, since other pictures
    take ten times as long; else about five times a second, more rarely in long clips.

    Args:
        reader: of the clip, for sampling.
        spans: of the clip that matter, in order.
        progress: told after every picture.
        token: asked before every picture.

    Returns:
        In the order of time.
    """
    looking = _Looking(reader, token)
    keyframes = _enough(reader.keyframes_ms(), spans)
    if keyframes:
        faces = looking.at_keyframes(keyframes, part(progress, 0.0, 0.3))
        if not stirred(faces, reader.width, reader.height, spans):
            progress("Finding your face", 1.0)
            return faces
    first = _sample_times(spans, MOST_SAMPLES)
    faces = looking.at(first, part(progress, 0.3, 0.6))
    # Only who moves is looked at closer: few do, and it takes long.
    stretches = intersect(spans, stirred(faces, reader.width, reader.height, spans))
    closer = [time_ms for time_ms in _sample_times(stretches, MOST_CLOSER_SAMPLES) if time_ms not in first]
    faces += looking.at(closer, part(progress, 0.6, 1.0))
    progress("Finding your face", 1.0)
    return sorted(faces, key=lambda face: face.time_ms)


def find_every_face(
    reader: PictureReader, spans: Sequence[Span], *, progress: Progress, token: CancelToken
) -> list[Face]:
    """Look for everybody's faces, about five times a second all along, small ones and profiles too.

    Args:
        reader: of the clip, for sampling.
        spans: of the clip that matter, in order.
        progress: told after every picture.
        token: asked before every picture.

    Returns:
        In the order of time; faces and what looks like one, for `tracking.company` to sort.
    """
    detector, faces, times = EveryFaceDetector(), list[Face](), look_times(spans)
    for number, time_ms in enumerate(times):
        token.raise_if_cancelled()
        luma, _, _ = split(reader.at(time_ms))
        # Who looks aside does so for longer than two fifths of a second, or is found before and after it.
        boxes = detector.find(luma, sideways=number % 2 == 0)
        faces += [Face(time_ms, box.x, box.y, box.width, box.height) for box in boxes]
        progress("Looking for faces", (number + 1) / len(times))
    return faces


def look_times(spans: Sequence[Span]) -> list[int]:
    """Five times a second, and the first and the last picture of each span: what comes into view there is seen."""
    times: set[int] = set()
    for span in spans:
        first_ms = -(-span.start_ms // SAMPLE_EVERY_MS) * SAMPLE_EVERY_MS
        times |= {span.start_ms, *range(first_ms, span.end_ms, SAMPLE_EVERY_MS), max(span.end_ms - 1, span.start_ms)}
    return sorted(times)


class _Looking:
    """The detector in front of a clip."""

    def __init__(self, reader: PictureReader, token: CancelToken) -> None:
        self._reader, self._token = reader, token
        self._detector = FaceDetector()

    def at_keyframes(self, times: Sequence[int], progress: Progress) -> list[Face]:
        return self._in(self._reader.keyframe, times, progress)

    def at(self, times: Sequence[int], progress: Progress) -> list[Face]:
        return self._in(self._reader.at, times, progress)

    def _in(self, picture_at: Callable[[int], Planes | None], times: Sequence[int], progress: Progress) -> list[Face]:
        faces: list[Face] = []
        for number, time_ms in enumerate(times, start=1):
            self._token.raise_if_cancelled()
            picture = picture_at(time_ms)
            if picture is not None:
                luma, _, _ = split(picture)
                faces += [Face(time_ms, box.x, box.y, box.width, box.height) for box in self._detector.find(luma)]
            progress("Finding your face", number / len(times))
        return faces


def _enough(keyframes_ms: Sequence[int], spans: Sequence[Span]) -> list[int]:
    """Keyframes within the spans, as far apart as samples are; none if somewhere there are too few."""
    step_ms = max(_step_ms(spans, MOST_SAMPLES), SPARSE_MS)
    if total_ms(spans) < LEAST_KEYFRAMES * step_ms:
        return []
    chosen: list[int] = []
    for span in spans:
        last_ms = span.start_ms
        inside = [time_ms for time_ms in keyframes_ms if span.start_ms <= time_ms < span.end_ms - KEYFRAME_DELAY_MS]
        # A stretch may begin and end anywhere between two keyframes.
        edges_ms = [span.start_ms, *inside, max(span.end_ms - step_ms, *inside, span.start_ms)]
        if any(after_ms - before_ms > step_ms for before_ms, after_ms in pairwise(edges_ms)):
            return []
        for time_ms, following_ms in pairwise([*inside, span.end_ms]):
            if following_ms - last_ms > step_ms:
                chosen.append(time_ms)
                last_ms = time_ms
    return chosen


def _sample_times(spans: Sequence[Span], most: int) -> list[int]:
    """Multiples of a step that is one of `SAMPLE_EVERY_MS`; one time at least, where there is anything."""
    step_ms = _step_ms(spans, most)
    starts = ((-(-span.start_ms // step_ms) * step_ms, span.end_ms) for span in spans)
    times = [time_ms for start_ms, end_ms in starts for time_ms in range(start_ms, end_ms, step_ms)]
    return times or [span.start_ms for span in spans[:1]]


def _step_ms(spans: Sequence[Span], most: int) -> int:
    return SAMPLE_EVERY_MS * max(-(-total_ms(spans) // (most * SAMPLE_EVERY_MS)), 1)

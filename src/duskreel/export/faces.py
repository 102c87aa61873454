"""Where faces are in a clip."""

from collections.abc import Sequence

from duskreel.edit.following import stirred
from duskreel.edit.framing import Face
from duskreel.export.reader import PictureReader
from duskreel.picture.faces import FaceDetector
from duskreel.picture.planes import split
from duskreel.progress import CancelToken, Progress, part
from duskreel.timecode import Span, subtract, total_ms

SAMPLE_EVERY_MS = 200
MOST_SAMPLES = 75
"""a median does not gain from more: a quarter of a minute at the full rate"""
MOST_CLOSER_SAMPLES = 600
"""two minutes of somebody who walks about, at the full rate"""


def find_faces(reader: PictureReader, spans: list[Span], *, progress: Progress, token: CancelToken) -> list[Face]:
    """Look for faces about five times a second, more rarely in long clips where the speaker stays in place.

    The same pictures are looked at whichever parts of a clip are wanted, as far as their number allows it.

    Args:
        reader: of the clip.
        spans: of the clip that matter, in order.
        progress: told after every picture.
        token: asked before every picture.

    Returns:
        In the order of time.
    """
    detector = FaceDetector()

    def look_at(times: Sequence[int], progress: Progress) -> list[Face]:
        faces: list[Face] = []
        for number, time_ms in enumerate(times, start=1):
            token.raise_if_cancelled()
            luma, _, _ = split(reader.at(time_ms))
            faces += [Face(time_ms, box.x, box.y, box.width, box.height) for box in detector.find(luma)]
            progress("Finding your face", number / len(times))
        return faces

    first = _sample_times(spans, MOST_SAMPLES)
    faces = look_at(first, part(progress, 0.0, 0.5))
    # Only who moves is looked at closer: few do, and it takes long.
    stretches = _common(spans, stirred(faces, reader.width, reader.height, spans))
    closer = [time_ms for time_ms in _sample_times(stretches, MOST_CLOSER_SAMPLES) if time_ms not in first]
    faces += look_at(closer, part(progress, 0.5, 1.0))
    progress("Finding your face", 1.0)
    return sorted(faces, key=lambda face: face.time_ms)


def _sample_times(spans: Sequence[Span], most: int) -> list[int]:
    """Multiples of a step that is one of `SAMPLE_EVERY_MS`; one time at least, where there is anything."""
    step_ms = SAMPLE_EVERY_MS * max(-(-total_ms(spans) // (most * SAMPLE_EVERY_MS)), 1)
    starts = ((-(-span.start_ms // step_ms) * step_ms, span.end_ms) for span in spans)
    times = [time_ms for start_ms, end_ms in starts for time_ms in range(start_ms, end_ms, step_ms)]
    return times or [span.start_ms for span in spans[:1]]


def _common(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    return subtract(spans, subtract(spans, others))

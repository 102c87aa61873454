"""Where faces are in a clip."""

from collections.abc import Iterator

from duskreel.edit.framing import Face
from duskreel.export.reader import PictureReader
from duskreel.picture.faces import FaceDetector
from duskreel.picture.planes import split
from duskreel.progress import CancelToken, Progress
from duskreel.timecode import Span, total_ms

SAMPLE_EVERY_MS = 200
MOST_SAMPLES = 75
"""a median does not gain from more: a quarter of a minute at the full rate"""


def find_faces(reader: PictureReader, spans: list[Span], *, progress: Progress, token: CancelToken) -> list[Face]:
    """Look for faces about five times a second, more rarely in long clips.

    Args:
        reader: of the clip.
        spans: of the clip that matter, in order.
        progress: told after every picture.
        token: asked before every picture.
    """
    detector = FaceDetector()
    times = list(_sample_times(spans))
    faces: list[Face] = []
    for number, time_ms in enumerate(times, start=1):
        token.raise_if_cancelled()
        luma, _, _ = split(reader.at(time_ms))
        faces += [Face(time_ms, box.x, box.y, box.width, box.height) for box in detector.find(luma)]
        progress("Finding your face", number / len(times))
    return faces


def _sample_times(spans: list[Span]) -> Iterator[int]:
    step = max(SAMPLE_EVERY_MS, total_ms(spans) // MOST_SAMPLES)
    for span in spans:
        yield from range(span.start_ms, span.end_ms, step)

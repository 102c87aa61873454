"""A look at the pictures of a short before it is shared: who else is in them, and what may be read in them."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise

from duskreel.edit.concealing import HiddenTrack
from duskreel.edit.framing import Face
from duskreel.edit.tracking import Sighting, company
from duskreel.export.faces import find_every_face
from duskreel.export.pictures import Source
from duskreel.export.reader import PictureReader
from duskreel.picture.planes import split
from duskreel.picture.text_like import seems_written
from duskreel.progress import CancelToken, Progress, part
from duskreel.timecode import Span, merge

PAGE_LOOK_MS = 1_000
"""from one look for pages to the next"""
FEWEST_LOOKS = 2
"""in a row; in a stretch too short for two, one"""


@dataclass(frozen=True)
class Seen:
    """What pictures hold beside the speaker."""

    persons: tuple[Sighting, ...]
    """that are others beyond doubt"""
    tracks: tuple[HiddenTrack, ...]
    """all that may be another face; to be blurred on request"""
    pages: tuple[Span, ...]
    """of the clip, in which there seems to be a screen or a page"""
    faces: tuple[Face, ...]
    """all that were found, the speaker's too: with them, an export need not look again"""


def look_at_picture(source: Source, spans: Sequence[Span], *, progress: Progress, token: CancelToken) -> Seen:
    """Look at the stretches of a clip that a short shows. Takes about as long as they last.

    Args:
        source: of the clip; nobody else may read it meanwhile.
        spans: of the clip, in order.
        progress: told after every picture.
        token: asked before every picture.

    Raises:
        DiaryError: no picture can be decoded.
        Cancelled: asked for through the token.
    """
    with closing(PictureReader(source.file, source.name, source.info, is_sampling=True)) as reader:
        faces = find_every_face(reader, spans, progress=part(progress, 0.0, 0.9), token=token)
        pages = _pages(reader, spans, part(progress, 0.9, 1.0), token)
    found = company(faces)
    return Seen(found.persons, found.others, pages, tuple(faces))


def _pages(reader: PictureReader, spans: Sequence[Span], progress: Progress, token: CancelToken) -> tuple[Span, ...]:
    found: list[Span] = []
    for number, span in enumerate(spans):
        times = list(range(span.start_ms, span.end_ms, PAGE_LOOK_MS))
        looks = []
        for time_ms in times:
            token.raise_if_cancelled()
            looks.append(seems_written(split(reader.at(time_ms))[0]))
        found += _lasting(times, looks, span)
        progress("Looking for screens and pages", (number + 1) / len(spans))
    return tuple(merge(found))


def _lasting(times: Sequence[int], looks: Sequence[bool], span: Span) -> list[Span]:
    """What was seen at looks that follow each other; a page does not come and go."""
    if len(times) < FEWEST_LOOKS:
        return [span] if all(looks) and looks else []
    ends = [*times[1:], span.end_ms]
    return [
        Span(times[index], ends[following])
        for index, following in pairwise(range(len(times)))
        if looks[index] and looks[following]
    ]

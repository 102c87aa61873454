"""The recap job: moments of many entries, one after the other, to the file of one reel."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from duskreel.atomic import cannot_write
from duskreel.errors import DiaryError
from duskreel.export.loudness import Loudness
from duskreel.export.places import Place, already, check_target, finish, free_name, unfinished_name
from duskreel.export.presets import FRAME_RATE, HEIGHT, WIDTH
from duskreel.library.diary import Diary
from duskreel.library.media import probe
from duskreel.library.values import DiaryLocation
from duskreel.progress import CancelToken, Progress, part
from duskreel.timecode import Span

if TYPE_CHECKING:
    # They load MoviePy, OpenCV and Qt: a refusal must not wait for them.
    from duskreel.export.recap_scenes import Lettering, Scene
    from duskreel.export.recap_sound import Soundtrack

Shape = Literal["vertical", "landscape"]
SIZES: dict[Shape, tuple[int, int]] = {"vertical": (WIDTH, HEIGHT), "landscape": (HEIGHT, WIDTH)}
SHORTEST_MS = 500
"""less is no moment, and no clip"""
LOOKED_AT = 0.3
"""of the work, until all moments are looked at and heard"""


@dataclass(frozen=True)
class Moment:
    """A stretch of one entry's clip that stands for its day."""

    day: date
    entry_id: str
    span: Span
    """of the clip"""
    text: str = ""
    """what is said in it, as far as that is known"""


@dataclass(frozen=True)
class RecapRequest:
    """What the user wants. Pickles, so that the job may run in another process."""

    location: DiaryLocation
    moments: tuple[Moment, ...]
    """in the order in which they are shown"""
    name: str
    """of the file in the diary's own folder of shorts, without its suffix; where `output` names none"""
    output: Path | None
    shape: Shape
    has_labels: bool
    """whether each moment says its day"""
    is_muted: bool
    may_replace: bool
    """whether a file that is already at `output` may go"""
    loudness: Loudness
    """of the whole reel"""
    captions: str | None = None
    """what is said, in one of `style.STYLES`; None for none"""


@dataclass(frozen=True)
class RecapResult:
    """What was made."""

    file: Path
    duration_ms: int
    shown: tuple[Moment, ...]
    warnings: tuple[str, ...]
    """which moments were left out or are all blurred, and why, in sentences for the user"""


def render_recap(request: RecapRequest, /, *, progress: Progress, token: CancelToken) -> RecapResult:
    """Make one reel of moments.

    The file appears under its name only when it is whole and was opened again; until then, and after any failure,
    there is none. A moment whose clip is gone or damaged, or that shows what was cut since, is left out, and that is
    said; of the others, what was decided to be hidden is hidden. However long the reel is, no more than one clip is
    held in memory; its sound waits in a nameless file on the disk.

    Raises:
        DiaryError: no moment is left, nowhere to write, or the disk is full.
        Cancelled: asked for through the token.
    """
    if not request.moments:
        raise DiaryError("There is no moment to show.", "Choose other days, or take some of those left out back in.")
    with Diary.open(request.location) as diary:
        place = _place(request, diary)
        with diary.partials.claim(unfinished_name(place.path)) as unfinished:
            try:
                made = _make(request, diary, unfinished, progress, token)
                with unfinished.open("rb") as reel:
                    probe(reel, place.path.name)
                place = finish([unfinished], place)
            except OSError as error:
                raise cannot_write(place.path, error) from error
    return RecapResult(place.path, made.duration_ms, made.shown, made.warnings)


def _place(request: RecapRequest, diary: Diary) -> Place:
    """Where the reel will stand; decided, and refused, before any work is done."""
    if request.output is None:
        path = free_name(diary.shorts_folder / f"{request.name}.mp4")
        return Place(path, (), may_replace=False, is_our_choice=True)
    target = request.output.absolute()
    try:
        check_target(target, diary, what="reel")
        is_taken = os.path.lexists(target)
    except OSError as error:
        raise cannot_write(target, error) from error
    if is_taken and not request.may_replace:
        raise already(target)
    return Place(target, (), may_replace=request.may_replace, is_our_choice=False)


@dataclass(frozen=True)
class _Made:
    duration_ms: int
    shown: tuple[Moment, ...]
    warnings: tuple[str, ...]


def _make(request: RecapRequest, diary: Diary, path: Path, progress: Progress, token: CancelToken) -> _Made:
    from duskreel.export.compositing import draw_in_one_thread
    from duskreel.export.recap_scenes import draw
    from duskreel.memory import give_back_large_blocks

    give_back_large_blocks()
    with _soundtrack(path.parent) as track:
        scenes, warnings = _looked_at(request, diary, track, part(progress, 0.0, LOOKED_AT), token)
        packets = track.packets(request.loudness, token)
    draw_in_one_thread()
    draw(scenes, diary, path, _lettering(request), packets, progress=part(progress, LOOKED_AT, 0.99), token=token)
    count = sum(scene.count for scene in scenes)
    return _Made(int(count * 1000 / FRAME_RATE), tuple(scene.moment for scene in scenes), warnings)


def _lettering(request: RecapRequest) -> "Lettering":
    from duskreel.export.recap_captions import ReelCaptions
    from duskreel.export.recap_scenes import Lettering

    size = SIZES[request.shape]
    has_years = len({moment.day.year for moment in request.moments}) > 1
    captions = None if request.captions is None else ReelCaptions(request.captions, size)
    return Lettering(size, request.has_labels, has_years, captions)


@contextmanager
def _soundtrack(folder: Path) -> "Iterator[Soundtrack]":
    from duskreel.export.recap_sound import Soundtrack

    # Where the reel goes there is room, or there is none for the reel either.
    with tempfile.TemporaryFile(dir=folder) as file:
        yield Soundtrack(file)


def _looked_at(
    request: RecapRequest, diary: Diary, track: "Soundtrack", progress: Progress, token: CancelToken
) -> "tuple[list[Scene], tuple[str, ...]]":
    """Every moment that can be shown, and its sound onto the track."""
    from duskreel.export.recap_scenes import let_go, scene_of

    scenes: list[Scene] = []
    warnings: list[str] = []
    for number, moment in enumerate(request.moments):
        progress("Looking at the days", number / len(request.moments))
        token.raise_if_cancelled()
        try:
            scene = scene_of(diary, moment, Fraction(*SIZES[request.shape]), token)
            track.add(diary, scene, is_muted=request.is_muted, token=token)
        except DiaryError as error:
            warnings.append(f"{moment.day} is left out. {error.what_happened}")
        else:
            scenes.append(scene)
            warnings += [f"{moment.day}: {remark}" for remark in scene.veil.remarks]
        let_go()
    if not scenes:
        raise DiaryError("None of these days can be shown.", _reasons(warnings))
    return scenes, tuple(warnings)


def _reasons(warnings: Sequence[str]) -> str:
    return " ".join(warnings[:3])

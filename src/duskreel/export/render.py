"""The export job: an entry and a few wishes to the file of a short."""

import os
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from duskreel.atomic import cannot_write
from duskreel.edit.concealing import NOTHING_HIDDEN, Concealment, hidden_sounds, masked
from duskreel.edit.fit import NO_WISHES, Selection, Wishes, plan
from duskreel.edit.framing import Face
from duskreel.errors import DiaryError
from duskreel.export.design import Design
from duskreel.export.earlier import EarlierShorts
from duskreel.export.extras import NO_EXTRAS, Extras, Marks
from duskreel.export.loudness import Loudness
from duskreel.export.places import COVER, Place, already, check_target, finish, free_name, short_name, unfinished_name
from duskreel.export.presets import PLATFORMS, Framing, check_length
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Share, Transcript
from duskreel.library.media import MediaInfo, probe
from duskreel.library.partial import PartialRegister
from duskreel.library.values import DiaryLocation
from duskreel.progress import CancelToken, Progress

if TYPE_CHECKING:
    # It loads MoviePy, OpenCV and Qt, which take most of a second: a refusal must not wait for them.
    from duskreel.export.compose import Made, Scene


@dataclass(frozen=True)
class ExportRequest:
    """What the user wants. Pickles, so that the job may run in another process."""

    location: DiaryLocation
    entry_id: str
    output: Path | None
    """None for the diary's own folder of shorts and a name that tells nothing of the entry"""
    length_ms: int | None
    """at most this long; None for as long as it is"""
    captions: str | None
    """a style's name; None for no captions"""
    platform: str
    trims_pauses: bool
    framing: Framing
    may_replace: bool
    """whether files that are already at `output` and beside it may go"""
    pause_before_ms: int
    pause_after_ms: int
    loudness: Loudness
    wishes: Wishes = NO_WISHES
    """about single sentences"""
    extras: Extras = NO_EXTRAS
    faces: tuple[Face, ...] | None = None
    """in the clip, as somebody found them before; None to look for them"""
    everybody: tuple[Face, ...] | None = None
    """likewise, for what is blurred"""
    concealment: Concealment = NOTHING_HIDDEN


@dataclass(frozen=True)
class ExportResult:
    """What was made, in words for the user where it is not numbers."""

    file: Path
    beside: tuple[Path, ...]
    """subtitles, cover"""
    duration_ms: int
    kept: tuple[str, ...]
    """sentences"""
    left_out: tuple[str, ...]
    warnings: tuple[str, ...]


def export_entry(request: ExportRequest, /, *, progress: Progress, token: CancelToken) -> ExportResult:
    """Make a short of an entry.

    The file appears under its name only when it is whole and was opened again; until then, and after any failure,
    there is none.

    Raises:
        DiaryError: no such entry, too short, nowhere to write, or the clip cannot be read.
        Cancelled: asked for through the token.
    """
    with Diary.open(request.location) as diary:
        entry = diary.find(request.entry_id)
        transcript = diary.transcript(entry)
        earlier = EarlierShorts(_memory_file(request, diary, entry))
        place = _place(request, diary, entry, earlier)
        selection = selection_of(request, entry, transcript)
        warnings = check_length(selection.timeline.duration_ms, PLATFORMS[request.platform])
        check_title(request.extras.marks)
        with diary.open_clip(entry) as clip, closing(earlier):
            scene = _scene(request, entry, transcript, selection, clip, diary.clip_info(entry))
            place, made = _write(scene, place, diary.partials, earlier, progress, token)
            earlier.remember(made.memory(place.path, place.beside))
        share = Share(datetime.now(UTC).astimezone(), str(place.path), request.platform)
        forgotten = _remember(diary, entry.id, share)
    return ExportResult(
        file=place.path,
        beside=place.files[1:],
        duration_ms=selection.timeline.duration_ms,
        kept=tuple(sentence.text for sentence in selection.kept),
        left_out=tuple(sentence.text for sentence in selection.left_out),
        warnings=(*warnings, *remarks_on(request, transcript, selection), *made.remarks, *forgotten),
    )


def _memory_file(request: ExportRequest, diary: Diary, entry: Entry) -> Path:
    return request.location.state / "shorts" / diary.library_id / f"{entry.id}.json"


def _remember(diary: Diary, entry_id: str, share: Share) -> list[str]:
    """Note the short in the entry as it is now: making it took a while.

    Returns:
        Why that could not be done, if so: the entry was deleted meanwhile, or its disk is full. The short is whole.
    """

    def noted(entry: Entry) -> Entry:
        return replace(entry, shares=(*(known for known in entry.shares if known.file != share.file), share))

    try:
        diary.amend(entry_id, noted)
    except DiaryError as error:
        return [f"The short is whole, but could not be noted in its entry. {error.what_happened}"]
    return []


def selection_of(request: ExportRequest, entry: Entry, transcript: Transcript | None) -> Selection:
    """Decide what the short shows."""
    return plan(
        list(transcript.words()) if transcript else [],
        entry.duration_ms,
        cuts=entry.cuts,
        target_ms=request.length_ms,
        trim=request.trims_pauses,
        before_ms=request.pause_before_ms,
        after_ms=request.pause_after_ms,
        wishes=request.wishes,
        voice=transcript.voice if transcript else None,
    )


def design_of(request: ExportRequest, transcript: Transcript | None, selection: Selection) -> Design:
    """What the pictures are to be, and what the sound is to lose."""
    words, hidden = tuple(transcript.words()) if transcript else (), request.concealment.words
    return Design(
        timeline=selection.timeline,
        words=tuple(selection.timeline.retime(masked(words, hidden))),
        captions=request.captions,
        framing=request.framing,
        marks=request.extras.marks,
        concealment=request.concealment,
        hidden_sounds=hidden_sounds(words, hidden),
    )


def tells_time(request: ExportRequest, entry: Entry) -> bool:
    """Whether the file is to say when it was recorded: wished for this once, or decided for the entry."""
    return request.extras.tells_time or (entry.review is not None and entry.review.tells_time)


def check_title(marks: Marks) -> None:
    """Refuse a title that cannot be set.

    Raises:
        DiaryError: it is too long to be read.
    """
    if marks.title:
        from duskreel.export.marks import title_area

        title_area(marks)


def remarks_on(request: ExportRequest, transcript: Transcript | None, selection: Selection) -> list[str]:
    """What the user may not have expected of the decision, in sentences."""
    remarks = []
    if transcript is None and request.captions:
        remarks.append("There are no captions: this entry has not been transcribed yet.")
    elif transcript is not None and not transcript.segments and request.captions:
        remarks.append("There are no captions: no speech was found in this entry.")
    if selection.was_shortened and selection.kept:
        remarks.append("Not even one whole sentence fits the length, so one was cut short between two words.")
    elif selection.was_shortened:
        remarks.append("There are no words to choose by, so the short ends where its length does.")
    return remarks


def _place(request: ExportRequest, diary: Diary, entry: Entry, earlier: EarlierShorts) -> Place:
    """Where the short will stand; decided, and refused, before any work is done."""
    beside = tuple(f".{kind}" for kind in request.extras.subtitle_files) + (COVER,) * request.extras.has_cover
    if request.output is None:
        day = entry.recorded_at.date() if tells_time(request, entry) else None
        path = free_name(diary.shorts_folder / short_name(request.platform, day))
        return Place(path, beside, may_replace=False, is_our_choice=True)
    target = request.output.absolute()
    try:
        is_own = _is_own(target, diary, entry)
        own = {target, *(target.with_suffix(suffix) for suffix in earlier.came_with(target))} if is_own else set()
        place = Place(target, beside, may_replace=request.may_replace or is_own, is_our_choice=False)
        taken = [file for file in place.files if os.path.lexists(file) and file not in own]
    except OSError as error:
        raise cannot_write(target, error) from error
    if taken and not request.may_replace:
        raise already(taken[0])
    return place


def _is_own(target: Path, diary: Diary, entry: Entry) -> bool:
    """Whether this is a short of the entry that was made before; a place where none can be is refused."""
    check_target(target, diary, what="short")
    return target.exists() and any(Path(share.file) == target for share in entry.shares)


def _scene(
    request: ExportRequest,
    entry: Entry,
    transcript: Transcript | None,
    selection: Selection,
    file: BinaryIO,
    info: MediaInfo,
) -> "Scene":
    from duskreel.export.compose import Scene
    from duskreel.export.pictures import Source

    status = os.fstat(file.fileno())
    return Scene(
        source=Source(file, entry.clip_path, info),
        identity=(entry.id, entry.clip_path, info, status.st_size, status.st_mtime_ns),
        design=design_of(request, transcript, selection),
        language=transcript.language if transcript else None,
        loudness=request.loudness,
        extras=request.extras,
        faces=request.faces,
        everybody=request.everybody,
        recorded_at=entry.recorded_at if tells_time(request, entry) else None,
    )


def _write(
    scene: "Scene",
    place: Place,
    partials: PartialRegister,
    earlier: EarlierShorts,
    progress: Progress,
    token: CancelToken,
) -> tuple[Place, "Made"]:
    """Make the short, and what comes with it, beside their places; look at the short once more; and only then give
    them their names.

    Returns:
        Where the short is: elsewhere than planned if another one came there meanwhile and any name will do.
    """
    from duskreel.export.compose import make_short

    with ExitStack() as claims:
        unfinished = [claims.enter_context(partials.claim(unfinished_name(file))) for file in place.files]
        try:
            made = make_short(scene, unfinished[0], earlier, progress=progress, token=token)
            # Some systems let no file be replaced that is open, and an earlier short may be just that one.
            earlier.close()
            for file in unfinished[1:]:
                file.write_bytes(made.beside(file.suffix))
            with unfinished[0].open("rb") as short:
                probe(short, place.path.name)
            return finish(unfinished, place), made
        except OSError as error:
            raise cannot_write(place.path, error) from error

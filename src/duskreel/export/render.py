"""The export job: an entry and a few wishes to the file of a short."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from duskreel.atomic import cannot_write, sync_file, sync_folder, write_bytes
from duskreel.edit.fit import Selection, plan
from duskreel.edit.pages import Page
from duskreel.errors import DiaryError
from duskreel.export.loudness import Loudness
from duskreel.export.presets import PLATFORMS, Framing, check_length
from duskreel.export.subtitles import srt
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Share, Transcript
from duskreel.library.media import MediaInfo, probe
from duskreel.library.partial import PartialRegister
from duskreel.library.values import DiaryLocation
from duskreel.progress import CancelToken, Progress

if TYPE_CHECKING:
    # It loads MoviePy, OpenCV and Qt, which take most of a second: a refusal must not wait for them.
    from duskreel.export.compose import Scene


@dataclass(frozen=True)
class ExportRequest:
    """What the user wants. Pickles, so that the job may run in another process."""

    location: DiaryLocation
    entry_id: str
    output: Path | None
    """None for the diary's own folder of shorts and a name from the entry's"""
    length_ms: int | None
    """at most this long; None for as long as it is"""
    captions: str | None
    """a style's name; None for no captions"""
    platform: str
    trims_pauses: bool
    framing: Framing
    writes_srt: bool
    may_replace: bool
    """whether a file that is already at `output` may go"""
    pause_before_ms: int
    pause_after_ms: int
    loudness: Loudness


@dataclass(frozen=True)
class ExportResult:
    """What was made, in words for the user where it is not numbers."""

    file: Path
    subtitle_file: Path | None
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
        target = _target(request, diary, entry)
        selection = _selection(request, entry, transcript)
        warnings = check_length(selection.timeline.duration_ms, PLATFORMS[request.platform])
        with diary.open_clip(entry) as file:
            scene = _scene(request, entry, transcript, selection, file, diary.clip_info(entry))
            shown = _write(scene, target, diary.partials, progress, token)
        subtitle_file = _write_srt(target, shown) if request.writes_srt else None
        _remember(diary, entry.id, Share(datetime.now(UTC).astimezone(), str(target), request.platform))
    return ExportResult(
        file=target,
        subtitle_file=subtitle_file,
        duration_ms=selection.timeline.duration_ms,
        kept=tuple(sentence.text for sentence in selection.kept),
        left_out=tuple(sentence.text for sentence in selection.left_out),
        warnings=(*warnings, *_remarks(request, transcript, selection)),
    )


def _remember(diary: Diary, entry_id: str, share: Share) -> None:
    """Note the short in the entry as it is now: making it took a while."""
    entry = diary.find(entry_id)
    others = tuple(known for known in entry.shares if known.file != share.file)
    diary.update(replace(entry, shares=(*others, share)))


def _selection(request: ExportRequest, entry: Entry, transcript: Transcript | None) -> Selection:
    return plan(
        list(transcript.words()) if transcript else [],
        entry.duration_ms,
        cuts=entry.cuts,
        target_ms=request.length_ms,
        trim=request.trims_pauses,
        before_ms=request.pause_before_ms,
        after_ms=request.pause_after_ms,
    )


def _remarks(request: ExportRequest, transcript: Transcript | None, selection: Selection) -> list[str]:
    remarks = []
    if transcript is None and request.captions:
        remarks.append("There are no captions: this entry has not been transcribed yet.")
    elif transcript is not None and not transcript.segments and request.captions:
        remarks.append("There are no captions: no speech was found in this entry.")
    if selection.was_shortened:
        remarks.append("Not even one whole sentence fits the length, so one was cut short between two words.")
    return remarks


def _target(request: ExportRequest, diary: Diary, entry: Entry) -> Path:
    """Where the short will stand; decided, and refused, before any work is done."""
    if request.output is None:
        diary.shorts_folder.mkdir(parents=True, exist_ok=True)
        return _free_name(diary.shorts_folder, f"{Path(entry.folder).name} {request.platform}")
    target = request.output.absolute()
    if target.suffix.lower() != ".mp4":
        raise DiaryError(f"A short is an MP4 file, and “{target.name}” does not end in .mp4.", "Name it so.")
    if not target.parent.is_dir():
        raise DiaryError(f"There is no folder {target.parent}.", "Make it first, or choose another one.")
    if target.resolve().is_relative_to((diary.location.folder / "entries").resolve()):
        raise DiaryError("A short cannot be written among the diary's own clips.", "Choose another folder.")
    is_own = any(Path(share.file) == target for share in entry.shares)
    if target.exists() and not (is_own or request.may_replace):
        raise DiaryError(f"There is already a file {target}.", "Choose another name, or add --replace.")
    return target


def _free_name(folder: Path, stem: str) -> Path:
    number, path = 1, folder / f"{stem}.mp4"
    while path.exists():
        number += 1
        path = folder / f"{stem} {number}.mp4"
    return path


def _scene(
    request: ExportRequest,
    entry: Entry,
    transcript: Transcript | None,
    selection: Selection,
    file: BinaryIO,
    info: MediaInfo,
) -> "Scene":
    from duskreel.export.compose import Scene

    words = transcript.words() if transcript else ()
    return Scene(
        clip_file=file,
        clip_name=entry.clip,
        info=info,
        timeline=selection.timeline,
        words=tuple(selection.timeline.retime(words)),
        captions=request.captions,
        framing=request.framing,
        loudness=request.loudness,
    )


def _write(
    scene: "Scene", target: Path, partials: PartialRegister, progress: Progress, token: CancelToken
) -> list[Page]:
    """Make the short beside its place, look at it once more, and only then give it its name."""
    from duskreel.export.compose import make_short

    with partials.claim(target.with_name(f".{target.name}.partial.mp4")) as partial:
        try:
            shown = make_short(scene, partial, progress=progress, token=token)
            with partial.open("rb") as file:
                probe(file, target.name)
                sync_file(file.fileno())
            partial.replace(target)
            sync_folder(target.parent)
        except OSError as error:
            raise cannot_write(target, error) from error
    return shown


def _write_srt(target: Path, shown: list[Page]) -> Path:
    path = target.with_suffix(".srt")
    write_bytes(path, srt(shown).encode())
    return path

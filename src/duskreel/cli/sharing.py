"""``duskreel export``: a captioned vertical short of an entry."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

import click

from duskreel.cli.parameters import FRAMING, SECONDS
from duskreel.cli.reviewing import (
    asked,
    can_ask,
    finding_json,
    noted,
    reviewed,
    things,
    with_choices,
    written_line,
)
from duskreel.cli.session import Session, diary_command
from duskreel.edit.fit import Wishes
from duskreel.errors import DiaryError
from duskreel.export.extras import LAST_DAY, SUBTITLE_FILES, Extras, Marks
from duskreel.export.loudness import Loudness
from duskreel.export.outline import Outline, outline
from duskreel.export.presets import PLATFORMS, Framing
from duskreel.export.render import ExportRequest, ExportResult, export_entry
from duskreel.export.style import STYLES
from duskreel.library.entry import Entry, Transcript
from duskreel.review.findings import Finding
from duskreel.review.review import Review
from duskreel.timecode import clock, from_seconds

INSIDE = "inside"


@dataclass(frozen=True)
class ShortOptions:
    """The wishes that ``export`` takes from the command line."""

    length_s: float | None = None
    captions: str = "calm"
    platform: str = "tiktok"
    trims_pauses: bool = True
    framing: Framing = "face"
    output: Path | None = None
    may_replace: bool = False
    title: str = ""
    day: int | None = None
    has_progress_bar: bool = False
    subtitles: tuple[str, ...] = ()
    has_cover: bool = False
    reduces_noise: bool = False
    tells_time: bool = False
    encoder: Literal["x264", "hardware"] = "x264"
    pinned: tuple[int, ...] = ()
    """numbers of sentences, from 1"""
    dropped: tuple[int, ...] = ()

    @property
    def extras(self) -> Extras:
        """What the short has beside its picture, sound and captions."""
        return Extras(
            marks=Marks(self.title.strip(), self.day, self.has_progress_bar),
            subtitle_files=tuple(kind for kind in SUBTITLE_FILES if kind in self.subtitles),
            has_subtitle_track=INSIDE in self.subtitles,
            has_cover=self.has_cover,
            reduces_noise=self.reduces_noise,
            tells_time=self.tells_time,
            uses_hardware=self.encoder == "hardware",
        )


@click.command()
@click.argument("entry", metavar="ENTRY")
@click.option("--length", "length_s", type=SECONDS, help="At most so many seconds.")
@click.option("--plan", "only_plans", is_flag=True, help="Only tell which sentences it would say, with their numbers.")
@click.option("--pin", "pinned", type=click.IntRange(1), multiple=True, help="This sentence before all others.")
@click.option("--drop", "dropped", type=click.IntRange(1), multiple=True, help="Not this sentence.")
@click.option("--captions", type=click.Choice([*STYLES, "off"]), help="How the words look.")
@click.option("--platform", type=click.Choice(list(PLATFORMS)), help="Where it is meant to go.")
@click.option("--pauses", type=click.Choice(["keep", "trim"]), default="trim", show_default=True)
@click.option("--framing", type=FRAMING, default="face", show_default=True, help="What the upright picture shows.")
@click.option("--title", default="", help="A line over the first seconds.")
@click.option("--day", type=click.IntRange(1, LAST_DAY), help="A label such as “Day 5”.")
@click.option("--progress-bar", "has_progress_bar", is_flag=True, help="A line that grows as the short goes on.")
@click.option(
    "--subtitles",
    type=click.Choice([*SUBTITLE_FILES, INSIDE]),
    multiple=True,
    help="Also as a file beside the short, or as a track inside it.",
)
@click.option("--srt", "writes_srt", is_flag=True, help="The same as --subtitles srt.")
@click.option("--cover", "has_cover", is_flag=True, help="Also write the best picture, as a JPEG.")
@click.option("--reduce-noise", "reduces_noise", is_flag=True, help="Take steady noise out of the sound.")
@click.option("--tell-time", "tells_time", is_flag=True, help="Let the file say when it was recorded.")
@click.option("--check/--no-check", "checks", default=True, help="Look for what is not to be shared; see `check`.")
@click.option("--encoder", type=click.Choice(["x264", "hardware"]), default="x264", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The MP4 to write.")
@click.option("--replace", "may_replace", is_flag=True, help="Replace files that are already there.")
@diary_command
def export(
    session: Session,
    entry: str,
    only_plans: bool,
    checks: bool,
    pauses: str,
    captions: str | None,
    platform: str | None,
    writes_srt: bool,
    subtitles: tuple[str, ...],
    **rest: Any,
) -> None:
    """Make a captioned vertical short of an entry. The entry stays as it is.

    What was decided about its findings is done; on a terminal, it asks about those that are open. Made again after a
    correction, only what changed is drawn anew.
    """
    options = ShortOptions(
        captions=captions or session.settings.caption_style,
        platform=platform or session.settings.platform,
        trims_pauses=pauses == "trim",
        subtitles=(*subtitles, "srt") if writes_srt else subtitles,
        **rest,
    )
    with session.diary() as diary:
        found = diary.find(entry)
    if only_plans:
        _tell_plan(session, found, options)
        return
    told = _looked_through(session, found, request_of(session, found, options), entry if checks else None)
    result = _made(session, told.request)
    session.give({**_result_json(result), "undecided": [finding_json(finding) for finding in told.undecided]})
    session.say(f"{result.file} ({clock(result.duration_ms)})")
    for file in result.beside:
        session.say(str(file))
    if result.left_out:
        session.say_prose("Left out: " + " ".join(result.left_out))


def make_short(session: Session, entry: Entry, options: ShortOptions) -> ExportResult:
    """Make one as it was decided, with a bar that shows how far it is."""
    return _made(session, reviewed(session, entry, request_of(session, entry, options)).request)


def _looked_through(session: Session, entry: Entry, request: ExportRequest, reference: str | None) -> Review:
    """What there is to think about before the short is made: asked about, or at least mentioned, unless `reference`,
    as the user calls the entry, is None.
    """
    told = reviewed(session, entry, request)
    if reference is None:
        return told
    left_open: set[Finding] = set()
    # A sentence that is cut may make room for another one, with findings of its own.
    while can_ask(session) and (new := [finding for finding in told.undecided if finding not in left_open]):
        left_open.update(new)
        if choices := asked(session, new):
            noted(session, entry, partial(with_choices, choices=choices))
            told = reviewed(session, entry, request)
    for finding in told.written:
        session.complain(f"Note: {written_line(finding)}")
    if told.undecided:
        words = ", ".join(finding.called for finding in told.undecided)
        session.complain(f"Note: {things(len(told.undecided))} to look at first: {words}. `duskreel check {reference}`")
    return told


def _made(session: Session, request: ExportRequest) -> ExportResult:
    with session.progress("Making the short") as progress:
        result = export_entry(request, progress=progress, token=session.token)
    for warning in result.warnings:
        session.complain(f"Note: {warning}")
    return result


def request_of(session: Session, entry: Entry, options: ShortOptions) -> ExportRequest:
    """What the options ask for, without what was decided about the entry before."""
    settings = session.settings
    request = ExportRequest(
        location=session.location,
        entry_id=entry.id,
        output=options.output,
        length_ms=None if options.length_s is None else from_seconds(options.length_s),
        captions=None if options.captions == "off" else _known(options.captions, STYLES, "caption style"),
        platform=_known(options.platform, PLATFORMS, "platform"),
        trims_pauses=options.trims_pauses,
        framing=options.framing,
        may_replace=options.may_replace,
        pause_before_ms=settings.pause_before_ms,
        pause_after_ms=settings.pause_after_ms,
        loudness=Loudness(settings.loudness_lufs, settings.peak_dbtp),
        extras=options.extras,
    )
    if not options.pinned and not options.dropped:
        return request
    starts_ms = _numbered(session, entry, request)
    wishes = Wishes(_starts(starts_ms, options.pinned), _starts(starts_ms, options.dropped))
    return replace(request, wishes=wishes)


def _numbered(session: Session, entry: Entry, request: ExportRequest) -> list[int]:
    """When each sentence starts, the first one first. Their numbers are the same whatever else is wished."""
    everything = replace(request, length_ms=None, wishes=Wishes())
    return [line.start_ms for line in _outline(session, entry, everything).lines]


def _outline(session: Session, entry: Entry, request: ExportRequest) -> Outline:
    return outline(request, entry, _transcript(session, entry))


def _transcript(session: Session, entry: Entry) -> Transcript | None:
    with session.diary() as diary:
        return diary.transcript(entry)


def _starts(starts_ms: Sequence[int], numbers: Collection[int]) -> frozenset[int]:
    for number in numbers:
        if number > len(starts_ms):
            raise DiaryError(
                f"There is no sentence {number}; there are {len(starts_ms)}.", "Look at them with `--plan`."
            )
    return frozenset(starts_ms[number - 1] for number in numbers)


def _tell_plan(session: Session, entry: Entry, options: ShortOptions) -> None:
    request = reviewed(session, entry, request_of(session, entry, options)).request
    told = _outline(session, entry, request)
    numbers = {start_ms: number for number, start_ms in enumerate(_numbered(session, entry, request), start=1)}
    session.give(
        {
            "duration_ms": told.duration_ms,
            "sentences": [
                {
                    "number": numbers.get(line.start_ms),
                    "start_ms": line.start_ms,
                    "kept": line.is_kept,
                    "text": line.text,
                }
                for line in told.lines
            ],
            "warnings": list(told.warnings),
            "refusal": None if told.refusal is None else str(told.refusal),
        }
    )
    for line in told.lines:
        # The rest of a sentence that was cut short has no number of its own.
        session.say_prose(f"{numbers.get(line.start_ms, ''):3} {'+' if line.is_kept else '-'} {line.text}")
    session.say(f"It would last {clock(told.duration_ms)} of {clock(entry.duration_ms)}.")
    for warning in (*told.warnings, *([str(told.refusal)] if told.refusal else [])):
        session.complain(f"Note: {warning}")


def _known(name: str, known: Collection[str], what: str) -> str:
    """What the settings file says may be anything."""
    if name not in known:
        raise DiaryError(f"There is no {what} “{name}”.", f"Choose one of {', '.join(known)}.")
    return name


def _result_json(result: ExportResult) -> dict[str, Any]:
    return {
        "file": str(result.file),
        "beside": [str(file) for file in result.beside],
        "duration_ms": result.duration_ms,
        "kept": list(result.kept),
        "left_out": list(result.left_out),
        "warnings": list(result.warnings),
    }

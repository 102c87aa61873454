"""Commands that take their time: words from sound, shorts from entries, and the demonstration of both."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from duskreel.atomic import cannot_write
from duskreel.cli.parameters import FRAMING, SECONDS
from duskreel.cli.session import Session, diary_command
from duskreel.cli.wording import headline
from duskreel.edit.wording import joined
from duskreel.errors import DiaryError
from duskreel.export.loudness import Loudness
from duskreel.export.presets import PLATFORMS, Framing
from duskreel.export.render import ExportRequest, ExportResult, export_entry
from duskreel.export.style import STYLES
from duskreel.library.entry import Entry, Transcript
from duskreel.library.values import Details
from duskreel.paths import resource
from duskreel.speech.work import TranscribeRequest, transcribe_entry
from duskreel.timecode import clock, from_seconds


@click.command()
@click.argument("entries", nargs=-1, metavar="[ENTRY]...")
@click.option("--all", "everything", is_flag=True, help="Every entry that has no transcript yet.")
@click.option("--model", help="A speech model; see `duskreel models`.")
@click.option("--language", help="Such as en or fr; auto tells it from the sound.")
@click.option("--replace-corrections", is_flag=True, help="Listen again even where you corrected words; they are lost.")
@diary_command
def transcribe(
    session: Session,
    entries: tuple[str, ...],
    everything: bool,
    model: str | None,
    language: str | None,
    replace_corrections: bool,
) -> None:
    """Write down what was said, on this machine."""
    if bool(entries) == everything:
        raise click.UsageError("Name entries, or say --all.")
    with session.diary() as diary:
        chosen = diary.waiting_for_transcript() if everything else [diary.find(entry) for entry in entries]
    if not chosen:
        session.say("Every entry has its transcript.")
    results: list[dict[str, Any]] = []
    refused: list[str] = []
    for entry in chosen:
        try:
            transcript = _transcribe(session, entry, model, language, replaces=replace_corrections)
        except DiaryError as error:
            # One bad clip among many must not keep the others waiting; what is wrong with all of them is said once.
            if len(chosen) == 1 or str(error) in refused:
                raise
            refused.append(str(error))
            session.complain(str(error))
        else:
            results.append({"id": entry.id, **transcript.to_json(), "text": joined(transcript.words())})
    session.give(results)
    if refused:
        raise DiaryError(
            f"{len(refused)} of {len(chosen)} entries were not transcribed.",
            "The reasons are above; the others are done.",
        )


def transcribe_now(session: Session, entry: Entry) -> Transcript:
    """Listen to an entry with the user's usual model and language, and say what was heard."""
    return _transcribe(session, entry, None, None, replaces=False)


def _transcribe(
    session: Session, entry: Entry, model: str | None, language: str | None, *, replaces: bool
) -> Transcript:
    chosen = language or session.settings.language
    request = TranscribeRequest(
        location=session.location,
        entry_id=entry.id,
        model_name=model or session.settings.speech_model,
        models_folder=session.places.models,
        language=None if chosen == "auto" else chosen,
        replace_corrections=replaces,
    )
    with session.progress("Transcribing") as progress:
        transcript = transcribe_entry(request, progress=progress, token=session.token)
    session.say(f"{headline(entry, session.settings.mood_names)}:")
    session.say_prose(joined(transcript.words()) or "No speech was found.")
    return transcript


@dataclass(frozen=True)
class ShortOptions:
    """The wishes that ``export`` takes from the command line."""

    length_s: float | None = None
    captions: str = "calm"
    platform: str = "tiktok"
    trims_pauses: bool = True
    framing: Framing = "face"
    writes_srt: bool = False
    output: Path | None = None
    may_replace: bool = False


@click.command()
@click.argument("entry", metavar="ENTRY")
@click.option("--length", "length_s", type=SECONDS, help="At most so many seconds.")
@click.option("--captions", type=click.Choice([*STYLES, "off"]), help="How the words look.")
@click.option("--platform", type=click.Choice(list(PLATFORMS)), help="Where it is meant to go.")
@click.option("--pauses", type=click.Choice(["keep", "trim"]), default="trim", show_default=True)
@click.option("--framing", type=FRAMING, default="face", show_default=True, help="What the upright picture shows.")
@click.option("--srt", "writes_srt", is_flag=True, help="Also write a subtitle file.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The MP4 to write.")
@click.option("--replace", "may_replace", is_flag=True, help="Replace a file that is already there.")
@diary_command
def export(session: Session, entry: str, pauses: str, captions: str | None, platform: str | None, **rest: Any) -> None:
    """Make a captioned vertical short of an entry. The entry stays as it is."""
    options = ShortOptions(
        captions=captions or session.settings.caption_style,
        platform=platform or session.settings.platform,
        trims_pauses=pauses == "trim",
        **rest,
    )
    with session.diary() as diary:
        found = diary.find(entry)
    result = _export(session, found, options)
    session.give(_result_json(result))
    session.say(f"{result.file} ({clock(result.duration_ms)})")
    if result.subtitle_file:
        session.say(str(result.subtitle_file))
    if result.left_out:
        session.say_prose("Left out: " + " ".join(result.left_out))


def _export(session: Session, entry: Entry, options: ShortOptions) -> ExportResult:
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
        writes_srt=options.writes_srt,
        may_replace=options.may_replace,
        pause_before_ms=settings.pause_before_ms,
        pause_after_ms=settings.pause_after_ms,
        loudness=Loudness(settings.loudness_lufs, settings.peak_dbtp),
    )
    with session.progress("Making the short") as progress:
        result = export_entry(request, progress=progress, token=session.token)
    for warning in result.warnings:
        session.complain(f"Note: {warning}")
    return result


def _known(name: str, known: Collection[str], what: str) -> str:
    """What the settings file says may be anything."""
    if name not in known:
        raise DiaryError(f"There is no {what} “{name}”.", f"Choose one of {', '.join(known)}.")
    return name


def _result_json(result: ExportResult) -> dict[str, Any]:
    return {
        "file": str(result.file),
        "subtitle_file": str(result.subtitle_file) if result.subtitle_file else None,
        "duration_ms": result.duration_ms,
        "kept": list(result.kept),
        "left_out": list(result.left_out),
        "warnings": list(result.warnings),
    }


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to put the demonstration's diary and short; beside the usual diary by default.",
)
@click.pass_obj
def demo(session: Session, out: Path | None) -> None:
    """Take the sample clip through the whole program: import, words, captions, a vertical short."""
    folder = (out or session.places.default_diary.with_name("Duskreel demo")).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    session.library = folder / "diary"
    entry = _demo_entry(session)
    session.say("Listening to it, on this machine …")
    transcribe_now(session, entry)
    session.say("\nMaking a vertical short of at most 30 seconds …")
    output = folder / "short.mp4"
    result = _export(session, entry, ShortOptions(length_s=30, captions="karaoke", writes_srt=True, output=output))
    session.say_prose(f"It keeps:  {' '.join(result.kept)}")
    session.say_prose(f"Left out:  {' '.join(result.left_out)}")
    session.say(f"\nThe short: {result.file} ({clock(result.duration_ms)})")
    session.say(f"The diary: {session.location.folder}")


def _demo_entry(session: Session) -> Entry:
    """The sample clip in the demonstration's own diary, brought in unless it is there from the last time."""
    sample = resource("sample.mp4")
    details = Details(title="The day it happened", feelings=("drained", "hopeful"), tags=("demo",))
    with session.diary() as diary:
        known = next(
            (entry for entry in diary.entries() if entry.original and entry.original.name == sample.name), None
        )
        if known is not None:
            session.say(f"The sample clip is in the diary already: {headline(known, session.settings.mood_names)}")
            return known
        with session.progress("Importing the sample clip") as progress:
            entry = diary.import_clip(sample, details, progress=progress, token=session.token)
    session.say(f"Imported the sample clip: {headline(entry, session.settings.mood_names)}")
    return entry

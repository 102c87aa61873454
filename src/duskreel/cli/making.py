"""Commands that take their time: words from sound, and the demonstration of the whole program."""

from pathlib import Path
from typing import Any

import click

from duskreel.atomic import cannot_write
from duskreel.cli.session import Session, diary_command
from duskreel.cli.sharing import ShortOptions, make_short
from duskreel.cli.wording import headline
from duskreel.edit.wording import joined
from duskreel.errors import DiaryError
from duskreel.library.entry import Entry, Transcript
from duskreel.library.values import Details
from duskreel.paths import resource
from duskreel.speech.work import TranscribeRequest, transcribe_entry
from duskreel.timecode import clock


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
    session.say("Listening to it, on this machine…")
    transcribe_now(session, entry)
    session.say("\nMaking a vertical short of at most 30 seconds…")
    output = folder / "short.mp4"
    options = ShortOptions(length_s=30, captions="karaoke", subtitles=("srt",), output=output)
    result = make_short(session, entry, options)
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

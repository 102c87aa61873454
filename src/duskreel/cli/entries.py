"""Commands about entries as such: bring them in, find them, say more about them, take them away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from duskreel.cli.parameters import DAY, MOMENT, MOOD, MOOD_OR_NONE, SPAN
from duskreel.cli.session import Session, diary_command
from duskreel.cli.wording import (
    day_and_time,
    entry_json,
    headline,
    mood_name,
    plain_snippet,
    said,
    unique_prefixes,
    visible,
)
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Mood
from duskreel.library.values import Details, EntryFilter
from duskreel.timecode import Span, clock


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--mood", type=MOOD, help="How it felt, 1 (awful) to 5 (great).")
@click.option("--feeling", "feelings", multiple=True, help="A word for it; may be repeated.")
@click.option("--tag", "tags", multiple=True, help="May be repeated.")
@click.option("--date", "recorded_at", type=MOMENT, help="When it was recorded, if the file does not know.")
@click.option("--title", default="")
@click.option("--note", default="")
@diary_command
def import_clips(
    session: Session,
    files: tuple[Path, ...],
    mood: Mood | None,
    feelings: tuple[str, ...],
    tags: tuple[str, ...],
    recorded_at: datetime | None,
    title: str,
    note: str,
) -> None:
    """Copy video files into the diary. The files themselves are left as they are."""
    details = Details(title=title, note=note, mood=mood, feelings=feelings, tags=tags, recorded_at=recorded_at)
    kept: list[dict[str, Any]] = []
    refused: list[DiaryError] = []
    with session.diary() as diary:
        for file in files:
            try:
                entry = _import_one(session, diary, file, details)
                kept.append(entry_json(diary, entry))
            except DiaryError as error:
                # One bad file among many must not keep the others out.
                refused.append(error)
                if len(files) > 1:
                    session.complain(str(error))
    session.give(kept)
    if refused and len(files) == 1:
        raise refused[0]
    if refused:
        raise DiaryError(
            f"{len(refused)} of {len(files)} files were not imported.", "The reasons are above; the others are in."
        )


def _import_one(session: Session, diary: Diary, file: Path, details: Details) -> Entry:
    with session.progress(f"Importing {file.name}") as progress:
        entry = diary.import_clip(file, details, progress=progress, token=session.token)
    session.say(f"Kept {visible(file.name)} as {headline(entry, session.settings.mood_names)}, id {entry.id}")
    return entry


@click.command("list")
@click.option("--from", "first_day", type=DAY, help="First day, such as 2026-11-01.")
@click.option("--to", "last_day", type=DAY, help="Last day.")
@click.option("--mood", "moods", type=MOOD, multiple=True, help="1 to 5; repeated, any of them.")
@click.option("--feeling", default="")
@click.option("--tag", default="")
@click.option("--starred", is_flag=True, help="Only entries with a star.")
@diary_command
def list_entries(
    session: Session,
    first_day: date | None,
    last_day: date | None,
    moods: tuple[Mood, ...],
    feeling: str,
    tag: str,
    starred: bool,
) -> None:
    """List entries, newest first."""
    wanted = EntryFilter(first_day, last_day, frozenset(moods), feeling, tag, starred)
    with session.diary() as diary:
        entries = diary.entries(wanted)
        if session.as_json:
            session.give([entry_json(diary, entry) for entry in entries])
        elif entries:
            session.out.print(_table(session, entries, unique_prefixes(diary.entries())))
        else:
            session.say("No entries." if wanted == EntryFilter() else "No entries match.")


def _table(session: Session, entries: Sequence[Entry], prefixes: dict[str, str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("Entry", "Recorded", "Length", "Mood", "Feelings", "Title", "Tags"):
        # What is long may take several lines; a long title must not push the rest out.
        is_short = heading in ("Entry", "Recorded", "Length", "Mood")
        table.add_column(heading, no_wrap=is_short, justify="right" if heading == "Length" else "left")
    for entry in entries:
        table.add_row(
            prefixes[entry.id],
            day_and_time(entry),
            clock(entry.duration_ms),
            mood_name(entry.mood, session.settings.mood_names),
            visible(", ".join(entry.feelings)),
            ("★ " if entry.starred else "") + visible(entry.title),
            visible(", ".join(entry.tags)),
        )
    return table


@click.command()
@click.argument("text")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1))
@diary_command
def search(session: Session, text: str, limit: int) -> None:
    """Find entries by words said, titles, notes and tags."""
    with session.diary() as diary:
        hits = diary.search(text, limit)
        prefixes = unique_prefixes(diary.entries())
        session.give([{**entry_json(diary, hit.entry), "snippet": plain_snippet(hit.snippet)} for hit in hits])
    for hit in hits:
        session.say(f"{prefixes[hit.entry.id]}  {day_and_time(hit.entry)}  {plain_snippet(hit.snippet)}")
    if not hits:
        session.say(f"Nothing found for “{text}”.")


@click.command()
@click.argument("entry", metavar="ENTRY")
@diary_command
def show(session: Session, entry: str) -> None:
    """Show one entry and what was said in it."""
    with session.diary() as diary:
        found = diary.find(entry)
        transcript = diary.transcript(found)
        session.give({**entry_json(diary, found), "transcript": transcript.to_json() if transcript else None})
        for label, value in _facts(session, found):
            session.say(f"{label:<10} {value}")
    session.say("")
    if transcript is None:
        session.say(f"Not transcribed yet: duskreel transcribe {found.id.lower()}")
    elif not transcript.segments:
        session.say("No speech was found in it.")
    else:
        session.say("\n".join(said(transcript)))


def _facts(session: Session, entry: Entry) -> list[tuple[str, str]]:
    names = session.settings.mood_names
    facts = [
        ("Id", entry.id),
        ("Recorded", day_and_time(entry)),
        ("Title", ("★ " if entry.starred else "") + entry.title),
        ("Length", f"{clock(entry.duration_ms)}, {entry.width}×{entry.height}"),
        ("Mood", mood_name(entry.mood, names)),
        ("Afterwards", mood_name(entry.mood_after, names)),
        ("Feelings", ", ".join(entry.feelings)),
        ("Tags", ", ".join(entry.tags)),
        ("Note", entry.note),
        ("Cuts", ", ".join(f"{cut.start_ms / 1000:g}-{cut.end_ms / 1000:g} s" for cut in entry.cuts)),
        ("Shorts", ", ".join(share.file for share in entry.shares)),
        ("Memories", "hidden" if entry.hidden_from_memories else ""),
        ("Clip", str(session.location.folder / entry.folder / entry.clip)),
    ]
    return [(label, value) for label, value in facts if value]


@click.command()
@click.argument("entry", metavar="ENTRY")
@click.option("--title")
@click.option("--note")
@click.option("--mood", type=MOOD_OR_NONE, help="1 to 5, or none.")
@click.option("--mood-after", type=MOOD_OR_NONE, help="1 to 5, or none.")
@click.option("--feeling", "feelings", multiple=True, help="Replaces the feelings; repeat for several, '' for none.")
@click.option("--tag", "tags", multiple=True, help="Replaces the tags; repeat for several, '' for none.")
@click.option(
    "--cut", "cuts", type=SPAN, multiple=True, help="Seconds to leave out, such as 12-15.5; replaces the cuts."
)
@click.option("--no-cuts", is_flag=True, help="Leave nothing out any more.")
@click.option("--star/--no-star", "starred", default=None)
@click.option("--hide/--no-hide", "hidden_from_memories", default=None, help="Keep it out of memories.")
@click.option("--date", "recorded_at", type=MOMENT, help="When it was recorded.")
@diary_command
def edit(session: Session, entry: str, no_cuts: bool, **changes: Any) -> None:
    """Change what is said about an entry. The clip itself never changes."""
    given = {key: value for key, value in changes.items() if value not in (None, ())}
    for mood_key in ("mood", "mood_after"):
        if mood_key in given:
            given[mood_key] = given[mood_key].mood
    for list_key in ("feelings", "tags"):
        if list_key in given:
            given[list_key] = tuple(word for word in given[list_key] if word)
    if no_cuts and "cuts" in given:
        raise click.UsageError("Say --cut or --no-cuts, not both.")
    if no_cuts:
        given["cuts"] = ()
    if not given:
        raise click.UsageError("Say what to change, for example --title.")
    with session.diary() as diary:
        found = diary.find(entry)
        if "cuts" in given:
            given["cuts"] = _within(given["cuts"], found)
        changed = diary.update(replace(found, **given))
        session.give(entry_json(diary, changed))
    session.say(f"Changed {headline(changed, session.settings.mood_names)}")


def _within(cuts: Sequence[Span], entry: Entry) -> tuple[Span, ...]:
    for cut in cuts:
        if cut.start_ms >= entry.duration_ms:
            raise DiaryError(
                f"The clip lasts {entry.duration_ms / 1000:g} s, and a cut begins at {cut.start_ms / 1000:g} s.",
                "Give times within the clip.",
            )
    return tuple(Span(cut.start_ms, min(cut.end_ms, entry.duration_ms)) for cut in cuts)


@click.command()
@click.argument("entry", metavar="ENTRY")
@diary_command
def delete(session: Session, entry: str) -> None:
    """Move an entry to the bin; `duskreel restore` brings it back."""
    with session.diary() as diary:
        found = diary.find(entry)
        diary.delete(found)
    session.give({"id": found.id})
    session.say(f"In the bin: {headline(found, session.settings.mood_names)}")
    session.say(f"To bring it back: duskreel restore {found.id.lower()}")


@click.command()
@click.argument("entry", metavar="[ENTRY]", required=False)
@diary_command
def restore(session: Session, entry: str | None) -> None:
    """Bring an entry back from the bin; without ENTRY, list what is in it."""
    with session.diary() as diary:
        if entry is not None:
            found = diary.restore(entry)
            session.give(entry_json(diary, found))
            session.say(f"Back in the diary: {headline(found, session.settings.mood_names)}")
            return
        binned = diary.binned()
    session.give([found.to_json() for found in binned])
    if not binned:
        session.say("The bin is empty.")
    elif not session.as_json:
        session.out.print(_table(session, binned, unique_prefixes(binned)))

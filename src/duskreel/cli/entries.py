"""Commands about entries as such: find them, say more about them, take them away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
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
from duskreel.library.query import HELP, Query, both
from duskreel.library.searches import understood
from duskreel.library.values import HIT_END, HIT_START, EntryFilter, Findings, SearchHit, Term
from duskreel.memories import series_file
from duskreel.memories.series import day_line
from duskreel.timecode import Span, clock

TAKES_MINUS = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""so that -rain leaves out what has rain in it"""
ALL_OF_THEM = 10**9


def query_help() -> str:
    """The language of queries, for the end of a help page."""
    lines = [f"  {examples}\n      {meaning}" for examples, meaning in HELP]
    return "\b\n" + "\n".join(["QUERY is made of:", *lines])


@click.command("list", context_settings=TAKES_MINUS)
@click.argument("query", nargs=-1)
@click.option("--from", "first_day", type=DAY, help="First day, such as 2026-11-01.")
@click.option("--to", "last_day", type=DAY, help="Last day.")
@click.option("--mood", "moods", type=MOOD, multiple=True, help="1 to 5; repeated, any of them.")
@click.option("--feeling", default="")
@click.option("--tag", default="")
@click.option("--starred", is_flag=True, help="Only entries with a star.")
@click.option("--limit", type=click.IntRange(min=1), help="Only so many, the newest.")
@diary_command
def list_entries(
    session: Session,
    query: tuple[str, ...],
    first_day: date | None,
    last_day: date | None,
    moods: tuple[Mood, ...],
    feeling: str,
    tag: str,
    starred: bool,
    limit: int | None,
) -> None:
    """List entries, newest first; with QUERY, those that it means: see `duskreel search --help`."""
    wanted = EntryFilter(first_day, last_day, frozenset(moods), feeling, tag, starred)
    with session.diary() as diary:
        asked = _understood(session, query)
        wanted = both(wanted, asked.wanted)
        entries = diary.entries(wanted) if not asked.terms else _holding(diary, asked.terms, wanted)
        entries = entries[:limit]
        if session.as_json:
            session.give([entry_json(diary, entry) for entry in entries])
        elif entries:
            session.out.print(_table(session, entries, unique_prefixes(diary.glances())))
        else:
            session.say("No entries." if wanted == EntryFilter() and not asked.terms else "No entries match.")


def _understood(session: Session, query: tuple[str, ...]) -> Query:
    """As if the shell had not taken the quotation marks away that kept several words together."""
    return understood(session.location.folder, " ".join(map(_requoted, query)) if len(query) > 1 else "".join(query))


def _requoted(part: str) -> str:
    key, colon, value = part.partition(":")
    if '"' in part or " " not in part:
        return part
    return f'{key}:"{value}"' if colon and " " not in key else f'"{part}"'


def _holding(diary: Diary, terms: Sequence[Term], wanted: EntryFilter) -> list[Entry]:
    found = [hit.entry for hit in diary.look_for(terms, ALL_OF_THEM, wanted).hits]
    return sorted(found, key=lambda entry: (entry.recorded_at, entry.id), reverse=True)


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


@click.command(context_settings=TAKES_MINUS, epilog=query_help())
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1))
@diary_command
def search(session: Session, query: tuple[str, ...], limit: int) -> None:
    """Find entries by words said, titles, notes and tags, and by conditions. @NAME stands for a saved search."""
    with session.diary() as diary:
        asked = _understood(session, query)
        found = _found(diary, asked, limit)
        prefixes = unique_prefixes(diary.glances()) if found.hits else {}
        session.give([_hit_json(diary, hit) for hit in found.hits])
    for typed, meant in found.instead:
        session.say(f"Hardly any entry has “{typed}”; searched for “{meant}” too.")
    for hit in found.hits:
        time = "" if hit.time_ms is None else f"{clock(hit.time_ms)}  "
        sentence = plain_snippet(hit.snippet) or hit.entry.title
        session.say(f"{prefixes[hit.entry.id]}  {day_and_time(hit.entry)}  {time}{sentence}".rstrip())
    if not found.hits:
        session.say(f"Nothing found for “{' '.join(query)}”.")


def _found(diary: Diary, asked: Query, limit: int) -> Findings:
    if asked.terms or asked == Query():
        return diary.look_for(asked.terms, limit, asked.wanted)
    return Findings(tuple(SearchHit(entry, "") for entry in diary.entries(asked.wanted)[:limit]))


def _hit_json(diary: Diary, hit: SearchHit) -> dict[str, Any]:
    return {
        **entry_json(diary, hit.entry),
        "snippet": plain_snippet(hit.snippet),
        "sentence": hit.snippet.replace(HIT_START, "").replace(HIT_END, ""),
        "time_ms": hit.time_ms,
    }


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
        ("Series", day_line(entry.series, series_file.known(session.location.folder)) if entry.series else ""),
        ("Question", entry.prompt),
        ("Length", f"{clock(entry.duration_ms)}, {entry.width}×{entry.height}"),
        ("Mood", mood_name(entry.mood, names)),
        ("Afterwards", mood_name(entry.mood_after, names)),
        ("Feelings", ", ".join(entry.feelings)),
        ("Tags", ", ".join(entry.tags)),
        ("Note", entry.note),
        ("Marked", f"{', '.join(map(clock, entry.marks))}: not for sharing" if entry.marks else ""),
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

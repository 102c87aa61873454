"""Commands that look back: how it felt over time, and what is worth seeing again."""

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from duskreel.atomic import write_bytes
from duskreel.cli.parameters import DAY
from duskreel.cli.session import Session, diary_command
from duskreel.cli.wording import mood_name, unique_prefixes, visible
from duskreel.library.values import EntryFilter
from duskreel.memories.memory_wording import place_in_clip, what_came_since
from duskreel.memories.mood_table import as_csv, mood_rows
from duskreel.memories.mood_wording import after_talking
from duskreel.memories.moods import Afterwards, MoodDay, afterwards, mood_days
from duskreel.memories.recall import OFF, Recalled, recall
from duskreel.memories.remembering import HardDays

STANDARD_OUTPUT = "-"


@click.command()
@click.option("--from", "first_day", type=DAY, help="First day, such as 2026-11-01.")
@click.option("--to", "last_day", type=DAY, help="Last day.")
@click.option("--csv", "csv_file", metavar="FILE|-", help="Write a table, one line for each entry; - for the terminal.")
@diary_command
def moods(session: Session, first_day: date | None, last_day: date | None, csv_file: str | None) -> None:
    """Show how it felt, day by day, and how it felt after talking."""
    if session.as_json and csv_file == STANDARD_OUTPUT:
        raise click.UsageError("Say --json or --csv -, not both: they would be written into each other.")
    with session.diary() as diary:
        entries = diary.entries(EntryFilter(first_day, last_day))
    names = session.settings.mood_names
    rows, days, after = mood_rows(entries, names), mood_days(entries), afterwards(entries)
    if csv_file == STANDARD_OUTPUT:
        sys.stdout.write(as_csv(rows))
        return
    if csv_file is not None:
        write_bytes(Path(csv_file).absolute(), as_csv(rows).encode())
    session.give({"days": [_day_json(day) for day in days], "afterwards": vars(after), "entries": rows})
    if csv_file is not None:
        session.say(f"Saved {len(rows):,} {'line' if len(rows) == 1 else 'lines'} in {visible(csv_file)}")
    else:
        _say_days(session, days, after)


def _day_json(day: MoodDay) -> dict[str, Any]:
    return {"date": day.date.isoformat(), "mean": round(day.mean, 2), "moods": [int(mood) for mood in day.moods]}


def _say_days(session: Session, days: Sequence[MoodDay], after: Afterwards) -> None:
    names = session.settings.mood_names
    if not days:
        session.say("No mood was said in this time.")
        return
    widest = max(map(len, names))
    for day in days:
        felt = ", then ".join(mood_name(mood, names) for mood in day.moods) if len(day.moods) > 1 else ""
        session.say(f"{day.date.isoformat()}  {visible(names[day.mood - 1]):<{widest}}  {visible(felt)}".rstrip())
    if after.total:
        session.say("")
        session.say_prose(after_talking(after))


@click.command()
@click.option("--on", "day", type=DAY, help="The day to look back from, instead of today.")
@click.option("--include-hard", is_flag=True, help="Show hard days too, whatever the settings say.")
@diary_command
def memories(session: Session, day: date | None, include_hard: bool) -> None:
    """Show up to three entries that are worth seeing again today."""
    if session.settings.memories == OFF:
        session.give([])
        session.say("Memories are off in the settings.")
        return
    hard_days = HardDays.SHOW if include_hard else HardDays.of(session.settings.memories)
    today = day or datetime.now().astimezone().date()
    with session.diary() as diary:
        found = recall(diary, today, hard_days)
        prefixes = unique_prefixes(diary.glances())
    session.give([_memory_json(each) for each in found])
    for each in found:
        prefix = prefixes[each.memory.entry.id]
        session.say(f"{prefix}  {' '.join(_parts(session, each, prefix))}")
    if not found:
        session.say("Nothing comes back today.")


def _parts(session: Session, recalled: Recalled, prefix: str) -> list[str]:
    memory = recalled.memory
    if memory.is_veiled:
        return [recalled.line, f"(duskreel show {prefix})"]
    place, since = place_in_clip(memory), what_came_since(memory.since, session.settings.mood_names)
    return [part for part in (recalled.line, f"({place})" if place else "", since) if part]


def _memory_json(recalled: Recalled) -> dict[str, Any]:
    memory = recalled.memory
    known: dict[str, Any] = {
        "id": memory.entry.id,
        "why": memory.kind.value,
        "date": memory.day.isoformat(),
        "hard": memory.is_hard,
        "shown": not memory.is_veiled,
        "line": recalled.line,
    }
    if memory.is_veiled:
        return known
    since, said = memory.since, memory.said
    mood = None if since is None or since.mood is None else int(since.mood)
    return {
        **known,
        "title": memory.entry.title,
        "mood": memory.entry.mood,
        "sentence": said.text if said else None,
        "at_ms": said.at_ms if said else None,
        "since": {"entries": since.count, "mood": mood} if since else None,
    }

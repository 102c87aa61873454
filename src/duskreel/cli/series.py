"""Commands about series: talks that belong together, day by day, at whatever pace."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import click
from rich.table import Table

from duskreel.cli.session import Session, diary_command
from duskreel.cli.wording import day_and_time, headline, mood_name, unique_prefixes, visible
from duskreel.errors import DiaryError
from duskreel.library.entry import Entry
from duskreel.memories import series_file
from duskreel.memories.series import MOST_DAYS, Progress, Series, choose, copied, first_and_last, of_series, progress
from duskreel.timecode import clock

DAYS = click.IntRange(1, MOST_DAYS)
QUESTION_MARK = "|"
PROMPT_HELP = "What to talk about; one for each day, or a few to go round. Put | between several of one day."


@click.group(invoke_without_command=True)
@diary_command
@click.pass_context
def series(context: click.Context, session: Session) -> None:
    """List the series: questions for several days, at your own pace.

    `duskreel record --series NAME` goes on with one.
    """
    if context.invoked_subcommand is not None:
        return
    with session.diary() as diary:
        found = [(each, how_far) for each, how_far in series_file.overview(diary) if _is_shown(each, how_far)]
    session.give([_as_json(each, how_far) for each, how_far in found])
    if not session.as_json:
        session.out.print(_table(found))


def _is_shown(each: Series, how_far: Progress) -> bool:
    return how_far.is_begun or not each.is_removed


def _table(found: list[tuple[Series, Progress]]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("Series", "Days", "So far", "Last", ""):
        table.add_column(heading, justify="right" if heading == "Days" else "left")
    for each, how_far in found:
        table.add_row(
            visible(each.name),
            str(each.days or "open"),
            where(each, how_far),
            how_far.last.isoformat() if how_far.last else "",
            "removed" if each.is_removed else "yours" if each.is_own else "",
        )
    return table


def where(each: Series, how_far: Progress) -> str:
    """What comes next, in words."""
    if each.is_removed:
        return f"{len(how_far.done)} told"
    if how_far.next_day is None:
        return "finished"
    return f"day {how_far.next_day} whenever you like" if how_far.is_begun else "not begun"


def _as_json(each: Series, how_far: Progress) -> dict[str, Any]:
    return {
        "id": each.id,
        "name": each.name,
        "description": each.description,
        "days": each.days,
        "prompts": [list(questions) for questions in each.prompts],
        "own": each.is_own,
        "removed": each.is_removed,
        "done": list(how_far.done),
        "next_day": how_far.next_day,
        "last": how_far.last.isoformat() if how_far.last else None,
    }


@series.command()
@click.argument("name")
@diary_command
def show(session: Session, name: str) -> None:
    """Show a series: its days, their questions and entries, and how the first one felt beside the last."""
    with session.diary() as diary:
        entries = diary.entries()
        prefixes = unique_prefixes(entries)
        known = series_file.known(diary.location.folder)
    found = choose(name, known, also_removed=True)
    how_far = progress(found, entries)
    row = of_series(found.id, entries)
    told = [{"day": day, "entry": each.id, "at": each.recorded_at.isoformat(), "mood": each.mood} for day, each in row]
    session.give({**_as_json(found, how_far), "entries": told})
    session.say(f"{found.name}: {where(found, how_far)}")
    if found.description:
        session.say_prose(found.description)
    ahead = range(1, found.days + 1) if found.days else [day for day in [how_far.next_day] if day]
    for day in sorted({*ahead, *how_far.done}):
        session.say(f"\nDay {day}")
        for question in found.questions(day):
            session.say(f"  {question}")
        for _, each in (item for item in row if item[0] == day):
            session.say(f"  {prefixes[each.id]}  {headline(each, session.settings.mood_names)}")
    _say_how_far(session, first_and_last(found.id, entries), prefixes)


def _say_how_far(session: Session, ends: tuple[Entry, Entry] | None, prefixes: dict[str, str]) -> None:
    if ends is None:
        return
    session.say("\nHow far you came")
    for label, each in zip(("First", "Last"), ends, strict=True):
        mood = mood_name(each.mood, session.settings.mood_names)
        parts = [f"{prefixes[each.id]}  {day_and_time(each)}", clock(each.duration_ms), mood]
        session.say(f"  {label:5}  {', '.join(part for part in parts if part)}")


@series.command()
@click.argument("name")
@click.option("--days", type=DAYS, help="How many; without it, as many as there will be.")
@click.option("--prompt", "prompts", multiple=True, help=PROMPT_HELP)
@click.option("--description", default="")
@diary_command
def new(session: Session, name: str, days: int | None, prompts: tuple[str, ...], description: str) -> None:
    """Make a series of your own. Without --prompt, each day has a question from the usual ones."""
    made = Series("", _named(name), description.strip(), days, _questions(prompts))
    with session.diary() as diary:
        made = series_file.add(diary, made, datetime.now(UTC))
    session.give(_as_json(made, Progress()))
    session.say(f"Made “{made.name}”. To begin: duskreel record --series {made.id}")


@series.command()
@click.argument("series_name", metavar="NAME")
@click.option("--name", help="Of the copy.")
@diary_command
def copy(session: Session, series_name: str, name: str | None) -> None:
    """Make a series of your own of one that is there, to change it with `duskreel series edit`."""
    with session.diary() as diary:
        known = series_file.known(diary.location.folder)
        made = copied(choose(series_name, known), known)
        made = made if name is None else replace(made, name=_named(name))
        made = series_file.add(diary, made, datetime.now(UTC))
    session.give(_as_json(made, Progress()))
    session.say(f"Made “{made.name}”. To change it: duskreel series edit {made.id}")


@series.command()
@click.argument("series_name", metavar="NAME")
@click.option("--name", help="A new one.")
@click.option("--days", type=DAYS)
@click.option("--open-ended", is_flag=True, help="As many days as there will be.")
@click.option("--prompt", "prompts", multiple=True, help=f"Replaces all. {PROMPT_HELP}")
@click.option("--description")
@diary_command
def edit(
    session: Session,
    series_name: str,
    name: str | None,
    days: int | None,
    open_ended: bool,
    prompts: tuple[str, ...],
    description: str | None,
) -> None:
    """Change a series of your own. Entries keep their numbers."""
    if days is not None and open_ended:
        raise click.UsageError("Say --days or --open-ended, not both.")
    if not (days or open_ended or prompts) and name is None and description is None:
        raise click.UsageError("Say what to change, for example --days.")
    with session.diary() as diary:
        found = choose(series_name, series_file.known(diary.location.folder))
        changed = replace(
            found,
            name=found.name if name is None else _named(name),
            days=None if open_ended else days or found.days,
            prompts=_questions(prompts) if prompts else found.prompts,
            description=found.description if description is None else description.strip(),
        )
        series_file.change(diary, changed, datetime.now(UTC))
        session.give(_as_json(changed, progress(changed, diary.entries())))
    session.say(f"Changed “{changed.name}”.")


@series.command()
@click.argument("name")
@diary_command
def remove(session: Session, name: str) -> None:
    """Remove a series of your own. Its entries stay, with their numbers."""
    with session.diary() as diary:
        found = choose(name, series_file.known(diary.location.folder))
        series_file.change(diary, replace(found, is_removed=True), datetime.now(UTC))
    session.give({"id": found.id})
    session.say(f"Removed “{found.name}”. Its entries stay as they are.")


def _named(name: str) -> str:
    plain = " ".join(name.split())
    if not plain:
        raise DiaryError("A series needs a name.", "For example: duskreel series new “Ten mornings” --days 10")
    return plain


def _questions(prompts: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    days = (tuple(part.strip() for part in each.split(QUESTION_MARK) if part.strip()) for each in prompts)
    return tuple(questions for questions in days if questions)

"""Commands that put many entries in order at once, and throw away for good."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import click

from duskreel.cli.parameters import DAY, MOOD, MOOD_OR_NONE, MoodChoice
from duskreel.cli.session import Session, diary_command
from duskreel.cli.wording import file_size, headline, visible
from duskreel.errors import DiaryError
from duskreel.library import query
from duskreel.library.binning import Binned
from duskreel.library.bulk import Amended
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Mood
from duskreel.library.finding import choose
from duskreel.library.index import Reference
from duskreel.library.values import EntryFilter

_ALL = 1_000_000


@dataclass(frozen=True)
class Change:
    """What is to become of entries; None leaves a thing as it is."""

    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    add_feelings: tuple[str, ...] = ()
    remove_feelings: tuple[str, ...] = ()
    mood: MoodChoice | None = None
    starred: bool | None = None
    hidden: bool | None = None

    def applied(self, entry: Entry) -> Entry:
        """The entry as it shall be."""
        return replace(
            entry,
            tags=_changed(entry.tags, self.add_tags, self.remove_tags),
            feelings=_changed(entry.feelings, self.add_feelings, self.remove_feelings),
            mood=entry.mood if self.mood is None else self.mood.mood,
            starred=entry.starred if self.starred is None else self.starred,
            hidden_from_memories=entry.hidden_from_memories if self.hidden is None else self.hidden,
        )


@click.command()
@click.argument("entries", metavar="[ENTRY]...", nargs=-1)
@click.option("--matching", default="", help="Words, and conditions such as mood:1..2, as for search.")
@click.option("--from", "first_day", type=DAY, help="First day, such as 2026-11-01.")
@click.option("--to", "last_day", type=DAY, help="Last day.")
@click.option("--with-mood", "moods", type=MOOD, multiple=True, help="Only entries with it; repeated, any.")
@click.option("--feeling", default="", help="Only entries with it.")
@click.option("--tag", default="", help="Only entries with it.")
@click.option("--add-tag", "add_tags", multiple=True, help="May be repeated, as may the next three.")
@click.option("--remove-tag", "remove_tags", multiple=True)
@click.option("--add-feeling", "add_feelings", multiple=True)
@click.option("--remove-feeling", "remove_feelings", multiple=True)
@click.option("--mood", type=MOOD_OR_NONE, help="1 to 5, or none.")
@click.option("--star/--no-star", "starred", default=None)
@click.option("--hide/--no-hide", "hidden", default=None, help="Keep them out of memories.")
@click.option("--delete", "deletes", is_flag=True, help="Move them to the bin.")
@click.option("--dry-run", is_flag=True, help="Only say which entries it would be.")
@diary_command
def change(
    session: Session,
    entries: tuple[str, ...],
    matching: str,
    first_day: date | None,
    last_day: date | None,
    moods: tuple[Mood, ...],
    feeling: str,
    tag: str,
    deletes: bool,
    dry_run: bool,
    **changes: Any,
) -> None:
    """Change many entries at once: those named, or those that --matching and the conditions find."""
    wanted = EntryFilter(first_day, last_day, frozenset(moods), feeling, tag)
    is_search = bool(matching) or wanted != EntryFilter()
    if bool(entries) == is_search:
        raise click.UsageError("Say which entries: name them, or give --matching or conditions; not both.")
    asked = Change(**changes)
    if deletes == (asked != Change()):
        raise click.UsageError("Say what to change, for example --add-tag, or say --delete alone.")
    with session.diary() as diary:
        found = [diary.find(each) for each in entries] if entries else _matching(diary, matching, wanted)
        meant = list({entry.id: entry for entry in found if deletes or asked.applied(entry) != entry}.values())
        if dry_run:
            _say_which(session, meant, deletes=deletes)
        else:
            _tell(session, _carried_out(session, diary, meant, None if deletes else asked.applied), deletes=deletes)


def _changed(words: tuple[str, ...], added: Sequence[str], removed: Sequence[str]) -> tuple[str, ...]:
    """Without regard to case, and each word once."""
    known = {word.casefold() for word in words}
    new = {word.strip().casefold(): word.strip() for word in added if word.strip() and word.casefold() not in known}
    gone = {word.casefold() for word in removed}
    return tuple(word for word in (*words, *new.values()) if word.casefold() not in gone)


def _matching(diary: Diary, text: str, wanted: EntryFilter) -> list[Entry]:
    asked = query.parse(text)
    wanted = query.both(asked.wanted, wanted)
    if wanted == EntryFilter() and not any(letter.isalnum() for term in asked.terms for letter in term.text):
        # Such as quotation marks around a variable that is empty in a script.
        raise click.UsageError("Nothing in --matching can be looked for, and that would be every entry.")
    if not asked.terms:
        return diary.entries(wanted)
    findings = diary.look_for(asked.terms, _ALL, wanted)
    # Words that are only like those that were typed are good to look at, but not to change.
    return [] if findings.instead else [hit.entry for hit in findings.hits]


def _say_which(session: Session, entries: Sequence[Entry], *, deletes: bool) -> None:
    session.give([entry.to_json() for entry in entries])
    for entry in entries:
        session.say(headline(entry, session.settings.mood_names))
    session.say(f"{_count(len(entries))} would be {'moved to the bin' if deletes else 'changed'}.")


def _carried_out(
    session: Session, diary: Diary, entries: Sequence[Entry], applied: Callable[[Entry], Entry] | None
) -> Amended:
    """Delete, or change."""
    ids = [entry.id for entry in entries]
    with session.progress("Changing") as progress:
        if applied is None:
            return diary.delete_all(ids, progress=progress, token=session.token)
        return diary.amend_all(ids, applied, progress=progress, token=session.token)


def _tell(session: Session, amended: Amended, *, deletes: bool) -> None:
    session.give([entry.to_json() for entry in amended.entries])
    for error in amended.refused:
        session.complain(str(error))
    done = "in the bin" if deletes else "changed"
    session.say(f"{_count(len(amended.entries))} {done}.")
    if amended.refused:
        raise DiaryError(
            f"{len(amended.refused)} of {len(amended.entries) + len(amended.refused)} entries are as they were.",
            "The reasons are above.",
        )


@click.command("empty-bin")
@click.argument("entries", metavar="[ENTRY]...", nargs=-1)
@click.option("--older-than", "days", type=click.IntRange(min=0), help="Only what has been there for so many days.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@diary_command
def empty_bin(session: Session, entries: tuple[str, ...], days: int | None, yes: bool) -> None:
    """Delete what is in the bin for good. Nothing brings it back but a backup."""
    with session.diary() as diary:
        content = diary.bin_content() if days is None else diary.outdated(timedelta(days=days))
        doomed = _named(content, entries) if entries else content
        room = file_size(sum(binned.size_bytes for binned in doomed))
        if doomed and not yes:
            _ask(f"Delete {_count(len(doomed))} for good, and gain {room}?")
        gone = diary.delete_for_good(doomed)
    session.give({"entries": gone, "size_bytes": sum(binned.size_bytes for binned in doomed)})
    session.say(f"{_count(gone)} deleted for good: {room} gained." if gone else "There is nothing to delete.")


def _named(content: Sequence[Binned], references: Sequence[str]) -> list[Binned]:
    entries = [each.entry for each in content]
    known = {entry.id: Reference(entry.id, entry.recorded_at.date(), entry.title) for entry in entries}
    if not known:
        raise DiaryError("There is no such entry in the bin.", "“duskreel restore” lists what is in it.")
    ids = {choose(reference, list(known.values())) for reference in references}
    return [binned for binned in content if binned.entry.id in ids]


def _ask(question: str) -> None:
    if not sys.stdin.isatty():
        raise DiaryError("Nobody is there to be asked.", "Say --yes if you mean it.")
    click.confirm(question, abort=True, err=True)


@click.command()
@click.option("--merge", "merges", is_flag=True, help="Make one entry of each group.")
@diary_command
def tidy(session: Session, merges: bool) -> None:
    """Find entries that are there twice: folders that a sync copied, and films that were imported twice.

    With --merge the best original stays, with everything that was said about any of them; the others go to the bin.
    """
    from duskreel.library.duplicates import Group, find_duplicates, merge_duplicates

    with session.diary() as diary:
        with session.progress("Comparing") as progress:
            groups: list[Group] = find_duplicates(session.location, progress=progress, token=session.token)
        session.give([[str(session.location.folder / entry.folder) for entry in group.entries] for group in groups])
        for group in groups:
            session.say("The same id:" if group.is_copied_folder else "The same film:")
            for number, entry in enumerate(group.entries):
                stays = "stays  " if number == 0 else "       "
                session.say(f"  {stays}{headline(entry, session.settings.mood_names)}  {visible(entry.folder)}")
        if merges:
            kept = merge_duplicates(diary, groups)
            session.say(f"{_count(len(kept))} made of {sum(len(group.entries) for group in groups)}.")
        elif groups:
            session.say("To make one of each: duskreel tidy --merge")
        else:
            session.say("Nothing is there twice.")


def _count(count: int) -> str:
    return f"{count} {'entry' if count == 1 else 'entries'}"

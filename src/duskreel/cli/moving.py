"""Commands about moving house: everything out as plain files, and in from other places."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from duskreel.cli.parameters import DAY, MOMENT, MOOD
from duskreel.cli.session import Session, diary_command
from duskreel.cli.wording import entry_json, file_size, headline, visible
from duskreel.errors import DiaryError
from duskreel.library.arrivals.candidate import Offer
from duskreel.library.arrivals.moving_in import Arrival, MovingIn, Origin, Outcome, arrivals, offered
from duskreel.library.arrivals.pile import is_folder
from duskreel.library.diary import Diary
from duskreel.library.entry import Mood
from duskreel.library.values import Details
from duskreel.memories.plain_copy import PlainCopy, PlainCopyRequest, write_plain_copy


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--from",
    "origin",
    type=click.Choice([origin.value for origin in Origin]),
    default=Origin.VIDEOS.value,
    show_default=True,
    help="Which program made the folder or ZIP file.",
)
@click.option("--mood", type=MOOD, help="How it felt, 1 (awful) to 5 (great).")
@click.option("--feeling", "feelings", multiple=True, help="A word for it; may be repeated.")
@click.option("--tag", "tags", multiple=True, help="May be repeated.")
@click.option("--date", "recorded_at", type=MOMENT, help="When it was recorded, if the file does not know.")
@click.option("--title", default="")
@click.option("--note", default="")
@click.option("--dry-run", "is_rehearsal", is_flag=True, help="Only say what would be done.")
@diary_command
def import_clips(
    session: Session,
    files: tuple[Path, ...],
    origin: str,
    mood: Mood | None,
    feelings: tuple[str, ...],
    tags: tuple[str, ...],
    recorded_at: datetime | None,
    title: str,
    note: str,
    is_rehearsal: bool,
) -> None:
    """Copy videos into the diary: files, or folders with everything in them. They are left as they are.

    What lies beside a video comes with it: entry.json of this program, NAME.txt as the note, NAME.srt or NAME.vtt as
    the words.
    """
    details = Details(title=title, note=note, mood=mood, feelings=feelings, tags=tags, recorded_at=recorded_at)
    request = MovingIn(session.location, files, Origin(origin), details, is_rehearsal)
    are_files = request.origin is Origin.VIDEOS and not any(map(is_folder, files))
    come: list[Arrival] = []
    kept: list[dict[str, Any]] = []
    with session.diary() as diary:
        offer = offered(request)
        is_alone = len(offer.candidates) + len(offer.refused) == 1
        try:
            with session.progress(_heading(offer, is_rehearsal=is_rehearsal)) as progress:
                for arrival in arrivals(diary, request, offer, progress=progress, token=session.token):
                    come.append(arrival)  # noqa: PERF402 - what came in before an interruption counts
        finally:
            # Also when it is interrupted: what is in stays in.
            for arrival in come:
                _tell(session, arrival, alone=is_alone)
                kept += _as_json(diary, arrival)
    session.give(kept)
    for note_of_offer in offer.notes:
        session.complain(note_of_offer)
    if are_files or is_alone:
        _refuse_unless_all_came(come)
    else:
        _conclude(session, come)


def _heading(offer: Offer, *, is_rehearsal: bool) -> str:
    verb = "Looking at" if is_rehearsal else "Importing"
    count = len(offer.candidates)
    return f"{verb} {offer.candidates[0].name if count == 1 else f'{count} videos'}"


def _tell(session: Session, arrival: Arrival, *, alone: bool) -> None:
    name = visible(arrival.name)
    if arrival.entry is not None and arrival.when is not None:
        line = headline(arrival.entry, session.settings.mood_names)
        session.say(f"Kept {name} as {line}, time from {arrival.when.source}, id {arrival.entry.id}")
    elif arrival.when is not None:
        title = f", “{visible(arrival.title)}”" if arrival.title else ""
        session.say(f"Would keep {name} as {arrival.when.at:%Y-%m-%d %H:%M}{title}, time from {arrival.when.source}")
    elif not alone:
        session.complain(arrival.reason)


def _as_json(diary: Diary, arrival: Arrival) -> list[dict[str, Any]]:
    if arrival.when is None:
        return []
    told = {"imported_from": arrival.name, "time_from": str(arrival.when.source)}
    if arrival.entry is not None:
        with suppress(DiaryError):
            return [{**entry_json(diary, arrival.entry), **told}]
    return [{"title": arrival.title, "recorded_at": arrival.when.at.isoformat(), **told}]


def _refuse_unless_all_came(come: Sequence[Arrival]) -> None:
    """Whoever names files means each of them; whoever names a folder means what can be used of it."""
    refused = [arrival for arrival in come if arrival.when is None]
    if refused and len(come) == 1:
        raise refused[0].refusal
    if refused:
        raise DiaryError(
            f"{len(refused)} of {len(come)} files were not imported.", "The reasons are above; the others are in."
        )


def _conclude(session: Session, come: Sequence[Arrival]) -> None:
    """The last line; a failure only if nothing came in."""
    counts = {outcome: sum(arrival.outcome is outcome for arrival in come) for outcome in Outcome}
    here, refused = counts[Outcome.ALREADY_HERE], counts[Outcome.REFUSED]
    came = counts[Outcome.KEPT] + counts[Outcome.WOULD_BE_KEPT]
    left_out = [f"{here} in the diary already"] * bool(here) + [f"{refused} that cannot be used"] * bool(refused)
    if not came:
        why = f" ({' and '.join(left_out)})" if left_out else ""
        raise DiaryError(f"Nothing came in{why}.", "The reasons are above." if come else "There was no video in it.")
    verb = "would come in" if counts[Outcome.WOULD_BE_KEPT] else "came in"
    rest = f"; left out: {' and '.join(left_out)}" if left_out else ""
    session.say(f"{came} of {len(come)} {verb}{rest}.")


@click.command("export-all")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--from", "first_day", type=DAY, help="First day, such as 2026-11-01.")
@click.option("--to", "last_day", type=DAY, help="Last day.")
@click.option("--link", "links", is_flag=True, help="Take no room for clips on the same disk, by hard links.")
@click.option("--pages-by-year", "by_year", is_flag=True, help="A page for each year, as large diaries always have.")
@diary_command
def export_all(
    session: Session, folder: Path, first_day: date | None, last_day: date | None, links: bool, by_year: bool
) -> None:
    """Write the diary as plain files with a page to read it by: open index.html in any browser.

    Everything comes back with: duskreel import FOLDER
    """
    request = PlainCopyRequest(
        session.location,
        folder,
        mood_names=session.settings.mood_names,
        mood_colours=session.settings.mood_colours,
        first_day=first_day,
        last_day=last_day,
        links=links,
        by_year=by_year,
    )
    with session.progress("Exporting") as progress:
        made = write_plain_copy(request, progress=progress, token=session.token)
    session.give(made.to_json())
    for problem in made.missing:
        session.complain(problem)
    _tell_copy(session, made, links=links)


def _tell_copy(session: Session, made: PlainCopy, *, links: bool) -> None:
    entries = "1 entry is" if made.entries == 1 else f"{made.entries:,} entries are"
    session.say(f"{entries} in {made.folder} ({file_size(made.size_bytes)}), copied and checked.")
    if links and made.linked < made.clips:
        session.say(f"{made.clips - made.linked} of {made.clips} clips could not be linked and were copied.")
    session.say(f"To read it, open {made.folder / 'index.html'}")

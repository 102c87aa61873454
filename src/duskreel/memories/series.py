"""Series: talks that belong together, day by day. The next day is whenever there is one; a gap is no failure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from duskreel.errors import DiaryError
from duskreel.library.entry import Entry, SeriesDay

MOST_DAYS = 1_000


@dataclass(frozen=True)
class Series:
    """What there is to talk about on each day.

    Going from what happened over what it means to what comes next is how the people in S. Spera, E. Buhrfeind and
    J. Pennebaker, Expressive writing and coping with job loss, 1994, wrote on five days after a layoff.
    """

    id: str
    name: str
    description: str = ""
    days: int | None = None
    """None for as many as there will be"""
    prompts: tuple[tuple[str, ...], ...] = ()
    """by days, and from the beginning again after the last one; empty for those that are dealt on any other day"""
    is_own: bool = True
    is_removed: bool = False
    """no longer offered; its entries keep their numbers, and it its name"""
    unknown: Mapping[str, Any] = field(default_factory=dict)

    def questions(self, day: int) -> tuple[str, ...]:
        """What to talk about on this day."""
        return self.prompts[(day - 1) % len(self.prompts)] if self.prompts else ()

    def prompts_on(self, day: int) -> tuple[str, ...]:
        """The day's questions to choose from; where each day has a single one, those of the other days follow."""
        if any(len(questions) > 1 for questions in self.prompts):
            return self.questions(day)
        return tuple(one for ahead in range(len(self.prompts)) for one in self.questions(day + ahead))

    def called(self, day: int) -> str:
        """As ``Five days after a layoff, day 3``."""
        return f"{self.name}, day {day}"


@dataclass(frozen=True)
class Progress:
    """How far a series has come."""

    done: tuple[int, ...] = ()
    """the days that have an entry"""
    next_day: int | None = 1
    """the first one without; None where every day has one"""
    last: date | None = None
    """when the newest of its entries was recorded"""

    @property
    def is_begun(self) -> bool:
        """Whether there is an entry of it."""
        return bool(self.done)


def progress(series: Series, entries: Iterable[Entry]) -> Progress:
    """How far it has come, by the entries in the diary; what is in the bin gives its day back."""
    mine = of_series(series.id, entries)
    done = sorted({day for day, _ in mine})
    ahead = next(day for day in range(1, len(done) + 2) if day not in done)
    return Progress(
        tuple(done),
        ahead if series.days is None or ahead <= series.days else None,
        max((entry.recorded_at.date() for _, entry in mine), default=None),
    )


def of_series(series_id: str, entries: Iterable[Entry]) -> list[tuple[int, Entry]]:
    """The entries of a series with their days, as a row: by day, and within one by time."""
    mine = [(each.series.day, each) for each in entries if each.series is not None and each.series.id == series_id]
    return sorted(mine, key=lambda item: (item[0], item[1].recorded_at, item[1].id))


def first_and_last(series_id: str, entries: Iterable[Entry]) -> tuple[Entry, Entry] | None:
    """The first day's entry and the last day's, to be seen side by side; None while there are not two days."""
    row = of_series(series_id, entries)
    if not row or row[0][0] == row[-1][0]:
        return None
    return row[0][1], row[-1][1]


def day_line(series_day: SeriesDay, known: Iterable[Series]) -> str:
    """As ``Five days after a layoff, day 3``; by its id where nobody knows the series any more."""
    found = next((series for series in known if series.id == series_day.id), None)
    return (found or Series(series_day.id, series_day.id.replace("-", " ").capitalize())).called(series_day.day)


def copied(series: Series, known: Iterable[Series]) -> Series:
    """One of the user's own to begin with, still without an id: the same days, and a name that is free."""
    taken = {each.name.casefold() for each in known if not each.is_removed}
    name, number = f"{series.name}, my way", 2
    while name.casefold() in taken:
        name, number = f"{series.name}, my way {number}", number + 1
    return Series("", name, series.description, series.days, series.prompts)


def choose(reference: str, known: Sequence[Series], *, also_removed: bool = False) -> Series:
    """The series that the user means: its name or id, or an unambiguous beginning of one.

    Args:
        reference: in any case.
        known: to choose from.
        also_removed: whether one may be meant that is no longer offered.

    Raises:
        DiaryError: none is meant, or several; these are named.
    """
    offered = [series for series in known if also_removed or not series.is_removed]
    wanted = reference.casefold().strip()
    names = [(series, (series.name.casefold(), series.id.casefold())) for series in offered]
    meant = [series for series, called in names if wanted in called]
    meant = meant or [series for series, called in names if wanted and any(each.startswith(wanted) for each in called)]
    if len(meant) == 1:
        return meant[0]
    named = ", ".join(f"“{series.name}”" for series in meant or offered)
    what = f"“{reference}” means several series" if meant else f"There is no series “{reference}”"
    raise DiaryError(f"{what}.", f"There are {named}.")

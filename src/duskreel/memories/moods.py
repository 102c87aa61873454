"""Mood over months: a mean for each day, a quiet line through them, and how it felt after talking.

Nothing here is a score. A day without an entry is a day like any other, and is neither counted nor filled in.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise
from statistics import fmean, median
from typing import Protocol

from duskreel.library.entry import Entry, Mood
from duskreel.library.glance import Glance
from duskreel.memories.days import Month, nearest

LONGEST_GAP_DAYS = 7
"""nothing is known of what lies between two days that are further apart, and no line says that it is"""
LEAST_REACH_DAYS = 7
MOST_REACH_DAYS = 45
SHARE_OF_STRETCH = 24
"""the line calms down over a twenty-fourth of what is shown, before and after each day"""


@dataclass(frozen=True)
class MoodDay:
    """One day on which somebody said how it felt."""

    date: date
    moods: tuple[Mood, ...]
    """at least one, in order of time"""

    @property
    def mean(self) -> float:
        """1.0 to 5.0."""
        return fmean(self.moods)

    @property
    def mood(self) -> Mood:
        """The mood that the day is called by."""
        return nearest(self.mean)


class Window(Enum):
    """How much is looked at; the value is what the choice is called."""

    QUARTER = "3 months"
    YEAR = "1 year"
    ALL = "All"

    @property
    def months(self) -> int:
        """How many months it has, and by how many it turns; 0 for all there are."""
        return {Window.QUARTER: 3, Window.YEAR: 12, Window.ALL: 0}[self]


@dataclass(frozen=True)
class Stretch:
    """Whole months in a row."""

    first_month: Month
    last_month: Month

    @property
    def first(self) -> date:
        """Its first day."""
        return self.first_month.first_day

    @property
    def last(self) -> date:
        """Its last day."""
        return self.last_month.last_day

    @property
    def length_days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Afterwards:
    """How it felt after talking, beside how it felt before: so many entries each."""

    lighter: int
    same: int
    heavier: int

    @property
    def total(self) -> int:
        """Of the entries that say both."""
        return self.lighter + self.same + self.heavier


class Felt(Protocol):
    """Whatever says how it felt before and after talking: an entry, or a glance of one."""

    @property
    def mood(self) -> Mood | None:
        """Before."""

    @property
    def mood_after(self) -> Mood | None:
        """After."""


def mood_days(entries: Iterable[Entry]) -> list[MoodDay]:
    """The days on which at least one entry has a mood, oldest first."""
    ordered = sorted(entries, key=lambda entry: (entry.recorded_at, entry.id))
    return _mood_days((entry.recorded_at.date(), entry.mood) for entry in ordered)


def mood_days_seen(glances: Sequence[Glance]) -> list[MoodDay]:
    """The same of glances, newest first as the diary gives them."""
    return _mood_days((glance.day, glance.mood) for glance in reversed(glances))


def _mood_days(felt: Iterable[tuple[date, Mood | None]]) -> list[MoodDay]:
    by_day: dict[date, list[Mood]] = {}
    for day, mood in felt:
        if mood is not None:
            by_day.setdefault(day, []).append(mood)
    return [MoodDay(day, tuple(by_day[day])) for day in sorted(by_day)]


def stretch(window: Window, month: Month, days: Sequence[MoodDay]) -> Stretch:
    """The months to be looked at.

    Args:
        window: how many.
        month: the last of them; without meaning for `Window.ALL`, unless there is no day at all.
        days: all there are, oldest first.
    """
    if window is not Window.ALL:
        return Stretch(month.moved(1 - window.months), month)
    if not days:
        return Stretch(month, month)
    return Stretch(Month.of(days[0].date), Month.of(days[-1].date))


def runs(days: Sequence[MoodDay]) -> list[list[MoodDay]]:
    """The days divided where nothing is known for longer than `LONGEST_GAP_DAYS`."""
    found: list[list[MoodDay]] = [list(days[:1])] if days else []
    for day, following in pairwise(days):
        if (following.date - day.date).days > LONGEST_GAP_DAYS:
            found.append([])
        found[-1].append(following)
    return found


def reach_days(length_days: int) -> int:
    """Over how many days before and after each day the line is calmed down, for a stretch of so many days."""
    return min(max(length_days // SHARE_OF_STRETCH, LEAST_REACH_DAYS), MOST_REACH_DAYS)


def calm_line(run: Sequence[MoodDay], within_days: int) -> list[float]:
    """For each day of a run the median of the days' means around it, so that one bad day does not bend the line.

    A median leaps where the moods do; the mean of its neighbours within half as many days takes the edges off.

    Args:
        run: oldest first, as `runs` gives them.
        within_days: as many days before and after count.

    Returns:
        One value for each day, 1.0 to 5.0.
    """
    dates = [day.date for day in run]
    medians = _around(dates, [day.mean for day in run], within_days, median)
    return _around(dates, medians, within_days // 2, fmean)


def afterwards(entries: Iterable[Felt]) -> Afterwards:
    """Count the entries that say how it felt before and after talking."""
    both = [
        entry.mood_after - entry.mood for entry in entries if entry.mood is not None and entry.mood_after is not None
    ]
    return Afterwards(
        lighter=sum(change > 0 for change in both),
        same=sum(change == 0 for change in both),
        heavier=sum(change < 0 for change in both),
    )


def _around(
    dates: Sequence[date], values: Sequence[float], within_days: int, middle: Callable[[Sequence[float]], float]
) -> list[float]:
    days = [day.toordinal() for day in dates]
    return [
        middle(values[bisect_left(days, day - within_days) : bisect_right(days, day + within_days)]) for day in days
    ]

"""Days, and how they felt: what the calendar and the year in pixels show."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from duskreel.library.entry import Mood
from duskreel.library.glance import Glance

MONTHS = 12
LONGEST_MONTH = 31


@dataclass(frozen=True)
class Day:
    """One day that has entries."""

    date: date
    count: int
    """of its entries"""
    mean: float | None
    """of their moods, 1.0 to 5.0; None if none has one"""

    @property
    def mood(self) -> Mood | None:
        """The mood nearest to the mean; of two equally near ones the kinder."""
        return None if self.mean is None else nearest(self.mean)


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year."""

    year: int
    number: int
    """1 to 12"""

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that a day is in."""
        return cls(day.year, day.month)

    def moved(self, by: int) -> "Month":
        """So many months later, or earlier; within the years that a calendar has."""
        months = self.year * MONTHS + self.number - 1 + by
        first, last = date.min.year * MONTHS, date.max.year * MONTHS + MONTHS - 1
        year, number = divmod(min(max(months, first), last), MONTHS)
        return Month(year, number + 1)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return date(self.year, self.number, self.length)

    @property
    def length(self) -> int:
        """How many days it has."""
        return calendar.monthrange(self.year, self.number)[1]

    def weeks(self, first_weekday: int) -> list[list[int]]:
        """Its days by weeks, 0 where a week belongs to another month.

        Args:
            first_weekday: of a week; 0 is Monday, 6 is Sunday.
        """
        return calendar.Calendar(first_weekday).monthdayscalendar(self.year, self.number)


def nearest(mean: float) -> Mood:
    """The mood that a mean of moods is called by; between two of them the kinder one."""
    return Mood(int(mean + 0.5))


def by_day(glances: Iterable[Glance]) -> dict[date, Day]:
    """The days on which there are entries. A day's mood is the mean of those of its entries that have one."""
    moods: dict[date, list[Mood | None]] = {}
    for glance in glances:
        moods.setdefault(glance.day, []).append(glance.mood)
    return {day: Day(day, len(felt), _mean(felt)) for day, felt in moods.items()}


def this_week(today: date, first_weekday: int) -> tuple[date, date]:
    """The first and the last day of the week that today is in; clipped where the calendar ends."""
    back = (today.weekday() - first_weekday) % 7
    first = today - timedelta(days=min(back, (today - date.min).days))
    return first, first + timedelta(days=min(6, (date.max - first).days))


def _mean(moods: Iterable[Mood | None]) -> float | None:
    felt = [int(mood) for mood in moods if mood is not None]
    return sum(felt) / len(felt) if felt else None

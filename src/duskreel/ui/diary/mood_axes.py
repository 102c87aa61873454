"""Where days and moods lie in a chart of a given size, and which months are named below it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from duskreel.library.entry import Mood
from duskreel.memories.days import MONTHS, Month
from duskreel.memories.moods import Stretch

STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 12_000)
"""in months, from one name below the chart to the next"""
NARROWEST_NAME_PX = 68
WITH_YEAR_PX = 72
WIDEST_NAME_PX = 110
"""from here on there is room for the whole name"""


class MonthName(NamedTuple):
    """A name below the chart, and where what it names begins and ends."""

    text: str
    left: float
    width: float


@dataclass(frozen=True)
class Axes:
    """The area of a chart, and what it shows."""

    area: QRectF
    stretch: Stretch

    @property
    def day_px(self) -> float:
        """How wide a day is."""
        return self.area.width() / self.stretch.length_days

    def left(self, day: date) -> float:
        """Where a day begins."""
        return self.area.left() + (day - self.stretch.first).days * self.day_px

    def height(self, mood: float) -> float:
        """Where a mood or a mean of moods lies; the best is at the top."""
        return self.area.bottom() - (mood - Mood.AWFUL) / (Mood.GREAT - Mood.AWFUL) * self.area.height()

    def place(self, day: date, mood: float) -> QPointF:
        """The point of a day with its mood."""
        return QPointF(self.left(day) + self.day_px / 2, self.height(mood))

    def month_names(self) -> Iterator[MonthName]:
        """As many as there is room for; of long stretches only the years."""
        first, last = _number(self.stretch.first_month), _number(self.stretch.last_month)
        month_px = self.area.width() / (last - first + 1)
        step = next((step for step in STEPS if step * month_px >= NARROWEST_NAME_PX), STEPS[-1])
        is_begun = False
        for number in range(first, last + 1):
            # The first one is named even out of step, where it has room before the next.
            is_first = number == first and step < MONTHS and (-first) % step * month_px >= WITH_YEAR_PX
            if number % step == 0 or is_first:
                month = _month(number)
                text = _name(month, step, step * month_px, says_year=not is_begun or month.number == 1)
                is_begun = True
                yield MonthName(text, self.left(month.first_day), step * month_px)


def _name(month: Month, step: int, room_px: float, *, says_year: bool) -> str:
    if step >= MONTHS:
        return str(month.year)
    if room_px >= WIDEST_NAME_PX:
        return f"{month.first_day:%B}"
    return f"{month.first_day:%b} {month.year}" if says_year else f"{month.first_day:%b}"


def _number(month: Month) -> int:
    return month.year * MONTHS + month.number - 1


def _month(number: int) -> Month:
    year, at = divmod(number, MONTHS)
    return Month(year, at + 1)

"""Where on the page each entry lies: tiles in rows, rows under months. Only sums, so that thousands cost little."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from duskreel.memories.days import Month
from duskreel.ui.theme import GRID_PX

SMALLEST_TILE_PX = 30 * GRID_PX
GAP_PX = 3 * GRID_PX
HEADING_PX = 7 * GRID_PX


class Box(NamedTuple):
    """A rectangle."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Lines:
    """Heights of the text above and below a picture."""

    above_px: int
    below_px: int


class Heading(NamedTuple):
    """A month, above its first row."""

    month: Month
    box: Box


class GridLayout:
    """Tiles for entries in the order of their days.

    Args:
        days: of the entries, newest first.
        width_px: of the whole.
        lines: of text at each picture.
    """

    def __init__(self, days: Sequence[date], width_px: int, lines: Lines) -> None:
        self.count = len(days)
        self.columns = max((width_px + GAP_PX) // (SMALLEST_TILE_PX + GAP_PX), 1)
        self.tile_width_px = max((width_px - (self.columns - 1) * GAP_PX) // self.columns, 1)
        self.poster_height_px = self.tile_width_px * 9 // 16
        self.tile_height_px = lines.above_px + self.poster_height_px + lines.below_px
        self._width_px = width_px
        self._firsts: list[int] = []
        """for each row the number of its first entry"""
        self._tops: list[int] = []
        self._month_tops: list[int] = []
        self._months: list[Month] = []
        self.height_px = self._lay_out(days)

    def _lay_out(self, days: Sequence[date]) -> int:
        top, number = 0, 0
        for (year, month), group in groupby((day.year, day.month) for day in days):
            self._month_tops.append(top)
            self._months.append(Month(year, month))
            # The first month is what the page's own title says.
            top += HEADING_PX if number else 0
            end = number + sum(1 for _ in group)
            for first in range(number, end, self.columns):
                self._firsts.append(first)
                self._tops.append(top)
                top += self.tile_height_px + GAP_PX
            number = end
        return max(top - GAP_PX, 0)

    def box(self, number: int) -> Box:
        """Where an entry lies."""
        row = bisect_right(self._firsts, number) - 1
        left = (number - self._firsts[row]) * (self.tile_width_px + GAP_PX)
        return Box(left, self._tops[row], self.tile_width_px, self.tile_height_px)

    def at(self, x: int, y: int) -> int | None:
        """The entry at a point."""
        row = bisect_right(self._tops, y) - 1
        if row < 0 or x < 0:
            return None
        number = self._firsts[row] + x // (self.tile_width_px + GAP_PX)
        if number >= self._end(row) or x // (self.tile_width_px + GAP_PX) >= self.columns:
            return None
        box = self.box(number)
        return number if x < box.left + box.width and y < box.top + box.height else None

    def between(self, top: int, bottom: int) -> range:
        """The entries of every row that reaches into a stretch."""
        if not self._tops:
            return range(0)
        first = max(bisect_right(self._tops, top - self.tile_height_px), 0)
        last = bisect_left(self._tops, bottom)
        return range(self._firsts[first], self._end(last - 1)) if first < last else range(0)

    def headings(self, top: int, bottom: int) -> list[Heading]:
        """The months that are named in a stretch."""
        first, last = bisect_right(self._month_tops, top - HEADING_PX), bisect_left(self._month_tops, bottom)
        return [
            Heading(self._months[at], Box(0, self._month_tops[at], self._width_px, HEADING_PX))
            for at in range(max(first, 1), last)
        ]

    def month_at(self, y: int) -> Month | None:
        """The month that a row belongs to."""
        return self._months[max(bisect_right(self._month_tops, y) - 1, 0)] if self._months else None

    def moved(self, number: int, rows: int) -> int:
        """The entry so many rows below or above, in the same column or the nearest to it; the same at the ends."""
        row = bisect_right(self._firsts, number) - 1
        column = number - self._firsts[row]
        target = min(max(row + rows, 0), len(self._firsts) - 1)
        return number if target == row else min(self._firsts[target] + column, self._end(target) - 1)

    def rows_in(self, height_px: int) -> int:
        """How many whole rows such a height shows; one at least."""
        return max(height_px // (self.tile_height_px + GAP_PX), 1)

    def _end(self, row: int) -> int:
        return self._firsts[row + 1] if row + 1 < len(self._firsts) else self.count

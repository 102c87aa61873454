"""A reel as it is while somebody decides about it: what was chosen, and what the user changed about that by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from duskreel.errors import DiaryError
from duskreel.export.recap import Moment
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.values import EntryFilter
from duskreel.memories.recap import wanted_days
from duskreel.memories.recap_plan import PlannedDay, RecapPlan
from duskreel.timecode import clock


@dataclass(frozen=True)
class Draft:
    """The days of a reel. Every change gives a new one."""

    plan: RecapPlan
    entries: Mapping[str, Entry]
    """by their ids: those that the plan names, as far as the diary still has them"""
    hard_days: frozenset[date] = frozenset()
    """those that are left out with hard days"""
    keeps_hard_days: bool = True
    found: Mapping[date, tuple[Moment, ...]] = field(default_factory=dict)
    """of the days that were looked through for another moment: all of them, in the order in which they are offered"""

    @property
    def days(self) -> tuple[PlannedDay, ...]:
        """What the user sees: also the days that were left out by hand, but no hard days that are not wanted."""
        return tuple(day for day in self.plan.days if self.keeps_hard_days or day.moment.day not in self.hard_days)

    @property
    def wanted(self) -> RecapPlan:
        """What the reel is made of, and what is kept in a file."""
        return replace(self.plan, days=self.days)

    @property
    def shown_count(self) -> int:
        """How many days the reel has."""
        return len(self.wanted.moments)

    @property
    def duration_ms(self) -> int:
        """How long the reel becomes."""
        return sum(moment.span.duration_ms for moment in self.wanted.moments)

    @property
    def summary(self) -> str:
        """How many days, how long, and how many are left out."""
        if not self.shown_count:
            return "No day is in the reel."
        days = "1 day" if self.shown_count == 1 else f"{self.shown_count} days"
        out = len(self.days) - self.shown_count
        left_out = f"  ·  {out} left out" if out else ""
        return f"{days}  ·  {clock(self.duration_ms)}{left_out}"

    def entry_of(self, day: PlannedDay) -> Entry | None:
        """The entry whose clip is shown; None if it is gone."""
        return self.entries.get(day.moment.entry_id)

    def toggled(self, row: int) -> "Draft":
        """Leave a day out, or take it in again."""
        old = self.days[row]
        return self._with(old, replace(old, is_left_out=not old.is_left_out))

    def with_hard_days(self, *, is_kept: bool) -> "Draft":
        """With hard days, or without them."""
        return replace(self, keeps_hard_days=is_kept)

    def has_looked(self, row: int) -> bool:
        """Whether all other moments of a day are known."""
        return self.days[row].moment.day in self.found

    def place_of(self, row: int) -> tuple[int, int]:
        """The number of the moment that a day shows, from 1 on, and of how many; (1, 0) where nobody looked."""
        day = self.days[row]
        found = self.found.get(day.moment.day, ())
        return (found.index(day.moment) + 1 if day.moment in found else 1), len(found)

    def looked(self, row: int, others: Sequence[Moment], entries: Mapping[str, Entry]) -> "Draft":
        """These are the other moments of a day, the best first, and their entries."""
        moment = self.days[row].moment
        found = {**self.found, moment.day: (moment, *others)}
        return replace(self, found=found, entries={**self.entries, **entries})

    def with_next(self, row: int) -> "Draft":
        """Show the next moment of a day that was looked through; after the last, the first again."""
        number, count = self.place_of(row)
        old = self.days[row]
        if not count:
            return self
        following = self.found[old.moment.day][number % count]
        return self._with(old, replace(old, moment=following, is_left_out=False))

    def _with(self, old: PlannedDay, new: PlannedDay) -> "Draft":
        days = tuple(new if day is old else day for day in self.plan.days)
        return replace(self, plan=replace(self.plan, days=days))


def draft_of(plan: RecapPlan, diary: Diary) -> Draft:
    """Gather what is to be known about a plan."""
    ids = {day.moment.entry_id for day in plan.days}
    return Draft(plan, entries_by_id(ids, diary), _hard_days(plan, diary))


def entries_by_id(ids: set[str], diary: Diary) -> dict[str, Entry]:
    """Those that the diary has."""
    found = {}
    for entry_id in ids:
        try:
            found[entry_id] = diary.find(entry_id)
        except DiaryError:
            # A plan may name a day that is left out and whose entry is gone.
            continue
    return found


def _hard_days(plan: RecapPlan, diary: Diary) -> frozenset[date]:
    if not plan.days:
        return frozenset()
    days = [day.moment.day for day in plan.days]
    found = diary.entries(EntryFilter(first_day=min(days), last_day=max(days)))
    kept = wanted_days(found, keeps_hard_days=False)
    return frozenset(wanted_days(found, keeps_hard_days=True)) - frozenset(kept)

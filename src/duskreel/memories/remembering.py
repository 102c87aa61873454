"""What is worth seeing again today: at most three entries, the same ones all day.

Nothing is stored for it and nothing is pushed: whoever opens the diary finds them, or does not look. What was hidden
from memories never comes back, and a hard day says only that it is one until somebody wants to see it.
"""

import calendar
import zlib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from statistics import median_low
from typing import Protocol

from duskreel.library.entry import Entry, Mood, Transcript
from duskreel.library.glance import Glance
from duskreel.memories.looking_ahead import Intention, Rules, intentions, may_look_ahead

MOST_MEMORIES = 3
SLACK_DAYS = 7
"""a year that has nothing on this day may have something around it"""
MONTH_DAYS, MONTH_SLACK_DAYS = 30, 2
HALF_YEAR_DAYS, HALF_YEAR_SLACK_DAYS = 182, 3
FIRST_SAID_DAYS, LAST_SAID_DAYS = 14, 92
"""an intention comes back when it is no longer fresh and not yet strange"""
MOST_HEARD = 12
"""transcripts are files, and so many are read in a moment"""
HARD_BELOW = 2.5


class HardDays(Enum):
    """What becomes of hard days; the values are those of `Settings.memories`."""

    SHOW = "all"
    ASK = "ask"
    NEVER = "none"

    @classmethod
    def of(cls, setting: str) -> "HardDays":
        """Whatever is not known is careful."""
        return next((choice for choice in cls if choice.value == setting), cls.ASK)


class Kind(Enum):
    """Why an entry comes back."""

    ON_THIS_DAY = "on this day"
    AROUND_THIS_TIME = "around this time"
    A_MONTH_AFTER = "a month after"
    HALF_A_YEAR_AFTER = "half a year after"
    YOU_SAID = "you said"


@dataclass(frozen=True)
class Since:
    """What came after an entry."""

    count: int
    """of entries"""
    mood: Mood | None
    """the middle one of theirs, of two the heavier; None if none was said"""


@dataclass(frozen=True)
class Memory:
    """One entry, and why it comes back."""

    kind: Kind
    entry: Entry
    today: date
    is_hard: bool
    is_veiled: bool
    """a hard day that nobody has asked to see: neither its picture nor its words are shown yet"""
    said: Intention | None = None
    """for `Kind.YOU_SAID`"""
    since: Since | None = None
    """for the two that look at what came after"""

    @property
    def day(self) -> date:
        """The entry's own."""
        return self.entry.recorded_at.date()


class Archive(Protocol):
    """Where the few entries are looked up that may come back."""

    def entry(self, entry_id: str) -> Entry | None:
        """The whole of one; None if it has just been deleted."""

    def texts(self, entry_ids: Sequence[str]) -> Mapping[str, str]:
        """What was said in these entries, by their ids; asked for a few of them."""

    def transcript(self, entry: Entry) -> Transcript | None:
        """The same with its times; asked for still fewer."""


def remember(
    glances: Sequence[Glance], today: date, hard_days: HardDays, archive: Archive, rules: Rules
) -> list[Memory]:
    """What comes back today, most fitting first; for the same diary and day always the same.

    Args:
        glances: of the whole diary, newest first.
        today: the day to look back from.
        hard_days: what becomes of them.
        archive: knows the rest.
        rules: by which intentions are found.

    Returns:
        At most `MOST_MEMORIES`, each of another entry.
    """
    recall = _Recall(glances, today, hard_days, archive, rules)
    chosen: dict[str, Memory] = {}
    waiting = deque((recall.anniversaries(), recall.intentions(), recall.a_month_after(), recall.half_a_year_after()))
    while waiting and len(chosen) < MOST_MEMORIES:
        # One of each kind in turn, and none is looked for before it is its turn.
        kind = waiting.popleft()
        memory = next(kind, None)
        if memory is not None:
            chosen.setdefault(memory.entry.id, memory)
            waiting.append(kind)
    return list(chosen.values())


class _Recall:
    """One look back."""

    def __init__(
        self, glances: Sequence[Glance], today: date, hard_days: HardDays, archive: Archive, rules: Rules
    ) -> None:
        self._today, self._hard_days, self._archive, self._rules = today, hard_days, archive, rules
        self._past = [glance for glance in reversed(glances) if glance.day < today]
        self._days: dict[date, list[Glance]] = {}
        for glance in self._past:
            self._days.setdefault(glance.day, []).append(glance)

    def anniversaries(self) -> Iterator[Memory]:
        """One for each earlier year: of this day, or else of a day near it."""
        first_year = min(self._days).year if self._days else self._today.year
        for year in range(self._today.year - 1, max(first_year - 1, date.min.year) - 1, -1):
            same = [glance for day in _same_days(self._today, year) for glance in self._coming(day)]
            if same:
                yield from self._memory(Kind.ON_THIS_DAY, self._best(same))
                continue
            near = self._near(_in_year(self._today, year), SLACK_DAYS)
            if near:
                yield from self._memory(Kind.AROUND_THIS_TIME, self._best(near))

    def intentions(self) -> Iterator[Memory]:
        """What was said about what was to come; the entries in another order each day."""
        ages = range(FIRST_SAID_DAYS, LAST_SAID_DAYS + 1)
        old_enough = [glance for age in ages for glance in self._coming(self._ago(age))]
        heard = sorted(old_enough, key=self._lot)[:MOST_HEARD]
        texts = self._archive.texts([glance.id for glance in heard]) if heard else {}
        for glance in heard:
            found = self._intentions(glance, texts.get(glance.id, ""))
            if found:
                yield from self._memory(Kind.YOU_SAID, glance, said=found[self._lot(glance) % len(found)])

    def _intentions(self, glance: Glance, text: str) -> list[Intention]:
        entry = self._archive.entry(glance.id)
        if entry is None or not may_look_ahead(entry, text, self._rules):
            return []
        transcript = self._archive.transcript(entry)
        return intentions(entry, transcript, self._rules) if transcript else []

    def a_month_after(self) -> Iterator[Memory]:
        """A hard entry, and what came since."""
        near = self._near(self._ago(MONTH_DAYS), MONTH_SLACK_DAYS)
        hard = [glance for glance in near if self._is_hard(glance)]
        if hard:
            best = self._best(hard)
            yield from self._memory(Kind.A_MONTH_AFTER, best, since=self._since(best))

    def half_a_year_after(self) -> Iterator[Memory]:
        """Any entry, and what came since."""
        near = self._near(self._ago(HALF_YEAR_DAYS), HALF_YEAR_SLACK_DAYS)
        if near:
            best = self._best(near)
            yield from self._memory(Kind.HALF_A_YEAR_AFTER, best, since=self._since(best))

    def _memory(
        self, kind: Kind, glance: Glance, *, said: Intention | None = None, since: Since | None = None
    ) -> Iterator[Memory]:
        entry = self._archive.entry(glance.id)
        if entry is not None:
            is_hard = self._is_hard(glance)
            is_veiled = is_hard and self._hard_days is HardDays.ASK
            yield Memory(kind, entry, self._today, is_hard, is_veiled, said, since)

    def _coming(self, day: date | None) -> list[Glance]:
        """The entries of a day that may come back."""
        return [glance for glance in self._days.get(day, ()) if self._may(glance)] if day else []

    def _may(self, glance: Glance) -> bool:
        return not glance.hidden_from_memories and not (self._hard_days is HardDays.NEVER and self._is_hard(glance))

    def _is_hard(self, glance: Glance) -> bool:
        """By its own mood; without one, by that of its day."""
        mood = glance.mood if glance.mood is not None else self._mean(glance.day)
        return mood is not None and mood < HARD_BELOW

    def _mean(self, day: date) -> float | None:
        moods = [glance.mood for glance in self._days[day] if glance.mood is not None]
        return sum(moods) / len(moods) if moods else None

    def _best(self, glances: Sequence[Glance]) -> Glance:
        """One that need not be veiled, then one that was cared for, then by lot."""

        def worth(glance: Glance) -> tuple[bool, bool, bool, int]:
            is_open = not (self._hard_days is HardDays.ASK and self._is_hard(glance))
            return is_open, glance.starred, bool(glance.title), self._lot(glance)

        return max(glances, key=worth)

    def _lot(self, glance: Glance) -> int:
        return zlib.crc32(f"{glance.id} {self._today}".encode())

    def _near(self, day: date | None, slack_days: int) -> list[Glance]:
        """The entries of the nearest day that has some; of two days, if both are as near."""
        for apart in range(slack_days + 1 if day else 0):
            found = [glance for near in {-apart, apart} for glance in self._coming(_moved(day, near))]
            if found:
                return found
        return []

    def _ago(self, days: int) -> date | None:
        return _moved(self._today, -days)

    def _since(self, glance: Glance) -> Since:
        later = self._past[self._past.index(glance) + 1 :]
        moods = [each.mood for each in later if each.mood is not None]
        return Since(len(later), median_low(moods) if moods else None)


def _moved(day: date | None, by_days: int) -> date | None:
    """So many days later, or earlier; None where the calendar has ended."""
    ordinal = day.toordinal() + by_days if day else 0
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def _same_days(today: date, year: int) -> list[date]:
    """The days of that year that are today's: 29 February comes back on the 28th in years that have none."""
    is_missing = (today.month, today.day) == (2, 29) and not calendar.isleap(year)
    same = [] if is_missing else [today.replace(year=year)]
    has_to_wait = (today.month, today.day) == (2, 28) and not calendar.isleap(today.year) and calendar.isleap(year)
    return [*same, date(year, 2, 29)] if has_to_wait else same


def _in_year(day: date, year: int) -> date:
    """The same day of another year; of a year without a 29 February the day before."""
    is_missing = (day.month, day.day) == (2, 29) and not calendar.isleap(year)
    return date(year, 2, 28) if is_missing else day.replace(year=year)

"""What is worth seeing again today: at most three entries, the same ones all day.

Nothing is stored for it and nothing is pushed: whoever opens the diary finds them, or does not look. What was hidden
from memories never comes back, and a hard day says only that it is one until somebody wants to see it.
"""

import calendar
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import chain, zip_longest
from statistics import median_low

from duskreel.library.entry import Entry, Mood, Transcript
from duskreel.memories.looking_ahead import Intention, Rules, intentions

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


Heard = Callable[[Entry], Transcript | None]


def remember(entries: Sequence[Entry], today: date, hard_days: HardDays, heard: Heard, rules: Rules) -> list[Memory]:
    """What comes back today, most fitting first; for the same diary and day always the same.

    Args:
        entries: of the whole diary, in any order.
        today: the day to look back from.
        hard_days: what becomes of them.
        heard: gives what was said in an entry; asked for a few of them.
        rules: by which intentions are found.

    Returns:
        At most `MOST_MEMORIES`, each of another entry.
    """
    recall = _Recall(entries, today, hard_days, heard, rules)
    kinds = (recall.anniversaries(), recall.intentions(), recall.a_month_after(), recall.half_a_year_after())
    in_turn = (memory for memory in chain.from_iterable(zip_longest(*kinds)) if memory is not None)
    chosen: dict[str, Memory] = {}
    for memory in in_turn:
        chosen.setdefault(memory.entry.id, memory)
        if len(chosen) == MOST_MEMORIES:
            break
    return list(chosen.values())


class _Recall:
    """One look back."""

    def __init__(self, entries: Sequence[Entry], today: date, hard_days: HardDays, heard: Heard, rules: Rules) -> None:
        self._today, self._hard_days, self._heard, self._rules = today, hard_days, heard, rules
        past = [entry for entry in entries if _day(entry) < today]
        self._past = sorted(past, key=lambda entry: (entry.recorded_at, entry.id))
        self._means = _means(self._past)
        self._may_come = [entry for entry in self._past if self._may(entry)]

    def anniversaries(self) -> Iterator[Memory]:
        """One for each earlier year: of this day, or else of a day near it."""
        first_year = _day(self._may_come[0]).year if self._may_come else self._today.year
        for year in range(self._today.year - 1, first_year - 2, -1):
            if year < date.min.year:
                return
            same = [entry for entry in self._may_come if _is_same_day(_day(entry), year, self._today)]
            if same:
                yield self._memory(Kind.ON_THIS_DAY, self._best(same))
                continue
            near = self._near(_in_year(self._today, year), SLACK_DAYS)
            if near:
                yield self._memory(Kind.AROUND_THIS_TIME, self._best(near))

    def intentions(self) -> Iterator[Memory]:
        """What was said about what was to come; the entries in another order each day."""
        ages = range(FIRST_SAID_DAYS, LAST_SAID_DAYS + 1)
        old_enough = [entry for entry in self._may_come if (self._today - _day(entry)).days in ages]
        for entry in sorted(old_enough, key=self._lot)[:MOST_HEARD]:
            transcript = self._heard(entry)
            found = intentions(entry, transcript, self._rules) if transcript else []
            if found:
                said = found[self._lot(entry) % len(found)]
                yield self._memory(Kind.YOU_SAID, entry, said=said)

    def a_month_after(self) -> Iterator[Memory]:
        """A hard entry, and what came since."""
        near = self._near(self._ago(MONTH_DAYS), MONTH_SLACK_DAYS)
        hard = [entry for entry in near if self._is_hard(entry)]
        if hard:
            best = self._best(hard)
            yield self._memory(Kind.A_MONTH_AFTER, best, since=self._since(best))

    def half_a_year_after(self) -> Iterator[Memory]:
        """Any entry, and what came since."""
        near = self._near(self._ago(HALF_YEAR_DAYS), HALF_YEAR_SLACK_DAYS)
        if near:
            best = self._best(near)
            yield self._memory(Kind.HALF_A_YEAR_AFTER, best, since=self._since(best))

    def _memory(self, kind: Kind, entry: Entry, *, said: Intention | None = None, since: Since | None = None) -> Memory:
        is_hard = self._is_hard(entry)
        is_veiled = is_hard and self._hard_days is HardDays.ASK
        return Memory(kind, entry, self._today, is_hard, is_veiled, said, since)

    def _may(self, entry: Entry) -> bool:
        return not entry.hidden_from_memories and not (self._hard_days is HardDays.NEVER and self._is_hard(entry))

    def _is_hard(self, entry: Entry) -> bool:
        """By its own mood; without one, by that of its day."""
        mood = entry.mood if entry.mood is not None else self._means.get(_day(entry))
        return mood is not None and mood < HARD_BELOW

    def _best(self, entries: Sequence[Entry]) -> Entry:
        """One that need not be veiled, then one that was cared for, then by lot."""

        def worth(entry: Entry) -> tuple[bool, bool, bool, int]:
            is_open = not (self._hard_days is HardDays.ASK and self._is_hard(entry))
            return is_open, entry.starred, bool(entry.title), self._lot(entry)

        return max(entries, key=worth)

    def _lot(self, entry: Entry) -> int:
        return zlib.crc32(f"{entry.id} {self._today}".encode())

    def _near(self, day: date | None, slack_days: int) -> list[Entry]:
        """The entries of the nearest day that has some."""
        if day is None:
            return []
        apart = {entry.id: abs((_day(entry) - day).days) for entry in self._may_come}
        nearest_days = min(apart.values(), default=slack_days + 1)
        if nearest_days > slack_days:
            return []
        return [entry for entry in self._may_come if apart[entry.id] == nearest_days]

    def _ago(self, days: int) -> date | None:
        ordinal = self._today.toordinal() - days
        return date.fromordinal(ordinal) if ordinal >= 1 else None

    def _since(self, entry: Entry) -> Since:
        later = [each for each in self._past if each.recorded_at > entry.recorded_at]
        moods = [each.mood for each in later if each.mood is not None]
        return Since(len(later), median_low(moods) if moods else None)


def _day(entry: Entry) -> date:
    return entry.recorded_at.date()


def _means(entries: Sequence[Entry]) -> dict[date, float]:
    moods: dict[date, list[Mood]] = {}
    for entry in entries:
        if entry.mood is not None:
            moods.setdefault(_day(entry), []).append(entry.mood)
    return {day: sum(felt) / len(felt) for day, felt in moods.items()}


def _in_year(day: date, year: int) -> date:
    """The same day of another year; of a year without a 29 February the day before."""
    is_missing = (day.month, day.day) == (2, 29) and not calendar.isleap(year)
    return date(year, 2, 28) if is_missing else day.replace(year=year)


def _is_same_day(day: date, year: int, today: date) -> bool:
    """Whether a day of that year is today's: 29 February comes back on the 28th in years that have none."""
    if day.year != year:
        return False
    is_leap_day = (day.month, day.day) == (2, 29) and not calendar.isleap(today.year)
    return (day.month, day.day) == (today.month, today.day) or (is_leap_day and (today.month, today.day) == (2, 28))

"""Days and months in words."""

from datetime import date

from duskreel.library.glance import Glance
from duskreel.memories.days import Month
from duskreel.timecode import clock


def short_day(day: date) -> str:
    """As ``Mon 23``, under a heading that says the month."""
    return f"{day:%a} {day.day}"


def long_day(day: date) -> str:
    """As ``Monday, 23 November 2026``."""
    return f"{day:%A}, {day.day} {day:%B} {day.year}"


def month_name(month: Month) -> str:
    """As ``November 2026``."""
    return f"{month.first_day:%B} {month.year}"


def months_name(first: Month, last: Month) -> str:
    """As ``Sep – Nov 2026``, with both years where they differ; a single month in full."""
    if first == last:
        return month_name(last)
    beginning = f"{first.first_day:%b}" if first.year == last.year else f"{first.first_day:%b} {first.year}"
    return f"{beginning} – {last.first_day:%b} {last.year}"


def period(first: date | None, last: date | None) -> str:
    """A stretch of days, as short as it can be said; ``All time`` if it is open at both ends."""
    if first is None or last is None:
        known = first or last
        return "All time" if known is None else f"{'From' if last is None else 'Until'} {_day(known)}"
    if first == last:
        return _day(first)
    if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return str(first.year)
    month = Month.of(first)
    if (first, last) == (month.first_day, month.last_day):
        return month_name(month)
    return f"{_day(first)} – {_day(last)}"


def entries(count: int) -> str:
    """As ``1 entry``, ``5,000 entries``."""
    return "1 entry" if count == 1 else f"{count:,} entries"


def described(glance: Glance, mood_names: tuple[str, ...]) -> str:
    """Everything that a tile shows, in a sentence for whoever cannot see it."""
    parts = [glance.title, long_day(glance.day), glance.time, clock(glance.duration_ms)]
    if glance.mood is not None:
        parts.append(f"mood: {mood_names[glance.mood - 1]}")
    parts += [words for is_so, words in zip(_marks(glance), MARKS, strict=True) if is_so]
    return ", ".join(part for part in parts if part)


MARKS = ("starred", "recovered after it was cut off", "waiting for its words")


def _marks(glance: Glance) -> tuple[bool, bool, bool]:
    return glance.starred, glance.recovered, not glance.has_words


def _day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"

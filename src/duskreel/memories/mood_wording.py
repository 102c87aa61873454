"""Moods over time in words: what a chart shows, for whoever hears it, and what is said below it."""

from collections.abc import Sequence

from duskreel.memories.moods import Afterwards, MoodDay
from duskreel.memories.wording import long_day

LIGHTER, SAME, HEAVIER = KINDS = ("lighter", "the same", "heavier")
HEAVIER_IS_FINE = "Feeling heavier right after talking about something hard is common."
NEITHER_SAID = "Say how you feel once more after talking, and what it did for you is gathered here."


def mood_day(day: MoodDay, mood_names: Sequence[str]) -> str:
    """As ``Thursday, 5 November 2026: bad, then good; on average okay, 3 of 5``."""
    felt = ", then ".join(mood_names[mood - 1] for mood in day.moods)
    if len(day.moods) == 1:
        return f"{long_day(day.date)}: {felt}, {of_five(day.mean)}"
    return f"{long_day(day.date)}: {felt}; on average {mood_names[day.mood - 1]}, {of_five(day.mean)}"


def of_five(mean: float) -> str:
    """As ``2.7 of 5``, for whoever hears a mood instead of seeing where it lies."""
    return f"{mean:.1f}".removesuffix(".0") + " of 5"


def times(count: int) -> str:
    """As ``once``, ``twice``, ``12 times``."""
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def after_talking(after: Afterwards) -> str:
    """One sentence; what never was is not spoken of."""
    counts = zip(KINDS, (after.lighter, after.same, after.heavier), strict=True)
    parts = [f"{kind} {times(count)}" for kind, count in counts if count]
    if not parts:
        return NEITHER_SAID
    listed = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
    return f"After talking it felt {listed}."


def days_said(days: Sequence[MoodDay]) -> str:
    """How much of a chart there is, as ``34 moods on 20 days``."""
    count = sum(len(day.moods) for day in days)
    moods = "1 mood" if count == 1 else f"{count:,} moods"
    return f"{moods} on {'1 day' if len(days) == 1 else f'{len(days):,} days'}"

"""Memories in words: one quiet line each, and nothing about a hard day before it is asked for."""

from collections.abc import Sequence
from datetime import date

from duskreel.edit.wording import joined
from duskreel.library.entry import Entry, Transcript
from duskreel.memories.remembering import Kind, Memory, Since
from duskreel.memories.wording import long_day
from duskreel.timecode import clock

FIRST_WORDS = 8
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
DAYS_IN_WEEK, DAYS_IN_MONTH = 7, 30.4
MOST_WEEKS = 6


def announced(memory: Memory) -> str:
    """When it was, as ``A year ago today``; of a hard day that nobody asked for, that it is one."""
    when = _when(memory)
    if memory.is_veiled:
        return f"A harder day, {_lower(when)}. Look?"
    return when


def told(memory: Memory, first_words: str = "") -> str:
    """The one line about a memory.

    Args:
        memory: if it is veiled, nothing of what it holds is told.
        first_words: of its clip, for want of a title.
    """
    if memory.is_veiled:
        return announced(memory)
    if memory.said is not None:
        return f"{_when(memory)} you said: “{memory.said.text}”"
    name = memory.entry.title or first_words
    return f"{_when(memory)}: {name}" if name else f"{_when(memory)}: {long_day(memory.day)}"


def what_came_since(since: Since | None, mood_names: Sequence[str]) -> str:
    """As ``Since then: 12 entries, mostly around good.``; "" if nothing is to be said."""
    if since is None or not since.count:
        return ""
    count = "one entry" if since.count == 1 else f"{since.count:,} entries"
    if since.mood is None:
        return f"Since then: {count}."
    felt = "which felt" if since.count == 1 else "mostly around"
    return f"Since then: {count}, {felt} {mood_names[since.mood - 1]}."


def first_words(transcript: Transcript | None) -> str:
    """How a clip begins; "" if nothing was said, or nobody has listened."""
    if transcript is None:
        return ""
    words = [word for word in transcript.words() if word.shown.strip()]
    text = joined(words[:FIRST_WORDS])
    return f"“{text}…”" if len(words) > FIRST_WORDS else f"“{text}”" if text else ""


def place_in_clip(memory: Memory) -> str:
    """As ``at 0:42``, where a sentence is remembered."""
    return "" if memory.said is None else f"at {clock(memory.said.at_ms)}"


def called(entry: Entry) -> str:
    """An entry by its title, or else by its day."""
    return f"“{entry.title}”" if entry.title else f"The entry of {long_day(entry.recorded_at.date())}"


def _when(memory: Memory) -> str:
    if memory.kind is Kind.ON_THIS_DAY:
        return f"{_years(memory.today.year - memory.day.year)} ago today"
    if memory.kind is Kind.AROUND_THIS_TIME:
        return f"{_years(_nearest_years(memory.day, memory.today))} ago, around this time"
    if memory.kind is Kind.A_MONTH_AFTER:
        return "A month ago"
    if memory.kind is Kind.HALF_A_YEAR_AFTER:
        return "Half a year ago"
    return _some_time(memory.today.toordinal() - memory.day.toordinal())


def _some_time(days: int) -> str:
    weeks = round(days / DAYS_IN_WEEK)
    if weeks <= MOST_WEEKS:
        return f"{_number(weeks)} weeks ago"
    return f"{_number(round(days / DAYS_IN_MONTH))} months ago"


def _years(count: int) -> str:
    return "A year" if count == 1 else f"{_number(count)} years"


def _nearest_years(day: date, today: date) -> int:
    """So many years apart, give or take a week."""
    return max(round((today.toordinal() - day.toordinal()) / 365.25), 1)


def _number(count: int) -> str:
    return NUMBERS[count].capitalize() if count < len(NUMBERS) else f"{count:,}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]

"""What goes in and out of the diary besides entries: small frozen values that pickle."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from duskreel.library.entry import Entry, Mood, SeriesDay

HIT_START = "\x02"
"""marks in `SearchHit.snippet` where a hit begins; control characters, so that no text holds them"""
HIT_END = "\x03"


@dataclass(frozen=True)
class DiaryLocation:
    """All that a child process needs to open the same diary."""

    folder: Path
    state: Path
    """where this machine keeps what can be rebuilt: the index, locks, intents (`Places.state`)"""


@dataclass(frozen=True)
class Details:
    """What the user says about a clip that is about to become an entry."""

    title: str = ""
    note: str = ""
    mood: Mood | None = None
    feelings: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    recorded_at: datetime | None = None
    """with offset; None takes the clip's own time"""
    prompt: str = ""
    """the question that was on the screen"""
    series: SeriesDay | None = None


@dataclass(frozen=True)
class Days:
    """A stretch of days, both included; None for an open end."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class Lengths:
    """A range of clip lengths in ms, both included; None for an open end."""

    least_ms: int | None
    most_ms: int | None


@dataclass(frozen=True)
class EntryFilter:
    """Which entries to list; every condition that is set must hold. Days are the entries' own local days."""

    first_day: date | None = None
    last_day: date | None = None
    """included"""
    moods: frozenset[Mood] = frozenset()
    """any of these; empty for all, also those without a mood"""
    feeling: str = ""
    """compared without regard to case"""
    tag: str = ""
    starred: bool = False
    """True for starred ones only"""
    is_without_mood: bool = False
    """entries without a mood, beside those of `moods`"""
    days: tuple[Days, ...] = ()
    """any of these, within `first_day` and `last_day`; empty for all"""
    feelings: frozenset[str] = frozenset()
    """any of these; compared as `feeling`; empty for all"""
    tags: frozenset[str] = frozenset()
    lengths: tuple[Lengths, ...] = ()
    """any of these; empty for all"""
    is_unstarred: bool = False
    """True for those without a star only"""
    is_hidden: bool | None = None
    """whether it is kept out of memories; None for both"""
    has: frozenset[str] = frozenset()
    """any of words, no-words, title, no-title, note, no-note; empty for all"""
    also: tuple["EntryFilter", ...] = ()
    """all of these must let the entry through as well"""
    none_of: tuple["EntryFilter", ...] = ()
    """an entry that meets one of these is left out"""


@dataclass(frozen=True)
class Term:
    """One word to look for, or several in just this order."""

    text: str
    is_phrase: bool = False
    is_excluded: bool = False
    """entries that hold it are left out"""


@dataclass(frozen=True)
class SearchHit:
    """An entry with the place where the text was found."""

    entry: Entry
    snippet: str
    """the sentence of title, note, transcript or tags, each hit between HIT_START and HIT_END; a long one in part"""
    time_ms: int | None = None
    """when the first marked word is said in the clip; None where it is written, not said"""


@dataclass(frozen=True)
class Findings:
    """What a search came to."""

    hits: tuple[SearchHit, ...]
    """best first"""
    instead: tuple[tuple[str, str], ...] = ()
    """words that nothing was found for, each with the word of the diary that was looked for as well"""


@dataclass(frozen=True)
class Problem:
    """Something in the diary folder that is not as it should be, and that is left to the user."""

    where: str
    """relative to the diary folder"""
    what: str
    what_to_do: str

"""What goes in and out of the diary besides entries: small frozen values that pickle."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from duskreel.library.entry import Entry, Mood

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


@dataclass(frozen=True)
class SearchHit:
    """An entry with the place where the text was found."""

    entry: Entry
    snippet: str
    """a piece of title, note, transcript or tags, each hit between HIT_START and HIT_END"""


@dataclass(frozen=True)
class Problem:
    """Something in the diary folder that is not as it should be, and that is left to the user."""

    where: str
    """relative to the diary folder"""
    what: str
    what_to_do: str

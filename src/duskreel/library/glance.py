"""What lists, calendars and memories need of each entry: little enough that thousands are read in a moment."""

from datetime import date
from typing import NamedTuple

from duskreel.library.entry import Mood


class Glance(NamedTuple):
    """An entry as seen in passing. `Diary.entry` gives the whole."""

    id: str
    folder: str
    """relative to the diary, as `Entry.folder`"""
    day: date
    """the entry's own local day"""
    time: str
    """of that day, as ``18:04``"""
    duration_ms: int
    title: str
    mood: Mood | None
    starred: bool
    recovered: bool
    has_words: bool
    """whether somebody has listened to it already"""
    hidden_from_memories: bool = False
    mood_after: Mood | None = None
    has_feelings: bool = False

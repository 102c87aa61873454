"""Memories out of an open diary, each with the words that it is told in."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Transcript
from duskreel.memories import looking_ahead
from duskreel.memories.memory_wording import first_words, told
from duskreel.memories.remembering import Archive, HardDays, Memory, remember

OFF = "off"
"""the value of `Settings.memories` with which none is wanted"""


@dataclass(frozen=True)
class Recalled:
    """A memory that can be told."""

    memory: Memory
    begins: str
    """the first words of its clip; "" if there are none, or it has a title or words of its own to be told by"""

    @property
    def line(self) -> str:
        """All that is said about it for now."""
        return told(self.memory, self.begins)

    def unveiled(self) -> "Recalled":
        """The same after somebody has asked to see it."""
        return replace(self, memory=replace(self.memory, is_veiled=False))


def recall(diary: Diary, today: date, hard_days: HardDays) -> list[Recalled]:
    """What comes back today; see `remember`.

    Raises:
        DiaryError: the diary cannot be read.
    """
    archive = _Archive(diary)
    found = remember(diary.glances(), today, hard_days, archive, looking_ahead.load())
    return [Recalled(memory, _begins(memory, archive)) for memory in found]


def _begins(memory: Memory, archive: Archive) -> str:
    """To read a transcript takes a while, and nobody asks how a clip begins that has a title."""
    is_told_otherwise = memory.entry.title or memory.said is not None
    return "" if is_told_otherwise else first_words(archive.transcript(memory.entry))


class _Archive:
    """The diary, with what was looked up once at hand."""

    def __init__(self, diary: Diary) -> None:
        self.entry = cache(diary.entry)
        self.texts = diary.texts
        self._transcript = diary.transcript
        self._transcripts: dict[str, Transcript | None] = {}

    def transcript(self, entry: Entry) -> Transcript | None:
        if entry.id not in self._transcripts:
            try:
                self._transcripts[entry.id] = self._transcript(entry)
            except DiaryError:
                # A newer program's transcript is no reason to keep all memories back.
                self._transcripts[entry.id] = None
        return self._transcripts[entry.id]

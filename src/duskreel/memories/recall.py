"""Memories out of an open diary, each with the words that it is told in."""

from dataclasses import dataclass, replace
from datetime import date

from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Transcript
from duskreel.memories import looking_ahead
from duskreel.memories.memory_wording import first_words, told
from duskreel.memories.remembering import HardDays, Memory, remember

OFF = "off"
"""the value of `Settings.memories` with which none is wanted"""


@dataclass(frozen=True)
class Recalled:
    """A memory that can be told."""

    memory: Memory
    begins: str
    """the first words of its clip; "" if there are none"""

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

    def heard(entry: Entry) -> Transcript | None:
        try:
            return diary.transcript(entry)
        except DiaryError:
            # A newer program's transcript is no reason to keep all memories back.
            return None

    found = remember(diary.entries(), today, hard_days, heard, looking_ahead.load())
    return [Recalled(memory, first_words(heard(memory.entry))) for memory in found]

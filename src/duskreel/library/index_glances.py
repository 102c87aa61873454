"""Every entry in passing, read once and kept until the index changes. A part of `index`."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from duskreel.library.entry import Mood
from duskreel.library.glance import Glance
from duskreel.library.index_conditions import where
from duskreel.library.index_search import Connection
from duskreel.library.values import EntryFilter

FEW = 2_000
"""entries, up to which reading just these is quick enough"""

_FLAGS = ("starred", "recovered", "transcript_mtime_ns IS NOT NULL", "hidden", "has_feelings")
_MOOD_BITS = 3
_MOOD_MASK = 2**_MOOD_BITS - 1
_STATE = " | ".join(
    [f"(({flag}) << {at})" for at, flag in enumerate(_FLAGS)]
    + [f"(coalesce({mood}, 0) << {len(_FLAGS) + at * _MOOD_BITS})" for at, mood in enumerate(("mood", "mood_after"))]
)
"""moods and flags as one number: each column of thousands of rows takes its time, and few of these numbers differ"""


class GlanceList:
    """Lists entries through the index's connection.

    To read thousands of rows takes longer than to find out which of them are meant, and while somebody filters, looks
    at moods or opens another page, the same ones are listed again and again.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[int, Glance] = {}
        self._known_as_of: tuple[int, int] | None = None

    def meeting(self, wanted: EntryFilter) -> list[Glance]:
        """The entries that meet every condition, newest first."""
        clause, values = where(wanted)
        if not clause:
            return list(self._all().values())
        rows = self._connection.execute(f"SELECT number FROM entries{clause}", values)  # noqa: S608 - our own conditions
        numbers = {number for (number,) in rows}
        if len(numbers) <= FEW and self._known_as_of != self._as_of():
            return list(self._read(clause, values).values())
        return [glance for number, glance in self._all().items() if number in numbers]

    def _all(self) -> dict[int, Glance]:
        as_of = self._as_of()
        if as_of != self._known_as_of:
            self._known, self._known_as_of = self._read("", []), as_of
        return self._known

    def _as_of(self) -> tuple[int, int]:
        """Another one after each change, by this connection or by another one."""
        return self._connection.total_changes, self._connection.execute("PRAGMA data_version").fetchone()[0]

    def _read(self, clause: str, values: list[Any]) -> dict[int, Glance]:
        rows = self._connection.execute(
            f"SELECT number, id, folder, day, time, duration_ms, title, {_STATE} FROM entries{clause}"  # noqa: S608
            " ORDER BY recorded_utc DESC, id DESC",
            values,
        )
        return _glances(rows)


def _glances(rows: Iterable[Any]) -> dict[int, Glance]:
    """By number. What many have in common is made once."""
    days, states = _Made(date.fromisoformat), _Made(_moods_and_flags)
    return {
        number: Glance(entry_id, folder, days[day], time, duration_ms, title, *states[state])
        for number, entry_id, folder, day, time, duration_ms, title, state in rows
    }


def _moods_and_flags(state: int) -> tuple[Mood | None, bool, bool, bool, bool, Mood | None, bool]:
    """The last fields of a `Glance`."""
    starred, recovered, has_words, hidden, has_feelings = (bool(state >> at & 1) for at in range(len(_FLAGS)))
    mood, after = (state >> (len(_FLAGS) + at * _MOOD_BITS) & _MOOD_MASK for at in range(2))
    return _mood(mood), starred, recovered, has_words, hidden, _mood(after), has_feelings


def _mood(number: int) -> Mood | None:
    return Mood(number) if number else None


class _Made(dict[Any, Any]):
    """Values by what they are made of; each is made once."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Any) -> Any:
        self[key] = self._make(key)
        return self[key]

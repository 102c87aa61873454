"""What the index keeps of an entry, as the rows of its tables. A part of `index`."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from duskreel.library.entry import Entry
from duskreel.library.folder import Stamps
from duskreel.library.search_text import searchable

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBERS_PER_S = 8


@dataclass(frozen=True)
class Indexed:
    """What the index keeps of one entry."""

    entry: Entry
    transcript_text: str
    stamps: Stamps
    word_starts: bytes = b""
    """when each word of the text is said, from `search_text.word_starts`"""


def entries_row(item: Indexed) -> dict[str, Any]:
    """What lists and filters need of it."""
    entry, stamps = item.entry, item.stamps
    words = stamps.transcript
    return {
        "id": entry.id,
        "folder": entry.folder,
        "day": entry.recorded_at.date().isoformat(),
        "time": f"{entry.recorded_at:%H:%M}",
        "recorded_utc": in_utc(entry.recorded_at),
        "duration_ms": entry.duration_ms,
        "title": searchable(entry.title),
        "mood": None if entry.mood is None else int(entry.mood),
        "starred": int(entry.starred),
        "hidden": int(entry.hidden_from_memories),
        "recovered": int(entry.recovered),
        "mood_after": None if entry.mood_after is None else int(entry.mood_after),
        "has_feelings": int(bool(entry.feelings)),
        "has_note": int(bool(entry.note.strip())),
        "has_words": int(bool(item.transcript_text.strip())),
        "original_sha256": entry.original.sha256 if entry.original else None,
        "entry_mtime_ns": stamps.entry[0],
        "entry_size_bytes": stamps.entry[1],
        "transcript_mtime_ns": words[0] if words else None,
        "transcript_size_bytes": words[1] if words else None,
    }


def contents_row(item: Indexed) -> dict[str, Any]:
    """What is read of few entries at a time: the whole of one, and the texts."""
    entry = item.entry
    return {
        "json": json.dumps(entry.to_json(), ensure_ascii=False),
        "title": searchable(entry.title),
        "note": searchable(entry.note),
        "tags": searchable(" · ".join(entry.tags)),
        "transcript": searchable(item.transcript_text),
        "word_starts": item.word_starts,
    }


def number_by_time(moment: datetime) -> int:
    """The entry's number, if it is free: in order of time, so that a search finds the newest ones without sorting."""
    return (_moment(moment) - _EPOCH) // timedelta(seconds=1) * _NUMBERS_PER_S


def in_utc(moment: datetime) -> str:
    """Of fixed width, so that text sorts as time does."""
    return _moment(moment).isoformat(timespec="microseconds")


def _moment(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        # Within a day of year 1 or 9999 there is no such moment in UTC; any place in the order will do.
        return moment.replace(tzinfo=UTC)

"""Entries and words to look back on."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from duskreel.library.entry import Entry, Mood, Segment, Transcript, Word
from duskreel.library.folder import POSTER
from duskreel.library.glance import Glance
from duskreel.library.sidecars import ENTRY, TRANSCRIPT

WEST = timezone(timedelta(hours=-5))


def felt(day: str, mood: int | None = None, after: int | None = None, **others: object) -> Entry:
    """An entry of a day and time such as ``2026-11-23`` or ``2026-11-23T18:04``."""
    at = datetime.fromisoformat(day).replace(tzinfo=WEST)
    entry = Entry(
        id=f"01JD{at:%Y%m%d%H%M}",
        folder=f"entries/{at:%Y/%m/%Y-%m-%d %H.%M.%S}",
        clip="clip.mp4",
        recorded_at=at,
        source="camera",
        duration_ms=61_240,
        width=1280,
        height=720,
        mood=None if mood is None else Mood(mood),
        mood_after=None if after is None else Mood(after),
    )
    return replace(entry, **others)  # type: ignore[arg-type]


def glance_of(entry: Entry, *, has_words: bool = True) -> Glance:
    """The same in passing."""
    at = entry.recorded_at
    return Glance(
        *(entry.id, entry.folder, at.date(), f"{at:%H:%M}", entry.duration_ms, entry.title, entry.mood, entry.starred),
        *(entry.recovered, has_words, entry.hidden_from_memories, entry.mood_after, bool(entry.feelings)),
    )


def said(text: str, language: str = "en") -> Transcript:
    """A transcript of these words, 300 ms each."""
    words = tuple(Word(word, 300 * at, 300 * at + 250, 0.9) for at, word in enumerate(text.split()))
    segments = (Segment(0, 300 * len(words), words),) if words else ()
    return Transcript("base", language, 0.98, datetime(2026, 11, 23, tzinfo=UTC), segments)


def plant(
    folder: Path, entries: Iterable[Entry], words: Mapping[str, Transcript] | None = None, poster: bytes = b""
) -> None:
    """Put entries into a diary that nobody has open, with what was said by their ids. Their clips are empty."""
    for entry in entries:
        home = folder / entry.folder
        home.mkdir(parents=True)
        (home / entry.clip).touch()
        (home / ENTRY).write_text(json.dumps(entry.to_json()), encoding="utf-8")
        if words and entry.id in words:
            (home / TRANSCRIPT).write_text(json.dumps(words[entry.id].to_json()), encoding="utf-8")
        if poster:
            (home / POSTER).write_bytes(poster)

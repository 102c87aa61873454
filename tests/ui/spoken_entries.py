"""Entries with words, for what is shown of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Segment, Transcript, Word
from duskreel.library.values import Details
from duskreel.progress import CancelToken, unheard

WORD_MS = 200


def words_of(text: str) -> list[Word]:
    """Words of 150 ms, one every 200 ms; a doubtful one is followed by a question mark in brackets."""
    return [
        Word(word.removesuffix("(?)"), WORD_MS * i, WORD_MS * i + 150, 0.3 if word.endswith("(?)") else 0.9)
        for i, word in enumerate(text.split())
    ]


def transcript_of(text: str) -> Transcript:
    words = tuple(words_of(text))
    segments = (Segment(0, words[-1].end_ms, words),) if words else ()
    return Transcript("base", "en", 0.98, datetime(2026, 11, 23, tzinfo=UTC), segments)


def taken_in(clip: Path, details: Details, text: str | None) -> Callable[[Diary], Entry]:
    """Asks a diary to import a clip, with the transcript of a text if there is one."""

    def take_in(diary: Diary) -> Entry:
        entry = diary.import_clip(clip, details, progress=unheard, token=CancelToken())
        if text is not None:
            diary.save_transcript(entry, transcript_of(text))
        return entry

    return take_in

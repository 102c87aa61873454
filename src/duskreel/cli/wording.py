"""How entries read on the command line and in JSON."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from duskreel.edit.sentences import sentences
from duskreel.edit.wording import joined
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Mood, Transcript
from duskreel.library.glance import Glance
from duskreel.library.values import HIT_END, HIT_START
from duskreel.timecode import clock

SHORTEST_PREFIX = 6
_AS_SIGNS = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code != ord("\t")},
    **dict.fromkeys(range(0x7F, 0xA0), "\N{REPLACEMENT CHARACTER}"),
}


def visible(text: str) -> str:
    """One line, with control characters as signs: in the name of a file they could do anything to a terminal."""
    return text.translate(_AS_SIGNS)


def mood_name(mood: Mood | None, names: Sequence[str]) -> str:
    """The user's word for a mood; "" for none."""
    return "" if mood is None else names[mood - 1]


def day_and_time(entry: Entry) -> str:
    """As the clock on the wall said where it was recorded."""
    return entry.recorded_at.strftime("%Y-%m-%d %H:%M")


def headline(entry: Entry, names: Sequence[str]) -> str:
    """One line that tells entries apart."""
    parts = [day_and_time(entry), clock(entry.duration_ms)]
    if entry.mood is not None:
        parts.append(mood_name(entry.mood, names))
    if entry.title:
        parts.append(f"“{visible(entry.title)}”")
    return ", ".join(parts)


def unique_prefixes(entries: Sequence[Entry | Glance]) -> dict[str, str]:
    """For every id, how much of it names one of these entries alone."""
    ids = sorted(entry.id for entry in entries)
    lengths = dict.fromkeys(ids, SHORTEST_PREFIX)
    for one, other in pairwise(ids):
        shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
        lengths[one] = max(lengths[one], shared + 1)
        lengths[other] = max(lengths[other], shared + 1)
    return {full: full[:length].lower() for full, length in lengths.items()}


def plain_snippet(snippet: str) -> str:
    """A search hit with its marks made visible."""
    return snippet.replace(HIT_START, "»").replace(HIT_END, "«").replace("\n", " ")


def entry_json(diary: Diary, entry: Entry) -> dict[str, Any]:
    """An entry with the absolute paths that scripts want, and with what was said."""
    try:
        transcript = diary.transcript(entry)
    except DiaryError:
        # A newer program's transcript is no reason to keep a whole list back; doctor says what is wrong with it.
        transcript = None
    return {
        **entry.to_json(),
        "folder": str(diary.location.folder / entry.folder),
        "clip": str(diary.location.folder / entry.folder / entry.clip),
        "text": joined(transcript.words()) if transcript else None,
        "language": transcript.language if transcript else None,
    }


def said(transcript: Transcript) -> list[str]:
    """The transcript in sentences, each with the time that it begins at."""
    return [f"{clock(sentence.span.start_ms):>7}  {sentence.text}" for sentence in sentences(transcript.words())]


def file_size(size_bytes: int) -> str:
    """``145 MB``; megabytes of a million bytes, as disks are sold."""
    return f"{size_bytes / 1_000_000:.0f} MB"

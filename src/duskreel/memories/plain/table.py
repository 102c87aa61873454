"""The list of all entries as a table for any spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

from duskreel.memories.plain.page import Shown

COLUMNS = (
    *("date", "time", "offset", "title", "mood", "mood name", "mood afterwards", "feelings", "tags", "starred"),
    *("length in seconds", "words", "note", "folder"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def moods_csv(shown: Iterable[Shown], mood_names: Sequence[str]) -> str:
    """Comma-separated (RFC 4180), oldest first; what a spreadsheet would compute begins with an apostrophe (OWASP)."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for each in sorted(shown, key=lambda each: (each.entry.recorded_at, each.entry.id)):
        rows.writerow([_harmless(value) for value in _row(each, mood_names)])
    return out.getvalue()


def _row(each: Shown, mood_names: Sequence[str]) -> list[str]:
    entry = each.entry
    return [
        f"{entry.recorded_at:%Y-%m-%d}",
        f"{entry.recorded_at:%H:%M:%S}",
        entry.recorded_at.isoformat()[len("2026-11-23T18:04:12") :],
        entry.title,
        "" if entry.mood is None else str(int(entry.mood)),
        "" if entry.mood is None else mood_names[entry.mood - 1],
        "" if entry.mood_after is None else str(int(entry.mood_after)),
        "; ".join(entry.feelings),
        "; ".join(entry.tags),
        "yes" if entry.starred else "",
        f"{entry.duration_ms / 1000:.1f}",
        "" if each.transcript is None else str(sum(1 for _ in each.transcript.words())),
        entry.note,
        each.folder,
    ]


def _harmless(value: str) -> str:
    is_offset = len(value) == len("+01:00") and value[1:3].isdigit() and value[3] == ":"
    return f"'{value}" if value.startswith(_FORMULA) and not is_offset else value

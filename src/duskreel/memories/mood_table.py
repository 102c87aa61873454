"""Moods as a table, for a spreadsheet, a therapist, or a program of one's own."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from duskreel.library.entry import Entry

COLUMNS = ("date", "time", "mood", "mood_name", "mood_after", "feelings")
"""no title and no note among them: what is handed on says how it felt, and not why"""
BETWEEN_FEELINGS = "; "

Row = Mapping[str, Any]


def mood_rows(entries: Iterable[Entry], mood_names: Sequence[str]) -> list[Row]:
    """A row for each entry that says how it felt, oldest first; moods are 1 to 5 or None, feelings a list."""
    ordered = sorted(entries, key=lambda entry: (entry.recorded_at, entry.id))
    return [_row(entry, mood_names) for entry in ordered if entry.mood or entry.mood_after or entry.feelings]


def as_csv(rows: Iterable[Row]) -> str:
    """The rows under a heading, separated by commas (RFC 4180, with the line ends of Unix)."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({**row, "feelings": BETWEEN_FEELINGS.join(row["feelings"])})
    return text.getvalue()


def _row(entry: Entry, mood_names: Sequence[str]) -> Row:
    values = (
        entry.recorded_at.date().isoformat(),
        f"{entry.recorded_at:%H:%M}",
        None if entry.mood is None else int(entry.mood),
        "" if entry.mood is None else mood_names[entry.mood - 1],
        None if entry.mood_after is None else int(entry.mood_after),
        list(entry.feelings),
    )
    return dict(zip(COLUMNS, values, strict=True))

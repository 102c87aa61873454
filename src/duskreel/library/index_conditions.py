"""A filter as conditions on the table of entries. With `index_search`, a part of `index`; used by nothing else."""

from typing import Any

from duskreel.library import sidecars
from duskreel.library.values import EntryFilter

Conditions = tuple[list[str], list[Any]]
"""SQL that must all hold, and the values of its question marks in order"""

_HAS = {
    "words": "has_words = 1",
    "no-words": "has_words = 0",
    "title": "entries.title != ''",
    "no-title": "entries.title = ''",
    "note": "has_note = 1",
    "no-note": "has_note = 0",
}


def where(wanted: EntryFilter) -> tuple[str, list[Any]]:
    """The same as a clause, empty for all."""
    found, values = conditions(wanted)
    return (f" WHERE {' AND '.join(found)}" if found else ""), values


def conditions(wanted: EntryFilter) -> Conditions:
    """What must hold for an entry to be let through."""
    found: list[str] = []
    values: list[Any] = []
    for more, their_values in (_of_days(wanted), _of_mood(wanted), _of_labels(wanted), _of_lengths(wanted)):
        found += more
        values += their_values
    for flag, condition in (
        (wanted.starred, "starred = 1"),
        (wanted.is_unstarred, "starred = 0"),
        (wanted.is_hidden is True, "hidden = 1"),
        (wanted.is_hidden is False, "hidden = 0"),
        (bool(wanted.has), _any(_HAS[what] for what in sorted(wanted.has))),
    ):
        if flag:
            found.append(condition)
    for other in wanted.also:
        more, their_values = conditions(other)
        found += more
        values += their_values
    for other in wanted.none_of:
        more, their_values = conditions(other)
        if more:
            # A missing mood makes a comparison neither true nor false.
            found.append(f"({' AND '.join(more)}) IS NOT TRUE")
            values += their_values
    return found, values


def _any(alternatives: Any) -> str:
    return f"({' OR '.join(alternatives)})"


def _of_days(wanted: EntryFilter) -> Conditions:
    found, values = _between("day", wanted.first_day, wanted.last_day)
    spans = [_between("day", days.first, days.last) for days in wanted.days]
    if spans and all(more for more, _ in spans):
        found.append(_any(" AND ".join(more) for more, _ in spans))
        values += [value for _, their_values in spans for value in their_values]
    return found, [value.isoformat() for value in values]


def _of_lengths(wanted: EntryFilter) -> Conditions:
    spans = [_between("duration_ms", length.least_ms, length.most_ms) for length in wanted.lengths]
    if not spans or not all(more for more, _ in spans):
        return [], []
    return [_any(" AND ".join(more) for more, _ in spans)], [value for _, values in spans for value in values]


def _between(column: str, first: Any, last: Any) -> Conditions:
    ends = [(f"{column} >= ?", first), (f"{column} <= ?", last)]
    return [condition for condition, end in ends if end is not None], [end for _, end in ends if end is not None]


def _of_mood(wanted: EntryFilter) -> Conditions:
    if not wanted.moods and not wanted.is_without_mood:
        return [], []
    alternatives = ["mood IS NULL"] if wanted.is_without_mood else []
    if wanted.moods:
        alternatives.append(f"mood IN ({', '.join('?' for _ in wanted.moods)})")
    return [_any(alternatives)], [int(mood) for mood in wanted.moods]


def _of_labels(wanted: EntryFilter) -> Conditions:
    found: list[str] = []
    values: list[Any] = []
    for kind, words in (
        ("feeling", {wanted.feeling}),
        ("feeling", wanted.feelings),
        ("tag", {wanted.tag}),
        ("tag", wanted.tags),
    ):
        # As sidecars and so the index have them: a terminal may hand over bytes that are no text.
        folded = sorted(sidecars.clean(word).casefold() for word in words if word)
        if folded:
            places = ", ".join("?" for _ in folded)
            found.append(
                f"entries.number IN (SELECT entry_number FROM labels WHERE kind = ? AND folded IN ({places}))"  # noqa: S608 - question marks alone
            )
            values += [kind, *folded]
    return found, values

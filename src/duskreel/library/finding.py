"""Which entry the user means."""

import re
from collections.abc import Sequence
from datetime import date

from duskreel.errors import DiaryError
from duskreel.library.index import Reference

LATEST = "latest"

_MOST_NAMED = 5


def choose(reference: str, references: Sequence[Reference]) -> str:
    """The id of the one entry that is meant.

    Args:
        reference: an id, a unique prefix of one in any case, ``latest``, or a date (``2026-11-23``) with one entry.
        references: what there is, newest first.

    Raises:
        DiaryError: none is meant, or several; these are named.
    """
    wanted = reference.strip()
    if not references:
        raise DiaryError("There is no entry yet.", "Record or import one first.")
    if wanted.lower() == LATEST:
        return references[0].id
    day = _day(wanted)
    if day is not None:
        meant = [known for known in references if known.day == day]
    else:
        folded = wanted.casefold()
        meant = [known for known in references if folded and known.id.casefold().startswith(folded)]
        meant = [known for known in meant if known.id.casefold() == folded] or meant
    if not meant:
        raise DiaryError(f"There is no entry “{reference}”.", "“duskreel list” shows all of them.")
    if len(meant) > 1:
        raise DiaryError(f"“{reference}” could be any of {_named(meant)}.", "Give more of the id.")
    return meant[0].id


def _day(text: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _named(references: Sequence[Reference]) -> str:
    names = [
        f"{known.id} ({known.day.isoformat()}{', ' + known.title if known.title else ''})"
        for known in references[:_MOST_NAMED]
    ]
    more = len(references) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")

"""Searches that the user has given names: searches.json in the diary folder, beside the entries.

Each name is kept with when it was last saved or removed, so that the files of two computers become one by taking the
newer of both for each name; second versions that a sync left are taken in the next time that something changes.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from duskreel.atomic import write_json
from duskreel.errors import DiaryError
from duskreel.library.query import Query, parse
from duskreel.library.sidecars import clean
from duskreel.library.sync_names import copies

FILE = "searches.json"
FORMAT = 1
LONGEST_NAME = 60
LONGEST_QUERY = 2_000
SIGN = "@"
"""before a name where a query is expected"""
_BROKEN = ".broken"


@dataclass(frozen=True)
class SavedSearch:
    """A query under a name; names are told apart without regard to case."""

    name: str
    query: str
    """as the user typed it"""
    changed_at: datetime
    """with offset"""
    is_removed: bool = False
    """kept so that a computer that has not heard of it yet does not bring the search back"""

    def to_json(self) -> dict[str, Any]:
        """As it stands in searches.json."""
        removed = {"removed": True} if self.is_removed else {}
        return {"name": self.name, "query": self.query, "changed_at": self.changed_at.isoformat(), **removed}


def load(folder: Path) -> list[SavedSearch]:
    """The saved searches of the diary in this folder, by name; what cannot be understood is passed over."""
    known = [search for search in _known(folder).values() if not search.is_removed]
    return sorted(known, key=lambda search: search.name.casefold())


def save(folder: Path, name: str, query: str, now: datetime) -> SavedSearch:
    """Keep a query under a name, in place of what had it.

    Raises:
        DiaryError: there is no name or no query, or the file cannot be written.
    """
    name, query = clean(" ".join(name.split())), clean(" ".join(query.split()))
    if not name or len(name) > LONGEST_NAME or name.startswith(("-", SIGN)):
        raise DiaryError(
            "A saved search needs a name.", f"Give it one of up to {LONGEST_NAME} letters that begins with a letter."
        )
    if not query or len(query) > LONGEST_QUERY:
        raise DiaryError("There is no search to save.", "Type words or conditions, such as mood:1..2 river.")
    saved = SavedSearch(name, query, now)
    _change(folder, lambda known: known | {_key(name): saved})
    return saved


def rename(folder: Path, name: str, new_name: str, now: datetime) -> SavedSearch:
    """Give a saved search another name, in place of what had that.

    Raises:
        DiaryError: as for `save` and `find`.
    """
    found = find(folder, name)
    renamed = save(folder, new_name, found.query, now)
    if _key(renamed.name) != _key(found.name):
        remove(folder, found.name, now)
    return renamed


def remove(folder: Path, name: str, now: datetime) -> SavedSearch:
    """Forget a saved search.

    Raises:
        DiaryError: as for `find`, or the file cannot be written.
    """
    found = find(folder, name)
    gone = replace(found, query="", changed_at=max(now, found.changed_at), is_removed=True)
    _change(folder, lambda known: known | {_key(name): gone})
    return found


def find(folder: Path, name: str) -> SavedSearch:
    """The saved search of this name.

    Raises:
        DiaryError: there is none; those that there are are named.
    """
    found = _known(folder).get(_key(name))
    if found is not None and not found.is_removed:
        return found
    names = ", ".join(f"“{search.name}”" for search in load(folder))
    what_to_do = f"There are {names}." if names else "Save one first: duskreel searches --save NAME QUERY."
    raise DiaryError(f"There is no saved search “{name}”.", what_to_do)


def understood(folder: Path, text: str) -> Query:
    """Read a query, or with an @ before it the saved one of that name.

    Raises:
        DiaryError: as for `query.parse` and `find`.
    """
    text = text.strip()
    if text.startswith(SIGN) and len(text) > len(SIGN):
        return parse(find(folder, text.removeprefix(SIGN)).query)
    return parse(text)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _known(folder: Path) -> dict[str, SavedSearch]:
    """By key, also the removed ones, of the file and of its second versions."""
    known: dict[str, SavedSearch] = {}
    for path in [folder / FILE, *_copies(folder)]:
        for search in _read(path) or []:
            key = _key(search.name)
            other = known.get(key)
            if other is None or _rank(search) > _rank(other):
                known[key] = search
    return known


def _rank(search: SavedSearch) -> tuple[datetime, bool, str]:
    """The newer one stays; with the same time, the same one on every computer."""
    return search.changed_at, search.is_removed, search.query


def _copies(folder: Path) -> list[Path]:
    try:
        return [folder / name for name in copies([path.name for path in folder.iterdir()], FILE)]
    except OSError:
        return []


def _read(path: Path) -> list[SavedSearch] | None:
    """None where the file cannot be understood at all."""
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValueError, RecursionError):
        return None
    items = data.get("searches") if isinstance(data, dict) else None
    if not isinstance(items, list):
        return None
    return [search for item in items if (search := _search(item)) is not None]


def _search(item: Any) -> SavedSearch | None:
    if not isinstance(item, dict):
        return None
    name, query, changed_at = (item.get(key) for key in ("name", "query", "changed_at"))
    if not (isinstance(name, str) and isinstance(query, str) and isinstance(changed_at, str)) or not name.strip():
        return None
    try:
        moment = datetime.fromisoformat(changed_at)
    except ValueError:
        return None
    if moment.tzinfo is None or len(name) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        return None
    return SavedSearch(name, query, moment, item.get("removed") is True)


def _change(folder: Path, change: Callable[[dict[str, SavedSearch]], dict[str, SavedSearch]]) -> None:
    """Read once more just before it is written: another computer's changes may have come meanwhile."""
    path, taken_in = folder / FILE, [copy for copy in _copies(folder) if _read(copy) is not None]
    if _read(path) is None:
        with suppress(OSError):
            path.replace(path.with_name(FILE + _BROKEN))
    searches = [search.to_json() for _, search in sorted(change(_known(folder)).items())]
    write_json(path, {"format": FORMAT, "searches": searches})
    for copy in taken_in:
        with suppress(OSError):
            copy.unlink()

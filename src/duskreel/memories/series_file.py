"""Where series come from: resources/series.json, and the user's own in the diary's series.json.

The folder may be synced. What two machines wrote is put together by id, of each series the newer one, also with the
copies that sync programs make where both wrote at once; a removed series stays in the file, marked, so that no other
machine brings it back.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from duskreel.errors import DiaryError
from duskreel.library import sidecars
from duskreel.library.diary import Diary
from duskreel.library.sync_names import copies
from duskreel.memories.series import MOST_DAYS, Progress, Series, progress
from duskreel.paths import resource

FILE = "series.json"
FORMAT = 1
_LOCK_TIMEOUT_S = 30
_KEYS = ("id", "name", "description", "days", "prompts", "removed", "changed_at")
_NEVER = datetime.min.replace(tzinfo=UTC)

Json = dict[str, Any]


def shipped() -> tuple[Series, ...]:
    """All that the program ships."""
    data = json.loads(resource(FILE).read_text(encoding="utf-8"))
    return tuple(replace(series, is_own=False) for each in data["series"] if (series := _series(each)))


def known(folder: Path) -> tuple[Series, ...]:
    """The shipped ones and the user's own, also removed ones; what cannot be understood is passed over.

    Args:
        folder: of the diary.
    """
    found, ids = list(shipped()), {series.id for series in shipped()}
    own = (series for each in _merged(_all_items(folder)) if (series := _series(each)))
    return (*found, *(series for series in own if series.id not in ids))


def overview(diary: Diary) -> list[tuple[Series, Progress]]:
    """Every series with how far it has come."""
    entries = [entry for entry in diary.entries() if entry.series is not None]
    return [(series, progress(series, entries)) for series in known(diary.location.folder)]


def add(diary: Diary, series: Series, now: datetime) -> Series:
    """Keep a new series of the user's own, with an id made of its name.

    Raises:
        DiaryError: there is one of that name already, or the disk fails.
    """
    with _writing(diary) as path:
        others = known(path.parent)
        _refuse_taken(series, others)
        added = replace(series, id=_free_id(series.name, {each.id for each in others}))
        _put(path, added, now)
    return added


def change(diary: Diary, series: Series, now: datetime) -> None:
    """Keep a changed series, or a removed one, in place of what is there with its id.

    Raises:
        DiaryError: it comes with the program, its name is taken, or the disk fails.
    """
    if not series.is_own:
        raise DiaryError(
            f"“{series.name}” comes with Duskreel and stays as it is.", "Make a copy of it, and change that."
        )
    with _writing(diary) as path:
        if not series.is_removed:
            _refuse_taken(series, known(path.parent))
        _put(path, series, now)


def _put(path: Path, series: Series, now: datetime) -> None:
    """Everything in the file stays but this series; copies that a sync has made are taken in."""
    _refuse_foreign(path)
    content, taken_in = _content(path), [one for one in _copies(path.parent) if all(map(_is_named, _items(one)))]
    items = _all_items(path.parent)
    # A clock that is behind another machine's must not make this change the older one.
    changed_at = max([now, *(_changed_at(each) for each in items if each["id"] == series.id)])
    nameless = [each for each in _items(path) if not _is_named(each)]
    if content is None and path.exists():
        sidecars.keep_aside(path)
    together = [*_merged([*items, _to_json(series, changed_at)]), *nameless]
    sidecars.write(path, {"format": FORMAT, **(content or {}), "series": together})
    for one in taken_in:
        with suppress(OSError):
            one.unlink()


def _refuse_foreign(path: Path) -> None:
    """What cannot be read just now, or was written by a newer program, is not ours to replace."""
    try:
        path.open("rb").close()
    except FileNotFoundError:
        return
    except OSError as error:
        raise DiaryError(f"Could not read {path}: {error.strerror or error}.", "Check the disk.") from error
    version = (_content(path) or {}).get("format")
    if isinstance(version, int) and version > FORMAT:
        raise DiaryError(f"A newer Duskreel wrote {path}.", "Install the newest version, then try again.")


def _refuse_taken(series: Series, others: Iterable[Series]) -> None:
    name = series.name.casefold()
    if any(each.name.casefold() == name and each.id != series.id and not each.is_removed for each in others):
        raise DiaryError(f"There is a series “{series.name}” already.", "Choose another name.")


def _free_id(name: str, taken: set[str]) -> str:
    """``ten-mornings``, or ``ten-mornings-2`` where an older one has left entries under that id."""
    plain = re.sub(r"[\W_]+", "-", sidecars.clean(name).lower()).strip("-") or "series"
    number = 1
    while (found := plain if number == 1 else f"{plain}-{number}") in taken:
        number += 1
    return found


@contextmanager
def _writing(diary: Diary) -> Iterator[Path]:
    """One program at a time changes the file."""
    locks = diary.location.state / "locks"
    try:
        locks.mkdir(parents=True, exist_ok=True)
        with FileLock(locks / f"{diary.library_id}.series.lock", timeout=_LOCK_TIMEOUT_S):
            yield diary.location.folder / FILE
    except Timeout as error:
        raise DiaryError(
            "Another Duskreel is changing the series.", "Wait until it is done, then try again."
        ) from error
    except OSError as error:
        raise DiaryError(f"Could not write to {locks}: {error.strerror or error}.", "Check the disk.") from error


# ---- the file


def _content(path: Path) -> Json | None:
    """What the file holds; None where there is none or it is broken."""
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _items(path: Path) -> list[Any]:
    items = (_content(path) or {}).get("series")
    return items if isinstance(items, list) else []


def _copies(folder: Path) -> list[Path]:
    """What a sync program has put beside the file, where two machines had changed it."""
    try:
        names = copies((path.name for path in folder.iterdir()), FILE)
    except OSError:
        return []
    return [folder / name for name in names if "format" in (_content(folder / name) or {}) and _items(folder / name)]


def _all_items(folder: Path) -> list[Json]:
    """Everything that has an id, of the file and of its copies."""
    return [each for path in (folder / FILE, *_copies(folder)) for each in _items(path) if _is_named(each)]


def _is_named(item: Any) -> bool:
    return isinstance(item, dict) and isinstance(item.get("id"), str) and bool(item["id"])


def _merged(items: Sequence[Json]) -> list[Json]:
    """Of each id the one that was changed last, in the order in which they came."""
    newest: dict[str, Json] = {}
    for item in items:
        before = newest.get(item["id"])
        if before is None or _changed_at(item) >= _changed_at(before):
            newest[item["id"]] = item
    return list(newest.values())


def _changed_at(item: Json) -> datetime:
    try:
        moment = datetime.fromisoformat(item["changed_at"])
    except (KeyError, TypeError, ValueError):
        return _NEVER
    return moment if moment.tzinfo else _NEVER


def _series(item: Any) -> Series | None:
    """None where it has no name, or something that nobody would write."""
    if not _is_named(item) or not isinstance(item.get("name"), str) or not item["name"].strip():
        return None
    days, prompts, description = item.get("days"), item.get("prompts"), item.get("description")
    if days is not None and (type(days) is not int or not 1 <= days <= MOST_DAYS):
        return None
    return Series(
        sidecars.clean(item["id"]),
        sidecars.clean(item["name"]),
        sidecars.clean(description) if isinstance(description, str) else "",
        days,
        tuple(filter(None, map(_questions, prompts))) if isinstance(prompts, list) else (),
        is_removed=item.get("removed") is True,
        unknown={key: value for key, value in item.items() if key not in _KEYS},
    )


def _questions(item: Any) -> tuple[str, ...]:
    """Of one day: a question, or several."""
    several = [item] if isinstance(item, str) else item
    if not isinstance(several, list):
        return ()
    return tuple(sidecars.clean(each).strip() for each in several if isinstance(each, str) and each.strip())


def _to_json(series: Series, now: datetime) -> Json:
    cleaned: Json = sidecars.clean(
        {
            "id": series.id,
            "name": series.name,
            "description": series.description,
            "days": series.days,
            "prompts": [questions[0] if len(questions) == 1 else list(questions) for questions in series.prompts],
            "changed_at": now.isoformat(),
            **({"removed": True} if series.is_removed else {}),
            **series.unknown,
        }
    )
    return cleaned

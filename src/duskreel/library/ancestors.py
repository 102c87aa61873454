"""What an entry was before it was changed here: what its versions here and on another computer both came from.

Beside the index lies one small file for each entry that was changed on this computer, with the last version that came
from elsewhere and the last one that was written here. If the latter is one of two versions that a sync could not bring
together, both came from the former. After such versions were united nothing is certain for a while: the other computer
may not know of it yet, and so there is no ancestor until something comes from elsewhere again.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from duskreel.library.entry import Entry, entry_from_json
from duskreel.library.sidecars import is_outside


class Ancestors:
    """The memory of one diary.

    Args:
        folder: on this computer; it is made when it is needed. Nothing is lost with it but convenience.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note_change(self, before: Entry, after: Entry) -> None:
        """The user has changed an entry here."""
        known = self._read(before.id)
        is_ours = known is not None and known["ours"] == _plain(before)
        base = known["base"] if known is not None and is_ours else _plain(before)
        self._write(after, base)

    def note_united(self, entry: Entry) -> None:
        """Two versions have become this one."""
        self._write(entry, None)

    def of(self, one: Entry, other: Entry) -> Entry | None:
        """What both versions came from, if that is known."""
        known = self._read(one.id)
        if known is None or known["base"] is None or known["ours"] not in (_plain(one), _plain(other)):
            return None
        try:
            return entry_from_json(known["base"], one.folder)
        except (ValueError, TypeError, AttributeError):
            return None

    def forget(self, entry_id: str) -> None:
        """The entry is no more."""
        with suppress(OSError, ValueError):
            self._file(entry_id).unlink()

    def _file(self, entry_id: str) -> Path:
        if is_outside(entry_id):
            raise ValueError(f"no id for a file name: {entry_id!r}")
        return self._folder / f"{entry_id}.json"

    def _read(self, entry_id: str) -> dict[str, Any] | None:
        try:
            known = json.loads(self._file(entry_id).read_bytes())
            return {"base": known["base"], "ours": known["ours"]}
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _write(self, ours: Entry, base: Any) -> None:
        # Not synced to the disk: what a power cut leaves of it is no version of anything, and is not used.
        with suppress(OSError, ValueError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            content = json.dumps({"base": base, "ours": _plain(ours)}, ensure_ascii=False)
            self._file(ours.id).write_text(content, encoding="utf-8")


def _plain(entry: Entry) -> Any:
    """As it comes back from a file."""
    return json.loads(json.dumps(entry.to_json()))

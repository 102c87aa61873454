"""A diary whose entries are all gone: its disk is not there, or a sync program has removed them."""

import json
from contextlib import suppress
from pathlib import Path

from duskreel.atomic import write_json
from duskreel.errors import DiaryError


def told(known: int, found: int, binned: int, memory: Path) -> list[str]:
    """A sentence about entries of which none is in the folder, at every opening until there is one again.

    Args:
        known: how many entries the index knows, from the last time.
        found: how many there are.
        binned: how many are in the bin; what another computer has put there is not lost.
        memory: a file on this computer, for the openings after the first; it need not exist.
    """
    known = known or (0 if found else _remembered(memory))
    if found or known <= binned:
        with suppress(OSError):
            memory.unlink(missing_ok=True)
        return []
    with suppress(DiaryError, OSError):
        memory.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_json(memory, {"entries": known})
    counted = "1 entry, and it is not" if known == 1 else f"{known} entries, and none is"
    advice = "If they are really lost, “duskreel restore-backup” brings back what a backup holds."
    return [f"Your diary knew {counted} in the folder. Is its disk there, and is a sync at work? {advice}"]


def _remembered(memory: Path) -> int:
    try:
        known = json.loads(memory.read_bytes())["entries"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return 0
    return known if type(known) is int and known > 0 else 0

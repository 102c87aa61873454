"""What lies in the entry folders beside what belongs there: a look at the names alone, quick enough for every start."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from duskreel.atomic import write_json
from duskreel.errors import DiaryError
from duskreel.library import sidecars, sync_names
from duskreel.library.folder import IDENTITY, DiaryFolder, Scan, looks_like_clip

COPIED = (sidecars.ENTRY, sidecars.TRANSCRIPT)
"""whose second versions are brought together with the first"""

_USUAL = frozenset({*COPIED, "clip.mp4", "poster.jpg", "checksums.json"})
"""what most entry folders hold and nothing else, so that no name there has to be looked at closely"""


@dataclass
class Looked:
    """What was seen. Keys are folders relative to the diary."""

    copies: dict[str, list[str]] = field(default_factory=dict)
    """second versions of sidecars, by a sync program"""
    identities: list[str] = field(default_factory=list)
    """second versions of duskreel.json"""
    waiting: dict[str, str] = field(default_factory=dict)
    """what is not here yet, as a sentence"""


def look(folder: DiaryFolder, scan: Scan) -> Looked:
    """Look into every entry folder; opens no file."""
    looked = Looked(identities=sync_names.copies(_names(folder.root), IDENTITY))
    for relative in scan.entries:
        names = _names(f"{folder.root}/{relative}")
        if "clip.mp4" in names and _USUAL.issuperset(names):
            continue
        found = [name for original in COPIED for name in sync_names.copies(names, original)]
        if found:
            looked.copies[relative] = found
        if not any(map(looks_like_clip, names)):
            looked.waiting[relative] = "Its clip is not here yet, or was lost."
    for relative in scan.without_sidecar:
        names = _names(f"{folder.root}/{relative}")
        if any(looks_like_clip(name) or sync_names.is_half(name) for name in names):
            looked.waiting[relative] = f"Its {sidecars.ENTRY} is not here yet, or was lost."
    return looked


def is_being_brought(folder: Path) -> bool:
    """Whether a sync is at work in an entry folder, so that what is missing there may be about to come."""
    names = _names(folder)
    return any(map(sync_names.is_half, names)) or bool(sync_names.copies(names, sidecars.ENTRY))


def untold(waiting: dict[str, str], memory: Path) -> list[str]:
    """Sentences about what is waiting and was not told before; from now on they count as told.

    Args:
        waiting: as in `Looked`.
        memory: a file on this computer; it need not exist.
    """
    if not waiting:
        with suppress(OSError):
            memory.unlink(missing_ok=True)
        return []
    told = _told(memory)
    if told == set(waiting):
        return []
    with suppress(DiaryError, OSError):
        memory.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_json(memory, {"waiting": sorted(waiting)})
    return [
        f"{relative} is incomplete. {what} If a sync is running, it will follow."
        for relative, what in sorted(waiting.items())
        if relative not in told
    ]


def _told(memory: Path) -> set[str]:
    try:
        told: Iterable[object] = json.loads(memory.read_bytes())["waiting"]
        return {relative for relative in told if isinstance(relative, str)}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _names(folder: str | Path) -> list[str]:
    # os.listdir, not Path.iterdir: this is asked for each of thousands of entries at every start.
    try:
        return os.listdir(folder)  # noqa: PTH208
    except OSError:
        return []

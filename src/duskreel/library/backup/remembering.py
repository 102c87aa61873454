"""Which folder a diary is backed up into on this machine, and when that was done last.

Kept beside the index, not in the settings: every diary has a backup of its own, and a backup folder that hangs on this
machine is of no use to another one that shares the diary. Asked often, so the disk of the backup is left asleep.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from duskreel.atomic import cannot_write, write_json
from duskreel.errors import DiaryError
from duskreel.library.backup.store import BackupFolder, is_backup


@dataclass(frozen=True)
class BackupPlace:
    """Where the backups of a diary go."""

    folder: Path
    last_at: datetime | None = None
    """when the diary was last found to be wholly in it"""
    snapshots: int = 0


def found_in(folder: Path) -> BackupPlace:
    """This folder, with what is in it already."""
    dated = BackupFolder.open(folder).dated(datetime.now(UTC).astimezone()) if is_backup(folder) else []
    return BackupPlace(folder, dated[-1][1].astimezone() if dated else None, len(dated))


def recall(state: Path, library_id: str) -> BackupPlace | None:
    """The folder that was chosen, or None."""
    try:
        data = json.loads(_file(state, library_id).read_bytes())
        last_at = datetime.fromisoformat(data["last_at"]) if data["last_at"] else None
        return BackupPlace(Path(data["folder"]), last_at, int(data["snapshots"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def choose(state: Path, library_id: str, place: BackupPlace) -> None:
    """Back this diary up there from now on.

    Raises:
        DiaryError: that cannot be written down.
    """
    file = _file(state, library_id)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(file, error) from error
    last_at = place.last_at.isoformat() if place.last_at else ""
    write_json(file, {"format": 1, "folder": str(place.folder), "last_at": last_at, "snapshots": place.snapshots})


def note(state: Path, library_id: str, folder: Path, at: datetime, snapshots: int) -> None:
    """A backup was made into this folder, which may be the chosen one. A note that cannot be written harms nothing."""
    known = recall(state, library_id)
    if known is not None and known.folder == folder:
        with suppress(DiaryError):
            choose(state, library_id, BackupPlace(folder, at, snapshots))


def _file(state: Path, library_id: str) -> Path:
    return state / "backups" / f"{library_id}.json"

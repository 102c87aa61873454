"""A backup in a folder: plain files that any program opens, and every clip stored once.

::

    DIR/duskreel-backup.json                  {"format": 1, "library": "<id of the diary>"}
    DIR/objects/ab/abcdef….mp4                each content once, named after its own SHA-256
    DIR/snapshots/2026-11-23T18.04.12.json    one state of the diary: path, size, SHA-256 and mtime of every file

Dated folders with hard links would be prettier to walk through, but exFAT and many network disks, which is what people
back up to, know no links. A name that is the checksum costs nothing, tells a damaged file from a whole one even if
every other file of the backup is lost, and lets an object be written without ever replacing another. The suffix stays,
so that a double click plays a clip; entry.json, an object too, says what it is about.

An object is written under another name, synced and renamed; a snapshot is written last and appears by one rename. So
whatever is there is whole, whenever the disk was unplugged, and what is left over is known by its name. A snapshot
holds a checksum of itself: a flipped digit in it must not lead anywhere.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from duskreel.atomic import TEMPORARY_SUFFIX, sync_folder, write_bytes
from duskreel.errors import DiaryError
from duskreel.library.backup.kept import StoredFile, is_safe
from duskreel.library.ids import new_id

FORMAT = 1
IDENTITY = "duskreel-backup.json"
OBJECTS = "objects"
SNAPSHOTS = "snapshots"
DAMAGED_SUFFIX = ".damaged"
PARTIAL_SUFFIX = ".partial"
_PRIVATE_FOLDER = 0o700
_TIME = "%Y-%m-%dT%H.%M.%S"
_TIME_LENGTH = len("2026-11-23T18.04.12")
_AHEAD = timedelta(days=1)
"""who flies around the world is that far ahead of a clock that is right"""
_SNAPSHOT = re.compile(r"\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d(-\d+)?")
_OBJECT = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,8})?(\.damaged)?")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_NONSENSE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


class BrokenSnapshotError(Exception):
    """A snapshot that cannot be read, or is not what was written. Says which."""


@dataclass(frozen=True)
class Snapshot:
    """One state of the diary."""

    library: str
    began_at: datetime
    """when the diary was first looked at for it, with offset"""
    files: tuple[StoredFile, ...]
    """in the order of their paths"""

    @property
    def size_bytes(self) -> int:
        """Of the diary as it was; the backup holds equal contents once."""
        return sum(file.size_bytes for file in self.files)


def object_name(file: StoredFile) -> str:
    """The checksum, with the suffix that tells other programs what it is."""
    suffix = os.path.splitext(file.path)[1].lower()  # noqa: PTH122 - thousands of names
    return file.sha256 + (suffix if _SUFFIX.fullmatch(suffix) and suffix != DAMAGED_SUFFIX else "")


def taken_at(name: str) -> datetime | None:
    """When a snapshot of this name was taken, by the clock on the wall then; None for files that others put there."""
    if not _SNAPSHOT.fullmatch(name):
        return None
    try:
        return datetime.strptime(name[:_TIME_LENGTH], _TIME)  # noqa: DTZ007 - the wall's time is what is meant
    except ValueError:
        return None


class BackupFolder:
    """The files of one backup. Whoever changes it holds the lock of its diary (`only_one`).

    Args:
        root: where it is.
        library_id: of the diary that it is of.
    """

    def __init__(self, root: Path, library_id: str) -> None:
        self.root = root
        self.library_id = library_id

    @classmethod
    def open(cls, root: Path) -> "BackupFolder":
        """Look into a backup without changing anything.

        Raises:
            DiaryError: it is none, or a newer version of the program made it.
        """
        library_id = _library_id(root)
        if library_id is None:
            raise DiaryError(f"{root} is not a backup of a diary.", "Choose the folder that holds “snapshots”.")
        return cls(root, library_id)

    @classmethod
    def begin(cls, root: Path, library_id: str) -> "BackupFolder":
        """Go on with the backup in this folder, or begin one beside whatever else is in it.

        Raises:
            DiaryError: it is another diary's, or the folder cannot be written to. Nothing was changed.
            OSError: likewise.
        """
        known = _library_id(root)
        if known is not None and known != library_id:
            raise DiaryError(f"{root} holds the backup of another diary.", "Choose another folder for this one.")
        root.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        if _noted_library_id(root) is None:
            write_bytes(root / IDENTITY, _encoded({"format": FORMAT, "library": library_id}))
        for name in (OBJECTS, SNAPSHOTS):
            (root / name).mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        sync_folder(root)
        return cls(root, library_id)

    # ---- snapshots

    def every_snapshot(self) -> list[str]:
        """Names of all that may be a snapshot, also those that somebody renamed."""
        return _snapshot_names(self.root)

    def snapshots(self) -> list[str]:
        """Names of the snapshots, oldest first."""
        return [name for name in self.every_snapshot() if taken_at(name) is not None]

    def dated(self, now: datetime) -> list[tuple[str, datetime]]:
        """Every snapshot with when it was taken, oldest first.

        A name ahead of the clock was given while a clock was wrong, or just after such a name, so that the order
        stays; then what the snapshot says of itself counts, as far as that agrees with the order.

        Args:
            now: by the clock on the wall, as are the times that are returned; offsets do not matter.
        """
        latest = now.replace(tzinfo=None) + _AHEAD
        named = [(name, time) for name in self.snapshots() if (time := taken_at(name)) is not None]
        found = [(name, time) for name, time in named if time <= latest]
        earliest = found[-1][1] if found else datetime.min  # noqa: DTZ901 - as all of these times
        ahead: list[tuple[str, datetime]] = []
        for name, _ in reversed(named[len(found) :]):
            with suppress(BrokenSnapshotError):
                latest = max(earliest, min(latest, self.read(name).began_at.replace(tzinfo=None)))
            ahead.append((name, latest))
        return found + ahead[::-1]

    def read(self, name: str) -> Snapshot:
        """One snapshot.

        Raises:
            BrokenSnapshotError: it cannot be read, or is damaged.
        """
        try:
            return _decoded((self.root / SNAPSHOTS / f"{name}.json").read_bytes())
        except (OSError, *_NONSENSE) as error:
            raise BrokenSnapshotError(name) from error

    def newest(self) -> tuple[str, Snapshot] | None:
        """The newest snapshot that can be read, with its name."""
        for name in reversed(self.snapshots()):
            with suppress(BrokenSnapshotError):
                return name, self.read(name)
        return None

    def write(self, snapshot: Snapshot, now: datetime) -> str:
        """Let a snapshot appear, once everything in it is on the disk.

        Returns:
            Its name.

        Raises:
            DiaryError: it cannot be written. There is none then.
            OSError: likewise.
        """
        self._sync_objects()
        name, number = f"{now:{_TIME}}", 1
        while os.path.lexists(path := self.root / SNAPSHOTS / f"{name}.json"):
            number += 1
            name = f"{now:{_TIME}}-{number}"
        write_bytes(path, _encoded(_described(snapshot, now)))
        return name

    def time_for_next(self, now: datetime) -> datetime:
        """The present, or just after the newest snapshot: their names tell which of them is the newest.

        Whoever flies west or sets the clock right has a clock that goes back.
        """
        newest = max((time for name in self.snapshots() if (time := taken_at(name)) is not None), default=None)
        if newest is None or newest < now.replace(tzinfo=None):
            return now
        return (newest + timedelta(seconds=1)).replace(tzinfo=now.tzinfo)

    def remove_snapshot(self, name: str) -> None:
        """Forget one state. Its objects stay until nothing needs them."""
        (self.root / SNAPSHOTS / f"{name}.json").unlink(missing_ok=True)

    def sync_snapshots(self) -> None:
        """Make it last that snapshots are gone, before their objects go."""
        sync_folder(self.root / SNAPSHOTS)

    # ---- objects

    def path(self, name: str) -> Path:
        """Where an object of this name is, or would be."""
        return self.root / OBJECTS / name[:2] / name

    def objects(self) -> dict[str, int]:
        """Names of all objects with their sizes in bytes, also of those set aside as damaged."""
        found: dict[str, int] = {}
        if not (self.root / OBJECTS).is_dir():
            return found
        with os.scandir(self.root / OBJECTS) as folders:
            homes = [home.path for home in folders if len(home.name) == 2 and home.is_dir(follow_symlinks=False)]
        for home in homes:
            with os.scandir(home) as files:
                found.update({file.name: file.stat().st_size for file in files if _OBJECT.fullmatch(file.name)})
        return found

    def new_partial(self) -> Path:
        """A name for an object that is being written; what is left under such a name is nobody's."""
        return self.root / OBJECTS / f"{new_id()}{PARTIAL_SUFFIX}"

    def adopt(self, partial: Path, file: StoredFile) -> None:
        """Give a finished and synced object its name; a damaged one of this name is needed no longer."""
        path = self.path(object_name(file))
        path.parent.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        partial.replace(path)
        with suppress(OSError):
            path.with_name(path.name + DAMAGED_SUFFIX).unlink(missing_ok=True)

    def clear_leftovers(self) -> None:
        """Remove what a killed backup was writing."""
        partials = (self.root / OBJECTS).glob(f"*{PARTIAL_SUFFIX}")
        temporaries = (self.root / SNAPSHOTS).glob(f".*{TEMPORARY_SUFFIX}")
        for path in [*partials, *temporaries, *self.root.glob(f".{IDENTITY}{TEMPORARY_SUFFIX}")]:
            path.unlink(missing_ok=True)

    def _sync_objects(self) -> None:
        """Also for objects that an earlier, killed run has written."""
        root = self.root / OBJECTS
        for home in [*(home for home in root.iterdir() if home.is_dir()), root]:
            sync_folder(home)


def is_backup(root: Path) -> bool:
    """Whether this folder holds a backup of some diary."""
    return _library_id(root) is not None


def needed_objects(snapshots: Iterable[Snapshot]) -> set[str]:
    """Names of the objects without which one of these states could not be restored."""
    return {object_name(file) for snapshot in snapshots for file in snapshot.files}


def _snapshot_names(root: Path) -> list[str]:
    # Other systems leave files such as “._2026….json” on disks that they share.
    files = (root / SNAPSHOTS).glob("*.json")
    return sorted(path.stem for path in files if not path.name.startswith("."))


def _library_id(root: Path) -> str | None:
    """Whose backup it is; where the note of that is lost, a snapshot knows. None where there is no backup."""
    noted = _noted_library_id(root)
    if noted is not None:
        return noted
    for name in _snapshot_names(root):
        with suppress(BrokenSnapshotError):
            return BackupFolder(root, "").read(name).library
    return None


def _noted_library_id(root: Path) -> str | None:
    try:
        data = json.loads((root / IDENTITY).read_bytes())
        library_id, format_ = data["library"], data["format"]
    except (OSError, *_NONSENSE):
        return None
    if type(format_) is int and format_ > FORMAT:
        raise DiaryError(
            f"The backup in {root} was made by a newer version of Duskreel.", "Install the newest version."
        )
    return library_id if isinstance(library_id, str) else None


def _encoded(data: Any) -> bytes:
    # A name that is no valid Unicode holds lone surrogates; replaced like this they are what JSON writes for them.
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _described(snapshot: Snapshot, now: datetime) -> dict[str, Any]:
    files = [vars(file) for file in snapshot.files]
    content = {"library": snapshot.library, "began_at": snapshot.began_at.isoformat(), "files": files}
    return {"format": FORMAT, "made_at": now.isoformat(), "checksum": _checksum(content), **content}


def _checksum(content: dict[str, Any]) -> str:
    """Of the meaning, not the bytes: whoever formats the file anew does no harm."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _decoded(encoded: bytes) -> Snapshot:
    data = json.loads(encoded)
    content = {key: data[key] for key in ("library", "began_at", "files")}
    if data["format"] != FORMAT or _checksum(content) != data["checksum"]:
        raise ValueError("not as it was written")
    files = tuple(StoredFile(**file) for file in content["files"])
    if not all(is_safe(file.path) and _OBJECT.fullmatch(object_name(file)) for file in files):
        raise ValueError("a name in it leads elsewhere")
    return Snapshot(content["library"], datetime.fromisoformat(content["began_at"]), files)

"""Reading a backup folder back: whether every byte is what it was."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from duskreel.errors import DiaryError
from duskreel.library.backup.incremental import only_one
from duskreel.library.backup.kept import FileReading, StoredFile, is_whole
from duskreel.library.backup.store import DAMAGED_SUFFIX, BackupFolder, BrokenSnapshotError, object_name
from duskreel.progress import CancelToken, Progress


@dataclass(frozen=True)
class VerifyRequest:
    """Which backup is to be read."""

    folder: Path
    state: Path
    """`DiaryLocation.state` of this machine, for the lock"""


@dataclass(frozen=True)
class Damage:
    """One content that is no longer what it was."""

    paths: tuple[str, ...]
    """where it was in the diary; the folder tells the entry"""
    is_missing: bool


@dataclass(frozen=True)
class Verified:
    """What came of reading everything."""

    folder: Path
    objects: int
    size_bytes: int
    snapshots: int
    damage: tuple[Damage, ...]
    broken_snapshots: tuple[str, ...]


def verify(request: VerifyRequest, /, *, progress: Progress, token: CancelToken) -> Verified:
    """Read every object that some snapshot needs and compare it with its checksum.

    A damaged one is set aside, so that the next backup copies it again; one that is set aside and turns out to be
    whole, since only a cable was bad, comes back. A folder that may not be written to is only read.

    Raises:
        DiaryError: it is no backup, or another program is changing it.
        Cancelled: nothing has come of it, except that what was found damaged is set aside.
    """
    folder = BackupFolder.open(request.folder.absolute())
    with only_one(request.state, folder.library_id):
        wanted, names, broken = _wanted(folder)
        total_bytes = sum(files[0].size_bytes for files in wanted.values()) or 1
        done_bytes = 0
        damage: list[Damage] = []
        for name, files in wanted.items():
            progress("Reading", done_bytes / total_bytes)
            is_there = _looked_at(folder, name, files[0], token)
            if is_there is not None:
                damage.append(Damage(tuple(sorted({file.path for file in files})), is_missing=not is_there))
            done_bytes += files[0].size_bytes
    return Verified(folder.root, len(wanted), total_bytes, names, tuple(damage), tuple(broken))


def _wanted(folder: BackupFolder) -> tuple[dict[str, list[StoredFile]], int, list[str]]:
    """Every object with the files that it is, how many snapshots there are, and which of them are broken."""
    wanted: dict[str, dict[str, StoredFile]] = {}
    broken: list[str] = []
    names = folder.every_snapshot()
    for name in names:
        try:
            for file in folder.read(name).files:
                wanted.setdefault(object_name(file), {}).setdefault(file.path, file)
        except BrokenSnapshotError:
            broken.append(name)
    return {name: list(files.values()) for name, files in sorted(wanted.items())}, len(names), broken


def _looked_at(folder: BackupFolder, name: str, file: StoredFile, token: CancelToken) -> bool | None:
    """None if it is whole; otherwise whether anything is there at all."""
    path = folder.path(name)
    aside = path.with_name(path.name + DAMAGED_SUFFIX)
    if _is_whole(path, file, token):
        return None
    if _is_whole(aside, file, token) and _renamed(aside, path):
        return None
    if path.is_file():
        _renamed(path, aside)
    return path.is_file() or aside.is_file()


def _renamed(path: Path, other: Path) -> bool:
    with suppress(OSError):
        path.replace(other)
        return True
    return False


def _is_whole(path: Path, file: StoredFile, token: CancelToken) -> bool:
    return is_whole(lambda: FileReading(path), file, token)


def described(verified: Verified) -> list[str]:
    """Lines about everything that is wrong; none if nothing is."""
    lists = [f"The list of files {name} cannot be read." for name in verified.broken_snapshots]
    return lists + [_told(damage) for damage in verified.damage]


def _told(damage: Damage) -> str:
    first, *others = damage.paths
    also = f", which is also {', '.join(others)}," if others else ""
    return f"{first}{also} is {'missing' if damage.is_missing else 'damaged'}."


def refuse_damage(verified: Verified) -> None:
    """Raise what a command ends with where something was found wrong."""
    if verified.damage or verified.broken_snapshots:
        count = len(verified.damage) + len(verified.broken_snapshots)
        raise DiaryError(
            f"{count} of {verified.objects + verified.snapshots} files in {verified.folder} are damaged or missing.",
            "Back up again: what the diary still has is copied anew.",
        )

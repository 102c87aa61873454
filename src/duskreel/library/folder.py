"""The diary folder: the truth, of which the index is only a picture."""

import contextlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from duskreel.atomic import TEMPORARY_SUFFIX, sync_folder
from duskreel.errors import DiaryError
from duskreel.library import identity, sidecars
from duskreel.library.sync_names import is_copy, is_half

FORMAT = identity.FORMAT
IDENTITY = "duskreel.json"
ENTRIES = "entries"
BIN = "bin"
BINNED = "binned.json"
"""in a binned folder: where it came from and when"""
INCOMING = "incoming"
RECORDING = "recording"
SHORTS = "shorts"
MERGED = "merged"
"""in an entry's folder: versions of its sidecars that a sync could not bring together, and what became of them"""
POSTER = "poster.jpg"
CLIP_SUFFIXES = frozenset(
    {".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".ts", ".mts", ".m2ts", ".mpg", ".mpeg", ".flv"}
    | {".ogv", ".wmv", ".asf", ".3gp"}
)

_PRIVATE_FOLDER = 0o700
_USUAL_DEPTH = 3
"""entries/2026/11/…"""
_DEEPEST = 9
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


def has_takes(root: Path) -> bool:
    """Whether some recording in this diary has not become an entry, finished or not; cheap to ask at every start."""
    return any((root / RECORDING).glob("*"))


@dataclass(frozen=True)
class Stamps:
    """By which a changed sidecar is noticed: (mtime in ns, size in bytes) of each; None where missing."""

    entry: tuple[int, int]
    transcript: tuple[int, int] | None


@dataclass(frozen=True)
class Scan:
    """What lies under entries/. Keys and items are folders relative to the diary."""

    entries: dict[str, Stamps]
    without_sidecar: tuple[str, ...]
    misnamed: tuple[str, ...]
    """folders whose names are not valid Unicode, shown with “?”; neither JSON nor the index can hold them"""


class DiaryFolder:
    """An opened diary folder. Every relative path has forward slashes."""

    def __init__(self, root: Path, library_id: str) -> None:
        self.root = root
        self.library_id = library_id

    @classmethod
    def open(cls, root: Path) -> tuple["DiaryFolder", list[str]]:
        """Open a diary, or begin one where there is none.

        Returns:
            The folder, and sentences about what had to be mended.

        Raises:
            DiaryError: the folder cannot be used; nothing was changed.
        """
        _make_root(root)
        library_id, notices = identity.settle(root / IDENTITY)
        return cls(root, library_id), notices

    def path(self, relative: str) -> Path:
        """The absolute path of an entry's folder or of a file in it."""
        return self.root / relative

    def scan(self) -> Scan:
        """Find every entry folder, wherever under entries/ the user has put it, without opening a file."""
        entries: dict[str, Stamps] = {}
        bare: list[str] = []
        misnamed: list[str] = []
        for folder, found in self._folders(self.root / ENTRIES, 1):
            relative = f"{ENTRIES}/{Path(folder).relative_to(self.root / ENTRIES).as_posix()}"
            readable = sidecars.clean(relative)
            if readable != relative:
                misnamed.append(readable)
            elif found is not None:
                entries[relative] = found
            else:
                bare.append(relative)
        return Scan(entries, tuple(sorted(bare)), tuple(sorted(misnamed)))

    def _folders(self, folder: str | Path, depth: int) -> Iterator[tuple[str, Stamps | None]]:
        """Entry folders with their stamps, and ends of the tree, where entries usually lie, that hold none.

        The ways to them are passed through, as deep as anybody may have sorted entries by hand.
        """
        try:
            with os.scandir(folder) as listing:
                # A name with a dot in front belongs to the system or to a sync, such as Syncthing's .stversions.
                children = [
                    child.path
                    for child in listing
                    if child.is_dir(follow_symlinks=False) and not child.name.startswith(".") and child.name != MERGED
                ]
        except FileNotFoundError:
            return
        except OSError as error:
            raise DiaryError(
                f"Could not read {folder}: {error.strerror or error}.",
                "Check that the disk is connected and that you may read the diary folder.",
            ) from error
        for child in children:
            stamps = _stamps(child)
            below = list(self._folders(child, depth + 1)) if stamps is None and depth < _DEEPEST else []
            yield from below
            if stamps is not None or (not below and depth >= _USUAL_DEPTH):
                yield child, stamps

    def new_entry_folder(self, recorded_at: datetime) -> str:
        """A free name for an entry of this moment; its parent exists, the folder itself does not yet."""
        parent = f"{ENTRIES}/{recorded_at:%Y}/{recorded_at:%m}"
        self.make(parent)
        return self._free(parent, f"{recorded_at:%Y-%m-%d %H.%M.%S}")

    def _free(self, parent: str, stem: str) -> str:
        while True:
            relative = f"{parent}/{stem} {''.join(secrets.choice(_BASE32) for _ in range(4))}"
            if not os.path.lexists(self.path(relative)):
                return relative

    def make(self, relative: str) -> Path:
        """Make a private folder inside the diary, and the ways to it.

        Raises:
            DiaryError: it cannot be made.
        """
        path = self.root
        try:
            for part in relative.split("/"):
                path = path / part
                if not path.is_dir():
                    path.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
                    sync_folder(path.parent)
        except OSError as error:
            raise _cannot_make(path, error) from error
        return path

    def adopt(self, staged: Path, relative: str) -> None:
        """Turn a finished staging folder into an entry by one rename, and make that last.

        Raises:
            DiaryError: it could not be renamed; the staged folder is where it was.
        """
        self.move(staged, self.path(relative))

    def to_bin(self, relative: str) -> str:
        """Move a whole entry folder into the bin, with a note of where it came from.

        Returns:
            Its folder in the bin, relative to the diary.

        Raises:
            DiaryError: it could not be moved, and is where it was.
        """
        source = self.path(relative)
        self.make(BIN)
        binned = f"{BIN}/{source.name}"
        if os.path.lexists(self.path(binned)):
            binned = self._free(BIN, source.name)
        note = {"format": FORMAT, "folder": relative, "binned_at": datetime.now(UTC).isoformat()}
        # On a full disk the note cannot be written, and throwing something away must work all the same.
        with contextlib.suppress(DiaryError):
            sidecars.write(source / BINNED, note)
        self.move(source, self.path(binned))
        self._drop_empty(source.parent)
        return binned

    def from_bin(self, binned: str, recorded_at: datetime) -> str:
        """Move a binned folder back to its old place, or beside it if that is taken.

        Args:
            binned: its folder in the bin, relative to the diary.
            recorded_at: gives the place where the note about the old one is lost.

        Returns:
            Where it is now, relative to the diary.

        Raises:
            DiaryError: it could not be moved, and is still in the bin.
        """
        source = self.path(binned)
        wanted = _old_place(source) or f"{ENTRIES}/{recorded_at:%Y}/{recorded_at:%m}/{source.name}"
        parent, _, name = wanted.rpartition("/")
        self.make(parent)
        if os.path.lexists(self.path(wanted)):
            wanted = self._free(parent, name[: len("2026-11-23 18.04.12")])
        self.move(source, self.path(wanted))
        with contextlib.suppress(OSError):
            (self.path(wanted) / BINNED).unlink()
        return wanted

    def binned(self) -> list[str]:
        """Every folder in the bin, relative to the diary."""
        folder = self.root / BIN
        if not folder.is_dir():
            return []
        names = [child.name for child in folder.iterdir() if child.is_dir() and not child.name.startswith(".")]
        return sorted(f"{BIN}/{name}" for name in names)

    def free_bytes(self) -> int:
        """Room left on the disk that the diary is on."""
        return shutil.disk_usage(self.root).free

    def strays(self) -> list[str]:
        """Temporary files, whatever lies in incoming/, and what was deleted for good in part; relative to the diary."""
        incoming = self.root / INCOMING
        found = (
            self._temporaries()
            + list((self.root / BIN).glob(".*.removed"))
            + (list(incoming.iterdir()) if incoming.is_dir() else [])
        )
        return sorted(path.relative_to(self.root).as_posix() for path in found)

    def clear_temporaries(self) -> None:
        """Remove what killed processes left of files that they were replacing. Only while nobody else writes."""
        for path in self._temporaries():
            with contextlib.suppress(OSError):
                path.unlink()

    def _temporaries(self) -> list[Path]:
        """Apart from those in incoming/, which belong to imports that may be going on."""
        folders = (self.root / ENTRIES, self.root / BIN)
        found = [path for folder in folders for path in folder.rglob(f"*{TEMPORARY_SUFFIX}")]
        return [path for path in [*found, *self.root.glob(f"*{TEMPORARY_SUFFIX}")] if path.is_file()]

    def move(self, source: Path, target: Path) -> None:
        """Rename a folder inside the diary, and make that last.

        Raises:
            DiaryError: it could not be moved, and is where it was.
        """
        try:
            source.rename(target)
            sync_folder(target.parent)
            if source.parent.is_dir():
                sync_folder(source.parent)
        except OSError as error:
            raise DiaryError(
                f"Could not move {source} to {target}: {error.strerror or error}.",
                "Check that you may write to the diary folder and that no other program has it open.",
            ) from error

    def _drop_empty(self, folder: Path) -> None:
        while folder != self.root / ENTRIES and folder.is_relative_to(self.root / ENTRIES):
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def clips_in(folder: Path) -> list[str]:
    """Names of the files in a folder that look like clips, the usual one first."""
    try:
        names = [child.name for child in folder.iterdir() if looks_like_clip(child.name)]
    except OSError:
        return []
    return sorted(names, key=lambda name: (name != "clip.mp4", name))


def looks_like_clip(name: str) -> bool:
    """Whether a file of this name may be an entry's clip: not hidden, not a sync's second version, not half brought."""
    stem, dot, suffix = name.rpartition(".")
    is_media = f"{dot}{suffix}".lower() in CLIP_SUFFIXES and bool(stem)
    return is_media and not (name.startswith(".") or is_half(name) or is_copy(name))


def binned_at(binned: Path) -> datetime | None:
    """When this folder was moved into the bin, with offset; None where that is not known."""
    try:
        moment = datetime.fromisoformat(json.loads((binned / BINNED).read_bytes())["binned_at"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return moment if moment.tzinfo else None


def stamps(folder: Path) -> Stamps | None:
    """The stamps of one entry folder; None where it has no entry.json."""
    return _stamps(str(folder))


def _stamps(folder: str) -> Stamps | None:
    entry = _stamp(f"{folder}/{sidecars.ENTRY}")
    return None if entry is None else Stamps(entry, _stamp(f"{folder}/{sidecars.TRANSCRIPT}"))


def _stamp(path: str) -> tuple[int, int] | None:
    # os.stat on text, not Path: this is asked twice for each of thousands of entries at every start.
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _make_root(root: Path) -> None:
    if root.exists() and not root.is_dir():
        raise DiaryError(f"{root} is a file, not a folder.", "Choose a folder for the diary.")
    try:
        root.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_make(root, error) from error
    if not os.access(root, os.R_OK | os.W_OK | os.X_OK):
        raise DiaryError(
            f"You may not write to {root}.", "Choose another folder for the diary, or change its permissions."
        )


def _old_place(binned: Path) -> str | None:
    try:
        place = json.loads((binned / BINNED).read_bytes())["folder"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(place, str) or not place.startswith(f"{ENTRIES}/") or place.count("/") > _DEEPEST:
        return None
    return None if any(map(sidecars.is_outside, place.split("/"))) else place


def _cannot_make(path: Path, error: OSError) -> DiaryError:
    return DiaryError(
        f"Could not make the folder {path}: {error.strerror or error}.",
        "Check that the disk is connected and not full, and that you may write there.",
    )

"""Clips that the disk of the diary has spoiled, told from those that somebody has replaced.

A disk that loses bytes changes neither the size nor the time of a file. So a clip that is no longer what its checksum
says, while a snapshot knows it whole with the same size and time, is not a new version of it, and the whole one stays
in the backup. One that got another time since was replaced, and what is there counts.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from duskreel.library import checksums
from duskreel.library.backup.kept import StoredFile
from duskreel.library.backup.store import BackupFolder, BrokenSnapshotError, object_name
from duskreel.library.folder import looks_like_clip
from duskreel.library.sidecars import BrokenSidecarError, UnreadableSidecarError, read_entry


class Spoiled:
    """Looks at every clip that was read for a backup, and remembers those that were spoiled.

    Args:
        root: of the diary.
        folder: the backup.
        has: whether the content of a file is in the backup.
    """

    def __init__(self, root: Path, folder: BackupFolder, has: Callable[[StoredFile], bool]) -> None:
        self._root, self._folder, self._has = root, folder, has
        self._whole: dict[str, StoredFile | None] = {}
        self._versions: dict[str, set[StoredFile]] | None = None

    def whole(self, file: StoredFile) -> StoredFile | None:
        """The good copy of a clip that was spoiled; None where there is none, or the file is as it should be.

        Args:
            file: as it was just read.
        """
        expected = self._expected(file.path)
        if expected is None or expected == file.sha256:
            return None
        known = self._known(expected)
        same = [each for each in known if (each.size_bytes, each.mtime_ns) == (file.size_bytes, file.mtime_ns)]
        if known and not same:
            return None
        whole = next((replace(each, path=file.path) for each in same if self._has(each)), None)
        self._whole[file.path] = whole
        return whole

    def kept(self) -> tuple[str, ...]:
        """Paths of those of which the backup holds a good copy."""
        return tuple(path for path, whole in self._whole.items() if whole is not None)

    def taken(self) -> tuple[str, ...]:
        """Paths of those of which it holds only what is left of them."""
        return tuple(path for path, whole in self._whole.items() if whole is None)

    def told(self) -> list[str]:
        """Sentences for people, with the way to get a clip back."""
        return [self._told(path, whole) for path, whole in self._whole.items()]

    def _told(self, path: str, whole: StoredFile | None) -> str:
        if whole is None:
            return (
                f"{path} is not what it was when it came into the diary: the disk or a program has changed it. "
                "This backup has no good copy of it, and keeps what is there."
            )
        place = self._folder.path(object_name(whole))
        return f"{path} is damaged on the disk. This backup holds a good copy; to get it back, copy {place} over it."

    def _expected(self, path: str) -> str | None:
        """The SHA-256 that a file should have, if it is the clip of an entry and that is known."""
        relative, _, name = path.rpartition("/")
        if not relative or not looks_like_clip(name):
            return None
        home = self._root / relative
        with suppress(OSError, BrokenSidecarError, UnreadableSidecarError):
            entry = read_entry(home, relative)
            return checksums.known(home, entry) if entry.clip == name else None
        return None

    def _known(self, sha256: str) -> set[StoredFile]:
        """Every file with this content in any snapshot, whatever it was called then."""
        if self._versions is None:
            self._versions = {}
            for name in self._folder.every_snapshot():
                with suppress(BrokenSnapshotError):
                    for file in self._folder.read(name).files:
                        self._versions.setdefault(file.sha256, set()).add(file)
        return self._versions.get(sha256, set())

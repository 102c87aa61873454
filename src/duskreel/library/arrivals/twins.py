"""Which clips are in the diary already, found out by reading only what can be the same."""

import hashlib
from contextlib import suppress
from pathlib import Path

from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.importing import readable
from duskreel.progress import CancelToken

_CHUNK_BYTES = 1 << 20


class Twins:
    """Every clip of the diary by its size; those of the same size are told apart by SHA-256."""

    def __init__(self, diary: Diary) -> None:
        self._root = diary.location.folder
        self._by_size: dict[int, list[tuple[Entry, bool]]] = {}
        self._ids: set[str] = set()
        self._rehearsed: dict[int, list[Path | str]] = {}
        for entry in diary.entries():
            self.add(entry)
        for entry in diary.binned():
            self.add(entry, is_binned=True)

    def add(self, entry: Entry, *, is_binned: bool = False) -> None:
        """Remember one that has just come in."""
        self._ids.add(entry.id)
        with suppress(OSError):
            size_bytes = (self._root / entry.clip_path).stat().st_size
            self._by_size.setdefault(size_bytes, []).append((entry, is_binned))

    def rehearse(self, clip: Path, token: CancelToken, *, stays: bool) -> None:
        """Remember a file that would come in.

        Args:
            clip: as it is now.
            token: asked while it is read.
            stays: whether it is still there when others are compared with it; one out of an archive is not, and is
                read now.

        Raises:
            Cancelled: by the token.
        """
        known = clip if stays else _sha256(clip, token)
        self._rehearsed.setdefault(clip.stat().st_size, []).append(known)

    def has_id(self, entry_id: str) -> bool:
        """Whether some entry has this id, also in the bin."""
        return entry_id in self._ids

    def of(self, clip: Path, token: CancelToken) -> DiaryError | None:
        """Why this clip need not come in: the diary has the same one.

        Raises:
            Cancelled: by the token.
        """
        try:
            size_bytes = clip.stat().st_size
            candidates, rehearsed = self._by_size.get(size_bytes, []), self._rehearsed.get(size_bytes, [])
            sha256 = _sha256(clip, token) if candidates or rehearsed else ""
            if any((other if isinstance(other, str) else _sha256(other, token)) == sha256 for other in rehearsed):
                return DiaryError(f"“{readable(clip.name)}” is there twice.", "One of them is enough.")
        except OSError:
            return None
        for entry, is_binned in candidates:
            if self._sha256(entry, token) == sha256:
                return _told(readable(clip.name), entry, is_binned=is_binned)
        return None

    def _sha256(self, entry: Entry, token: CancelToken) -> str:
        if entry.original is not None:
            return entry.original.sha256
        with suppress(OSError):
            return _sha256(self._root / entry.clip_path, token)
        return ""


def _told(name: str, entry: Entry, *, is_binned: bool) -> DiaryError:
    title = f", “{entry.title}”" if entry.title else ""
    called = f"{entry.recorded_at:%Y-%m-%d %H:%M}{title} ({entry.id})"
    if is_binned:
        return DiaryError(f"“{name}” was imported before and is in the bin: {called}.", "Bring that one back instead.")
    return DiaryError(f"“{name}” is in the diary already: {called}.", "Look at that one instead.")


def _sha256(path: Path, token: CancelToken) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            token.raise_if_cancelled()
            digest.update(chunk)
    return digest.hexdigest()

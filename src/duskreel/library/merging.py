"""Two entries of one film become one: what the user said in both is united, and the other goes to the bin."""

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from duskreel.errors import DiaryError
from duskreel.library import sidecars, uniting
from duskreel.library.binning import DiaryWithBin
from duskreel.library.entry import Entry, Transcript

_NOT_NOW = (sidecars.UnreadableSidecarError, sidecars.BrokenSidecarError, FileNotFoundError)
_FACTS = ("id", "folder", "clip", "recorded_at", "source", "duration_ms", "width", "height", "original", "recovered")
"""that belong to the clip, and stay with the one that stays"""


class DiaryWithMerging(DiaryWithBin):
    """A diary in which two entries can become one."""

    def restore(self, reference: str) -> Entry:
        """As `DiaryWithBin.restore`; what was changed elsewhere after it was deleted, and came back without its clip,
        is united with it.
        """
        with self._writing():
            chosen = self._in_bin(reference)
            shown = self._ask(lambda index: index.get(chosen.id))
            if shown is None or self._has_clip(shown) or not self._has_clip(chosen):
                return super().restore(reference)
            return self.merge(replace(chosen, folder=self._folder.from_bin(chosen.folder, chosen.recorded_at)), shown)

    def copied_folders(self) -> list[tuple[Entry, ...]]:
        """Groups of folders with the same id, as a sync or a hand copied them; the best one first."""
        by_id: dict[str, list[Entry]] = {}
        for relative in sorted(self._folder.scan().entries):
            with contextlib.suppress(*_NOT_NOW):
                entry = sidecars.read_entry(self._folder.path(relative), relative)
                by_id.setdefault(entry.id, []).append(entry)
        return [self.best_first(group) for group in by_id.values() if len(group) > 1]

    def best_first(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """The one to keep first: whole, recorded here, with words, of many bytes, and the one that the diary shows."""
        shown = {folder for folder, _ in self._ask(lambda index: index.stamps()).items()}

        def worth(entry: Entry) -> tuple[object, ...]:
            home = self._folder.path(entry.folder)
            size_bytes = _size_bytes(home / entry.clip)
            has_words = (home / sidecars.TRANSCRIPT).is_file()
            is_shown = entry.folder in shown
            return size_bytes > 0, not entry.recovered, entry.source == "camera", is_shown, has_words, size_bytes

        return tuple(sorted(sorted(entries, key=lambda entry: entry.id), key=worth, reverse=True))

    def merge(self, best: Entry, other: Entry) -> Entry:
        """Unite what was said about both in the first one, and move the other one's folder to the bin.

        Args:
            best: whose clip stays.
            other: from `copied_folders`, or any entry with the same film.

        Returns:
            The first one as it is now.

        Raises:
            DiaryError: a sidecar cannot be read or written, or a folder not moved. Nothing is lost.
        """
        with self._writing():
            whole = self._united(best, other)
            home = self._folder.path(best.folder)
            words = self._united_words(best, other)
            if words is not None:
                sidecars.write(home / sidecars.TRANSCRIPT, sidecars.clean(words.to_json()))
            sidecars.write(home / sidecars.ENTRY, sidecars.clean_entry(whole).to_json())
            self._folder.to_bin(other.folder)
            self._follow(lambda index: index.change(removed=[other.folder]))
            self._reread(best.folder)
        return whole

    def _united(self, best: Entry, other: Entry) -> Entry:
        versions = [(self._changed_ns(entry, sidecars.ENTRY), self._as_it_is(entry)) for entry in (best, other)]
        (_, older), (_, newer) = sorted(versions, key=lambda version: (version[0], version[1].folder))
        whole = uniting.united(newer, older, origin=f"“{older.title or older.folder.rpartition('/')[2]}”")
        return replace(whole, **{name: getattr(best, name) for name in _FACTS})

    def _united_words(self, best: Entry, other: Entry) -> Transcript | None:
        known = [
            (self._changed_ns(entry, sidecars.TRANSCRIPT), words)
            for entry in (best, other)
            if (words := self._words(entry)) is not None
        ]
        known.sort(key=lambda version: version[0])
        if not known:
            return None
        return known[0][1] if len(known) == 1 else uniting.united_words(known[1][1], known[0][1])[0]

    def _as_it_is(self, entry: Entry) -> Entry:
        try:
            return sidecars.read_entry(self._folder.path(entry.folder), entry.folder)
        except _NOT_NOW as error:
            raise _cannot_merge(entry, sidecars.ENTRY, error) from error

    def _words(self, entry: Entry) -> Transcript | None:
        try:
            return sidecars.read_transcript(self._folder.path(entry.folder))
        except FileNotFoundError:
            return None
        except _NOT_NOW as error:
            raise _cannot_merge(entry, sidecars.TRANSCRIPT, error) from error

    def _changed_ns(self, entry: Entry, name: str) -> int:
        with contextlib.suppress(OSError):
            return (self._folder.path(entry.folder) / name).stat().st_mtime_ns
        return 0


def _cannot_merge(entry: Entry, name: str, error: Exception) -> DiaryError:
    # To go by what the index remembers would write over what a newer program knows.
    return DiaryError(
        f"{entry.folder}/{name} cannot be read, so nothing was merged: {error}.",
        "Open the diary again; if a newer Duskreel wrote it, use that one.",
    )


def _size_bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

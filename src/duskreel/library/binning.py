"""The bin: what was deleted, the way back, and the way out."""

import contextlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from duskreel.errors import DiaryError
from duskreel.library import finding, sidecars
from duskreel.library.entry import Entry
from duskreel.library.folder import binned_at
from duskreel.library.ids import new_id
from duskreel.library.index import Reference
from duskreel.library.opened import OpenedDiary
from duskreel.library.partial import remove


@dataclass(frozen=True)
class Binned:
    """A deleted entry, and what is gained by deleting it for good."""

    entry: Entry
    """`folder` is where it is in the bin"""
    binned_at: datetime | None
    """None where the note about it was lost: of such an entry nobody knows its age"""
    size_bytes: int


class DiaryWithBin(OpenedDiary):
    """A diary from which entries can be taken, and to which they come back."""

    def delete(self, entry: Entry) -> None:
        """Move the entry's whole folder to the bin.

        Raises:
            DiaryError: it is no longer in the diary, or could not be moved.
        """
        with self._writing():
            self._home(entry)
            self._folder.to_bin(entry.folder)
            self._follow(lambda index: index.change(removed=[entry.folder]))

    def binned(self) -> list[Entry]:
        """The deleted entries that can be restored, newest first; `folder` is where they are in the bin."""
        found: list[Entry] = []
        for folder in self._folder.binned():
            with contextlib.suppress(sidecars.UnreadableSidecarError, sidecars.BrokenSidecarError, FileNotFoundError):
                found.append(sidecars.read_entry(self._folder.path(folder), folder))
        return sorted(found, key=lambda entry: (entry.recorded_at, entry.id), reverse=True)

    def restore(self, reference: str) -> Entry:
        """Bring a deleted entry back to its old place.

        Args:
            reference: as for `find`, among the deleted ones.

        Raises:
            DiaryError: none is meant, or several; or it could not be moved, and is still in the bin.
        """
        with self._writing():
            chosen = self._in_bin(reference)
            if self._ask(lambda index: index.get(chosen.id)) is not None:
                raise DiaryError(f"The entry {chosen.id} is in the diary already.", "Delete that one first.")
            entry = replace(chosen, folder=self._folder.from_bin(chosen.folder, chosen.recorded_at))
            self._note(entry)
            return entry

    def _in_bin(self, reference: str) -> Entry:
        """The deleted entry that is meant; of folders with the same id the one with a clip that was deleted last."""
        binned = self.binned()
        if not binned:
            raise DiaryError("The bin is empty.", "Look in the diary itself.")
        references = {entry.id: Reference(entry.id, entry.recorded_at.date(), entry.title) for entry in binned}
        entry_id = finding.choose(reference, list(references.values()))

        def worth(entry: Entry) -> tuple[bool, datetime]:
            moment = binned_at(self._folder.path(entry.folder))
            return self._has_clip(entry), moment or datetime.min.replace(tzinfo=UTC)

        return max((entry for entry in binned if entry.id == entry_id), key=worth)

    def _has_clip(self, entry: Entry) -> bool:
        return self._folder.path(entry.clip_path).is_file()

    def bin_content(self) -> list[Binned]:
        """As `binned`, with the age and the size of each."""
        found = []
        for entry in self.binned():
            home = self._folder.path(entry.folder)
            found.append(Binned(entry, binned_at(home), _size_bytes(home)))
        return found

    def outdated(self, older_than: timedelta, now: datetime | None = None) -> list[Binned]:
        """What has been in the bin for longer than this.

        Args:
            older_than: nothing whose age is not known is, nor what a clock that was wrong put there before it was
                recorded.
            now: with offset; the present if None.
        """
        limit = (now or datetime.now(UTC)) - older_than
        return [
            found
            for found in self.bin_content()
            if found.binned_at is not None and found.entry.recorded_at <= found.binned_at <= limit
        ]

    def delete_for_good(self, binned: Iterable[Binned]) -> int:
        """Remove these from the bin. Nothing brings them back but a backup.

        Returns:
            How many are gone; others were restored or removed meanwhile, or hold the clip of an entry that a sync
            brought back into the diary without it.

        Raises:
            DiaryError: one could not be removed; those before it are gone.
        """
        gone = 0
        with self._writing():
            there = set(self._folder.binned())
            for found in binned:
                if found.entry.folder not in there or self._is_needed(found.entry):
                    continue
                self._remove_for_good(found.entry)
                gone += 1
        return gone

    def _is_needed(self, binned: Entry) -> bool:
        shown = self._ask(lambda index: index.get(binned.id))
        return shown is not None and self._has_clip(binned) and not self._has_clip(shown)

    def _remove_for_good(self, entry: Entry) -> None:
        home = self._folder.path(entry.folder)
        # One rename decides: what a crash leaves half removed is no entry in the bin, and is swept at the next start.
        with self.partials.claim(home.with_name(f".{new_id()}.removed")) as doomed:
            self._folder.move(home, doomed)
            if not remove(doomed):
                raise DiaryError(f"{entry.folder} could not be removed whole.", "Check that you may write there.")
        if not sidecars.is_outside(entry.id) and self._ask(lambda index: index.get(entry.id)) is None:
            self._ancestors.forget(entry.id)
            # What exports remember of its shorts; they are of another layer, which is why they are known by place.
            remove(self.location.state / "shorts" / self.library_id / f"{entry.id}.json")


def _size_bytes(folder: Path) -> int:
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += (Path(path) / name).stat().st_size
    return total

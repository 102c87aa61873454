"""The facade that the rest of the program uses: every change goes to the folder first, to the index second."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from duskreel.errors import DiaryError
from duskreel.library import (
    bulk,
    diagnosis,
    finding,
    importing,
    looking,
    media,
    mending,
    reconciling,
    sidecars,
    taking,
    uniting,
)
from duskreel.library.bulk import Amended
from duskreel.library.entry import Entry, Transcript
from duskreel.library.folder import INCOMING, POSTER, SHORTS, stamps
from duskreel.library.glance import Glance
from duskreel.library.ids import new_id
from duskreel.library.index import EVERYTHING
from duskreel.library.media import MediaInfo
from duskreel.library.merging import DiaryWithMerging
from duskreel.library.protecting import DiaryWithProtectedWords
from duskreel.library.taking import TakeFacts
from duskreel.library.values import (
    HIT_END,
    HIT_START,
    Details,
    DiaryLocation,
    EntryFilter,
    Findings,
    Problem,
    SearchHit,
    Term,
)
from duskreel.progress import CancelToken, Progress, part, unheard

__all__ = [
    "HIT_END",
    "HIT_START",
    "Details",
    "Diary",
    "DiaryLocation",
    "EntryFilter",
    "Problem",
    "SearchHit",
]


class Diary(DiaryWithProtectedWords, DiaryWithMerging):
    """An open diary. It holds one database connection: every thread and process opens its own.

    Every method raises DiaryError where the disk fails: it is full, gone, or may not be written to. What the folder
    holds and only the index could not take is no failure: `notices` tells, and the next opening sees to it.
    """

    @property
    def shorts_folder(self) -> Path:
        """Where exported videos go by default; it is made when it is asked for."""
        return self._folder.make(SHORTS)

    # ---- reading

    def entries(self, wanted: EntryFilter = EVERYTHING) -> list[Entry]:
        """The entries that meet every condition, newest first."""
        return self._ask(lambda index: index.entries(wanted))

    def find(self, reference: str) -> Entry:
        """The entry that the user means: an id, a unique prefix of one, ``latest``, or a date that has one entry.

        Raises:
            DiaryError: none is meant, or several; these are named.
        """
        entry_id = finding.choose(reference, self._ask(lambda index: index.references()))
        entry = self._ask(lambda index: index.get(entry_id))
        if entry is None:
            raise DiaryError(f"The entry “{reference}” was deleted just now.", "Choose another one.")
        return entry

    def entry(self, entry_id: str) -> Entry | None:
        """The entry with exactly this id."""
        return self._ask(lambda index: index.get(entry_id))

    def glances(self, wanted: EntryFilter = EVERYTHING) -> list[Glance]:
        """The same as `entries`, with no more of each than a list of thousands shows."""
        return self._ask(lambda index: index.glances(wanted))

    def count(self, wanted: EntryFilter = EVERYTHING) -> int:
        """How many entries meet every condition."""
        return self._ask(lambda index: index.count(wanted))

    def feelings(self) -> list[str]:
        """Every feeling that some entry has, most used first."""
        return self._ask(lambda index: index.labels("feelings"))

    def tags(self) -> list[str]:
        """Every tag that some entry has, most used first."""
        return self._ask(lambda index: index.labels("tags"))

    def search(self, text: str, limit: int = 50, wanted: EntryFilter = EVERYTHING) -> list[SearchHit]:
        """Entries with every word of `text` in title, note, transcript or tags, best first.

        Accents and case do not matter, the last word may be unfinished, and no text is an error.
        """
        return self._ask(lambda index: index.search(text, limit, wanted))

    def look_for(self, terms: Sequence[Term], limit: int = 50, wanted: EntryFilter = EVERYTHING) -> Findings:
        """As `search`, for the terms of a `query.parse`; tells also which words of the diary were tried instead."""
        return self._ask(lambda index: index.look_for(terms, limit, wanted))

    def time_of(self, hit: SearchHit) -> int | None:
        """When the words that a search has found are said, in ms; None where they are written, not said."""
        return hit.time_ms

    def texts(self, entry_ids: Sequence[str]) -> dict[str, str]:
        """What was said in these entries, by their ids, in one spelling of accents and one space between words."""
        return self._ask(lambda index: index.texts(entry_ids))

    def waiting_for_transcript(self) -> list[Entry]:
        """The entries without a transcript, oldest first."""
        return self._ask(lambda index: index.waiting_for_transcript())

    def to_think_about(self, today: date) -> list[Entry]:
        """The entries whose sharing was put off to this day or an earlier one, the longest waiting first."""
        return self._ask(lambda index: index.to_think_about(today))

    def transcript(self, entry: Entry) -> Transcript | None:
        """What was said; None while nobody has listened yet.

        A transcript that cannot be understood is kept aside, and the entry waits for a new one.

        Raises:
            DiaryError: a newer version of the program wrote it, or the disk does not give it.
        """
        path = self._folder.path(entry.folder)
        try:
            return sidecars.read_transcript(path)
        except FileNotFoundError:
            return None
        except sidecars.UnreadableSidecarError as error:
            raise DiaryError(
                f"The transcript of {entry.folder} cannot be read: {error}.",
                "Check the disk, or install the newest version of Duskreel.",
            ) from error
        except sidecars.BrokenSidecarError:
            with self._writing():
                self._reread(entry.folder)
            return None

    def open_clip(self, entry: Entry) -> BinaryIO:
        """The clip as a seekable binary file; the caller closes it.

        Raises:
            DiaryError: it is missing or cannot be read.
        """
        path = self._folder.path(entry.clip_path)
        try:
            return path.open("rb")
        except OSError as error:
            raise DiaryError(
                f"“{entry.clip_path}” cannot be read: {error.strerror or error}.",
                "Put it back from a backup, or check the disk.",
            ) from error

    def clip_info(self, entry: Entry) -> MediaInfo:
        """What the clip's container says. It is looked at anew each time.

        Raises:
            DiaryError: the clip is missing or damaged.
        """
        with self.open_clip(entry) as file:
            return media.probe(file, entry.clip_path)

    def poster(self, entry: Entry | Glance) -> bytes | None:
        """The entry's picture as JPEG, or None where there is none."""
        try:
            return (self._folder.path(entry.folder) / POSTER).read_bytes()
        except OSError:
            return None

    # ---- changing

    def import_clip(self, source: Path, details: Details, *, progress: Progress, token: CancelToken) -> Entry:
        """Copy a video file into the diary as a new entry. The file itself is never touched.

        Args:
            source: any video file.
            details: what the user says about it.
            progress: told 0.0 to 1.0.
            token: asked often; after the entry exists, no more.

        Raises:
            DiaryError: it is not a usable video, is in the diary already, or there is no room. Nothing is left.
            Cancelled: nothing is left.
        """
        found = importing.examine(source)
        progress("Checking", 0.05)
        with self.staging() as staging:
            staged = importing.stage(
                self._folder, staging, found, importing.clean(details), progress=part(progress, 0.05, 0.95), token=token
            )
            with self._writing():
                self._refuse_second_copy(staged, found.name)
                entry = self._adopt(staging, staged)
        progress("Done", 1.0)
        return entry

    @contextlib.contextmanager
    def staging(self, prefix: str = "") -> Iterator[Path]:
        """A new folder inside the diary that is to become an entry; if it still lies there after the block, it goes."""
        relative = f"{INCOMING}/{prefix}{new_id()}"
        with self.partials.claim(self._folder.path(relative)):
            yield self._folder.make(relative)

    def keep_take(self, staging: Path, facts: TakeFacts) -> Entry:
        """Make an entry of a finished recording by one rename.

        Args:
            staging: from `staging`, holding a checked and synced clip of the name `taking.CLIP`.
            facts: about it.

        Raises:
            DiaryError: the disk is full or failed; there is no entry.
        """
        staged = taking.stage(staging, facts)
        with self._writing():
            return self._adopt(staging, staged)

    def holds(self, entry_id: str) -> bool:
        """Whether there is an entry with this id, also in the bin."""
        is_here = self._ask(lambda index: index.get(entry_id)) is not None
        return is_here or any(entry.id == entry_id for entry in self.binned())

    def update(self, entry: Entry) -> Entry:
        """Save an entry that was changed with `dataclasses.replace`.

        What has changed in entry.json since the diary read it, such as by a sync, stays; where both did, as `uniting`
        says.

        Returns:
            The entry as saved.

        Raises:
            DiaryError: it is no longer in the diary, or cannot be written; the old one is untouched.
        """
        entry = sidecars.clean_entry(entry)
        with self._writing():
            home, known = self._home(entry), self._ask(lambda index: index.in_folder(entry.folder))
            found = self._as_it_lies(home, entry)
            entry = uniting.united(entry, found, known or entry, origin="another computer")
            sidecars.write(home / sidecars.ENTRY, entry.to_json())
            self._ancestors.note_change(found, entry)
            self._note(entry)
        return entry

    def _as_it_lies(self, home: Path, entry: Entry) -> Entry:
        """What entry.json says now; a broken one is kept aside, and a newer program's is not ours to change."""
        try:
            return sidecars.read_entry(home, entry.folder)
        except sidecars.BrokenSidecarError:
            aside = sidecars.keep_aside(home / sidecars.ENTRY)
            self.notices.append(f"{entry.folder}: {sidecars.ENTRY} was broken and is kept as {aside}.")
            return entry
        except sidecars.UnreadableSidecarError as error:
            raise DiaryError(
                f"{entry.folder}/{sidecars.ENTRY} cannot be changed: {error}.", "Use the program that wrote it."
            ) from error

    def amend(self, reference: str, change: Callable[[Entry], Entry]) -> Entry:
        """Change an entry as it is now, while nobody else does.

        Args:
            reference: as for `find`.
            change: given the entry, returns it as it shall be.

        Returns:
            The entry as saved.

        Raises:
            DiaryError: as for `find` and `update`.
        """
        with self._writing():
            return self.update(change(self.find(reference)))

    def amend_all(
        self,
        references: Sequence[str],
        change: Callable[[Entry], Entry],
        *,
        progress: Progress = unheard,
        token: CancelToken | None = None,
    ) -> Amended:
        """Change several entries, as `bulk.each` does it."""
        return bulk.each(references, lambda each: self.amend(each, change), progress, token or CancelToken())

    def delete_all(
        self, references: Sequence[str], *, progress: Progress = unheard, token: CancelToken | None = None
    ) -> Amended:
        """Move several entries to the bin, as `bulk.each` does it."""

        def to_bin(reference: str) -> Entry:
            with self._writing():
                self.delete(entry := self.find(reference))
            return entry

        return bulk.each(references, to_bin, progress, token or CancelToken())

    def restore_all(self, references: Sequence[str]) -> Amended:
        """Bring several deleted entries back, as `bulk.each` does it."""
        return bulk.each(references, self.restore, unheard, CancelToken())

    def save_transcript(self, entry: Entry, transcript: Transcript) -> None:
        """Keep what was said beside the clip, in place of what was there.

        Raises:
            DiaryError: as for `update`.
        """
        with self._writing():
            home = self._home(entry)
            self._refuse_newer_words(home, entry)
            transcript = self._with_unseen_corrections(home, entry, transcript)
            sidecars.write(home / sidecars.TRANSCRIPT, sidecars.clean(transcript.to_json()))
            self._reread(entry.folder)

    def _refuse_newer_words(self, home: Path, entry: Entry) -> None:
        with contextlib.suppress(FileNotFoundError, sidecars.BrokenSidecarError):
            try:
                sidecars.read_transcript(home)
            except sidecars.UnreadableSidecarError as error:
                raise DiaryError(
                    f"{entry.folder}/{sidecars.TRANSCRIPT} cannot be changed: {error}.",
                    "Use the program that wrote it.",
                ) from error

    def _with_unseen_corrections(self, home: Path, entry: Entry, transcript: Transcript) -> Transcript:
        """With those that came since the index last looked, such as by a sync: nobody can have meant to undo them."""
        seen, there = self._ask(lambda index: index.stamps()).get(entry.folder), stamps(home)
        if seen is None or there is None or seen[1].transcript == there.transcript:
            return transcript
        try:
            found = sidecars.read_transcript(home)
        except (FileNotFoundError, sidecars.BrokenSidecarError, sidecars.UnreadableSidecarError):
            return transcript
        reconciling.keep_copy(home, sidecars.TRANSCRIPT, (home / sidecars.TRANSCRIPT).read_bytes())
        return uniting.united_words(transcript, found)[0]

    # ---- care

    def reindex(self) -> int:
        """Make the index anew from the sidecars alone, and take in clips that have none.

        Returns:
            How many entries there are.
        """
        with self._writing():
            self._folder.clear_temporaries()
            self._reconcile(looking.look(self._folder, self._folder.scan()))
            self._ask(lambda index: self.notices.extend(mending.rebuild(self._folder, index, index.in_folder)))
            return len(self._index.stamps())

    def problems(self) -> list[Problem]:
        """What is not as it should be in the folder; looks at every entry, and changes none."""
        with self._writing():
            self._folder.clear_temporaries()
        return self._ask(lambda index: diagnosis.problems(self._folder, index, self.partials))

    def _adopt(self, staging: Path, staged: Entry) -> Entry:
        entry = replace(staged, folder=self._folder.new_entry_folder(staged.recorded_at))
        self._folder.adopt(staging, entry.folder)
        self._note(entry)
        return entry

    def _refuse_second_copy(self, staged: Entry, name: str) -> None:
        sha256 = staged.original.sha256 if staged.original else ""
        known = self._ask(lambda index: index.with_original(sha256))
        if known is not None:
            raise DiaryError(f"“{name}” is in the diary already: {_called(known)}.", "Look at that one instead.")
        for binned in self.binned():
            if binned.original is not None and binned.original.sha256 == sha256:
                raise DiaryError(
                    f"“{name}” was imported before and is in the bin: {_called(binned)}.",
                    "Bring that one back instead.",
                )


def _called(entry: Entry) -> str:
    title = f", “{entry.title}”" if entry.title else ""
    return f"{entry.id} ({entry.recorded_at:%Y-%m-%d %H:%M}{title})"

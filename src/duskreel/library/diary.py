"""The facade that the rest of the program uses: every change goes to the folder first, to the index second."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, TypeVar

from filelock import FileLock, Timeout

from duskreel.errors import DiaryError
from duskreel.library import diagnosis, finding, importing, media, mending, search_text, sidecars, taking
from duskreel.library.entry import Entry, Transcript, merged
from duskreel.library.folder import INCOMING, POSTER, SHORTS, DiaryFolder
from duskreel.library.glance import Glance
from duskreel.library.ids import new_id
from duskreel.library.index import (
    EVERYTHING,
    Index,
    IndexBrokenError,
    IndexStuckError,
    Reference,
    open_index,
    set_aside,
)
from duskreel.library.media import MediaInfo
from duskreel.library.partial import PartialRegister
from duskreel.library.taking import TakeFacts
from duskreel.library.values import (
    HIT_END,
    HIT_START,
    Details,
    DiaryLocation,
    EntryFilter,
    Problem,
    SearchHit,
)
from duskreel.progress import CancelToken, Progress, part

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

Answer = TypeVar("Answer")

_LOCK_TIMEOUT_S = 30


class Diary:
    """An open diary. It holds one database connection: every thread and process opens its own.

    Every method raises DiaryError where the disk fails: it is full, gone, or may not be written to. What the folder
    holds and only the index could not take is no failure: `notices` tells, and the next opening sees to it.
    """

    def __init__(self, location: DiaryLocation, folder: DiaryFolder, index: Index, partials: PartialRegister) -> None:
        self.location = location
        self.partials = partials
        self.notices: list[str] = []
        """sentences about what was found broken and mended since the diary was opened"""
        self._folder = folder
        self._index = index
        self._lock = FileLock(location.state / "locks" / f"{folder.library_id}.lock", timeout=_LOCK_TIMEOUT_S)

    @classmethod
    def open(cls, location: DiaryLocation) -> Self:
        """Open the diary in this folder, or begin one, and bring its index up to date.

        Raises:
            DiaryError: the folder cannot be used, or a newer version of the program made it.
        """
        folder, notices = DiaryFolder.open(location.folder)
        partials = PartialRegister(location.state / "partials")
        notices += [_swept(path) for path in partials.sweep()]
        index, given_up = open_index(_index_path(location, folder))
        if given_up:
            notices.append(f"The index could not be used ({given_up}) and was made anew.")
        diary = cls(location, folder, index, partials)
        diary.notices += notices
        try:
            diary._catch_up()
        except BaseException:
            diary.close()
            raise
        return diary

    def close(self) -> None:
        """Give up the database connection."""
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def library_id(self) -> str:
        """What the diary is known by on every machine."""
        return self._folder.library_id

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

    def glances(self, wanted: EntryFilter = EVERYTHING) -> list[Glance]:
        """The same as `entries`, with no more of each than a list of thousands shows."""
        return self._ask(lambda index: index.glances(wanted))

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

    def time_of(self, hit: SearchHit) -> int | None:
        """When the words that a search has found are said, in ms; None where they are written, not said."""
        transcript = self.transcript(hit.entry)
        return None if transcript is None else search_text.time_of(hit.snippet, transcript)

    def waiting_for_transcript(self) -> list[Entry]:
        """The entries without a transcript, oldest first."""
        return self._ask(lambda index: index.waiting_for_transcript())

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

        What has changed in entry.json since the diary read it, such as by a sync, stays, except where both did.

        Returns:
            The entry as saved.

        Raises:
            DiaryError: it is no longer in the diary, or cannot be written; the old one is untouched.
        """
        entry = sidecars.clean_entry(entry)
        with self._writing():
            home, known = self._home(entry), self._ask(lambda index: index.in_folder(entry.folder))
            entry = merged(entry, known or entry, self._as_it_lies(home, entry))
            sidecars.write(home / sidecars.ENTRY, entry.to_json())
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

    def save_transcript(self, entry: Entry, transcript: Transcript) -> None:
        """Keep what was said beside the clip, in place of what was there.

        Raises:
            DiaryError: as for `update`.
        """
        with self._writing():
            sidecars.write(self._home(entry) / sidecars.TRANSCRIPT, sidecars.clean(transcript.to_json()))
            self._reread(entry.folder)

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
            binned = self.binned()
            if not binned:
                raise DiaryError("The bin is empty.", "Look in the diary itself.")
            references = [Reference(entry.id, entry.recorded_at.date(), entry.title) for entry in binned]
            entry_id = finding.choose(reference, references)
            chosen = next(entry for entry in binned if entry.id == entry_id)
            if self._ask(lambda index: index.get(entry_id)) is not None:
                raise DiaryError(f"The entry {entry_id} is in the diary already.", "Delete that one first.")
            entry = replace(chosen, folder=self._folder.from_bin(chosen.folder, chosen.recorded_at))
            self._note(entry)
            return entry

    # ---- care

    def reindex(self) -> int:
        """Make the index anew from the sidecars alone, and take in clips that have none.

        Returns:
            How many entries there are.
        """
        with self._writing():
            self._folder.clear_temporaries()
            self._ask(lambda index: self.notices.extend(mending.rebuild(self._folder, index, index.in_folder)))
            return len(self._index.stamps())

    def problems(self) -> list[Problem]:
        """What is not as it should be in the folder; looks at every entry, and changes none."""
        with self._writing():
            self._folder.clear_temporaries()
        return self._ask(lambda index: diagnosis.problems(self._folder, index, self.partials))

    def _home(self, entry: Entry) -> Path:
        """The entry's folder, making sure that it is there and still this entry's."""
        path = self._folder.path(entry.folder)
        known = self._ask(lambda index: index.in_folder(entry.folder))
        if known is None or known.id != entry.id or not (path / sidecars.ENTRY).is_file():
            raise DiaryError(
                f"The entry of {entry.recorded_at:%Y-%m-%d %H:%M} is no longer where it was.",
                "It was deleted or moved. Open the diary again.",
            )
        return path

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

    def _note(self, entry: Entry) -> None:
        item = mending.indexed(self._folder, entry)
        self._follow(lambda index: index.change(put=[item]))

    def _reread(self, relative: str) -> None:
        self._follow(lambda index: self.notices.extend(mending.reread(self._folder, index, relative)))

    def _catch_up(self) -> None:
        """Bring the index up to date with the folder."""
        if self._ask(lambda index: mending.is_up_to_date(self._folder, index)):
            return
        with self._writing():
            self._follow(lambda index: self.notices.extend(mending.update(self._folder, index)))

    def _follow(self, change: Callable[[Index], None]) -> None:
        """Tell the index what the folder holds already. If it cannot take it now, the next opening sees to it."""
        try:
            self._ask(change)
        except IndexStuckError as error:
            self.notices.append(f"{error.what_happened} It will follow when the diary is opened again.")

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """One program at a time changes the folder."""
        try:
            Path(self._lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout as error:
            raise DiaryError(
                "Another Duskreel is changing this diary.", "Wait until it is done, then try again."
            ) from error
        except OSError as error:
            raise DiaryError(
                f"Could not write to {self.location.state}: {error.strerror or error}.",
                "Check that the disk is not full and that you may write there.",
            ) from error
        try:
            yield
        finally:
            self._lock.release()

    def _ask(self, question: Callable[[Index], Answer]) -> Answer:
        """Ask the index; make it anew from the folder if its file turns out to be damaged."""
        try:
            return question(self._index)
        except IndexBrokenError as error:
            path = _index_path(self.location, self._folder)
            with self._writing():
                self._index.close()
                set_aside(path)
                self._index, _ = open_index(path)
                self.notices.append(f"The index was damaged ({error}) and was made anew.")
                self.notices += mending.rebuild(self._folder, self._index, lambda _folder: None)
            return question(self._index)


def _index_path(location: DiaryLocation, folder: DiaryFolder) -> Path:
    return location.state / "index" / f"{folder.library_id}.db"


def _swept(path: Path) -> str:
    if path.parent.name == INCOMING and path.name.startswith(taking.STAGING_PREFIX):
        return "A recording was not quite saved; it is brought back from its raw file."
    if path.parent.name == INCOMING:
        return "An import was interrupted and has been cleared away. Import the file again."
    return f"An unfinished file was cleared away: {path.name}."


def _called(entry: Entry) -> str:
    title = f", “{entry.title}”" if entry.title else ""
    return f"{entry.id} ({entry.recorded_at:%Y-%m-%d %H:%M}{title})"

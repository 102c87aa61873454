"""An open diary: its folder, its index and the lock, and how a change goes to the folder first, to the index second."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from filelock import FileLock, Timeout

from duskreel.errors import DiaryError
from duskreel.library import looking, mending, missing, reconciling, sidecars, taking
from duskreel.library.ancestors import Ancestors
from duskreel.library.entry import Entry
from duskreel.library.folder import INCOMING, DiaryFolder
from duskreel.library.index import Index, IndexBrokenError, IndexStuckError, open_index, set_aside
from duskreel.library.looking import Looked
from duskreel.library.partial import PartialRegister
from duskreel.library.values import DiaryLocation

Answer = TypeVar("Answer")

_LOCK_TIMEOUT_S = 30


class OpenedDiary:
    """What every kind of dealing with a diary stands on; the program itself uses `Diary`."""

    def __init__(self, location: DiaryLocation, folder: DiaryFolder, index: Index, partials: PartialRegister) -> None:
        self.location = location
        self.partials = partials
        self.notices: list[str] = []
        """sentences about what was found broken and mended since the diary was opened"""
        self._folder = folder
        self._index = index
        self._ancestors = Ancestors(location.state / "ancestors" / folder.library_id)
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

    def _note(self, entry: Entry) -> None:
        item = mending.indexed(self._folder, entry)
        self._follow(lambda index: index.change(put=[item]))

    def _reread(self, relative: str) -> None:
        self._follow(lambda index: self.notices.extend(mending.reread(self._folder, index, relative)))

    def _catch_up(self) -> None:
        """Bring together what a sync left in two versions, and the index up to date with the folder."""
        scan = self._folder.scan()
        looked = looking.look(self._folder, scan)
        if looked.copies or looked.identities:
            try:
                self._reconcile(looked)
            except DiaryError as error:
                # On a full disk the diary must open all the same, if only to make room.
                self.notices.append(f"What was changed on two computers is not brought together yet. {error}")
            scan = self._folder.scan()
        self.notices += self._missing(len(scan.entries) + len(scan.without_sidecar))
        if not self._ask(lambda index: mending.is_up_to_date(scan, index)):
            with self._writing():
                self._follow(lambda index: self.notices.extend(mending.update(self._folder, index)))
        told = self.location.state / "told" / f"{self.library_id}.json"
        self.notices += looking.untold(looked.waiting, told)

    def _missing(self, found: int) -> list[str]:
        known = self._ask(lambda index: index.count())
        memory = self.location.state / "missing" / f"{self.library_id}.json"
        return missing.told(known, found, len(self._folder.binned()), memory)

    def _reconcile(self, looked: Looked) -> None:
        with self._writing():
            self.notices += reconciling.reconcile(self._folder, looked, self._ancestors)

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

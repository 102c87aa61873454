"""Every SQL statement of the program: what finds entries fast, and can be thrown away at any time."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, TypeVar

from duskreel.errors import DiaryError
from duskreel.library.entry import Entry, entry_from_json
from duskreel.library.folder import Stamps
from duskreel.library.glance import Glance
from duskreel.library.index_conditions import where
from duskreel.library.index_glances import GlanceList
from duskreel.library.index_rows import Indexed, contents_row, entries_row, in_utc, number_by_time
from duskreel.library.index_search import TextSearch
from duskreel.library.query import plain
from duskreel.library.search_text import SEARCHED
from duskreel.library.values import EntryFilter, Findings, SearchHit, Term

if TYPE_CHECKING:
    # It takes a while to load, and the first picture of the camera need not wait for the diary.
    from sqlite_utils import Database

__all__ = [
    "EVERYTHING",
    "Index",
    "IndexBrokenError",
    "IndexStuckError",
    "Indexed",
    "Reference",
    "open_index",
    "set_aside",
]

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

EVERYTHING = EntryFilter()
_BUSY_TIMEOUT_S = 10.0
_PAGES_KEPT = -32_000
"""32 MB of the file in memory while the diary is open: sqlite.org/pragma.html, cache_size"""
_OF_THE_WORLD = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
    }
)
"""primary result codes that say nothing against the file: sqlite.org/rescode.html"""


class IndexBrokenError(Exception):
    """The file is not usable as an index; it is to be set aside and made anew from the sidecars."""


class IndexStuckError(DiaryError):
    """Nothing is wrong with the file, but it cannot be written or read now: the disk is full, or another holds it."""


@dataclass(frozen=True)
class Reference:
    """By which the user may name an entry."""

    id: str
    day: date
    title: str


def _guarded(
    method: Callable[Concatenate["Index", Arguments], Answer],
) -> Callable[Concatenate["Index", Arguments], Answer]:
    """Turn what SQLite raises into IndexStuckError (disk, locks) or IndexBrokenError (the file itself)."""

    @wraps(method)
    def guarded(self: "Index", /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        try:
            return method(self, *args, **kwargs)
        except sqlite3.DatabaseError as error:
            raise _meaning(error) from error

    return guarded


class Index:
    """One SQLite connection, for the thread that made it. Use `open_index`."""

    def __init__(self, database: "Database") -> None:
        self._db = database
        self._texts = TextSearch(database.conn, _entry)
        self._glances = GlanceList(database.conn)
        self._put_off: tuple[tuple[int, int], list[tuple[date, Entry]]] | None = None
        """as of this `_version`, what `to_think_about` chooses from"""

    def close(self) -> None:
        """Give up the connection."""
        self._db.close()

    @_guarded
    def prepare(self) -> None:
        """Set the connection up and bring the shape up to date.

        Raises:
            IndexBrokenError: not a database, damaged, or of a newer shape.
            DiaryError: the disk is full, the folder is read-only, or another program holds the file.
        """
        from duskreel.library.migrations import SCHEMA_VERSION, index_migrations

        db = self._db
        for pragma in ("journal_mode = DELETE", "synchronous = FULL", "fullfsync = 1", "foreign_keys = ON"):
            db.execute(f"PRAGMA {pragma}").fetchall()
        db.execute(f"PRAGMA cache_size = {_PAGES_KEPT}")
        if self._schema_version() > SCHEMA_VERSION:
            raise IndexBrokenError("a newer version of Duskreel made it")
        if self._schema_version() < SCHEMA_VERSION:
            # IMMEDIATE waits for its turn. A transaction that begins by reading gives up where two want to go on to
            # write, and both would have seen that there is no table yet: sqlite.org/lang_transaction.html
            db.execute("BEGIN IMMEDIATE")
            with self._db.conn:
                index_migrations.apply(db)

    def _schema_version(self) -> int:
        version: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        return version

    @_guarded
    def stamps(self) -> dict[str, tuple[str, Stamps]]:
        """For each folder the entry's id and the stamps of its sidecars when they were last read."""
        rows = self._db.execute(
            "SELECT folder, id, coalesce(entry_mtime_ns, -1), coalesce(entry_size_bytes, -1), transcript_mtime_ns,"
            " transcript_size_bytes FROM entries"
        )
        return {
            folder: (entry_id, Stamps((mtime, size), None if words is None else (words, words_size)))
            for folder, entry_id, mtime, size, words, words_size in rows
        }

    @_guarded
    def change(self, *, removed: Iterable[str] = (), put: Iterable[Indexed] = ()) -> None:
        """Take out these folders and put in these entries, in one transaction.

        An entry takes the place of whatever had its id or its folder.
        """
        with self._db.atomic():
            for folder in removed:
                self._take_out("folder = ?", [folder])
            for item in put:
                self._put(item)

    @_guarded
    def refill(self, put: Iterable[Indexed]) -> None:
        """Take out everything and put in these entries, in one transaction; much quicker than one after the other."""
        with self._db.atomic():
            self._db.execute("INSERT INTO contents_fts (contents_fts) VALUES ('delete-all')")
            for table in ("labels", "contents", "entries"):
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
            for item in put:
                self._put(item)

    def _put(self, item: Indexed) -> None:
        entry = item.entry
        self._take_out("id = ? OR folder = ?", [entry.id, entry.folder])
        row = {"number": self._free_number(entry), **entries_row(item)}
        self._insert("entries", row)
        contents = contents_row(item)
        self._insert("contents", {"number": row["number"], **contents})
        self._insert("contents_fts", {"rowid": row["number"], **{column: contents[column] for column in SEARCHED}})
        labels = [("feeling", word) for word in entry.feelings] + [("tag", word) for word in entry.tags]
        self._db.conn.executemany(
            "INSERT INTO labels (entry_number, kind, folded, word) VALUES (?, ?, ?, ?)",
            [(row["number"], kind, word.casefold(), word) for kind, word in labels],
        )

    def _take_out(self, condition: str, values: list[Any]) -> None:
        columns = ", ".join(SEARCHED)
        for (number,) in self._db.execute(f"SELECT number FROM entries WHERE {condition}", values).fetchall():  # noqa: S608
            # FTS5 forgets what it is told the text was: sqlite.org/fts5.html, section 4.4.3.
            self._db.execute(
                f"INSERT INTO contents_fts (contents_fts, rowid, {columns})"  # noqa: S608 - our own column names
                f" SELECT 'delete', number, {columns} FROM contents WHERE number = ?",
                [number],
            )
            self._db.execute("DELETE FROM entries WHERE number = ?", [number])

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        places = ", ".join("?" for _ in row)
        self._db.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})",  # noqa: S608 - our own names
            list(row.values()),
        )

    def _free_number(self, entry: Entry) -> int:
        """In order of time, as far as there is room."""
        number = number_by_time(entry.recorded_at)
        taken = "SELECT 1 FROM entries WHERE number = ?"
        if self._db.execute(taken, [number]).fetchone():
            same_time = "SELECT coalesce(max(number), ?) + 1 FROM entries WHERE recorded_utc = ?"
            number = self._db.execute(same_time, [number, in_utc(entry.recorded_at)]).fetchone()[0]
        while self._db.execute(taken, [number]).fetchone():
            number += 1
        return number

    @_guarded
    def get(self, entry_id: str) -> Entry | None:
        """The entry with exactly this id."""
        return self._one("id = ?", entry_id)

    @_guarded
    def in_folder(self, folder: str) -> Entry | None:
        """The entry that was last seen in this folder."""
        return self._one("folder = ?", folder)

    @_guarded
    def with_original(self, sha256: str) -> Entry | None:
        """The entry whose clip was imported from a file with this hash."""
        return self._one("original_sha256 = ?", sha256)

    def _one(self, condition: str, value: str) -> Entry | None:
        rows = self._db.execute(
            f"SELECT json, folder FROM entries JOIN contents USING (number) WHERE {condition} LIMIT 1",  # noqa: S608 - our own conditions
            [value],
        ).fetchall()
        return _entry(*rows[0]) if rows else None

    @_guarded
    def texts(self, entry_ids: Sequence[str]) -> dict[str, str]:
        """What was said in these entries, by their ids, as the search knows it."""
        rows = self._db.execute(
            "SELECT id, transcript FROM entries JOIN contents USING (number)"
            " WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(entry_ids))],
        )
        return dict(rows.fetchall())

    @_guarded
    def references(self) -> list[Reference]:
        """Every entry's names, newest first."""
        rows = self._db.execute("SELECT id, day, title FROM entries ORDER BY recorded_utc DESC, id DESC")
        return [Reference(entry_id, date.fromisoformat(day), title) for entry_id, day, title in rows]

    @_guarded
    def entries(self, wanted: EntryFilter) -> list[Entry]:
        """The entries that meet every condition, newest first."""
        clause, values = where(wanted)
        rows = self._db.execute(
            f"SELECT json, folder FROM entries JOIN contents USING (number){clause}"  # noqa: S608
            " ORDER BY recorded_utc DESC, id DESC",
            values,
        )
        return [_entry(*row) for row in rows]

    @_guarded
    def glances(self, wanted: EntryFilter) -> list[Glance]:
        """The same as `entries`, each only in passing: see `GlanceList.meeting`."""
        return self._glances.meeting(wanted)

    @_guarded
    def count(self, wanted: EntryFilter = EVERYTHING) -> int:
        """How many entries meet every condition."""
        clause, values = where(wanted)
        number: int = self._db.execute(f"SELECT count(*) FROM entries{clause}", values).fetchone()[0]  # noqa: S608
        return number

    @_guarded
    def labels(self, kind: Literal["feelings", "tags"]) -> list[str]:
        """Every feeling or tag that an entry has, most used first; of several spellings one."""
        rows = self._db.execute(
            "SELECT word FROM labels WHERE kind = ? GROUP BY word ORDER BY count(*) DESC, word",
            [kind.removesuffix("s")],
        )
        spellings: dict[str, str] = {}
        for (word,) in rows:
            spellings.setdefault(word.casefold(), word)
        return list(spellings.values())

    @_guarded
    def waiting_for_transcript(self) -> list[Entry]:
        """The entries without a transcript, oldest first: first come, first served."""
        rows = self._db.execute(
            "SELECT json, folder FROM entries JOIN contents USING (number) WHERE transcript_mtime_ns IS NULL"
            " ORDER BY recorded_utc, id"
        )
        return [_entry(*row) for row in rows]

    @_guarded
    def to_think_about(self, last_day: date) -> list[Entry]:
        """Those that wait until such a day for a second thought about sharing them, the longest waiting first."""
        version = self._version()
        if self._put_off is None or self._put_off[0] != version:
            self._put_off = version, self._read_put_off()
        return [entry for day, entry in self._put_off[1] if day <= last_day]

    def _version(self) -> tuple[int, int]:
        """Another one after every change, by this connection or by others: sqlite.org/pragma.html, data_version."""
        return self._db.conn.total_changes, self._db.execute("PRAGMA data_version").fetchone()[0]

    def _read_put_off(self) -> list[tuple[date, Entry]]:
        # All texts are read for this, which takes a while: not at every question.
        rows = self._db.execute(
            "SELECT json, folder FROM contents JOIN entries USING (number) WHERE instr(json, ?)", ['"ask_again_on"']
        )
        notes = [(entry.review, entry) for entry in (_entry(*row) for row in rows)]
        due = [(each.ask_again_on, entry) for each, entry in notes if each and each.ask_again_on]
        return sorted(due, key=lambda pair: (pair[0], pair[1].id))

    @_guarded
    def look_for(self, terms: Sequence[Term], limit: int, wanted: EntryFilter = EVERYTHING) -> Findings:
        """What holds every term that is not excluded: see `TextSearch.look_for`."""
        return self._texts.look_for(terms, limit, wanted)

    def search(self, text: str, limit: int, wanted: EntryFilter = EVERYTHING) -> list[SearchHit]:
        """The same for words in which nothing has a meaning of its own."""
        return list(self.look_for(plain(text), limit, wanted).hits)


def open_index(path: Path) -> tuple[Index, str]:
    """Open the index file, or begin an empty one; one that cannot be used is set aside.

    Returns:
        The index, and why an earlier one was given up, or "".

    Raises:
        DiaryError: the state folder cannot be written to.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DiaryError(
            f"Could not make the folder {path.parent}: {error.strerror or error}.",
            "Check that the disk is not full and that you may write there.",
        ) from error
    try:
        return _connect(path), ""
    except IndexBrokenError as error:
        set_aside(path)
        return _connect(path), str(error)


def set_aside(path: Path) -> None:
    """Move an index file out of the way, in place of the one set aside before it."""
    with suppress(FileNotFoundError):
        path.replace(path.with_suffix(".set-aside"))
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def _connect(path: Path) -> Index:
    from sqlite_utils import Database

    try:
        connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S)
    except sqlite3.DatabaseError as error:
        raise _meaning(error) from error
    try:
        index = Index(Database(connection))
        index.prepare()
    except BaseException:
        connection.close()
        raise
    return index


def _meaning(error: sqlite3.DatabaseError) -> Exception:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _OF_THE_WORLD:
        return IndexStuckError(
            f"The index of the diary cannot be used now: {error}.",
            "Your entries are safe in their folder. Check that the disk is not full, then try again.",
        )
    return IndexBrokenError(str(error))


def _entry(data: str, folder: str) -> Entry:
    try:
        return entry_from_json(json.loads(data), folder)
    except ValueError as error:
        raise IndexBrokenError(str(error)) from error

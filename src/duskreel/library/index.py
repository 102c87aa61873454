"""Every SQL statement of the program: what finds entries fast, and can be thrown away at any time."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, TypeVar

from duskreel.errors import DiaryError
from duskreel.library.entry import Entry, Mood, entry_from_json
from duskreel.library.folder import Stamps
from duskreel.library.glance import Glance
from duskreel.library.search_text import SEARCHED, searchable, sets_no_spaces, snippet
from duskreel.library.values import HIT_END, HIT_START, EntryFilter, SearchHit

if TYPE_CHECKING:
    # It takes a while to load, and the first picture of the camera need not wait for the diary.
    from sqlite_utils import Database

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

EVERYTHING = EntryFilter()
_BUSY_TIMEOUT_S = 10.0
_MOST_TERMS = 32
_LONGEST_TERM = 200
_SNIPPET_WORDS = 14
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
class Indexed:
    """What the index keeps of one entry."""

    entry: Entry
    transcript_text: str
    stamps: Stamps


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
            "SELECT folder, id, entry_mtime_ns, entry_size_bytes, transcript_mtime_ns, transcript_size_bytes"
            " FROM entries"
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
            self._db.conn.executemany("DELETE FROM entries WHERE folder = ?", [(folder,) for folder in removed])
            for item in put:
                self._put(item)

    def _put(self, item: Indexed) -> None:
        entry = item.entry
        self._db.execute("DELETE FROM entries WHERE id = ? OR folder = ?", [entry.id, entry.folder])
        row = _row(item)
        columns = ", ".join(row)
        places = ", ".join("?" for _ in row)
        inserted = self._db.conn.execute(
            f"INSERT INTO entries ({columns}) VALUES ({places})",  # noqa: S608 - our own column names
            list(row.values()),
        )
        labels = [("feeling", word) for word in entry.feelings] + [("tag", word) for word in entry.tags]
        self._db.conn.executemany(
            "INSERT INTO labels (entry_number, kind, folded) VALUES (?, ?, ?)",
            [(inserted.lastrowid, kind, word.casefold()) for kind, word in labels],
        )

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
            f"SELECT json, folder FROM entries WHERE {condition} LIMIT 1",  # noqa: S608 - our own conditions
            [value],
        ).fetchall()
        return _entry(*rows[0]) if rows else None

    @_guarded
    def references(self) -> list[Reference]:
        """Every entry's names, newest first."""
        rows = self._db.execute("SELECT id, day, title FROM entries ORDER BY recorded_utc DESC, id DESC")
        return [Reference(entry_id, date.fromisoformat(day), title) for entry_id, day, title in rows]

    @_guarded
    def entries(self, wanted: EntryFilter) -> list[Entry]:
        """The entries that meet every condition, newest first."""
        where, values = _where(wanted)
        rows = self._db.execute(
            f"SELECT json, folder FROM entries{where} ORDER BY recorded_utc DESC, id DESC",  # noqa: S608
            values,
        )
        return [_entry(*row) for row in rows]

    @_guarded
    def glances(self, wanted: EntryFilter) -> list[Glance]:
        """The same as `entries`, each only in passing: a tenth of the time for thousands of them."""
        where, values = _where(wanted)
        rows = self._db.execute(
            "SELECT id, folder, day, substr(json_extract(json, '$.recorded_at'), 12, 5),"  # noqa: S608
            " json_extract(json, '$.duration_ms'), title, mood, starred,"
            " json_extract(json, '$.recovered') IS NOT NULL, transcript_mtime_ns IS NOT NULL"
            f" FROM entries{where} ORDER BY recorded_utc DESC, id DESC",
            values,
        )
        return [_glance(*row) for row in rows]

    @_guarded
    def labels(self, kind: Literal["feelings", "tags"]) -> list[str]:
        """Every feeling or tag that an entry has, most used first; of several spellings one."""
        rows = self._db.execute(
            "SELECT label.value FROM entries, json_each(entries.json, '$.' || ?) AS label"
            " GROUP BY label.value ORDER BY count(*) DESC, label.value",
            [kind],
        )
        spellings: dict[str, str] = {}
        for (word,) in rows:
            spellings.setdefault(word.casefold(), word)
        return list(spellings.values())

    @_guarded
    def waiting_for_transcript(self) -> list[Entry]:
        """The entries without a transcript, oldest first: first come, first served."""
        rows = self._db.execute(
            "SELECT json, folder FROM entries WHERE transcript_mtime_ns IS NULL ORDER BY recorded_utc, id"
        )
        return [_entry(*row) for row in rows]

    @_guarded
    def search(self, text: str, limit: int, wanted: EntryFilter = EVERYTHING) -> list[SearchHit]:
        """Entries that hold every word of the text, best first; the last word may be unfinished.

        Scripts that set no spaces are searched for the text itself, as is all that the word search misses.
        """
        terms = [term[:_LONGEST_TERM] for term in searchable(text).split()[:_MOST_TERMS]]
        if not terms:
            return []
        hits = [] if sets_no_spaces(text) else self._word_hits(terms, limit, wanted)
        return hits or self._substring_hits(terms, limit, wanted)

    def _word_hits(self, terms: list[str], limit: int, wanted: EntryFilter) -> list[SearchHit]:
        # Quoted, so that no character of the user's text is an operator: sqlite.org/fts5.html, section 3.
        query = " ".join('"' + term.replace('"', '""') + '"' for term in terms) + "*"
        conditions, values = _conditions(wanted)
        where = " AND ".join(["entries_fts MATCH ?", *conditions])
        rows = self._db.execute(
            "SELECT json, folder, snippet(entries_fts, -1, ?, ?, '…', ?) FROM entries_fts"  # noqa: S608
            " JOIN entries ON entries.number = entries_fts.rowid"
            f" WHERE {where} ORDER BY rank, recorded_utc DESC LIMIT ?",
            [HIT_START, HIT_END, _SNIPPET_WORDS, query, *values, limit],
        )
        return [SearchHit(_entry(data, folder), found) for data, folder, found in rows]

    def _substring_hits(self, terms: list[str], limit: int, wanted: EntryFilter) -> list[SearchHit]:
        everything = " || char(10) || ".join(SEARCHED)
        conditions, values = _conditions(wanted)
        where = " AND ".join([*(f"{everything} LIKE ? ESCAPE '\\'" for _ in terms), *conditions])
        rows = self._db.execute(
            f"SELECT json, folder, {', '.join(SEARCHED)} FROM entries"  # noqa: S608 - our own column names
            f" WHERE {where} ORDER BY recorded_utc DESC LIMIT ?",
            [*(f"%{_escaped(term)}%" for term in terms), *values, limit],
        )
        return [SearchHit(_entry(data, folder), snippet(texts, terms[0])) for data, folder, *texts in rows]


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


def _row(item: Indexed) -> dict[str, Any]:
    entry, stamps = item.entry, item.stamps
    words = stamps.transcript
    return {
        "id": entry.id,
        "folder": entry.folder,
        "day": entry.recorded_at.date().isoformat(),
        "recorded_utc": _in_utc(entry.recorded_at),
        "mood": None if entry.mood is None else int(entry.mood),
        "starred": int(entry.starred),
        "original_sha256": entry.original.sha256 if entry.original else None,
        "title": searchable(entry.title),
        "note": searchable(entry.note),
        "transcript": searchable(item.transcript_text),
        "tags": searchable(" · ".join(entry.tags)),
        "json": json.dumps(entry.to_json(), ensure_ascii=False),
        "entry_mtime_ns": stamps.entry[0],
        "entry_size_bytes": stamps.entry[1],
        "transcript_mtime_ns": words[0] if words else None,
        "transcript_size_bytes": words[1] if words else None,
    }


def _entry(data: str, folder: str) -> Entry:
    try:
        return entry_from_json(json.loads(data), folder)
    except ValueError as error:
        raise IndexBrokenError(str(error)) from error


def _glance(
    entry_id: str,
    folder: str,
    day: str,
    time: str,
    duration_ms: int,
    title: str,
    mood: int | None,
    *flags: int,
) -> Glance:
    starred, recovered, has_words = map(bool, flags)
    felt = None if mood is None else Mood(mood)
    return Glance(
        entry_id, folder, date.fromisoformat(day), time, duration_ms, title, felt, starred, recovered, has_words
    )


def _in_utc(moment: datetime) -> str:
    """Of fixed width, so that text sorts as time does."""
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        # Within a day of year 1 or 9999 there is no such moment in UTC; any place in the order will do.
        moment = moment.replace(tzinfo=UTC)
    return moment.isoformat(timespec="microseconds")


def _where(wanted: EntryFilter) -> tuple[str, list[Any]]:
    conditions, values = _conditions(wanted)
    return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), values


def _conditions(wanted: EntryFilter) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    for comparison, day in (("day >= ?", wanted.first_day), ("day <= ?", wanted.last_day)):
        if day is not None:
            conditions.append(comparison)
            values.append(day.isoformat())
    if wanted.moods:
        conditions.append(f"mood IN ({', '.join('?' for _ in wanted.moods)})")
        values.extend(int(mood) for mood in wanted.moods)
    for kind, word in (("feeling", wanted.feeling), ("tag", wanted.tag)):
        if word:
            conditions.append("number IN (SELECT entry_number FROM labels WHERE kind = ? AND folded = ?)")
            values.extend((kind, word.casefold()))
    if wanted.starred:
        conditions.append("starred = 1")
    return conditions, values


def _escaped(term: str) -> str:
    return term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

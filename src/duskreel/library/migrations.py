"""The shape of the index, step by step. Append only: what has been released is never changed.

Each step raises `PRAGMA user_version`, so that an older program can tell that it does not know the shape.
"""

from sqlite_utils import Database, Migrations
from sqlite_utils.db import ForeignKey

from duskreel.library.search_text import SEARCHED

index_migrations = Migrations("duskreel-index")

SCHEMA_VERSION = 3


@index_migrations()
def entries_labels_and_search(db: Database) -> None:
    """The first shape."""
    entries, labels = db.table("entries"), db.table("labels")
    entries.create(
        {
            "number": int,
            "id": str,
            "folder": str,
            "day": str,
            "recorded_utc": str,
            "mood": int,
            "starred": int,
            "original_sha256": str,
            "title": str,
            "note": str,
            "transcript": str,
            "tags": str,
            "json": str,
            "entry_mtime_ns": int,
            "entry_size_bytes": int,
            "transcript_mtime_ns": int,
            "transcript_size_bytes": int,
        },
        pk="number",
        not_null={"id", "folder", "day", "recorded_utc", "starred", "json", *SEARCHED},
    )
    entries.create_index(["id"], unique=True)
    entries.create_index(["folder"], unique=True)
    entries.create_index(["recorded_utc"])
    entries.create_index(["original_sha256"])
    labels.create(
        {"entry_number": int, "kind": str, "folded": str},
        foreign_keys=[ForeignKey("labels", "entry_number", "entries", "number", on_delete="CASCADE")],
        not_null={"entry_number", "kind", "folded"},
    )
    labels.create_index(["kind", "folded"])
    labels.create_index(["entry_number"])
    entries.enable_fts(SEARCHED, fts_version="FTS5", tokenize="unicode61 remove_diacritics 2", create_triggers=True)
    db.execute("PRAGMA user_version = 1")


@index_migrations()
def texts_apart_and_times_of_words(db: Database) -> None:
    """What lists show stands apart from the long texts, and a search knows when each word is said.

    What is known of each entry is kept, for the day on which its sidecar is broken; its stamps are not, so that the
    next opening reads the words with their times.
    """
    known = db.execute("SELECT id, folder, day, recorded_utc, json, title FROM entries").fetchall()
    for table in ("entries_fts", "labels", "entries"):
        db.execute(f"DROP TABLE {table}")
    for statement in _SECOND_SHAPE:
        db.execute(statement)
    for number, (entry_id, folder, day, recorded_utc, json, title) in enumerate(known, 1):
        db.execute(
            "INSERT INTO entries (number, id, folder, day, recorded_utc, title) VALUES (?, ?, ?, ?, ?, ?)",
            [number, entry_id, folder, day, recorded_utc, title],
        )
        db.execute("INSERT INTO contents (number, json) VALUES (?, ?)", [number, json])
        db.execute("INSERT INTO contents_fts (rowid) VALUES (?)", [number])
    db.execute("PRAGMA user_version = 2")


@index_migrations()
def moods_after_and_feelings(db: Database) -> None:
    """How it felt is known without reading the entry as a whole."""
    for statement in _THIRD_SHAPE:
        db.execute(statement)
    db.execute("PRAGMA user_version = 3")


_SECOND_SHAPE = (
    (
        "CREATE TABLE entries (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, folder TEXT NOT NULL UNIQUE,"
        " day TEXT NOT NULL, time TEXT NOT NULL DEFAULT '', recorded_utc TEXT NOT NULL,"
        " duration_ms INTEGER NOT NULL DEFAULT 0, title TEXT NOT NULL, mood INTEGER,"
        " starred INTEGER NOT NULL DEFAULT 0, hidden INTEGER NOT NULL DEFAULT 0, recovered INTEGER NOT NULL DEFAULT 0,"
        " has_note INTEGER NOT NULL DEFAULT 0,"
        " has_words INTEGER NOT NULL DEFAULT 0, original_sha256 TEXT, entry_mtime_ns INTEGER, entry_size_bytes INTEGER,"
        " transcript_mtime_ns INTEGER, transcript_size_bytes INTEGER)"
    ),
    "CREATE INDEX entries_by_time ON entries (recorded_utc, id)",
    "CREATE INDEX entries_by_original ON entries (original_sha256)",
    # The number is that of `entries`. What is long comes last: SQLite reads a row from its beginning.
    (
        "CREATE TABLE contents (number INTEGER PRIMARY KEY REFERENCES entries (number) ON DELETE CASCADE,"
        " json TEXT NOT NULL, title TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',"
        " tags TEXT NOT NULL DEFAULT '', transcript TEXT NOT NULL DEFAULT '', word_starts BLOB NOT NULL DEFAULT x'')"
    ),
    (
        "CREATE TABLE labels (entry_number INTEGER NOT NULL REFERENCES entries (number) ON DELETE CASCADE,"
        " kind TEXT NOT NULL, folded TEXT NOT NULL, word TEXT NOT NULL)"
    ),
    "CREATE INDEX labels_by_word ON labels (kind, folded, entry_number)",
    "CREATE INDEX labels_by_entry ON labels (entry_number)",
    # No triggers: what a trigger puts into FTS5 is written to the file row by row. `Index` does it instead.
    # Words of up to three letters are what somebody has typed so far, most of the time.
    (
        "CREATE VIRTUAL TABLE contents_fts USING fts5 (title, note, transcript, tags, content = contents,"
        " content_rowid = number, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')"
    ),
    "CREATE VIRTUAL TABLE words USING fts5vocab (contents_fts, row)",
)
"""released with version 2; never changed"""

_THIRD_SHAPE = (
    "ALTER TABLE entries ADD COLUMN mood_after INTEGER",
    "ALTER TABLE entries ADD COLUMN has_feelings INTEGER NOT NULL DEFAULT 0",
    (
        "UPDATE entries SET has_feelings = number IN (SELECT entry_number FROM labels WHERE kind = 'feeling'),"
        " mood_after = (SELECT CASE WHEN json_valid(json) THEN json_extract(json, '$.mood_after') END"
        " FROM contents WHERE contents.number = entries.number)"
    ),
    # What only Python takes for JSON, such as NaN among keys of a newer program, is read from its sidecar again.
    "UPDATE entries SET entry_mtime_ns = NULL WHERE number IN (SELECT number FROM contents WHERE NOT json_valid(json))",
)
"""released with version 3; never changed"""

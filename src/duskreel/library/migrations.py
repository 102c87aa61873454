"""The shape of the index, step by step. Append only: what has been released is never changed.

Each step raises `PRAGMA user_version`, so that an older program can tell that it does not know the shape.
"""

from sqlite_utils import Database, Migrations
from sqlite_utils.db import ForeignKey

from duskreel.library.search_text import SEARCHED

index_migrations = Migrations("duskreel-index")

SCHEMA_VERSION = 1


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

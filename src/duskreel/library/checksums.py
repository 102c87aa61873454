"""What a clip was when it became an entry: its size, and its SHA-256, in ``checksums.json`` beside it.

Not in entry.json, which the user's words are in and which syncs bring together, whereas this is the same on every
computer and can be written again at any time. Of imported clips entry.json knows the sum already, from the file that
was imported. A recording is measured when it is kept: its size always, which tells at once whether a sync has brought
all of it; its sum as well unless that would take noticeably long, else as soon as somebody reads all of it anyway.
"""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from duskreel.errors import DiaryError
from duskreel.library import sidecars
from duskreel.library.entry import Entry
from duskreel.progress import CancelToken, Progress

CHECKSUMS = "checksums.json"
FORMAT = 1
SOON_BYTES = 64 << 20
"""read in a tenth of a second, since what was just written is still in memory"""
_CHUNK_BYTES = 1 << 20


def known(home: Path, entry: Entry) -> str | None:
    """The SHA-256 of the clip as it should be; None while nobody has taken it.

    Args:
        home: the entry's folder.
        entry: in it.
    """
    if entry.original is not None:
        return entry.original.sha256
    sha256 = _noted(home, "sha256", entry.clip)
    return sha256 if isinstance(sha256, str) else None


def known_size_bytes(home: Path, clip: str) -> int | None:
    """How large the clip was when it was kept here or elsewhere; None where that was not noted."""
    size_bytes = _noted(home, "size_bytes", clip)
    return size_bytes if type(size_bytes) is int else None


def note(home: Path, clip: str, sha256: str | None, size_bytes: int) -> None:
    """Write down what a whole clip is.

    Raises:
        DiaryError: the disk is full or the folder may not be written to.
    """
    sums = {clip: sha256} if sha256 is not None else {}
    sidecars.write(home / CHECKSUMS, {"format": FORMAT, "sha256": sums, "size_bytes": {clip: size_bytes}})


def note_new(clip: Path) -> None:
    """Measure a clip that was just made and checked. Nothing is worth losing a take for: what fails is left out."""
    with suppress(OSError, DiaryError), clip.open("rb") as file:
        size_bytes = os.fstat(file.fileno()).st_size
        sha256 = hashlib.file_digest(file, "sha256").hexdigest() if size_bytes <= SOON_BYTES else None
        note(clip.parent, clip.name, sha256, size_bytes)


def digest(file: BinaryIO, stage: str, progress: Progress, token: CancelToken) -> str:
    """The SHA-256 of a whole file.

    Args:
        file: at its beginning.
        stage: what to call the work.
        progress: told 0 to 1.
        token: asked at every chunk.

    Raises:
        OSError: the disk does not give it.
        Cancelled: by the token.
    """
    found = hashlib.sha256()
    size_bytes = os.fstat(file.fileno()).st_size or 1
    while chunk := file.read(_CHUNK_BYTES):
        token.raise_if_cancelled()
        found.update(chunk)
        progress(stage, file.tell() / size_bytes)
    return found.hexdigest()


def _noted(home: Path, kind: str, clip: str) -> Any:
    try:
        return json.loads((home / CHECKSUMS).read_bytes())[kind][clip]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None

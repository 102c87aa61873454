"""Reading and writing the small JSON files that lie beside a clip."""

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from duskreel.atomic import write_json
from duskreel.errors import DiaryError
from duskreel.library.entry import (
    FORMAT,
    Entry,
    Transcript,
    entry_from_json,
    transcript_from_json,
)
from duskreel.library.spoken import Spoken, spoken_from_json

ENTRY = "entry.json"
TRANSCRIPT = "transcript.json"
BROKEN_SUFFIX = ".broken"
_PRIVATE_FILE = 0o600
_MOST_LEVELS = 50
_HOLDERS = (dict, list)
_NONSENSE = (ValueError, TypeError, AttributeError, OverflowError, RecursionError)
"""what values that nobody would write lead to"""


class BrokenSidecarError(ValueError):
    """A sidecar that is there and cannot be understood: it is to be kept aside and made anew."""


class UnreadableSidecarError(Exception):
    """A sidecar that may be in order, but not for us and not now; it is left where it is. Says why."""


def read_entry(folder: Path, relative: str, name: str = ENTRY) -> Entry:
    """Read entry.json in this folder.

    Args:
        folder: the entry's folder.
        relative: the same, relative to the diary, for `Entry.folder`.
        name: of another file there that holds the same.

    Raises:
        FileNotFoundError: there is none.
        BrokenSidecarError: it is not what this program wrote.
        UnreadableSidecarError: a newer program wrote it, or the disk does not give it.
    """
    data = _read(folder / name)
    try:
        entry = entry_from_json(data, relative)
    except _NONSENSE as error:
        raise BrokenSidecarError(str(error)) from error
    if not entry.id or is_outside(entry.clip):
        raise BrokenSidecarError("“id” or “clip” is not a name")
    return entry


def read_transcript(folder: Path, name: str = TRANSCRIPT) -> Transcript:
    """Read transcript.json in this folder; raises as `read_entry` does."""
    data = _read(folder / name)
    try:
        return transcript_from_json(data)
    except _NONSENSE as error:
        raise BrokenSidecarError(str(error)) from error


def read_spoken(folder: Path, name: str = TRANSCRIPT) -> Spoken:
    """Read of transcript.json what the index takes of it; raises as `read_entry` does."""
    data = _read(folder / name)
    try:
        return spoken_from_json(data)
    except _NONSENSE as error:
        raise BrokenSidecarError(str(error)) from error


def write(path: Path, data: Mapping[str, Any]) -> None:
    """Write a sidecar that only its owner may read.

    Raises:
        DiaryError: the disk is full or the folder may not be written to; an older file is untouched.
    """
    write_json(path, data)
    make_private(path)


def make_private(path: Path) -> None:
    """For the owner's eyes only, where the file system knows of such things."""
    with contextlib.suppress(OSError):
        path.chmod(_PRIVATE_FILE)


def keep_aside(path: Path) -> str:
    """Rename a broken sidecar to the first free of ``name.broken``, ``name.broken2``, … and return that name.

    Raises:
        DiaryError: the folder may not be written to.
    """
    number = 1
    while True:
        aside = path.with_name(f"{path.name}{BROKEN_SUFFIX}{number if number > 1 else ''}")
        if not os.path.lexists(aside):
            break
        number += 1
    try:
        path.rename(aside)
    except OSError as error:
        raise DiaryError(
            f"Could not rename the broken file {path}: {error.strerror or error}.",
            "Check that you may write to the diary folder.",
        ) from error
    return aside.name


def is_outside(name: str) -> bool:
    """Whether a file name from a sidecar leads out of the entry's folder."""
    return not name or name in (".", "..") or "/" in name or "\\" in name or "\0" in name or ":" in name


def clean(value: Any) -> Any:
    """The same JSON value without lone surrogates, which neither UTF-8 nor SQLite can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(clean(item) for item in value)
    return value


def clean_entry(entry: Entry) -> Entry:
    """The same entry with `clean` text."""
    return replace(
        entry,
        title=clean(entry.title),
        note=clean(entry.note),
        feelings=clean(entry.feelings),
        tags=clean(entry.tags),
        prompt=clean(entry.prompt),
        series=replace(entry.series, id=clean(entry.series.id)) if entry.series else None,
        shares=tuple(replace(share, file=clean(share.file)) for share in entry.shares),
        unknown=clean(dict(entry.unknown)),
    )


def _read(path: Path) -> Any:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnreadableSidecarError(error.strerror or str(error)) from error
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BrokenSidecarError(str(error)) from error
    if isinstance(data, dict) and type(data.get("format")) is int and data["format"] > FORMAT:
        raise UnreadableSidecarError("a newer version of Duskreel wrote it")
    if _is_deep(data):
        # It could be read, but not be written again.
        raise BrokenSidecarError("it is nested too deeply")
    return clean(data) if b"\\u" in content and b"\\ud" in content.lower() else data


def _is_deep(value: Any) -> bool:
    # Only what can hold something is gone into: what a transcript has most of is plain values.
    layer = [value] if isinstance(value, _HOLDERS) else []
    for _ in range(_MOST_LEVELS):
        layer = [
            child
            for parent in layer
            for child in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(child, _HOLDERS)
        ]
        if not layer:
            return False
    return True

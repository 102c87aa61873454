"""Taking a clip from elsewhere into the diary: a copy, checked, that appears whole or not at all."""

import hashlib
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from os import stat_result
from pathlib import Path
from typing import BinaryIO

from duskreel.atomic import cannot_write, sync_file, sync_folder, write_bytes
from duskreel.errors import DiaryError
from duskreel.library import arrival_dates, media, sidecars
from duskreel.library.arrival_dates import When
from duskreel.library.entry import Entry, Original, Transcript
from duskreel.library.folder import CLIP_SUFFIXES, INCOMING, POSTER, DiaryFolder
from duskreel.library.ids import new_id
from duskreel.library.media import MediaInfo
from duskreel.library.values import Details
from duskreel.progress import CancelToken, Progress, part

Write = Callable[[BinaryIO, bytes], object]

POSTER_AT_MS = 1000
POSTER_AT_SHARE = 0.1

_CHUNK_BYTES = 1 << 20
_SPARE_BYTES = 16 << 20
"""room for the poster, the sidecar and the file system's own needs"""
_SUFFIX_OF_CONTAINER = {
    "mov": ".mp4",
    "matroska": ".mkv",
    "avi": ".avi",
    "mpegts": ".ts",
    "mpeg": ".mpg",
    "flv": ".flv",
    "ogg": ".ogv",
    "asf": ".wmv",
}


def plain_write(file: BinaryIO, chunk: bytes) -> object:
    """The ordinary way to write; a test puts a full disk in its place."""
    return file.write(chunk)


@dataclass(frozen=True)
class Brought(Details):
    """What another diary knew about a clip, beyond what somebody says who imports it."""

    starred: bool = False
    known: Entry | None = None
    """as another diary kept it, with an id that is free in this one; the fields above outdo it"""
    transcript: Transcript | None = None


@dataclass(frozen=True)
class Found:
    """A file that can become an entry, before anything was copied."""

    path: Path
    name: str
    """for people; always valid Unicode"""
    status: stat_result
    info: MediaInfo


def clean(details: Details) -> Details:
    """The same without lone surrogates."""
    return replace(
        details,
        title=sidecars.clean(details.title),
        note=sidecars.clean(details.note),
        feelings=sidecars.clean(details.feelings),
        tags=sidecars.clean(details.tags),
        prompt=sidecars.clean(details.prompt),
        series=replace(details.series, id=sidecars.clean(details.series.id)) if details.series else None,
    )


def examine(source: Path) -> Found:
    """Make sure that this is a clip, without touching anything.

    Raises:
        DiaryError: it is missing, not a file, unreadable, or not a video that can be decoded.
    """
    name = readable(source.name)
    try:
        status = source.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "not an ordinary file"
            raise DiaryError(f"“{name}” is {what}.", "Choose a video file.")
        with source.open("rb") as file:
            return Found(source, name, status, media.probe(file, name))
    except FileNotFoundError as error:
        raise DiaryError(f"“{name}” does not exist.", "Check the name and the folder.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DiaryError(
            f"Could not read “{name}”: {reason}.", "Check that the disk is connected and that you may read it."
        ) from error


def readable(name: str) -> str:
    """A file's name for people: always valid Unicode, as no name on a disk need be."""
    cleaned: str = sidecars.clean(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    return cleaned


def stage(
    folder: DiaryFolder,
    staging: Path,
    found: Found,
    details: Details,
    *,
    progress: Progress,
    token: CancelToken,
    write: Write = plain_write,
) -> Entry:
    """Put together everything that the entry's folder will hold; all of it is on the disk when this returns.

    Args:
        folder: the diary.
        staging: a folder inside the diary to be made here; the caller removes it whatever happens.
        found: from `examine`.
        details: what the user said.
        progress: told about copying and checking.
        token: asked at every chunk.
        write: how a chunk gets into the copy.

    Returns:
        The entry, with `folder` still empty.

    Raises:
        DiaryError: the disk is full or failed, or the file changed while it was copied.
        Cancelled: by the token.
    """
    _check_room(folder, found)
    folder.make(f"{INCOMING}/{staging.name}")
    clip = staging / f"clip{_suffix(found)}"
    sha256 = _copy(found, clip, part(progress, 0.0, 0.6), token, write)
    _verify(found, clip, sha256, part(progress, 0.6, 0.9), token)
    info = found.info
    entry = Entry(
        id=new_id(),
        folder="",
        clip=clip.name,
        recorded_at=_recorded_at(found, details).replace(microsecond=0),
        source="import",
        duration_ms=info.duration_ms,
        width=info.width,
        height=info.height,
        title=details.title,
        note=details.note,
        mood=details.mood,
        feelings=details.feelings,
        tags=details.tags,
        prompt=details.prompt,
        series=details.series,
        original=Original(found.name, sha256),
    )
    if isinstance(details, Brought):
        entry = _as_it_was(entry, details)
        if details.transcript is not None:
            sidecars.write(staging / sidecars.TRANSCRIPT, sidecars.clean(details.transcript.to_json()))
    write_poster(clip, info.duration_ms)
    sidecars.write(staging / sidecars.ENTRY, entry.to_json())
    sync_folder(staging)
    progress("Saving", 0.95)
    return entry


def write_poster(clip: Path, duration_ms: int) -> None:
    """Put poster.jpg beside a clip. A clip that gives none goes without: it is not worth losing a take for.

    Raises:
        DiaryError: the disk is full.
    """
    with clip.open("rb") as file, suppress(DiaryError):
        picture = media.poster(file, clip.name, at_ms=poster_time_ms(duration_ms))
        write_bytes(clip.with_name(POSTER), picture)
        sidecars.make_private(clip.with_name(POSTER))


def poster_time_ms(duration_ms: int) -> int:
    """A second in, where people have sat down; sooner in short clips."""
    return min(POSTER_AT_MS, round(duration_ms * POSTER_AT_SHARE))


def _check_room(folder: DiaryFolder, found: Found) -> None:
    needed, free = found.status.st_size + _SPARE_BYTES, folder.free_bytes()
    if free < needed:
        raise DiaryError(
            f"There is no room for “{found.name}”: it needs {needed >> 20} MB, and {free >> 20} MB are free.",
            "Free some space on the disk that the diary is on, then try again.",
        )


def _copy(found: Found, clip: Path, progress: Progress, token: CancelToken, write: Write) -> str:
    digest = hashlib.sha256()
    copied_bytes = 0
    try:
        with clip.open("xb") as target:
            sidecars.make_private(clip)
            for chunk in _chunks(found.path, found.name):
                token.raise_if_cancelled()
                digest.update(chunk)
                write(target, chunk)
                copied_bytes += len(chunk)
                if copied_bytes > found.status.st_size:
                    raise _changed(found)
                progress("Copying", copied_bytes / max(found.status.st_size, 1))
            target.flush()
            sync_file(target.fileno())
    except OSError as error:
        raise cannot_write(clip, error) from error
    return digest.hexdigest()


def _verify(found: Found, clip: Path, sha256: str, progress: Progress, token: CancelToken) -> None:
    digest = hashlib.sha256()
    read_bytes = 0
    for chunk in _chunks(clip, found.name):
        token.raise_if_cancelled()
        digest.update(chunk)
        read_bytes += len(chunk)
        progress("Checking the copy", read_bytes / max(found.status.st_size, 1))
    try:
        status = found.path.stat()
    except OSError:
        status = found.status
    unchanged = (status.st_size, status.st_mtime_ns) == (found.status.st_size, found.status.st_mtime_ns)
    if not unchanged or read_bytes != found.status.st_size:
        raise _changed(found)
    if digest.hexdigest() != sha256:
        raise DiaryError(
            f"The copy of “{found.name}” is not what was read from it.",
            "The disk may be failing. Check it, then try again.",
        )


def _changed(found: Found) -> DiaryError:
    return DiaryError(f"“{found.name}” changed while it was being copied.", "Wait until it is finished.")


def _chunks(path: Path, name: str) -> Iterator[bytes]:
    """The content of a file. Its own failures to read are told apart from failures to write the copy."""
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                yield chunk
    except OSError as error:
        raise DiaryError(
            f"Could not read “{name}”: {error.strerror or error}.", "Check the disk that it is on."
        ) from error


def _suffix(found: Found) -> str:
    own = found.path.suffix.lower()
    return own if own in CLIP_SUFFIXES else _SUFFIX_OF_CONTAINER[found.info.container]


def time_of(found: Found, *, prefers_name: bool = False) -> When:
    """When the clip was recorded, as far as the file can tell; as `arrival_dates.when`."""
    modified_at = datetime.fromtimestamp(found.status.st_mtime, UTC)
    return arrival_dates.when(found.name, found.info.created_at, modified_at, prefers_name=prefers_name)


def _recorded_at(found: Found, details: Details) -> datetime:
    """The user's word, else what the file can tell."""
    if details.recorded_at is not None:
        return details.recorded_at if details.recorded_at.tzinfo else details.recorded_at.astimezone()
    return time_of(found).at


def _as_it_was(fresh: Entry, brought: Brought) -> Entry:
    """With everything that another diary knew; what is true of this copy alone is taken from it."""
    if brought.known is None:
        return replace(fresh, starred=brought.starred)
    known = sidecars.clean_entry(brought.known)
    name = known.original.name if known.original else fresh.original.name if fresh.original else ""
    return replace(
        known,
        folder="",
        clip=fresh.clip,
        recorded_at=fresh.recorded_at,
        duration_ms=fresh.duration_ms,
        width=fresh.width,
        height=fresh.height,
        title=fresh.title,
        note=fresh.note,
        mood=fresh.mood,
        feelings=fresh.feelings,
        tags=fresh.tags,
        # Its shorts stayed where they were.
        shares=(),
        original=replace(fresh.original, name=sidecars.clean(name)) if fresh.original else None,
    )

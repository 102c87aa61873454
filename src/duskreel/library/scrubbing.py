"""Reading every clip from beginning to end, to notice what a disk has spoiled while there is still a backup.

A clip without a checksum (see `checksums`) is given one when it is first read whole; it is never changed then, since a
clip never is. A clip that a sync may still be bringing gets none yet: the sum of one half would make the whole look
damaged for ever. Where its size was noted when it was kept, that tells halves from wholes.
"""

import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from duskreel.atomic import write_json
from duskreel.errors import DiaryError
from duskreel.library import checksums, looking, media
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.values import DiaryLocation, Problem
from duskreel.progress import CancelToken, Progress, part

_SETTLED_S = 3600
_MISSING_MS = 1000
"""more than two ways of measuring the same clip differ by"""


@dataclass(frozen=True)
class ScrubRequest:
    """Which clips are to be read."""

    location: DiaryLocation
    since: timedelta | None = None
    """leave out those that were read within this time; None reads all"""


@dataclass(frozen=True)
class Scrubbed:
    """What came of it."""

    read: int
    """clips that are as they were, to the last byte"""
    added: int
    """of these, how many had no checksum before"""
    left_out: int
    """read already: lately, or before this work was interrupted; or written to within the hour, with no checksum yet"""
    damaged: tuple[Problem, ...]


def scrub(request: ScrubRequest, /, *, progress: Progress, token: CancelToken) -> Scrubbed:
    """Read every clip and compare it with its checksum; give one to those that have none.

    Interrupted, it goes on next time where it was.

    Raises:
        DiaryError: the diary cannot be opened or written to.
        Cancelled: what was read counts as read.
    """
    with Diary.open(request.location) as diary:
        memory = _Memory(request.location.state / "scrubbed" / f"{diary.library_id}.json")
        entries = diary.entries()
        due = [entry for entry in entries if memory.is_due(entry, request.since)]
        sizes_bytes = [_size_bytes(diary, entry) for entry in due]
        total_bytes = sum(sizes_bytes) or 1
        findings: list[Problem | bool | None] = []
        for number, entry in enumerate(due):
            done_bytes = sum(sizes_bytes[:number])
            step = part(progress, done_bytes / total_bytes, (done_bytes + sizes_bytes[number]) / total_bytes)
            findings.append(_checked(diary, entry, step, token))
            # What is damaged is told again each time until it is mended.
            memory.note(entry, is_fine=isinstance(findings[-1], bool))
        memory.finish()
    damaged = tuple(found for found in findings if isinstance(found, Problem))
    read = len(due) - len(damaged) - findings.count(None)
    return Scrubbed(read, findings.count(True), len(entries) - len(damaged) - read, damaged)


def first_checksum(diary: Diary, entry: Entry, *, progress: Progress, token: CancelToken) -> bool:
    """Give a clip the checksum that it still lacks; for work that has read all of it anyway.

    Returns:
        Whether it was given one.

    Raises:
        DiaryError: the disk is full.
        Cancelled: by the token; it has none then.
    """
    home = diary.location.folder / entry.folder
    return checksums.known(home, entry) is None and _checked(diary, entry, progress, token) is True


def _checked(diary: Diary, entry: Entry, progress: Progress, token: CancelToken) -> Problem | bool | None:
    """What is wrong with the clip, or whether it was given its first checksum; None if it is too early for one."""
    home = diary.location.folder / entry.folder
    expected_bytes = checksums.known_size_bytes(home, entry.clip)
    try:
        with (home / entry.clip).open("rb") as file:
            sha256 = checksums.digest(file, f"{entry.recorded_at:%Y-%m-%d %H:%M}", progress, token)
            size_bytes = os.fstat(file.fileno()).st_size
            is_settled = _is_settled(home, file)
    except FileNotFoundError:
        return Problem(entry.clip_path, "The clip is missing.", "Put it back from a backup.")
    except OSError as error:
        what = f"It cannot be read to the end: {error.strerror or error}."
        return Problem(entry.clip_path, what, "Check the disk, and put the clip back from a backup.")
    known = checksums.known(home, entry)
    if known is None and size_bytes == expected_bytes:
        checksums.note(home, entry.clip, sha256, size_bytes)
        return True
    if known is None and expected_bytes is None:
        return _given_checksum(home, entry, sha256, size_bytes) if is_settled else None
    if known != sha256:
        return _changed(entry, is_settled=is_settled)
    return False


def _changed(entry: Entry, *, is_settled: bool) -> Problem:
    return Problem(
        entry.clip_path,
        "It is not what it was: the disk or a program has changed it.",
        "Put it back from a backup that was made before. It may still play, with faults."
        if is_settled
        else "If a sync is bringing it, look again when that is done; else put it back from a backup.",
    )


def _is_settled(home: Path, file: BinaryIO) -> bool:
    """Whether nobody seems to be bringing the clip. Asked after it was read, so that a change meanwhile counts."""
    age_s = abs(time.time() - os.fstat(file.fileno()).st_mtime)
    return age_s >= _SETTLED_S and not looking.is_being_brought(home)


def _given_checksum(home: Path, entry: Entry, sha256: str, size_bytes: int) -> Problem | bool:
    """A checksum for a clip that is as long as it was when it became an entry."""
    advice = "If a sync is to bring the rest, let it finish; else put it back from a backup."
    try:
        with (home / entry.clip).open("rb") as file:
            missing_ms = entry.duration_ms - media.probe(file, entry.clip).duration_ms
    except DiaryError as error:
        return Problem(entry.clip_path, error.what_happened, advice)
    if missing_ms > _MISSING_MS:
        return Problem(entry.clip_path, f"The last {missing_ms / 1000:.0f} seconds are missing.", advice)
    checksums.note(home, entry.clip, sha256, size_bytes)
    return True


def _size_bytes(diary: Diary, entry: Entry) -> int:
    with suppress(OSError):
        return (diary.location.folder / entry.clip_path).stat().st_size
    return 0


class _Memory:
    """When each clip was last found to be in order, on this computer.

    A clip that was read counts until all of them were, so that what is interrupted goes on where it was.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        known = _read(file)
        self._begun_at = known.get("begun_at") or _now()
        self._checked: dict[str, str] = known.get("checked") or {}

    def is_due(self, entry: Entry, since: timedelta | None) -> bool:
        """Whether it was not read in this round, nor within that time."""
        checked_at = self._checked.get(entry.id, "")
        if checked_at > _now():
            # By a clock that was wrong.
            return True
        recent = "" if since is None else _text(datetime.now(UTC) - since)
        return checked_at < self._begun_at and (since is None or checked_at < recent)

    def note(self, entry: Entry, *, is_fine: bool) -> None:
        """It was read."""
        if is_fine:
            self._checked[entry.id] = _now()
        else:
            self._checked.pop(entry.id, None)
        self._save(self._begun_at)

    def finish(self) -> None:
        """The next time is a new round."""
        self._save(None)

    def _save(self, begun_at: str | None) -> None:
        with suppress(DiaryError, OSError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_json(self._file, {"begun_at": begun_at, "checked": self._checked})


def _read(file: Path) -> dict[str, Any]:
    try:
        known = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    is_ours = isinstance(known, dict) and isinstance(known.get("checked"), dict)
    return known if is_ours else {}


def _now() -> str:
    return _text(datetime.now(UTC))


def _text(moment: datetime) -> str:
    """Of fixed width, so that text sorts as time does."""
    return moment.isoformat(timespec="microseconds")

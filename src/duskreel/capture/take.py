"""A take in progress on the disk: recording/<id>/ with raw.mkv and session.json, and the locks of its owner."""

import contextlib
import json
import os
import platform
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from duskreel.atomic import sync_folder, write_bytes, write_json
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Mood, SeriesDay, series_day_from_json
from duskreel.library.folder import RECORDING
from duskreel.library.ids import new_id
from duskreel.library.values import Details

RAW = "raw.mkv"
HEAD = "head.mkv"
"""the beginning of raw.mkv once more: without it nothing that follows could be understood"""
SESSION = "session.json"
FORMAT = 1
_PRIVATE_FOLDER = 0o700


class TakeState(Enum):
    """How far a take has come."""

    RECORDING = "recording"
    FINISHING = "finishing"
    KEPT = "kept"
    """it has become an entry, but its raw file was damaged and stays"""
    UNREADABLE = "unreadable"
    """nothing in the raw file can be shown; it stays"""


@dataclass(frozen=True)
class Session:
    """session.json: what is known of a take besides its pictures and sound."""

    id: str
    """ULID; the entry's id in the end, by which a second attempt knows the first"""
    started_at: datetime
    state: TakeState = TakeState.RECORDING
    camera: str = ""
    microphone: str = ""
    host: str = ""
    """the machine: in a synced folder others see the take, and must not take it for a dead one"""
    duration_ms: int | None = None
    """known once the recording has stopped"""
    stopped_by: str = ""
    note: str = ""
    """one sentence on why it is still here"""
    details: Details = field(default_factory=Details)
    """what the user said before it began"""
    marks: tuple[int, ...] = ()
    """moments of the take, in ms, that the speaker noted as not for sharing"""

    def to_json(self) -> dict[str, Any]:
        """The content of session.json."""
        return {
            "format": FORMAT,
            "id": self.id,
            "state": self.state.value,
            "started_at": self.started_at.isoformat(),
            "camera": self.camera,
            "microphone": self.microphone,
            "host": self.host,
            "duration_ms": self.duration_ms,
            "stopped_by": self.stopped_by,
            "note": self.note,
            "details": _details_to_json(self.details),
            "marks": list(self.marks),
        }


class Take:
    """One take's folder, held by this process until `release`."""

    def __init__(self, folder: Path, session: Session, lock: FileLock) -> None:
        self.folder = folder
        self.session = session
        self._lock = lock
        self._changing = threading.Lock()

    @property
    def raw(self) -> Path:
        """Pictures and sound as they were written."""
        return self.folder / RAW

    @property
    def head(self) -> Path:
        """The copy of the raw file's beginning; may not exist."""
        return self.folder / HEAD

    def note(self, **changes: Any) -> None:
        """Change session.json. From any thread.

        Raises:
            DiaryError: it cannot be written; the old one is untouched.
        """
        with self._changing:
            self._change(**changes)

    def mark(self, at_ms: int) -> None:
        """Note a moment of the take as not for sharing, as for `note`; the entry will know it even if this fails."""
        with self._changing:
            self._change(marks=(*self.session.marks, at_ms))

    def keep_head(self, head: bytes) -> None:
        """Write the copy of the raw file's beginning; the take goes on without it if that fails."""
        with contextlib.suppress(DiaryError):
            write_bytes(self.head, head)

    def remove(self) -> None:
        """The take is an entry now, or never held a picture: its folder goes."""
        # session.json last: as long as anything is left, its date and id are known.
        for name in (HEAD, RAW, SESSION):
            with contextlib.suppress(OSError):
                (self.folder / name).unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        with contextlib.suppress(OSError):
            sync_folder(self.folder.parent)

    def release(self) -> None:
        """Let others have it. May be called twice."""
        self._lock.release()
        if not self.folder.exists():
            with contextlib.suppress(OSError):
                Path(self._lock.lock_file).unlink(missing_ok=True)

    def _change(self, **changes: Any) -> None:
        self.session = replace(self.session, **changes)
        write_json(self.folder / SESSION, self.session.to_json())


class TakeFolder:
    """recording/ of a diary, and the locks, which lie on a local disk of this machine.

    Args:
        root: the diary's folder.
        locks: for lock files.
        library_id: of the diary.
        free_bytes: room on the disk of the diary; asks the system unless given. May raise OSError.
    """

    def __init__(self, root: Path, locks: Path, library_id: str, free_bytes: Callable[[], int] | None = None) -> None:
        self._recording = root / RECORDING
        self.free_bytes = free_bytes or (lambda: shutil.disk_usage(root).free)
        self._locks = locks
        self._library_id = library_id

    @classmethod
    def of(cls, diary: Diary) -> "TakeFolder":
        """The one that belongs to an open diary."""
        return cls(diary.location.folder, diary.location.state / "locks", diary.library_id)

    @contextlib.contextmanager
    def recording(self) -> Iterator[None]:
        """Hold the right to record into this diary.

        Raises:
            DiaryError: another program records, or the locks cannot be made.
        """
        lock = self._lock(f"{self._library_id}.recording")
        if not _acquired(lock):
            raise DiaryError("Another Duskreel is recording into this diary.", "Stop that one first.")
        try:
            yield
        finally:
            lock.release()

    def begin(self, camera: str, microphone: str, started_at: datetime, details: Details) -> Take:
        """Make the folder of a new take; session.json is on the disk when this returns.

        Args:
            camera: its label.
            microphone: its label; empty for none.
            started_at: with offset.
            details: what the entry will say if nothing else is said at the end.

        Raises:
            DiaryError: the disk is full or may not be written to.
        """
        take_id = new_id()
        folder = self._recording / take_id
        lock = self._lock(f"take-{take_id}")
        _acquired(lock)
        session = Session(
            take_id, started_at, camera=camera, microphone=microphone, host=platform.node(), details=details
        )
        try:
            for made in (self._recording, folder):
                made.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
                sync_folder(made.parent)
            take = Take(folder, session, lock)
            take.note()
        except OSError as error:
            lock.release()
            raise DiaryError(
                f"Could not make {folder}: {error.strerror or error}.",
                "Check that the disk is not full and that you may write to the diary folder.",
            ) from error
        return take

    def claim(self, name: str) -> Take | None:
        """Take over a take whose owner is gone.

        Args:
            name: of its folder in recording/.

        Returns:
            None if its owner lives or somebody else has just claimed it.

        Raises:
            DiaryError: the locks cannot be made.
        """
        folder = self._recording / name
        lock = self._lock(f"take-{name}")
        if not _acquired(lock):
            return None
        if not folder.is_dir():
            Take(folder, _guessed(folder), lock).release()
            return None
        return Take(folder, read_session(folder), lock)

    def names(self) -> list[str]:
        """Every folder in recording/, oldest first."""
        try:
            return sorted(child.name for child in self._recording.iterdir() if child.is_dir())
        except OSError:
            return []

    def _lock(self, name: str) -> FileLock:
        # Not bound to a thread: a take begins in one, and is finished in another.
        return FileLock(self._locks / f"{name}.lock", timeout=0, thread_local=False)


def read_session(folder: Path) -> Session:
    """session.json, or what can be told without it."""
    guess = _guessed(folder)
    try:
        data = json.loads((folder / SESSION).read_bytes())
    except (OSError, ValueError, RecursionError):
        return guess
    if not isinstance(data, dict):
        return guess
    duration_ms = data.get("duration_ms")
    return Session(
        id=_text(data, "id") or guess.id,
        started_at=_moment(_text(data, "started_at")) or guess.started_at,
        state=next((state for state in TakeState if state.value == data.get("state")), TakeState.RECORDING),
        camera=_text(data, "camera"),
        microphone=_text(data, "microphone"),
        host=_text(data, "host"),
        duration_ms=duration_ms if type(duration_ms) is int else None,
        stopped_by=_text(data, "stopped_by"),
        note=_text(data, "note"),
        details=_details_from_json(data.get("details")),
        marks=_moments_ms(data.get("marks")),
    )


def _details_to_json(details: Details) -> dict[str, Any]:
    return {
        "title": details.title,
        "note": details.note,
        "mood": details.mood,
        "feelings": list(details.feelings),
        "tags": list(details.tags),
        "prompt": details.prompt,
        "series": details.series.to_json() if details.series else None,
    }


def _details_from_json(data: Any) -> Details:
    """Whatever can be read of it: a strange word must not cost the take."""
    if not isinstance(data, dict):
        return Details()
    mood = data.get("mood")
    return Details(
        title=_text(data, "title"),
        note=_text(data, "note"),
        mood=Mood(mood) if type(mood) is int and mood in list(Mood) else None,
        feelings=_words(data, "feelings"),
        tags=_words(data, "tags"),
        prompt=_text(data, "prompt"),
        series=_series_day(data.get("series")),
    )


def _series_day(data: Any) -> SeriesDay | None:
    try:
        return series_day_from_json(data) if data else None
    except ValueError:
        return None


def _moments_ms(data: Any) -> tuple[int, ...]:
    return tuple(item for item in data if type(item) is int and item >= 0) if isinstance(data, list) else ()


def _words(data: dict[str, Any], key: str) -> tuple[str, ...]:
    value = data.get(key)
    return tuple(word for word in value if isinstance(word, str)) if isinstance(value, list) else ()


def _guessed(folder: Path) -> Session:
    """By the folder's name, which holds the time, or else by the raw file's age."""
    from ulid import ULID

    try:
        take_id = ULID.from_str(folder.name)
        return Session(str(take_id), take_id.datetime.astimezone())
    except ValueError:
        pass
    try:
        changed_ns = os.stat(folder / RAW).st_mtime_ns  # noqa: PTH116
    except OSError:
        changed_ns = 0
    started_at = datetime.fromtimestamp(changed_ns // 1_000_000_000, UTC)
    return Session(str(ULID.from_datetime(started_at)), started_at.astimezone())


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.astimezone()


def _acquired(lock: FileLock) -> bool:
    try:
        Path(lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        return False
    except OSError as error:
        raise DiaryError(
            f"Could not write to {Path(lock.lock_file).parent}: {error.strerror or error}.",
            "Check that the disk is not full and that you may write there.",
        ) from error
    return True

"""A diary of tiny files, and ways to back it up."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from duskreel.library.backup.incremental import FolderBackup, FolderBackupRequest, back_up
from duskreel.library.diary import Diary
from duskreel.library.values import DiaryLocation
from duskreel.progress import CancelToken, unheard

NEVER = CancelToken()
LONG_AGO_NS = 1_764_000_000_123_456_789
"""2025-11-24, so that a backup can trust what it saw"""

BackUp = Callable[..., FolderBackup]


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its mtime in ns."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def put(root: Path, path: str, content: bytes, mtime_ns: int = LONG_AGO_NS) -> Path:
    """A file of a diary, as if it had lain there for long."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    os.utime(file, ns=(mtime_ns, mtime_ns))
    return file


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test here cuts the power, and what a killed process has written stays; `die_at` counts these calls anyway."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


def copied(made: DiaryLocation, to: Path) -> DiaryLocation:
    """A diary with its state, as it was made once for many tests."""
    place = DiaryLocation(to / "diary", to / "state")
    shutil.copytree(made.folder, place.folder)
    shutil.copytree(made.state, place.state)
    return place


@pytest.fixture
def location(made_once: DiaryLocation, tmp_path: Path) -> DiaryLocation:
    """A diary of this test's own."""
    return copied(made_once, tmp_path)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> DiaryLocation:
    """Two entries with clips, one with a name as long as names get, an empty file, two spellings of one “ü”."""
    root = tmp_path_factory.mktemp("made")
    place = DiaryLocation(root / "diary", root / "state")
    with Diary.open(place):
        pass
    os.utime(place.folder / "duskreel.json", ns=(LONG_AGO_NS, LONG_AGO_NS))
    put(place.folder, "entries/2026/11/one/clip.mp4", b"first clip" * 500)
    put(place.folder, "entries/2026/11/one/note.json", b"{}")
    put(place.folder, "entries/2026/11/two/clip.mp4", b"second clip" * 700)
    put(place.folder, f"entries/2026/11/two/{'n' * 196}.mp4", b"long")
    put(place.folder, "bin/three/empty", b"")
    put(place.folder, "searches.json", b'{"format": 1, "searches": []}')
    put(place.folder, "series.json", b'{"format": 1, "series": []}')
    put(place.folder, "shorts/\u00fc.mp4", b"composed")
    put(place.folder, "shorts/u\u0308.mp4", b"decomposed")
    return place


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backup"


@pytest.fixture
def backed_up(location: DiaryLocation, target: Path) -> BackUp:
    """Back the diary up; named arguments change the request."""

    def run(token: CancelToken = NEVER, **changes: object) -> FolderBackup:
        request = replace(FolderBackupRequest(location, target), **changes)  # type: ignore[arg-type]
        return back_up(request, progress=unheard, token=token)

    return run


def objects(target: Path) -> dict[str, Path]:
    return {path.name: path for path in (target / "objects").glob("*/*")}


def object_of(target: Path, content: bytes) -> Path:
    """Where the backup holds this content."""
    return next(path for path in objects(target).values() if path.read_bytes() == content)

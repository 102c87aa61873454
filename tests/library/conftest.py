"""Diaries to try things on."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from clips import make_clip
from duskreel.library.diary import Details, Diary, DiaryLocation
from duskreel.library.entry import Entry, Segment, Transcript, Word
from duskreel.progress import CancelToken, unheard

EVENING = datetime(2026, 11, 23, 18, 4, 12, tzinfo=timezone(timedelta(hours=-5)))


@pytest.fixture(scope="session")
def two_seconds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip with picture and sound, made once. Never change it."""
    return make_clip(tmp_path_factory.mktemp("clips") / "two seconds.mp4")


@pytest.fixture
def location(tmp_path: Path) -> DiaryLocation:
    return DiaryLocation(tmp_path / "diary", tmp_path / "state")


@pytest.fixture
def diary(location: DiaryLocation) -> Iterator[Diary]:
    with Diary.open(location) as opened:
        yield opened


@pytest.fixture
def take_in(diary: Diary) -> Callable[[Path], Entry]:
    """Import with no details, as scripts do."""

    def take_in(source: Path, details: Details | None = None) -> Entry:
        return diary.import_clip(source, details or Details(), progress=unheard, token=CancelToken())

    return take_in


@pytest.fixture
def imported(take_in: Callable[..., Entry], two_seconds: Path) -> Entry:
    """One entry in `diary`."""
    return take_in(two_seconds, Details(title="Monday", recorded_at=EVENING))


@pytest.fixture
def an_entry() -> Entry:
    """A value; it lies nowhere."""
    return Entry(
        id="01JD0000000000000000000001",
        folder="entries/2026/11/2026-11-23 18.04.12 k3f9",
        clip="clip.mp4",
        recorded_at=EVENING,
        source="camera",
        duration_ms=61240,
        width=1280,
        height=720,
    )


@pytest.fixture
def plant(location: DiaryLocation, an_entry: Entry, two_seconds: Path) -> Callable[..., Entry]:
    """Put an entry folder into the diary behind the program's back, as a sync does.

    Called with the entry's number, which gives id and day, and fields of Entry to change.
    """

    def plant(number: int = 1, *, with_clip: bool = False, **changes: object) -> Entry:
        day = EVENING + timedelta(days=number)
        entry = replace(
            an_entry,
            id=f"01JD{number:022}",
            folder=f"entries/{day:%Y}/{day:%m}/{day:%Y-%m-%d %H.%M.%S} {number:04}",
            recorded_at=day,
            title=f"Day {number}",
        )
        entry = replace(entry, **changes)  # type: ignore[arg-type]
        folder = location.folder / entry.folder
        folder.mkdir(parents=True)
        (folder / "entry.json").write_text(json.dumps(entry.to_json()), encoding="utf-8")
        if with_clip:
            shutil.copy(two_seconds, folder / entry.clip)
        return entry

    return plant


@pytest.fixture
def said() -> Callable[[str], Transcript]:
    """A transcript of these words, 300 ms each."""

    def said(text: str) -> Transcript:
        words = tuple(
            Word(word, start_ms=300 * i, end_ms=300 * i + 250, probability=0.9) for i, word in enumerate(text.split())
        )
        segments = (Segment(0, 300 * len(words), words),) if words else ()
        return Transcript("base", "en", 0.98, datetime(2026, 11, 23, 23, 5, tzinfo=UTC), segments)

    return said

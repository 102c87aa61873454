"""A finished recording becomes an entry."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from duskreel.library.diary import Details, Diary, DiaryLocation
from duskreel.library.entry import Mood, SeriesDay
from duskreel.library.taking import CLIP, STAGING_PREFIX, TakeFacts

STARTED_AT = datetime(2026, 11, 23, 23, 4, 12, 345, tzinfo=UTC)
FACTS = TakeFacts(
    "01JD0000000000000000000009", STARTED_AT, 2000, 320, 180, details=Details(mood=Mood.BAD, title="Late")
)


def test_a_take_is_kept_with_its_own_id_and_time(diary: Diary, two_seconds: Path, location: DiaryLocation) -> None:
    with diary.staging() as staging:
        shutil.copy(two_seconds, staging / CLIP)
        entry = diary.keep_take(staging, FACTS)
        assert not staging.exists()
    assert diary.entries() == [entry]
    assert (entry.id, entry.source, entry.mood, entry.title) == (FACTS.id, "camera", Mood.BAD, "Late")
    assert entry.recorded_at == STARTED_AT.replace(microsecond=0)
    assert entry.folder.startswith("entries/2026/11/2026-11-23 23.04.12 ")
    assert diary.poster(entry)
    assert (location.folder / entry.folder / CLIP).stat().st_mode & 0o077 == 0
    assert diary.holds(FACTS.id)
    diary.delete(entry)
    assert diary.holds(FACTS.id), "in the bin it is still known"


def test_a_take_keeps_its_question_and_its_day_of_a_series(diary: Diary, two_seconds: Path) -> None:
    details = Details(prompt="What \ud800 now?", series=SeriesDay("ten-\ud800", 3))
    with diary.staging() as staging:
        shutil.copy(two_seconds, staging / CLIP)
        diary.keep_take(staging, replace(FACTS, details=details))
    (entry,) = diary.entries()
    assert (entry.prompt, entry.series) == ("What ? now?", SeriesDay("ten-?", 3))
    changed = diary.update(replace(entry, prompt="\ud800", series=SeriesDay("x\ud800", 4)))
    assert diary.entries() == [changed]
    assert (changed.prompt, changed.series) == ("?", SeriesDay("x?", 4))


def test_what_is_left_in_staging_goes(diary: Diary, location: DiaryLocation) -> None:
    with diary.staging() as staging:
        (staging / CLIP).write_bytes(b"half")
    assert list((location.folder / "incoming").iterdir()) == []
    assert diary.entries() == []
    assert not diary.holds(FACTS.id)


def test_a_finish_that_was_killed_is_not_called_an_import(location: DiaryLocation) -> None:
    with Diary.open(location) as diary:
        killed = location.folder / "incoming" / f"{STAGING_PREFIX}01JD0000000000000000000009"
        killed.mkdir(parents=True)
        (location.state / "partials").mkdir(parents=True, exist_ok=True)
        (location.state / "partials" / "left.json").write_text(json.dumps({"path": str(killed)}))
        assert diary.notices == []
    with Diary.open(location) as again:
        assert again.notices == ["A recording was not quite saved; it is brought back from its raw file."]
    assert not killed.exists()

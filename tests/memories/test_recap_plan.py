"""Plans: chosen for a real diary, written, changed by hand, and read again."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from clips import make_clip
from duskreel.errors import Cancelled, DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Segment, Transcript, Word
from duskreel.library.values import Details, DiaryLocation
from duskreel.memories.recap import MomentKind, Stretch
from duskreel.memories.recap_looking import RecapWishes, plan_recap
from duskreel.memories.recap_plan import RecapPlan, read_plan
from duskreel.progress import CancelToken, unheard

WORDS = (
    Word("I", 1_000, 1_300, 0.9),
    Word("lost", 1_300, 1_700, 0.9),
    Word("my", 1_700, 2_000, 0.9),
    Word("job.", 2_000, 2_500, 0.9),
)


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    with Diary.open(DiaryLocation(tmp_path / "diary", tmp_path / "state")) as opened:
        yield opened


def bring(diary: Diary, path: Path, day: int, duration_s: float = 4.0) -> Entry:
    details = Details(recorded_at=datetime(2026, 11, day, 18, tzinfo=UTC))
    clip = make_clip(path, duration_s=duration_s, size=(160, 90))
    return diary.import_clip(clip, details, progress=unheard, token=CancelToken())


@pytest.fixture
def spoken(diary: Diary, tmp_path: Path) -> Entry:
    entry = bring(diary, tmp_path / "spoken.mp4", 3)
    diary.save_transcript(entry, Transcript("base", "en", 1.0, datetime.now(UTC), (Segment(1_000, 2_500, WORDS),)))
    return entry


def choose(diary: Diary, kind: MomentKind = "second", token: CancelToken | None = None) -> RecapPlan:
    wishes = RecapWishes(diary.location, Stretch.named("2026-11"), kind)
    return plan_recap(wishes, progress=unheard, token=token or CancelToken())


def test_one_moment_for_each_day_that_has_entries(diary: Diary, spoken: Entry, tmp_path: Path) -> None:
    silent = bring(diary, tmp_path / "silent.mp4", 9, 3.0)
    second = bring(diary, tmp_path / "second.mp4", 9, 2.5)
    hidden = bring(diary, tmp_path / "hidden.mp4", 20, 2.0)
    diary.update(replace(hidden, hidden_from_memories=True))
    plan = choose(diary)
    assert [moment.day.day for moment in plan.moments] == [3, 9]
    first, other = plan.days
    assert first.moment.entry_id == spoken.id
    assert "lost" in first.moment.text
    assert {other.moment.entry_id, *other.others} == {silent.id, second.id}


def test_sentences_where_there_are_any(diary: Diary, spoken: Entry, tmp_path: Path) -> None:
    bring(diary, tmp_path / "silent.mp4", 9, 3.0)
    plan = choose(diary, "sentence")
    assert plan.moments[0].entry_id == spoken.id
    assert plan.moments[0].text == "I lost my job."
    assert plan.moments[1].span.duration_ms <= 1_500
    assert "2026-11-09" in plan.remarks[0]


def test_a_damaged_clip_is_told_and_the_other_of_its_day_taken(diary: Diary, spoken: Entry, tmp_path: Path) -> None:
    damaged = bring(diary, tmp_path / "damaged.mp4", 3, 3.0)
    (diary.location.folder / damaged.clip_path).write_bytes(b"nothing")
    plan = choose(diary)
    assert plan.moments[0].entry_id == spoken.id
    assert "2026-11-03" in plan.remarks[0]


def test_days_without_entries_are_refused(diary: Diary) -> None:
    with pytest.raises(DiaryError, match="nothing to show of 2026-11"):
        choose(diary)


def test_choosing_stops_when_asked(diary: Diary, spoken: Entry) -> None:
    assert spoken.duration_ms
    with pytest.raises(Cancelled):
        choose(diary, token=CancelToken(lambda: True))


@pytest.fixture
def written(diary: Diary, spoken: Entry, tmp_path: Path) -> dict[str, Any]:
    assert spoken.duration_ms
    return choose(diary).to_json()


def read(diary: Diary, data: object) -> RecapPlan:
    file = diary.location.state / "plan.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    return read_plan(file, diary)


def test_a_plan_comes_back_as_it_was_written(diary: Diary, written: dict[str, Any]) -> None:
    assert read(diary, written).moments == choose(diary).moments
    assert read(diary, written).name == "2026-11"


def test_changes_by_hand_count(diary: Diary, written: dict[str, Any]) -> None:
    day = written["days"][0]
    day["start_ms"], day["end_ms"] = 250, 1_000
    (moment,) = read(diary, written).moments
    assert tuple(moment.span) == (250, 1_000)
    day["left_out"] = True
    assert read(diary, written).moments == ()
    day["entry"] = "gone"
    assert len(read(diary, written).days) == 1, "what is left out may be gone"


def test_only_some_days_of_a_plan(diary: Diary, written: dict[str, Any]) -> None:
    plan = read(diary, written)
    assert plan.within(Stretch.named("2026-11-03")).moments[0].day == date(2026, 11, 3)
    assert plan.within(Stretch.named("2026-11-04")).moments == ()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"entry": "gone"}, "2026-11-03 that is not in the diary"),
        ({"end_ms": 99_000}, "outside its clip"),
        ({"start_ms": -5}, "outside its clip"),
        ({"end_ms": 0, "start_ms": 0}, "too short"),
        ({"start_ms": 1.5}, "whole milliseconds"),
        ({"day": "someday"}, "day 1 of it"),
        ({"left_out": "yes"}, "not what it should be"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said(
    diary: Diary, written: dict[str, Any], change: dict[str, Any], sentence: str
) -> None:
    written["days"][0].update(change)
    with pytest.raises(DiaryError, match=sentence):
        read(diary, written)


@pytest.mark.parametrize("data", [[], {}, {"format": 2, "days": []}, {"format": 1, "days": [3]}, "no"])
def test_another_file_is_no_plan(diary: Diary, data: object) -> None:
    with pytest.raises(DiaryError, match="not a plan"):
        read(diary, data)


def test_a_name_in_a_plan_cannot_lead_elsewhere(diary: Diary, written: dict[str, Any]) -> None:
    written["name"] = "../../entries/x"
    assert "/" not in read(diary, written).name

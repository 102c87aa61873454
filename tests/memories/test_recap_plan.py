"""Plans: written, changed by hand, and read again."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from duskreel.edit.concealing import MASK
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.review_notes import Choice, Decision, ReviewNotes
from duskreel.library.values import DiaryLocation
from duskreel.memories.recap import Stretch
from duskreel.memories.recap_plan import LONGEST_MS, RecapPlan, read_plan
from duskreel.timecode import Span
from memories.reels import JOB, bring, november, say


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    with Diary.open(DiaryLocation(tmp_path / "diary", tmp_path / "state")) as opened:
        yield opened


@pytest.fixture
def spoken(diary: Diary, tmp_path: Path) -> Entry:
    entry = bring(diary, tmp_path / "spoken.mp4", 3)
    say(diary, entry, JOB)
    return entry


@pytest.fixture
def written(diary: Diary, spoken: Entry) -> dict[str, Any]:
    assert spoken.duration_ms
    return november(diary).to_json()


def read(diary: Diary, data: object) -> RecapPlan:
    file = diary.location.state / "plan.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    return read_plan(file, diary)


def test_a_plan_comes_back_as_it_was_written(diary: Diary, written: dict[str, Any]) -> None:
    assert read(diary, written).moments == november(diary).moments
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
        ({"day": "someday"}, "“day” of item 1"),
        ({"left_out": "yes"}, "not what it should be"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said(
    diary: Diary, written: dict[str, Any], change: dict[str, Any], sentence: str
) -> None:
    written["days"][0].update(change)
    with pytest.raises(DiaryError, match=sentence):
        read(diary, written)


@pytest.mark.parametrize("key", ["entry", "start_ms", "end_ms"])
def test_a_day_without_a_moment_is_said(diary: Diary, written: dict[str, Any], key: str) -> None:
    del written["days"][0][key]
    with pytest.raises(DiaryError, match=f"no moment for 2026-11-03: “{key}” is missing"):
        read(diary, written)


def test_no_time_is_shown_twice(diary: Diary, written: dict[str, Any]) -> None:
    first = written["days"][0] | {"start_ms": 0, "end_ms": 1_000}
    written["days"] = [first, first | {"day": "2026-11-04", "start_ms": 999, "end_ms": 2_000}]
    with pytest.raises(DiaryError, match="same time of one entry twice: 0 to 1000 ms for 2026-11-03, and 999 to 2000"):
        read(diary, written)
    written["days"][1]["start_ms"] = 1_000
    assert len(read(diary, written).moments) == 2, "a day may show two moments"


def test_what_was_cut_out_meanwhile_is_not_shown(diary: Diary, spoken: Entry, written: dict[str, Any]) -> None:
    written["days"][0].update(start_ms=500, end_ms=1_500)
    diary.update(replace(spoken, cuts=(Span(1_400, 1_600),)))
    with pytest.raises(DiaryError, match="500 to 1500 ms, shows what was cut out"):
        read(diary, written)
    diary.update(replace(spoken, cuts=(Span(1_500, 1_600),)))
    assert len(read(diary, written).moments) == 1


def decide(diary: Diary, entry: Entry, choice: Choice, span: Span) -> None:
    diary.update(replace(entry, review=ReviewNotes((Decision("protected", span, "my", choice),))))


def test_a_sentence_that_was_decided_to_be_cut_is_not_shown(
    diary: Diary, spoken: Entry, written: dict[str, Any]
) -> None:
    decide(diary, spoken, "cut", Span(1_700, 2_000))
    written["days"][0].update(start_ms=2_400, end_ms=3_200)
    with pytest.raises(DiaryError, match="2400 to 3200 ms, is in a sentence that you decided to cut"):
        read(diary, written)
    written["days"][0].update(start_ms=2_500, end_ms=3_200)
    assert len(read(diary, written).moments) == 1
    written["days"][0].update(start_ms=1_000, end_ms=2_000, left_out=True, text="I lost my")
    assert read(diary, written).days[0].moment.text == "", "a plan that is written anew does not say it again"


@pytest.mark.parametrize("choice", ["bleep", "mute", "caption"])
@pytest.mark.parametrize("is_left_out", [False, True])
def test_hidden_words_are_masked_in_a_plan_that_is_older_than_the_decision(
    diary: Diary, spoken: Entry, written: dict[str, Any], choice: Choice, is_left_out: bool
) -> None:
    written["days"][0].update(start_ms=1_000, end_ms=2_500, text="I lost my job.", left_out=is_left_out)
    decide(diary, spoken, choice, Span(1_700, 2_000))
    assert read(diary, written).days[0].moment.text == f"I lost {MASK} job."
    decide(diary, spoken, "keep", Span(1_700, 2_000))
    assert read(diary, written).days[0].moment.text == "I lost my job."


@pytest.mark.parametrize("data", [[], {}, {"format": 2, "days": []}, {"format": 1, "days": [3]}, "no"])
def test_another_file_is_no_plan(diary: Diary, data: object) -> None:
    with pytest.raises(DiaryError, match="not a plan"):
        read(diary, data)


def test_what_is_nested_without_end_is_no_plan(diary: Diary) -> None:
    file = diary.location.state / "plan.json"
    file.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(DiaryError, match="not a plan"):
        read_plan(file, diary)


def test_a_name_in_a_plan_cannot_lead_elsewhere(diary: Diary, written: dict[str, Any]) -> None:
    written["name"] = "../../entries/x"
    assert "/" not in read(diary, written).name


@pytest.mark.parametrize(
    ("planned", "shown"),
    [
        ((0, 99_999_999_000), (0, None)),
        ((-5_000, 10**400), (0, None)),
        ((500, 1_500), (500, 1_500)),
        ((1_500, 500), (1_500, 1_500)),
        ((10**12, 10**13), (None, None)),
    ],
)
def test_a_day_that_is_left_out_shows_no_times_that_its_clip_has_not(
    diary: Diary, spoken: Entry, written: dict[str, Any], planned: tuple[int, int], shown: tuple[int | None, int | None]
) -> None:
    written["days"][0].update(start_ms=planned[0], end_ms=planned[1], left_out=True)
    (day,) = read(diary, written).days
    assert tuple(day.moment.span) == tuple(spoken.duration_ms if edge is None else edge for edge in shown)


def test_a_day_that_is_left_out_and_whose_entry_is_gone_lasts_no_longer_than_any_clip(
    diary: Diary, written: dict[str, Any]
) -> None:
    written["days"][0].update(entry="gone", start_ms=-1, end_ms=10**400, left_out=True)
    (day,) = read(diary, written).days
    assert (day.is_left_out, tuple(day.moment.span)) == (True, (0, LONGEST_MS))

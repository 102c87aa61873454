"""What the user decides about a reel by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from clips import make_clip
from duskreel.atomic import write_json
from duskreel.export.recap import Moment
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Mood
from duskreel.library.values import Details, DiaryLocation
from duskreel.memories.recap_plan import PlannedDay, RecapPlan, read_plan
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span
from duskreel.ui.reel.draft import Draft, draft_of

FIRST, SECOND = date(2026, 11, 3), date(2026, 11, 4)


def planned(day: date, entry_id: str, start_ms: int = 0) -> PlannedDay:
    return PlannedDay(Moment(day, entry_id, Span(start_ms, start_ms + 1_200), "a word"))


@pytest.fixture
def draft() -> Draft:
    return Draft(RecapPlan("2026-11", (planned(FIRST, "one"), planned(SECOND, "two"))), {})


def test_a_day_is_left_out_and_taken_in_again(draft: Draft) -> None:
    without = draft.toggled(0)
    assert [moment.day for moment in without.wanted.moments] == [SECOND]
    assert (without.shown_count, without.duration_ms) == (1, 1_200)
    assert [day.moment.day for day in without.days] == [FIRST, SECOND], "it is still there to be taken in"
    assert without.toggled(0) == draft


def test_hard_days_are_out_of_sight_and_out_of_the_file(draft: Draft) -> None:
    kind = replace(draft, hard_days=frozenset([FIRST])).with_hard_days(is_kept=False)
    assert [day.moment.day for day in kind.days] == [SECOND]
    assert [item["day"] for item in kind.wanted.to_json()["days"]] == ["2026-11-04"]
    assert kind.toggled(0).shown_count == 0, "rows are those that can be seen"
    assert kind.with_hard_days(is_kept=True).days == draft.days


def test_other_moments_come_one_after_the_other_and_the_first_again(draft: Draft) -> None:
    first, *others = (planned(FIRST, "one", start_ms).moment for start_ms in (0, 3_000, 6_000))
    draft = draft.toggled(0).looked(0, others, {})
    assert draft.place_of(0) == (1, 3)
    shown = []
    for _ in range(3):
        draft = draft.with_next(0)
        shown.append(draft.days[0].moment)
    assert shown == [*others, first]
    assert not draft.days[0].is_left_out, "who looks for another moment wants the day"


def test_a_day_without_other_moments_stays_as_it_is(draft: Draft) -> None:
    looked = draft.looked(1, (), {})
    assert looked.has_looked(1)
    assert looked.with_next(1).days == draft.days


@pytest.fixture
def kept(location: DiaryLocation, tmp_path: Path) -> tuple[DiaryLocation, list[Entry]]:
    """A hard day and a good one."""
    clips = [make_clip(tmp_path / f"{fps}.mp4", duration_s=2, fps=fps) for fps in (10, 12)]
    with Diary.open(location) as diary:
        entries = [
            diary.import_clip(
                clip,
                Details(recorded_at=datetime(2026, 11, day.day, 12, tzinfo=UTC), mood=mood),
                progress=unheard,
                token=CancelToken(),
            )
            for day, mood, clip in ((FIRST, Mood.AWFUL, clips[0]), (SECOND, Mood.GOOD, clips[1]))
        ]
    return location, entries


def test_a_plan_is_kept_in_a_file_and_read_again(kept: tuple[DiaryLocation, list[Entry]], tmp_path: Path) -> None:
    location, (hard, good) = kept
    plan = RecapPlan("2026-11", (planned(FIRST, hard.id), planned(SECOND, good.id)))
    with Diary.open(location) as diary:
        draft = draft_of(plan, diary)
        assert draft.hard_days == {FIRST}
        assert draft.entry_of(draft.days[1]) == good
        file = tmp_path / "plan.json"
        write_json(file, draft.toggled(1).wanted.to_json())
        assert draft_of(read_plan(file, diary), diary).days == draft.toggled(1).days


def test_an_entry_that_is_gone_is_no_failure(kept: tuple[DiaryLocation, list[Entry]]) -> None:
    location, _ = kept
    with Diary.open(location) as diary:
        draft = draft_of(RecapPlan("2026-11", (planned(FIRST, "01JD0000000000000000000000"),)), diary)
    assert draft.entry_of(draft.days[0]) is None

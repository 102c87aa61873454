from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duskreel.library.entry import Mood
from duskreel.library.glance import Glance
from duskreel.memories.days import Day, Month, by_day, this_week

MONDAY = date(2026, 11, 23)


def glance(day: date = MONDAY, mood: Mood | None = None, **others: object) -> Glance:
    fields: dict[str, object] = {
        "id": "1", "folder": "entries/1", "day": day, "time": "18:04", "duration_ms": 61_000, "title": "",
        "mood": mood, "starred": False, "recovered": False, "has_words": True,
    }  # fmt: skip
    return Glance(**{**fields, **others})  # type: ignore[arg-type]


def test_a_days_mood_is_the_mean_of_those_that_were_given() -> None:
    days = by_day([glance(mood=Mood.AWFUL), glance(mood=Mood.GOOD), glance(), glance(date(2026, 11, 22))])
    assert days == {MONDAY: Day(MONDAY, 3, 2.5), date(2026, 11, 22): Day(date(2026, 11, 22), 1, None)}


@pytest.mark.parametrize(
    ("mean", "mood"),
    [(1.0, Mood.AWFUL), (1.4, Mood.AWFUL), (2.5, Mood.OKAY), (4.5, Mood.GREAT), (5.0, Mood.GREAT), (None, None)],
)
def test_between_two_moods_the_kinder_one_is_shown(mean: float | None, mood: Mood | None) -> None:
    assert Day(MONDAY, 1, mean).mood is mood


def test_months_go_over_the_turn_of_the_year() -> None:
    assert Month(2026, 12).moved(1) == Month(2027, 1)
    assert Month(2026, 1).moved(-1) == Month(2025, 12)
    assert Month(2026, 5).moved(-12) == Month(2025, 5)


@given(st.dates(), st.integers(-200_000, 200_000))
def test_no_month_leads_out_of_the_calendar(day: date, by: int) -> None:
    moved = Month.of(day).moved(by)
    assert date.min <= moved.first_day <= moved.last_day <= date.max


@given(st.dates(), st.integers(0, 6))
def test_every_day_of_a_month_is_in_one_week(day: date, first_weekday: int) -> None:
    month = Month.of(day)
    weeks = month.weeks(first_weekday)
    assert [number for week in weeks for number in week if number] == list(range(1, month.length + 1))
    at = next((row, week.index(day.day)) for row, week in enumerate(weeks) if day.day in week)
    assert (first_weekday + at[1]) % 7 == day.weekday()


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)), st.integers(0, 6))
def test_this_week_has_seven_days_and_today(today: date, first_weekday: int) -> None:
    first, last = this_week(today, first_weekday)
    assert first <= today <= last
    assert (last - first).days == 6
    assert first.weekday() == first_weekday


def test_the_first_and_the_last_week_end_where_the_calendar_does() -> None:
    assert this_week(date.min, 6)[0] == date.min
    assert this_week(date.max, 0)[1] == date.max

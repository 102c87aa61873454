from datetime import date

import pytest

from duskreel.library.entry import Mood
from duskreel.memories.days import Month
from duskreel.memories.moods import (
    Afterwards,
    Stretch,
    Window,
    afterwards,
    calm_line,
    mood_days,
    mood_days_seen,
    reach_days,
    runs,
    stretch,
)
from memories.felt import felt, glance_of

NOVEMBER = Month(2026, 11)


def test_a_day_has_the_mean_of_its_moods_and_days_without_one_are_not_there() -> None:
    days = mood_days(
        [felt("2026-11-23T20:00", 4), felt("2026-11-23T08:00", 1), felt("2026-11-22"), felt("2026-11-20", 3)]
    )
    assert [(day.date.day, day.moods, day.mean) for day in days] == [(20, (3,), 3.0), (23, (1, 4), 2.5)]
    assert days[1].mood is Mood.OKAY, "between two moods the kinder one"


def test_glances_tell_the_same_of_moods_as_entries() -> None:
    entries = [
        felt("2026-11-23T20:00", 4, 5),
        felt("2026-11-23T08:00", 1),
        felt("2026-11-22"),
        felt("2026-11-20", 3, 2),
    ]
    glances = [glance_of(entry) for entry in entries]
    assert mood_days_seen(glances) == mood_days(entries)
    assert afterwards(glances) == afterwards(entries) == Afterwards(1, 0, 1)


def test_nothing_is_joined_across_more_than_a_week() -> None:
    days = mood_days([felt(f"2026-11-{day:02}", 3) for day in (1, 2, 9, 17, 18)])
    assert [[day.date.day for day in run] for run in runs(days)] == [[1, 2, 9], [17, 18]]
    assert runs([]) == []


def test_one_bad_day_does_not_bend_the_line() -> None:
    days = mood_days([felt(f"2026-11-{day:02}", 1 if day == 8 else 4) for day in range(1, 16)])
    assert calm_line(days, 7) == [4.0] * 15


def test_the_line_follows_what_lasts() -> None:
    days = mood_days(
        [felt(f"2026-{month:02}-{day:02}", mood) for month, mood in ((9, 2), (10, 4)) for day in range(1, 31)]
    )
    line = calm_line(days, 7)
    assert (line[0], line[-1]) == (2.0, 4.0)
    assert line == sorted(line)


def test_the_line_ends_where_the_calendar_does() -> None:
    assert calm_line(mood_days([felt("0001-01-01", 3), felt("9999-12-31", 5)]), 7) == [3.0, 5.0]


@pytest.mark.parametrize(("length", "reach"), [(31, 7), (365, 15), (9_000, 45)])
def test_the_longer_the_stretch_the_calmer_the_line(length: int, reach: int) -> None:
    assert reach_days(length) == reach


def test_windows_end_with_the_month_and_all_is_all() -> None:
    days = mood_days([felt("2024-02-10", 3), felt("2026-12-24", 5)])
    assert stretch(Window.QUARTER, NOVEMBER, days) == Stretch(Month(2026, 9), NOVEMBER)
    assert stretch(Window.YEAR, NOVEMBER, days) == Stretch(Month(2025, 12), NOVEMBER)
    assert stretch(Window.ALL, NOVEMBER, days) == Stretch(Month(2024, 2), Month(2026, 12))
    assert stretch(Window.ALL, NOVEMBER, []) == Stretch(NOVEMBER, NOVEMBER)


def test_a_stretch_holds_its_first_and_its_last_day() -> None:
    autumn = Stretch(Month(2026, 9), NOVEMBER)
    assert autumn.length_days == 91
    assert [autumn.holds(date(2026, *at)) for at in ((8, 31), (9, 1), (11, 30), (12, 1))] == [False, True, True, False]


def test_afterwards_counts_entries_that_say_both() -> None:
    entries = [felt(f"2026-11-{day:02}", *moods) for day, moods in enumerate(
        ((1, 3), (2, 3), (3, 3), (4, 2), (None, 5), (2, None)), start=1
    )]  # fmt: skip
    assert afterwards(entries) == Afterwards(lighter=2, same=1, heavier=1)
    assert afterwards(entries).total == 4

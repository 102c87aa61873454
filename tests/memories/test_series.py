"""Days in a row, at whatever pace."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from duskreel.errors import DiaryError
from duskreel.library.entry import Entry, SeriesDay
from duskreel.memories.series import Progress, Series, choose, copied, day_line, first_and_last, of_series, progress

FIVE = Series("five", "Five days", days=5, prompts=(("a", "b"), ("c",)))
ROUND = Series("round", "Round", prompts=(("a",), ("b",), ("c",)))
BEGUN = datetime(2026, 11, 2, 18, tzinfo=UTC)

Told = Callable[..., Entry]


def told(day: int, days_later: int = 0, series: str = "five") -> Entry:
    at = BEGUN + timedelta(days=days_later)
    return Entry(f"{series}-{day}-{days_later}", "x", "clip.mp4", at, "camera", 1, 1, 1, series=SeriesDay(series, day))


PLAIN = Entry("plain", "x", "clip.mp4", BEGUN, "camera", 1, 1, 1)


def test_before_the_first_day_the_first_day_is_next() -> None:
    assert progress(FIVE, [PLAIN, told(1, series="other")]) == Progress((), 1, None)
    assert not Progress().is_begun


def test_after_a_long_gap_the_next_day_is_simply_the_next() -> None:
    found = progress(FIVE, [told(2, 300), told(1)])
    assert (found.done, found.next_day, found.last) == ((1, 2), 3, date(2027, 8, 29))


def test_two_on_one_day_are_two_days_of_the_series() -> None:
    assert progress(FIVE, [told(1), told(2)]).next_day == 3


def test_the_same_day_told_twice_is_one_day() -> None:
    assert progress(FIVE, [told(1), told(1, 1)]) == Progress((1,), 2, date(2026, 11, 3))


def test_a_deleted_day_renumbers_nothing_and_is_open_again() -> None:
    found = progress(FIVE, [told(1), told(3, 2)])
    assert (found.done, found.next_day) == ((1, 3), 2)


def test_a_series_is_told_when_every_day_has_an_entry() -> None:
    assert progress(FIVE, [told(day) for day in range(1, 6)]).next_day is None
    assert progress(FIVE, [told(day) for day in (1, 2, 3, 4, 9)]).next_day == 5


def test_an_open_series_never_ends() -> None:
    assert progress(ROUND, [told(day, series="round") for day in range(1, 41)]).next_day == 41


def test_days_have_their_questions_and_begin_anew_after_the_last() -> None:
    assert [FIVE.prompts_on(day) for day in (1, 2, 3)] == [("a", "b"), ("c",), ("a", "b")]
    assert Series("x", "X").prompts_on(7) == ()


def test_where_every_day_has_one_question_the_others_follow_it() -> None:
    assert ROUND.prompts_on(2) == ("b", "c", "a")
    assert ROUND.questions(5) == ("b",)


def test_a_row_goes_by_day_and_shows_the_first_beside_the_last() -> None:
    entries = [told(5, 9), told(1, 3), told(1), PLAIN, told(2, 1)]
    assert [(day, each.id) for day, each in of_series("five", entries)] == [
        (1, "five-1-0"), (1, "five-1-3"), (2, "five-2-1"), (5, "five-5-9"),
    ]  # fmt: skip
    assert first_and_last("five", entries) == (told(1), told(5, 9))


def test_one_day_has_nothing_to_lie_beside() -> None:
    assert first_and_last("five", [told(1), told(1, 1)]) is None
    assert first_and_last("five", []) is None


def test_an_entry_names_its_series_even_when_nobody_knows_it_any_more() -> None:
    assert day_line(SeriesDay("five", 3), [ROUND, FIVE]) == "Five days, day 3"
    assert day_line(SeriesDay("ten-mornings", 4), [FIVE]) == "Ten mornings, day 4"


@pytest.mark.parametrize("reference", ["five", "FIVE DAYS", "fi", " Five d"])
def test_a_series_is_found_by_name_id_or_beginning(reference: str) -> None:
    assert choose(reference, [ROUND, FIVE]) is FIVE


def test_what_is_no_series_or_several_is_named() -> None:
    several = [Series("ten-a", "Ten a"), Series("ten-b", "Ten b")]
    with pytest.raises(DiaryError, match="several"):
        choose("ten", several)
    with pytest.raises(DiaryError, match="There is no series “x”"):
        choose("x", several)
    with pytest.raises(DiaryError, match="no series"):
        choose("", several)


def test_a_removed_series_is_not_offered_but_can_be_looked_at() -> None:
    gone = Series("gone", "Gone", is_removed=True)
    with pytest.raises(DiaryError):
        choose("gone", [gone])
    assert choose("gone", [gone], also_removed=True) is gone


def test_a_copy_is_ones_own_and_has_a_name_that_is_free() -> None:
    shipped = Series("five", "Five days", "Five times", 5, (("a", "b"),), is_own=False, unknown={"x": 1})
    first = copied(shipped, [shipped])
    assert first == Series("", "Five days, my way", "Five times", 5, (("a", "b"),))
    assert copied(shipped, [shipped, first]).name == "Five days, my way 2"
    assert copied(shipped, [shipped, replace(first, is_removed=True)]).name == "Five days, my way"

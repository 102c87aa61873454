from datetime import date

import pytest

from duskreel.library.entry import Mood
from duskreel.library.glance import Glance
from duskreel.memories.days import Month
from duskreel.memories.wording import described, entries, long_day, month_name, period, short_day

MONDAY = date(2026, 11, 23)
NAMES = ("awful", "bad", "okay", "good", "great")


def test_days_and_months() -> None:
    assert short_day(MONDAY) == "Mon 23"
    assert long_day(MONDAY) == "Monday, 23 November 2026"
    assert month_name(Month(2026, 11)) == "November 2026"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, "All time"),
        (MONDAY, MONDAY, "23 Nov 2026"),
        (date(2026, 11, 1), date(2026, 11, 30), "November 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 11, 2), MONDAY, "2 Nov 2026 – 23 Nov 2026"),
        (MONDAY, None, "From 23 Nov 2026"),
        (None, MONDAY, "Until 23 Nov 2026"),
    ],
)
def test_a_stretch_of_days_is_said_as_shortly_as_it_can_be(first: date | None, last: date | None, words: str) -> None:
    assert period(first, last) == words


def test_one_entry_is_not_several() -> None:
    assert [entries(count) for count in (0, 1, 5000)] == ["0 entries", "1 entry", "5,000 entries"]


def test_everything_that_a_tile_shows_can_be_heard() -> None:
    shown = Glance("1", "entries/1", MONDAY, "18:04", 61_000, "Mum", Mood.GOOD, True, True, False)
    assert described(shown, NAMES) == (
        "Mum, Monday, 23 November 2026, 18:04, 1:01, mood: good, starred, recovered after it was cut off,"
        " waiting for its words"
    )
    bare = shown._replace(title="", mood=None, starred=False, recovered=False, has_words=True)
    assert described(bare, NAMES) == "Monday, 23 November 2026, 18:04, 1:01"

import pytest

from duskreel.memories.mood_wording import NEITHER_SAID, after_talking, days_said, mood_day
from duskreel.memories.moods import Afterwards, mood_days
from memories.felt import felt

NAMES = ("awful", "bad", "okay", "good", "great")


def test_a_day_is_said_with_its_number() -> None:
    (one,) = mood_days([felt("2026-11-05", 2)])
    assert mood_day(one, NAMES) == "Thursday, 5 November 2026: bad, 2 of 5"
    (several,) = mood_days([felt("2026-11-05T08:00", 1), felt("2026-11-05T12:00", 4), felt("2026-11-05T20:00", 3)])
    assert mood_day(several, NAMES) == (
        "Thursday, 5 November 2026: awful, then good, then okay; on average okay, 2.7 of 5"
    )


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((12, 5, 1), "After talking it felt lighter 12 times, the same 5 times and heavier once."),
        ((2, 0, 0), "After talking it felt lighter twice."),
        ((0, 0, 0), NEITHER_SAID),
    ],
)
def test_what_never_was_is_not_spoken_of(counts: tuple[int, int, int], sentence: str) -> None:
    assert after_talking(Afterwards(*counts)) == sentence


def test_how_much_there_is() -> None:
    assert days_said(mood_days([felt("2026-11-05", 2)])) == "1 mood on 1 day"
    assert days_said(mood_days([felt("2026-11-05T08:00", 2), felt("2026-11-05T09:00", 2)])) == "2 moods on 1 day"

"""Sentences about clips, for one, for several and for none."""

from datetime import UTC, datetime

import pytest

from duskreel.library.arrival_dates import DateSource, When
from duskreel.library.arrivals.moving_in import Arrival, MovedIn, Outcome
from duskreel.ui.arriving import wording

DAY = datetime(2024, 3, 3, 18, 4, tzinfo=UTC)


def moved(*, came: int = 0, here: int = 0, refused: int = 0, would: int = 0, notes: tuple[str, ...] = ()) -> MovedIn:
    when = When(DAY, DateSource.CLIP)
    return MovedIn(
        (
            *(Arrival(f"c{number}", Outcome.KEPT, None, when) for number in range(came)),
            *(Arrival(f"w{number}", Outcome.WOULD_BE_KEPT, None, when) for number in range(would)),
            *(Arrival(f"h{number}", Outcome.ALREADY_HERE, reason="It is here. Look.") for number in range(here)),
            *(Arrival(f"r{number}", Outcome.REFUSED, reason="It is broken. Mend it.") for number in range(refused)),
        ),
        notes,
    )


@pytest.mark.parametrize(
    ("what_became", "said"),
    [
        (moved(came=1), "c0 is in your diary."),
        (moved(came=1200), "1,200 clips are in your diary."),
        (
            moved(came=12, here=3, refused=1),
            "12 clips are in your diary; 3 were there already; 1 could not be used: r0.",
        ),
        (moved(came=1, refused=2), "1 clip is in your diary; 2 could not be used: r0 and r1."),
        (moved(here=1, refused=4), "Nothing came in; 1 was there already; 4 could not be used: r0, r1 and 2 more."),
    ],
)
def test_the_end_is_one_sentence(what_became: MovedIn, said: str) -> None:
    assert wording.summary(what_became) == said


def test_the_question_tells_how_many_and_the_outlook_why_not_the_others() -> None:
    seen = moved(would=2, here=1, refused=1)
    assert wording.question(seen) == "Take 2 clips into your diary?"
    assert wording.outlook(seen) == (
        "From 3 March 2024. 1 would be there twice and 1 cannot be used. The files themselves stay as they are."
    )


def test_the_outlook_names_both_ends_and_clips_without_a_day_of_their_own() -> None:
    later = Arrival("x", Outcome.WOULD_BE_KEPT, None, When(datetime(2025, 5, 12, tzinfo=UTC), DateSource.FILE))
    seen = MovedIn((*moved(would=1).arrivals, later), ())
    assert wording.outlook(seen).startswith(
        "From 3 March 2024 to 12 May 2025. 1 clip tells no day but that of the file. "
    )


def test_the_list_begins_with_what_needs_a_look() -> None:
    parts = wording.everything(moved(came=1, here=1, refused=1, notes=("Left out: 1 photo.",)))
    assert [part.heading for part in parts] == [
        "Cannot be used",
        "In your diary already, or there twice",
        "",
        "These came in",
    ]
    assert parts[-1].lines == ("2024-03-03 18:04  c0 (time from the clip)",)

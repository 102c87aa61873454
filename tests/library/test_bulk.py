"""One change to many entries."""

from dataclasses import replace

import pytest

from duskreel.errors import Cancelled, DiaryError
from duskreel.library.bulk import each
from duskreel.library.entry import Entry
from duskreel.progress import CancelToken, unheard

NEVER = CancelToken()


def test_every_one_is_changed_in_the_order_in_which_they_were_named(an_entry: Entry) -> None:
    changed = each(["b", "a"], lambda reference: replace(an_entry, title=reference), unheard, NEVER)
    assert [entry.title for entry in changed.entries] == ["b", "a"]
    assert changed.refused == ()


def test_one_that_cannot_be_changed_stops_no_other(an_entry: Entry) -> None:
    refusal = DiaryError("There is no b.", "Look again.")

    def change(reference: str) -> Entry:
        if reference == "b":
            raise refusal
        return replace(an_entry, title=reference)

    changed = each(["a", "b", "c"], change, unheard, NEVER)
    assert [entry.title for entry in changed.entries] == ["a", "c"]
    assert changed.refused == (refusal,)


def test_a_bug_is_not_taken_for_a_refusal(an_entry: Entry) -> None:
    def change(_reference: str) -> Entry:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        each(["a"], change, unheard, NEVER)


def test_it_stops_between_two_and_what_was_changed_stays(an_entry: Entry) -> None:
    done: list[str] = []

    def change(reference: str) -> Entry:
        done.append(reference)
        return an_entry

    with pytest.raises(Cancelled):
        each(["a", "b", "c"], change, unheard, CancelToken(lambda: len(done) == 2))
    assert done == ["a", "b"]


def test_it_tells_after_each_how_far_it_is(an_entry: Entry) -> None:
    told: list[tuple[str, float]] = []
    each(["a", "b"], lambda _: an_entry, lambda *said: told.append(said), NEVER)
    assert told == [("1 of 2", 0.5), ("2 of 2", 1.0)]


def test_nothing_to_change_is_no_failure() -> None:
    nothing = each([], lambda _: pytest.fail("called"), unheard, NEVER)
    assert (nothing.entries, nothing.refused) == ((), ())

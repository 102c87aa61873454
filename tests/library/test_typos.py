"""Slips of the finger."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duskreel.library.typos import distance, near, slips_allowed

LETTERS = st.text("abc", max_size=6)


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("hopefull", "hopeful", 1),
        ("hopfeul", "hopeful", 1),
        ("grateful", "greatful", 2),
        ("river", "rivet", 1),
        ("kitten", "sitting", 3),
        ("ca", "abc", 3),
        ("", "ab", 2),
        ("abab", "baba", 2),
    ],
)
def test_edits_are_counted(one: str, other: str, edits: int) -> None:
    assert distance(one, other, 5) == distance(other, one, 5) == edits


@given(LETTERS, LETTERS, st.sampled_from([1, 2]))
def test_short_cuts_do_not_change_the_answer(one: str, other: str, most: int) -> None:
    assert distance(one, other, most) == min(plain_distance(one, other), most + 1)


def plain_distance(one: str, other: str) -> int:
    """The definition, without short cuts."""
    if not one or not other:
        return len(one) + len(other)
    candidates = [
        plain_distance(one[:-1], other) + 1,
        plain_distance(one, other[:-1]) + 1,
        plain_distance(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    ]
    if one[-2:] == other[-2:][::-1] and len(one) > 1 and len(other) > 1:
        candidates.append(plain_distance(one[:-2], other[:-2]) + 1)
    return min(candidates)


def test_the_nearest_come_first_and_of_them_the_most_used() -> None:
    known = [("rivers", 2), ("rover", 9), ("river", 50), ("silver", 80)]
    assert near("rivre", known, 1) == ["river"]
    assert near("rivet", known, 2) == ["river", "rover", "rivers"]


def test_short_words_are_left_alone_and_long_ones_forgiven_more() -> None:
    assert [slips_allowed(word) for word in ("no", "yes", "hopeful", "grateful")] == [0, 1, 1, 2]

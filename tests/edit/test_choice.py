"""The exact choice of sentences."""

from itertools import chain, combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from duskreel.edit.choice import choose
from duskreel.edit.scoring import Scores
from edit.spoken import steadily


def lasts_ms(chosen: tuple[int, ...], own_ms: list[int], link_ms: list[int]) -> int:
    links = sum(link_ms[index] for index, following in pairwise(chosen) if following == index + 1)
    return sum(own_ms[index] for index in chosen) + links


@st.composite
def tasks(draw: st.DrawFn) -> tuple[list[int], list[int], Scores, int]:
    count = draw(st.integers(1, 8))
    own_ms = draw(st.lists(st.integers(0, 50), min_size=count, max_size=count))
    link_ms = draw(st.lists(st.integers(0, 20), min_size=count - 1, max_size=count - 1))
    points = draw(st.lists(st.integers(0, 30), min_size=count, max_size=count))
    links = draw(st.lists(st.integers(0, 20), min_size=count - 1, max_size=count - 1))
    return own_ms, link_ms, Scores(tuple(points), tuple(links)), draw(st.integers(0, 200))


@steadily
@given(tasks())
def test_no_other_choice_that_fits_has_more_points(task: tuple[list[int], list[int], Scores, int]) -> None:
    own_ms, link_ms, scores, target_ms = task
    every = chain.from_iterable(combinations(range(len(own_ms)), size) for size in range(len(own_ms) + 1))
    best = max(scores.total(choice) for choice in every if lasts_ms(choice, own_ms, link_ms) <= target_ms)
    chosen = choose(own_ms, link_ms, scores, target_ms)
    assert lasts_ms(chosen, own_ms, link_ms) <= target_ms
    assert scores.total(chosen) == best


def test_two_that_fit_together_beat_the_best_one() -> None:
    assert choose([60, 50, 50], [0, 0], Scores((9, 5, 5), (0, 0)), 100) == (1, 2)


def test_pause_between_neighbours_counts() -> None:
    assert choose([50, 50, 50], [1, 1], Scores((5, 5, 4), (0, 0)), 100) == (0, 2)


def test_nothing_fits() -> None:
    assert choose([50, 60], [0], Scores((5, 5), (9,)), 49) == ()

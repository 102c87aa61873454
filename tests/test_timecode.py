from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duskreel.timecode import Span, clock, from_seconds, intersect, merge, seconds, stamp, subtract, total_ms

spans = st.lists(st.builds(Span, st.integers(0, 40), st.integers(0, 40)), max_size=8)


def covered(some: list[Span]) -> set[int]:
    return {time for span in some for time in range(span.start_ms, span.end_ms)}


@given(spans)
def test_merging_keeps_the_time_and_leaves_gaps_between(some: list[Span]) -> None:
    merged = merge(some)
    assert covered(merged) == covered(some)
    assert all(left.end_ms < right.start_ms for left, right in pairwise(merged))
    assert total_ms(merged) == len(covered(some))


@given(spans, spans)
def test_subtracting_takes_out_exactly_the_cuts(some: list[Span], cuts: list[Span]) -> None:
    left = subtract(some, cuts)
    assert covered(left) == covered(some) - covered(cuts)
    assert left == merge(left)


def test_intersection_is_what_lies_in_both() -> None:
    assert intersect([Span(0, 10), Span(20, 30)], [Span(5, 25), Span(28, 99)]) == [
        Span(5, 10),
        Span(20, 25),
        Span(28, 30),
    ]


def test_touching_spans_join() -> None:
    assert merge([Span(5, 9), Span(0, 5), Span(3, 3)]) == [Span(0, 9)]


def test_a_cut_in_the_middle_leaves_two_pieces() -> None:
    assert subtract([Span(0, 100)], [Span(40, 60)]) == [Span(0, 40), Span(60, 100)]


@pytest.mark.parametrize(
    ("time_ms", "shown"),
    [(0, "0:00"), (7_999, "0:07"), (760_000, "12:40"), (3_723_000, "1:02:03"), (-5, "0:00")],
)
def test_a_clock_reads_as_in_a_player(time_ms: int, shown: str) -> None:
    assert clock(time_ms) == shown


@pytest.mark.parametrize(
    ("time_ms", "mark", "shown"),
    [
        (0, ",", "00:00:00,000"),
        (61_240, ",", "00:01:01,240"),
        (36_000_001, ".", "10:00:00.001"),
        (-1, ".", "00:00:00.000"),
        (360_000_000, ",", "100:00:00,000"),
    ],
)
def test_a_stamp_reads_as_in_subtitle_files(time_ms: int, mark: str, shown: str) -> None:
    assert stamp(time_ms, mark) == shown


@given(st.integers(-(10**9), 10**9))
def test_seconds_come_back_to_the_millisecond(time_ms: int) -> None:
    assert from_seconds(seconds(time_ms)) == time_ms

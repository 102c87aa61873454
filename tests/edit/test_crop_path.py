"""A window by the time, and faces as they are seen through it."""

import pickle
from itertools import pairwise

import pytest

from duskreel.edit.crop_path import CropPath, FaceInFrame, Move, View, faces_in_frame
from duskreel.edit.framing import Crop, Face
from duskreel.timecode import Span

FIRST = Crop(100, 0, 606, 1080)
MOVING = CropPath(FIRST, (Move(Span(1_000, 3_000), 400, 0), Move(Span(8_000, 8_000), -200, 0)))


def test_static_window_stays() -> None:
    path = CropPath.static(FIRST)
    assert path.is_still
    assert path.at(0) == path.at(99_999) == View(100, 0, 606, 1080)


def test_window_rests_before_and_after_its_moves() -> None:
    assert not MOVING.is_still
    assert [MOVING.at(time_ms).x for time_ms in (0, 1_000, 2_000, 3_000, 7_999, 8_000)] == [
        100,
        100,
        300,
        500,
        500,
        300,
    ]
    assert [hold.x for hold in MOVING.holds] == [100, 500, 300]


def test_move_begins_and_ends_gently() -> None:
    steps = [after - before for before, after in pairwise(MOVING.at(time_ms).x for time_ms in range(1_000, 3_001, 20))]
    assert steps == pytest.approx(steps[::-1])
    assert steps[0] < 0.01
    assert steps[:50] == sorted(steps[:50])
    assert max(steps) == pytest.approx(2 * 400 / 100, rel=0.01)


def test_two_moves_on_the_way_add_up_to_an_even_speed() -> None:
    path = CropPath(FIRST, tuple(Move(Span(start_ms, start_ms + 2_000), 100, 0) for start_ms in range(0, 8_000, 1_000)))
    steps = [after - before for before, after in pairwise(path.at(time_ms).x for time_ms in range(1_000, 8_000, 50))]
    assert steps == pytest.approx([5] * len(steps))


def test_path_is_a_value_that_goes_to_other_processes() -> None:
    assert pickle.loads(pickle.dumps(MOVING)) == MOVING  # noqa: S301
    assert len({MOVING, pickle.loads(pickle.dumps(MOVING)), CropPath.static(FIRST)}) == 2  # noqa: S301


def test_face_is_told_by_where_it_stands_in_the_short() -> None:
    face = Face(0, 403 / 1920, 0.25, 303 / 1920, 0.5)
    [seen] = faces_in_frame(MOVING, [face], 1920, 1080)
    assert isinstance(seen, FaceInFrame)
    assert (seen.left, seen.top, seen.right, seen.bottom) == pytest.approx((0.5, 0.25, 1.0, 0.75))


def test_face_that_is_cut_off_ends_at_the_edge_and_one_outside_is_left_out() -> None:
    half = Face(0, 0.0, 0.2, 203 / 1920, 0.2)
    outside = Face(200, 0.6, 0.2, 0.1, 0.2)
    [seen] = faces_in_frame(MOVING, [half, outside], 1920, 1080)
    assert (seen.time_ms, seen.left) == (0, 0.0)
    assert seen.right == pytest.approx(103 / 606)

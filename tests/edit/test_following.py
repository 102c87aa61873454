"""Faces to a window that rests, and moves slowly only where the face would leave it."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duskreel.edit.crop_path import CropPath, View
from duskreel.edit.following import SHORTEST_MOVE_MS, SPEED_LIMIT_PER_S, crop_path, stirred
from duskreel.edit.framing import Crop, Face, static_crop
from duskreel.timecode import Span
from edit.faces import going, seen
from edit.spoken import steadily

WIDTH, HEIGHT = 1920, 1080
WINDOW = 606
FRAME_MS = 33


def path_for(faces: Sequence[Face], *kept: Span) -> CropPath:
    return crop_path(faces, WIDTH, HEIGHT, kept or [Span(0, 1_000_000)])


def is_inside(face: Face, view: View) -> bool:
    return view.x <= face.x * WIDTH and (face.x + face.width) * WIDTH <= view.x + view.width


def has_centre_inside(face: Face, view: View) -> bool:
    return view.x <= face.centre_x * WIDTH <= view.x + view.width


def fastest(path: CropPath, kept: Sequence[Span]) -> float:
    """Windows a second between two pictures of the short that no cut divides."""
    return max(
        abs(path.at(time_ms + FRAME_MS).x - path.at(time_ms).x) / WINDOW / FRAME_MS * 1000
        for span in kept
        for time_ms in range(span.start_ms, span.end_ms - FRAME_MS, FRAME_MS)
    )


@pytest.mark.parametrize("centre", [0.02, 0.3, 0.5, 0.97])
def test_face_that_stays_has_the_still_window(centre: float) -> None:
    faces = seen(lambda _: centre, 20_000)
    assert path_for(faces) == CropPath.static(static_crop(faces, WIDTH, HEIGHT))


def test_no_face_has_the_still_window_in_the_middle() -> None:
    assert path_for([]) == CropPath.static(static_crop([], WIDTH, HEIGHT))


def test_swaying_within_the_window_does_not_move_it() -> None:
    faces = seen(going(*[(index * 700, 0.5 + 0.08 * (-1) ** index) for index in range(30)]), 20_000)
    assert path_for(faces) == CropPath.static(static_crop(faces, WIDTH, HEIGHT))


def test_one_other_window_is_better_than_a_move() -> None:
    faces = seen(going((0, 0.3), (15_000, 0.3), (16_000, 0.48)), 20_000)
    assert not all(is_inside(face, CropPath.static(static_crop(faces, WIDTH, HEIGHT)).at(0)) for face in faces)
    path = path_for(faces)
    assert path.is_still
    assert all(is_inside(face, path.at(face.time_ms)) for face in faces)


def test_who_sits_down_elsewhere_is_followed_by_one_slow_move() -> None:
    faces = seen(going((0, 0.3), (9_000, 0.3), (11_000, 0.6)), 20_000)
    path = path_for(faces)
    assert [hold.x for hold in path.holds] == pytest.approx([0.3 * WIDTH - 303, 0.6 * WIDTH - 303], abs=8)
    assert all(is_inside(face, path.at(face.time_ms)) for face in faces)
    assert fastest(path, [Span(0, 20_000)]) <= SPEED_LIMIT_PER_S * 1.01


def test_who_walks_across_is_never_out_of_the_window_nor_does_it_stop_on_the_way() -> None:
    faces = seen(going((0, 0.15), (5_000, 0.15), (10_000, 0.85)), 15_000)
    path = path_for(faces)
    assert all(is_inside(face, path.at(face.time_ms)) for face in faces)
    steps = [path.at(time_ms + FRAME_MS).x - path.at(time_ms).x for time_ms in range(6_000, 9_000, FRAME_MS)]
    assert min(steps) > 0


def test_who_was_lost_on_the_way_is_found_again() -> None:
    there = going((0, 0.25), (8_000, 0.25), (11_000, 0.75))
    faces = seen(lambda time_ms: None if 8_000 <= time_ms < 11_000 else there(time_ms), 20_000)
    assert all(is_inside(face, path_for(faces).at(face.time_ms)) for face in faces)


@pytest.mark.parametrize("start_ms", [0, 5_000, 19_200])
def test_short_excursion_does_not_move_the_window(start_ms: int) -> None:
    faces = seen(lambda time_ms: 0.6 if start_ms <= time_ms < start_ms + 800 else 0.3, 20_000)
    assert path_for(faces) == CropPath.static(static_crop(faces, WIDTH, HEIGHT))


def test_longer_excursion_is_followed_there_and_back() -> None:
    faces = seen(lambda time_ms: 0.6 if 5_000 <= time_ms < 6_600 else 0.3, 20_000)
    path = path_for(faces)
    assert all(has_centre_inside(face, path.at(face.time_ms)) for face in faces)
    assert path.first.x == path.holds[-1].x == pytest.approx(0.3 * WIDTH - 303, abs=8)


def test_false_hits_do_not_move_the_window() -> None:
    faces = seen(lambda time_ms: 0.8 if time_ms in (3_000, 9_000, 9_200) else 0.3, 20_000)
    assert [hold.x for hold in path_for(faces).holds] == pytest.approx([0.3 * WIDTH - 303], abs=8)


def test_where_the_clip_is_cut_the_window_jumps_instead_of_moving() -> None:
    faces = seen(going((0, 0.3), (9_500, 0.3), (10_500, 0.7)), 20_000)
    path = path_for(faces, Span(0, 9_000), Span(11_000, 20_000))
    assert [move.span for move in path.moves] == [Span(11_000, 11_000)]
    assert path.at(8_999).x == pytest.approx(0.3 * WIDTH - 303, abs=8)
    assert path.at(11_000).x == pytest.approx(0.7 * WIDTH - 303, abs=8)


def test_cut_is_preferred_to_a_move_while_either_window_does() -> None:
    faces = seen(going((0, 0.3), (8_000, 0.3), (12_000, 0.55)), 20_000)
    assert [move.span.duration_ms > 0 for move in path_for(faces).moves] == [True]
    path = path_for(faces, Span(0, 10_900), Span(11_100, 20_000))
    assert [move.span for move in path.moves] == [Span(11_100, 11_100)]


def test_change_right_after_a_cut_is_made_at_the_cut() -> None:
    faces = seen(lambda time_ms: 0.3 if time_ms < 10_400 else 0.7, 20_000)
    path = path_for(faces, Span(0, 8_000), Span(10_000, 20_000))
    assert [move.span for move in path.moves] == [Span(10_000, 10_000)]


def test_what_is_cut_out_does_not_count() -> None:
    faces = seen(lambda time_ms: 0.3 if time_ms < 12_000 else 0.7, 20_000)
    path = path_for(faces, Span(1_000, 7_000))
    assert [hold.x for hold in path.holds] == pytest.approx([0.3 * WIDTH - 303], abs=8)


def test_face_wider_than_the_window_is_centred_and_its_swaying_left_alone() -> None:
    faces = seen(going(*[(index * 900, 0.5 + 0.03 * (-1) ** index) for index in range(30)]), 20_000, size=0.4)
    path = path_for(faces)
    assert path == CropPath.static(static_crop(faces, WIDTH, HEIGHT))
    assert path.first.x + WINDOW / 2 == pytest.approx(WIDTH / 2, abs=40)


def test_tall_picture_moves_up_and_down() -> None:
    sideways = seen(going((0, 0.12), (9_000, 0.12), (11_000, 0.88)), 20_000)
    faces = [Face(face.time_ms, 0.4, face.x, 0.3, 0.11) for face in sideways]
    path = crop_path(faces, 1080, 2800, [Span(0, 20_000)])
    first, last = path.holds[0], path.holds[-1]
    assert (first.x, first.y, first.width, first.height) == (0, 0, 1080, 1920)
    assert last == Crop(0, 880, 1080, 1920)
    assert path.at(10_000).x == 0


@pytest.mark.parametrize("size", [(1080, 1920), (720, 1280), (406, 720)])
def test_picture_of_the_wanted_shape_has_nowhere_to_go(size: tuple[int, int]) -> None:
    faces = seen(going((0, 0.1), (9_000, 0.1), (11_000, 0.9)), 20_000)
    assert crop_path(faces, *size, [Span(0, 20_000)]).is_still


def test_square_window_is_followed_too() -> None:
    faces = seen(going((0, 0.1), (9_000, 0.1), (12_000, 0.9)), 20_000)
    path = crop_path(faces, WIDTH, HEIGHT, [Span(0, 20_000)], aspect=Fraction(1))
    assert [hold.width for hold in path.holds] == [1080] * len(path.holds)
    assert (path.holds[0].x, path.holds[-1].x) == (0, 840)


def test_only_who_leaves_the_still_window_is_looked_at_closer_where_the_face_moves() -> None:
    kept = [Span(0, 60_000)]
    assert stirred(seen(lambda _: 0.5, 60_000, step_ms=800), WIDTH, HEIGHT, kept) == []
    shifting = seen(going((0, 0.3), (30_000, 0.3), (31_000, 0.4)), 60_000, step_ms=800)
    assert stirred(shifting, WIDTH, HEIGHT, kept) == []
    walking = seen(going((0, 0.3), (30_000, 0.3), (31_000, 0.7)), 60_000, step_ms=800)
    [stretch] = stirred(walking, WIDTH, HEIGHT, kept)
    assert stretch.start_ms <= 29_500
    assert stretch.end_ms >= 31_500
    assert stretch.duration_ms <= 4_000


places = st.floats(0.08, 0.92)
stays_ms = st.integers(6, 30).map(lambda count: count * 200)


def stations(ways_ms: st.SearchStrategy[int]) -> st.SearchStrategy[Callable[[int], float]]:
    """Somebody who stays for a while, goes elsewhere, and stays again."""

    def of(stays: list[tuple[float, int, int]]) -> Callable[[int], float]:
        places = [place for place, _, _ in stays]
        starts = list(accumulate((stay_ms + way_ms for _, stay_ms, way_ms in stays), initial=0))
        ends = [start_ms + stay[1] for start_ms, stay in zip(starts, stays, strict=False)]
        return going(*sorted([*zip(starts, places, strict=False), *zip(ends, places, strict=True)]))

    return st.lists(st.tuples(places, stays_ms, ways_ms), min_size=1, max_size=5).map(of)


@steadily
@given(stations(st.integers(0, 15).map(lambda count: count * 200)))
def test_face_that_keeps_still_for_a_second_is_in_the_window(centre_at: Callable[[int], float]) -> None:
    faces = seen(centre_at, 25_000)
    path = path_for(faces, Span(0, 25_000))
    for index in range(len(faces) - 5):
        second = faces[index : index + 6]
        if max(face.centre_x for face in second) - min(face.centre_x for face in second) < 0.007:
            assert all(has_centre_inside(face, path.at(face.time_ms)) for face in second[2:4])


@steadily
@given(
    stations(st.integers(0, 15).map(lambda count: count * 200)), st.lists(st.integers(0, 250), max_size=8, unique=True)
)
def test_window_never_jumps_but_at_cuts_and_stays_within_the_picture(
    centre_at: Callable[[int], float], edges: list[int]
) -> None:
    times = sorted({0, *(edge * 100 for edge in edges), 25_000})
    kept = [Span(start_ms, end_ms) for start_ms, end_ms in pairwise(times)][::2]
    path = path_for(seen(centre_at, 25_000), *kept)
    for move in path.moves:
        if move.span.duration_ms:
            assert move.span.duration_ms >= SHORTEST_MOVE_MS
            assert any(span.start_ms <= move.span.start_ms < move.span.end_ms <= span.end_ms for span in kept)
        else:
            assert move.span.start_ms in {edge_ms for span in kept for edge_ms in span}
    for span in kept:
        views = [path.at(time_ms) for time_ms in range(span.start_ms, span.end_ms, FRAME_MS)]
        steps = [after.x - before.x for before, after in pairwise(views)]
        assert all(0 <= view.x <= WIDTH - WINDOW for view in views)
        # Across the whole picture in 0.8 s, a raised cosine gains 14 pixels a step at most; two may overlap.
        assert all(abs(after - before) <= 30 for before, after in pairwise(steps))


@steadily
@given(st.floats(0.1, 0.9), st.floats(0.1, 0.9), st.integers(12, 20))
def test_window_is_slower_than_its_limit_where_the_face_is(start: float, end: float, seconds: int) -> None:
    slow = going((0, start), (8_000, start), (8_000 + seconds * 1000, end))
    kept = [Span(0, 40_000)]
    path = path_for(seen(slow, 40_000), *kept)
    assert fastest(path, kept) <= SPEED_LIMIT_PER_S * 1.3


@steadily
@given(stations(st.integers(0, 15).map(lambda count: count * 200)))
def test_window_rests_on_even_pixels(centre_at: Callable[[int], float]) -> None:
    path = path_for(seen(centre_at, 25_000))
    for hold in path.holds:
        assert hold.x % 2 == hold.y % 2 == 0
    assert path.at(1_000_000) == View(path.holds[-1].x, path.holds[-1].y, WINDOW, HEIGHT)

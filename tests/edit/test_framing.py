"""Faces to whose they are, and to a steady vertical window."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duskreel.edit.framing import Crop, Face, crop_at, main_face, position_of, static_crop
from edit.faces import going, seen
from edit.spoken import steadily

sizes = st.integers(2, 4000)
positions = st.floats(0, 1)


def faces_at(centre_x: float, centre_y: float = 0.4, size: float = 0.2, count: int = 50) -> list[Face]:
    """Detections of one person, trembling a little as detections do."""
    random = Random(7)  # noqa: S311
    return [
        Face(
            200 * index,
            centre_x - size / 2 + random.uniform(-0.01, 0.01),
            centre_y - size / 2 + random.uniform(-0.01, 0.01),
            size,
            size,
        )
        for index in range(count)
    ]


def centre_x(crop: Crop) -> float:
    return crop.x + crop.width / 2


def test_landscape_window_has_full_height_around_the_face() -> None:
    crop = static_crop(faces_at(0.6), 1920, 1080)
    assert (crop.y, crop.width, crop.height) == (0, 606, 1080)
    assert centre_x(crop) == pytest.approx(0.6 * 1920, abs=10)


@pytest.mark.parametrize(("face_x", "x"), [(0.05, 0), (0.95, 1920 - 606)])
def test_window_stays_within_the_picture(face_x: float, x: int) -> None:
    assert static_crop(faces_at(face_x), 1920, 1080).x == x


def test_no_face_means_the_middle() -> None:
    assert static_crop([], 1920, 1080) == crop_at(0.5, 1920, 1080) == Crop(656, 0, 606, 1080)


def test_false_hits_do_not_move_the_window() -> None:
    hits = [Face(0, 0.0, 0.8, 0.3, 0.3), Face(400, 0.05, 0.1, 0.1, 0.1)] * 3
    assert static_crop(faces_at(0.7) + hits, 1920, 1080) == static_crop(faces_at(0.7), 1920, 1080)


def test_speaker_in_front_wins_over_somebody_behind() -> None:
    behind = faces_at(0.2, size=0.08, count=80)
    crop = static_crop(behind + faces_at(0.7, size=0.25, count=40), 1920, 1080)
    assert centre_x(crop) == pytest.approx(0.7 * 1920, abs=10)


def test_somebody_who_moves_stays_one_person() -> None:
    moving = [Face(200 * index, 0.2 + index * 0.01, 0.3, 0.2, 0.2) for index in range(31)]
    assert centre_x(static_crop(moving, 1920, 1080)) == pytest.approx(0.45 * 1920, abs=4)


@pytest.mark.parametrize("way_ms", [1_600, 4_000, 20_000])
def test_who_walks_across_is_one_person(way_ms: int) -> None:
    walking = seen(going((0, 0.1), (way_ms, 0.9)), way_ms)
    assert main_face(walking) == walking


def test_two_people_who_pass_each_other_are_two() -> None:
    speaker = seen(going((0, 0.2), (10_000, 0.8)), 10_000, size=0.16)
    other = seen(going((0, 0.8), (10_000, 0.2)), 10_000, size=0.08)
    assert main_face([*other, *speaker]) == speaker


def test_the_larger_and_steadier_of_two_wins() -> None:
    speaker = seen(lambda _: 0.3, 10_000, size=0.14)
    now_and_then = seen(lambda time_ms: 0.7 if time_ms % 1_000 < 400 else None, 10_000, size=0.16)
    assert main_face([*now_and_then, *speaker]) == speaker


def test_what_flits_about_is_nobody() -> None:
    random = Random(3)  # noqa: S311
    flitting = seen(lambda _: random.uniform(0, 1), 10_000, size=0.12)
    speaker = seen(lambda time_ms: 0.5 if time_ms < 9_000 else None, 10_000, size=0.12)
    steady = [face for face in main_face([*flitting, *speaker]) if abs(face.centre_x - 0.5) < 0.1]
    assert len(steady) == 45


def test_single_false_hit_while_the_face_is_lost_is_dropped() -> None:
    faces = seen(lambda time_ms: 0.45 if time_ms == 5_000 else 0.3, 10_000)
    assert main_face(faces) == [face for face in faces if face.time_ms != 5_000]


def test_who_jumps_in_a_clip_that_was_cut_before_stays_one_person() -> None:
    faces = seen(lambda time_ms: 0.2 if time_ms < 5_000 else 0.8, 10_000)
    assert main_face(faces) == faces


def test_no_face_is_nobody() -> None:
    assert main_face([]) == []


def test_taller_picture_has_the_face_above_the_middle() -> None:
    crop = static_crop(faces_at(0.5, centre_y=0.5), 1080, 2400)
    assert (crop.x, crop.width, crop.height) == (0, 1080, 1920)
    assert (0.5 * 2400 - crop.y) / crop.height == pytest.approx(0.4, abs=0.01)


@pytest.mark.parametrize("size", [(1080, 1920), (720, 1280), (608, 1080), (406, 720), (1081, 1921)])
def test_vertical_picture_is_shown_whole(size: tuple[int, int]) -> None:
    width, height = size
    assert static_crop(faces_at(0.9, 0.9), width, height) == Crop(0, 0, width // 2 * 2, height // 2 * 2)


def test_odd_sizes_are_rounded_down_to_even() -> None:
    assert static_crop([], 641, 359) == Crop(220, 0, 200, 358)


def test_square_window_for_other_shapes() -> None:
    crop = static_crop(faces_at(0.5, 0.5), 1080, 1920, aspect=Fraction(1))
    assert (crop.width, crop.height) == (1080, 1080)


def test_user_drags_from_one_edge_to_the_other() -> None:
    assert [crop_at(p, 1920, 1080).x for p in (-1, 0, 0.5, 1, 2)] == [0, 0, 656, 1314, 1314]
    assert [crop_at(p, 1080, 2400).y for p in (0, 0.5, 1)] == [0, 240, 480]


def test_picture_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="1x1080"):
        static_crop([], 1, 1080)


@steadily
@given(sizes, sizes, positions, st.lists(st.builds(Face, st.just(0), positions, positions, positions, positions)))
def test_every_window_is_even_and_inside(width: int, height: int, position: float, faces: list[Face]) -> None:
    for crop in (crop_at(position, width, height), static_crop(faces, width, height)):
        assert all(number % 2 == 0 for number in (crop.x, crop.y, crop.width, crop.height))
        assert 0 <= crop.x <= width - crop.width
        assert 0 <= crop.y <= height - crop.height
        assert min(crop.width, crop.height) >= 2
        again = crop_at(position_of(crop, width, height), width, height)
        if crop.width < width // 2 * 2 or crop.height < height // 2 * 2:
            assert abs(again.x - crop.x) + abs(again.y - crop.y) <= 2 or min(crop.x, crop.y) > 0

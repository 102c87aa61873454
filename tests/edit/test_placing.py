"""Where captions stand beside a face."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from duskreel.edit.crop_path import FaceInFrame
from duskreel.edit.placing import CLEARANCE, FEATURES, Block, centres
from duskreel.export.presets import EVERYWHERE
from duskreel.timecode import Span
from edit.spoken import steadily

OWN = 1142 / 1920
HEIGHT = 0.06
NEAR = 1e-6
TITLE = (Span(0, 1500), 0.3)


def blocks(count: int, height: float = HEIGHT) -> list[Block]:
    return [Block(Span(1000 * index, 1000 * index + 1000), height) for index in range(count)]


def face(time_ms: int, top: float, bottom: float, left: float = 0.3, right: float = 0.7) -> FaceInFrame:
    return FaceInFrame(time_ms, left, top, right, bottom)


def placed(shown: list[Block], *faces: FaceInFrame, reserved: tuple[Span, float] | None = None) -> list[float]:
    return centres(shown, faces, own=OWN, zone=EVERYWHERE, reserved=reserved)


def covers(centre: float, block: Block, seen: FaceInFrame) -> bool:
    half = block.height / 2
    return centre + half > seen.top + NEAR and centre - half < seen.bottom - NEAR


def test_style_s_own_place_is_taken_where_no_face_is() -> None:
    assert placed(blocks(3)) == [OWN] * 3
    assert placed(blocks(3), face(0, 0.2, 0.5)) == [OWN] * 3
    assert placed([]) == []


def test_a_face_in_the_way_moves_the_captions_below_it() -> None:
    (centre,) = placed(blocks(1), face(0, 0.3, 0.56))
    assert centre == pytest.approx(0.56 + CLEARANCE + HEIGHT / 2)


def test_where_there_is_no_room_below_they_stand_above() -> None:
    (centre,) = placed(blocks(1), face(0, 0.35, 0.7))
    assert centre == pytest.approx(0.35 - CLEARANCE - HEIGHT / 2)


def test_below_is_better_than_nearer_above() -> None:
    (centre,) = centres(blocks(1), [face(0, 0.38, 0.5)], own=0.4, zone=EVERYWHERE)
    assert centre == pytest.approx(0.5 + CLEARANCE + HEIGHT / 2)


def test_on_a_face_that_fills_the_zone_they_stand_on_the_chin() -> None:
    (centre,) = placed(blocks(1), face(0, 0.16, 0.64))
    assert centre == pytest.approx(0.16 + 0.48 * FEATURES[1] + HEIGHT / 2)


def test_where_the_chin_is_out_of_the_zone_they_stand_on_the_forehead() -> None:
    (centre,) = placed(blocks(1), face(0, 0.16, 0.8))
    assert centre == pytest.approx(0.16 + 0.64 * FEATURES[0] - HEIGHT / 2)


def test_where_neither_is_in_the_zone_they_hide_as_little_as_they_can() -> None:
    (centre,) = placed(blocks(1), face(0, 0.0, 0.86))
    assert centre == pytest.approx(EVERYWHERE.top + HEIGHT / 2), "the brows, and no eye"


def test_one_face_in_the_way_moves_all_pages_as_one() -> None:
    shown = placed(blocks(5), face(0, 0.2, 0.4), face(2100, 0.2, 0.56), face(2900, 0.2, 0.4))
    assert len(set(shown)) == 1
    assert shown[0] > OWN


def test_captions_change_their_place_once_when_no_single_one_will_do() -> None:
    shown = placed(blocks(6), face(0, 0.35, 0.64), face(3000, 0.15, 0.35))
    assert shown[:3] == [pytest.approx(0.35 - CLEARANCE - HEIGHT / 2)] * 3
    assert shown[3:] == [OWN] * 3


def test_a_face_that_wanders_to_and_fro_does_not_make_them_hop() -> None:
    faces = [face(time_ms, 0.2, bottom) for time_ms, bottom in zip(range(0, 9000, 500), [0.3, 0.55] * 9, strict=True)]
    assert len(set(placed(blocks(9), *faces))) == 1


def test_what_was_seen_counts_until_the_next_sight_and_before_the_first() -> None:
    seen = [face(1500, 0.35, 0.64), face(2000, 0.15, 0.35)]
    shown = placed(blocks(3), *seen)
    assert shown[0] == shown[1] < 0.35
    assert shown[2] == OWN


def test_two_people_at_once_are_both_left_uncovered() -> None:
    seen = [face(0, 0.15, 0.3, 0.1, 0.4), face(0, 0.45, 0.56, 0.6, 0.9)]
    (centre,) = placed(blocks(1), *seen)
    assert not any(covers(centre, blocks(1)[0], one) for one in seen)


def test_a_face_beside_the_captions_is_not_in_the_way() -> None:
    assert placed(blocks(1), face(0, 0.5, 0.62, left=0.9, right=1.0)) == [OWN]


def test_captions_do_not_go_up_into_the_title_while_it_stands() -> None:
    no_room, later = placed(blocks(2), face(0, 0.36, 0.64), reserved=(Span(0, 1000), 0.3))
    assert no_room > 0.36, "between the title and the face there is no room"
    assert later == pytest.approx(0.36 - CLEARANCE - HEIGHT / 2)


def test_a_page_without_room_takes_the_others_to_where_it_hides_the_least() -> None:
    faces = [face(0, 0.35, 0.64), face(2000, 0.16, 0.64), face(3000, 0.35, 0.64)]
    (place,) = set(placed(blocks(5), *faces))
    assert EVERYWHERE.top + HEIGHT / 2 <= place <= 0.16 + 0.48 * FEATURES[0] - HEIGHT / 2 + NEAR


def test_a_page_without_room_stays_for_a_moment_where_the_others_stand() -> None:
    def shown(pages: int) -> list[float]:
        faces = [face(0, 0.35, 0.64), face(2000, 0.0, 0.6), face(2000 + 1000 * pages, 0.35, 0.64)]
        return placed(blocks(4 + pages), *faces)

    assert len(set(shown(1))) == 1
    for_long = shown(40)
    assert for_long[0] == for_long[-1] < 0.35 < for_long[2]
    assert sum(one != other for one, other in pairwise(for_long)) == 2


def test_lower_and_higher_pages_do_not_hop_in_turns_where_only_the_lower_have_room() -> None:
    turns = [Block(one.span, 0.05 if number % 2 else 0.085) for number, one in enumerate(blocks(8))]
    shown = placed(turns, face(0, 0.15, 0.565))
    assert len(set(shown)) == 1
    assert shown[0] == pytest.approx(0.565 + CLEARANCE + 0.025)


def test_pages_of_different_heights_keep_one_middle_if_they_can() -> None:
    tall = [Block(Span(0, 1000), 0.06), Block(Span(1000, 2000), 0.11), Block(Span(2000, 3000), 0.06)]
    assert placed(tall, face(0, 0.2, 0.5)) == [OWN] * 3


def test_a_page_higher_than_the_zone_stands_in_its_middle() -> None:
    (centre,) = placed([Block(Span(0, 1000), 0.9)], face(0, 0.3, 0.5))
    assert centre == pytest.approx((EVERYWHERE.top + EVERYWHERE.bottom) / 2)


FRACTIONS = st.floats(0, 1)
SIGHTS = st.lists(
    st.tuples(st.integers(0, 9000), FRACTIONS, FRACTIONS, FRACTIONS, FRACTIONS).map(
        lambda told: FaceInFrame(
            told[0], min(told[1:3]), min(told[3:5]), max(told[1:3]), max(told[3:5])
        )
    ),
    max_size=12,
).map(lambda faces: sorted(faces, key=lambda seen: seen.time_ms))  # fmt: skip
PAGES = st.lists(st.tuples(st.integers(1, 1500), st.integers(0, 1500), st.floats(0.02, 0.2)), min_size=1, max_size=12)


def timed(told: list[tuple[int, int, float]]) -> list[Block]:
    made: list[Block] = []
    time_ms = 0
    for shown_ms, gap_ms, height in told:
        made.append(Block(Span(time_ms, time_ms + shown_ms), height))
        time_ms += shown_ms + gap_ms
    return made


def seen_during(block: Block, faces: list[FaceInFrame]) -> list[FaceInFrame]:
    """By looking at every millisecond at which something changes."""
    moments = {block.span.start_ms, *(one.time_ms for one in faces if one.time_ms < block.span.end_ms)}
    found: list[FaceInFrame] = []
    for moment in sorted(moment for moment in moments if moment >= block.span.start_ms):
        latest = max((one.time_ms for one in faces if one.time_ms <= moment), default=None)
        if latest is None and faces:
            latest = faces[0].time_ms
        found += [one for one in faces if one.time_ms == latest]
    return [one for one in found if one.right > EVERYWHERE.left and one.left < EVERYWHERE.right]


def free_places(block: Block, faces: list[FaceInFrame], count: int = 400) -> set[int]:
    """Of so many places down the frame, those at which the page covers nothing and is inside the zone."""
    half = block.height / 2
    places = (number for number in range(count) if EVERYWHERE.top + half <= number / count <= EVERYWHERE.bottom - half)
    grown = [FaceInFrame(0, 0, one.top - CLEARANCE, 1, one.bottom + CLEARANCE) for one in seen_during(block, faces)]
    return {number for number in places if not any(covers(number / count, block, one) for one in grown)}


@steadily
@given(PAGES, SIGHTS)
def test_every_page_is_in_the_zone_and_uncovers_faces_where_it_can(
    told: list[tuple[int, int, float]], faces: list[FaceInFrame]
) -> None:
    shown = timed(told)
    for centre, block in zip(placed(shown, *faces), shown, strict=True):
        assert EVERYWHERE.top - NEAR <= centre - block.height / 2
        assert centre + block.height / 2 <= EVERYWHERE.bottom + NEAR
        if free_places(block, faces):
            assert not any(covers(centre, block, one) for one in seen_during(block, faces))


@steadily
@given(PAGES, SIGHTS)
def test_places_change_as_seldom_as_can_be(told: list[tuple[int, int, float]], faces: list[FaceInFrame]) -> None:
    """Not more often than if one went from page to page and moved only when nothing else was left."""
    shown = timed(told)
    free = [free_places(block, faces) for block in shown]
    assume(all(free))
    needed, common = 0, free[0]
    for places in free[1:]:
        needed, common = (needed, common & places) if common & places else (needed + 1, places)
    assert sum(one != other for one, other in pairwise(placed(shown, *faces))) <= needed


@steadily
@given(PAGES, SIGHTS)
def test_own_place_is_kept_whenever_it_is_free_all_the_time(
    told: list[tuple[int, int, float]], faces: list[FaceInFrame]
) -> None:
    low = [FaceInFrame(one.time_ms, one.left, one.top * 0.45, one.right, one.bottom * 0.45) for one in faces]
    assert placed(timed(told), *low) == [OWN] * len(told) or max(height for *_, height in told) > 0.1


@steadily
@given(PAGES, SIGHTS)
def test_no_page_runs_into_the_title(told: list[tuple[int, int, float]], faces: list[FaceInFrame]) -> None:
    shown = timed(told)
    for centre, block in zip(placed(shown, *faces, reserved=TITLE), shown, strict=True):
        if block.span.start_ms < TITLE[0].end_ms:
            assert centre - block.height / 2 >= TITLE[1] - NEAR

"""Who is whom, and where everybody is in every picture between two looks."""

from collections.abc import Callable

import pytest

from duskreel.edit.concealing import HiddenRegion, HiddenTrack
from duskreel.edit.framing import Face
from duskreel.edit.tracking import EXTENSION_MS, Company, company, region_at
from edit.faces import going, seen

DURATION_MS = 10_000
SPEAKER = seen(lambda _: 0.3, DURATION_MS, size=0.2)
OTHER_SIZE = 0.1


def with_other(centre_at: Callable[[int], float | None], speaker: list[Face] = SPEAKER) -> Company:
    return company([*speaker, *seen(centre_at, DURATION_MS, size=OTHER_SIZE)])


def is_covered(tracks: tuple[HiddenTrack, ...], face: Face) -> bool:
    regions = [region for track in tracks if (region := region_at(track, face.time_ms))]
    return any(
        region.x <= face.x
        and region.y <= face.y
        and region.x + region.width >= face.x + face.width
        and region.y + region.height >= face.y + face.height
        for region in regions
    )


def test_nobody_is_nobody() -> None:
    assert company([]) == Company((), (), ())


def test_speaker_alone_is_never_hidden() -> None:
    found = company(SPEAKER)
    assert (found.others, found.persons) == ((), ())
    [track] = found.speaker
    region = region_at(track, 5_050)
    assert region is not None
    assert region.x + region.width / 2 == pytest.approx(0.3, abs=0.005)


def test_somebody_else_is_covered_also_where_detections_are_missing() -> None:
    path = going((0, 0.7), (DURATION_MS, 0.85))
    missing = {2_000, 2_200, 4_400, 6_000, 6_200, 6_400}
    found = with_other(lambda time_ms: None if time_ms in missing else path(time_ms))
    for face in seen(path, DURATION_MS, size=OTHER_SIZE, step_ms=33):
        assert is_covered(found.others, face), face.time_ms
    assert len(found.persons) == 1


def test_track_begins_before_the_first_look_and_ends_after_the_last_one() -> None:
    [track] = with_other(lambda time_ms: 0.7 if 4_000 <= time_ms < 6_000 else None).others
    assert track.regions[0].time_ms == 4_000 - EXTENSION_MS
    assert track.regions[-1].time_ms == 5_800 + EXTENSION_MS
    assert region_at(track, 4_000 - EXTENSION_MS - 1) is None
    assert region_at(track, 5_800 + EXTENSION_MS + 1) is None


def test_who_walks_in_is_covered_where_they_come_from() -> None:
    path = going((0, 1.2), (2_000, 0.7), (DURATION_MS, 0.7))
    found = with_other(lambda time_ms: path(time_ms) if time_ms >= 1_400 else None)
    [before] = [face for face in seen(path, 1_300, size=OTHER_SIZE, step_ms=100) if face.time_ms == 1_200]
    assert is_covered(found.others, before)


def test_who_looked_away_for_seconds_stays_covered_in_the_same_place() -> None:
    found = with_other(lambda time_ms: None if 2_000 <= time_ms < 8_000 else 0.75)
    assert is_covered(found.others, Face(5_000, 0.7, 0.3, OTHER_SIZE, OTHER_SIZE * 16 / 9))


def test_somebody_larger_for_a_moment_is_not_the_speaker() -> None:
    large = [Face(time_ms, 0.6, 0.1, 0.35, 0.35 * 16 / 9) for time_ms in range(4_000, 5_000, 200)]
    found = company([*SPEAKER, *large])
    assert all(is_covered(found.others, face) for face in large)
    assert not any(is_covered(found.others, face) for face in SPEAKER)


def test_others_stay_hidden_after_the_speaker_has_left() -> None:
    there = [face for face in SPEAKER if face.time_ms < 6_000]
    found = with_other(lambda _: 0.75, there)
    assert is_covered(found.others, Face(9_000, 0.7, 0.3, OTHER_SIZE, OTHER_SIZE * 16 / 9))
    assert all(region_at(track, 9_000) is None for track in found.speaker)


def test_false_hit_is_covered_beside_the_speaker_but_is_no_person() -> None:
    found = company([*SPEAKER, Face(5_000, 0.8, 0.7, 0.08, 0.14)])
    assert len(found.others) == 1
    assert found.persons == ()


def test_hit_within_the_speakers_face_hides_nothing() -> None:
    assert company([*SPEAKER, Face(5_000, 0.28, 0.4, 0.06, 0.1)]).others == ()


def test_speaker_found_elsewhere_for_one_look_is_not_hidden() -> None:
    without = [face for face in SPEAKER if face.time_ms != 5_000]
    assert company([*without, Face(5_000, 0.36, 0.3, 0.2, 0.2 * 16 / 9)]).others == ()


@pytest.mark.parametrize("centre", [0.46, 0.5])
def test_margins_of_a_neighbour_leave_the_speakers_face_free(centre: float) -> None:
    [track] = with_other(lambda _: centre).others
    for face in SPEAKER:
        region = region_at(track, face.time_ms)
        assert region is None or region.x >= face.x + face.width - 0.01


def test_persons_are_counted_once_wherever_they_were_away() -> None:
    def twice(time_ms: int) -> float | None:
        return 0.75 if time_ms < 3_000 or time_ms >= 4_800 else None

    third = [Face(time_ms, 0.55, 0.05, 0.08, 0.14) for time_ms in range(1_000, 3_000, 200)]
    found = company([*SPEAKER, *seen(twice, DURATION_MS, size=OTHER_SIZE), *third])
    assert [person.first_ms for person in found.persons] == [0, 1_000]
    assert found.persons[1].longest == (1_000, 3_000)


def test_region_between_two_looks_lies_between_them() -> None:
    track = HiddenTrack((HiddenRegion(0, 0.0, 0.0, 0.2, 0.2), HiddenRegion(100, 0.4, 0.2, 0.4, 0.2)))
    assert region_at(track, 50) == HiddenRegion(50, 0.2, 0.1, pytest.approx(0.3), 0.2)
    assert region_at(track, 100) == track.regions[-1]

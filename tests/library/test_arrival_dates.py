"""When a clip was recorded, told from its container, its name, and the disk."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from duskreel.library.arrival_dates import DateSource, in_name, when

MODIFIED = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One hour ahead of UTC in winter."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("2025-11-23 18.04.12.mp4", "2025-11-23T18:04:12+01:00"),
        ("2025-11-23 18-04-12.mkv", "2025-11-23T18:04:12+01:00"),
        ("20251123_180412.mp4", "2025-11-23T18:04:12+01:00"),
        ("VID_20250723_180412_001.mp4", "2025-07-23T18:04:12+02:00"),
        ("IMG_20251123_180412.MOV", "2025-11-23T18:04:12+01:00"),
        ("PXL_20251123_170412345.TS.mp4", "2025-11-23T18:04:12+01:00"),
        ("Screen Recording 2025-11-23 at 18.04.12.mov", "2025-11-23T18:04:12+01:00"),
        ("Screen Recording 2025-11-23 at 6.04.12\u202fPM.mov", "2025-11-23T18:04:12+01:00"),
        ("Bildschirmaufnahme 2025-11-23 um 08.04.12.mov", "2025-11-23T08:04:12+01:00"),
        ("Screen Recording 2025-11-23 at 12.04.12 AM.mov", "2025-11-23T00:04:12+01:00"),
        ("Screen_Recording_20251123-180412_Maps.mp4", "2025-11-23T18:04:12+01:00"),
        ("video_2025-11-23_18-04-12.mp4", "2025-11-23T18:04:12+01:00"),
        ("2025-11-23T18:04:12-05:00.mp4", "2025-11-23T18:04:12-05:00"),
        ("2025-11-23T180412Z.mp4", "2025-11-23T18:04:12+00:00"),
        ("RPReplay_Final1763917452.MP4", "2025-11-23T18:04:12+01:00"),
        ("2025-11-23 18.04 A hard day.mp4", "2025-11-23T18:04:00+01:00"),
    ],
)
def test_a_time_in_a_name_is_read(name: str, moment: str) -> None:
    named = in_name(name)
    assert named is not None
    assert (named.at.isoformat(), named.has_time) == (moment, True)


@pytest.mark.parametrize(
    "name", ["VID-20251123-WA0001.mp4", "1SE_2025-11-23.mp4", "2025.11.23.mov", "2025-11-23 7.mp4"]
)
def test_a_day_in_a_name_is_read(name: str) -> None:
    named = in_name(name)
    assert named is not None
    assert (named.at.isoformat(), named.has_time) == ("2025-11-23T12:00:00+01:00", False)


@pytest.mark.parametrize(
    "name",
    *[["IMG_1234.mov", "20251323_180412.mp4", "2025-02-31.mp4", "0123456789202511231.mp4", "20990101_101010.mp4", "x"]],
)
def test_a_name_without_a_day_says_nothing(name: str) -> None:
    assert in_name(name) is None


def test_the_clip_is_believed_before_its_name_and_the_disk() -> None:
    created = datetime(2025, 11, 23, 17, 4, 12, tzinfo=UTC)
    found = when("VID_20251123_190000.mp4", created, MODIFIED)
    assert (found.at.isoformat(), found.source) == ("2025-11-23T18:04:12+01:00", DateSource.CLIP)


def test_the_offset_of_the_place_is_kept() -> None:
    found = when("IMG_1.mov", datetime.fromisoformat("2025-11-23T18:04:12-05:00"), MODIFIED)
    assert found.at.isoformat() == "2025-11-23T18:04:12-05:00"


@pytest.mark.parametrize("created", [datetime(1970, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(days=40)])
def test_a_clip_whose_clock_was_wrong_is_not_believed(created: datetime) -> None:
    assert when("20251123_180412.mp4", created, MODIFIED).source is DateSource.NAME
    assert when("IMG_1.mov", created, MODIFIED).source is DateSource.FILE


def test_a_clip_that_was_written_again_years_later_keeps_the_day_in_its_name() -> None:
    found = when("VID_20190503_101500.mp4", datetime(2025, 1, 1, tzinfo=UTC), MODIFIED)
    assert (found.at.isoformat(), found.source) == ("2019-05-03T10:15:00+02:00", DateSource.NAME)


def test_a_day_takes_the_time_of_a_clock_that_shows_it() -> None:
    cut_the_same_evening = datetime(2025, 11, 23, 20, 30, tzinfo=UTC)
    assert when("2025-11-23.mp4", cut_the_same_evening, MODIFIED, prefers_name=True).at.hour == 21
    assert when("2025-11-23.mp4", MODIFIED, MODIFIED, prefers_name=True).at.hour == 12
    assert when("2026-11-23.mp4", None, MODIFIED).at.hour == 21


def test_without_anything_else_the_disk_is_asked() -> None:
    found = when("IMG_1.mov", None, MODIFIED)
    assert (found.at, found.source) == (MODIFIED, DateSource.FILE)

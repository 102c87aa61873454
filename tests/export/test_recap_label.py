"""The day in a corner of a reel."""

from datetime import date

import pytest

from duskreel.export.marks import LEFT_PX, TOP_PX
from duskreel.export.recap_label import LANDSCAPE_MARGIN_PX, label_of

UPRIGHT, LANDSCAPE = (1080, 1920), (1920, 1080)


def test_upright_it_stands_at_the_top_left_of_what_platforms_leave_free() -> None:
    label = label_of(date(2026, 11, 3), UPRIGHT, has_year=False)
    overlay = label.overlay_at(0)
    assert (overlay.x, overlay.y_top) == (LEFT_PX, TOP_PX)
    assert label.bottom_px == TOP_PX + len(overlay.y)


def test_in_a_landscape_frame_it_stands_at_the_bottom_left() -> None:
    overlay = label_of(date(2026, 11, 3), LANDSCAPE, has_year=False).overlay_at(0)
    assert (overlay.x, overlay.y_top + len(overlay.y)) == (LANDSCAPE_MARGIN_PX, 1080 - LANDSCAPE_MARGIN_PX)


@pytest.mark.parametrize("size", [UPRIGHT, LANDSCAPE])
def test_the_year_is_named_where_there_is_more_than_one(size: tuple[int, int]) -> None:
    plain, full = (label_of(date(2026, 11, 3), size, has_year=has_year) for has_year in (False, True))
    assert full.key_at(0) != plain.key_at(0)
    assert full.overlay_at(0).y.shape[1] > plain.overlay_at(0).y.shape[1]
    assert full.overlay_at(0).y_through.min() < 256, "something is painted"


def test_it_is_there_all_the_time_and_painted_once() -> None:
    label = label_of(date(2026, 11, 3), UPRIGHT, has_year=False)
    assert label.key_at(0) == label.key_at(99_000)
    assert label.overlay_at(0) is label.overlay_at(99_000)

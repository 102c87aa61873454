"""Where tiles lie."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duskreel.memories.days import Month
from duskreel.ui.diary.grid_layout import GAP_PX, GridLayout, Lines

LINES = Lines(24, 28)
TODAY = date(2026, 11, 23)


def days_back(count: int) -> list[date]:
    return [TODAY - timedelta(days=number) for number in range(count)]


@pytest.fixture
def layout() -> GridLayout:
    """Four columns: 23 days of November, then October."""
    return GridLayout(days_back(60), 1128, LINES)


def test_tiles_fill_the_width(layout: GridLayout) -> None:
    assert layout.columns == 4
    first, last = layout.box(0), layout.box(3)
    assert (first.left, last.left + last.width) == (0, 1128)
    assert layout.box(4).top == first.top + layout.tile_height_px + GAP_PX


def test_a_month_begins_a_row_under_its_name(layout: GridLayout) -> None:
    october = layout.box(23)
    assert october.left == 0
    (heading,) = layout.headings(0, october.top)
    assert heading.month == Month(2026, 10)
    assert heading.box.top + heading.box.height == october.top


def test_the_first_month_is_named_by_the_page(layout: GridLayout) -> None:
    assert layout.headings(0, 100) == []
    assert layout.box(0).top == 0
    assert layout.month_at(0) == Month(2026, 11)
    assert layout.month_at(layout.box(23).top) == Month(2026, 10)


@given(st.integers(0, 80), st.integers(1, 2000), st.data())
def test_every_tile_is_found_where_it_lies(count: int, width: int, data: st.DataObject) -> None:
    layout = GridLayout(days_back(count), width, LINES)
    if not count:
        assert layout.at(5, 5) is None
        assert layout.between(0, 1000) == range(0)
        assert layout.month_at(0) is None
        return
    number = data.draw(st.integers(0, count - 1))
    box = layout.box(number)
    assert layout.at(box.left, box.top) == number
    assert layout.at(box.left + box.width - 1, box.top + box.height - 1) == number
    assert layout.at(box.left + box.width, box.top) is None
    assert number in layout.between(box.top, box.top + 1)
    assert number not in layout.between(box.top + box.height, layout.height_px)
    assert box.top + box.height <= layout.height_px


def test_arrows_keep_the_column(layout: GridLayout) -> None:
    assert layout.moved(1, 1) == 5
    assert layout.moved(5, -1) == 1
    assert layout.moved(19, 1) == 22, "the last row of November has three"
    assert layout.moved(22, 1) == 25
    assert layout.moved(2, -1) == 2
    assert layout.box(layout.moved(2, 1000)).top == layout.box(59).top


def test_a_narrow_window_has_one_column() -> None:
    assert GridLayout(days_back(3), 100, LINES).columns == 1

"""Captions as pixels: whole, centred, coloured by the word, in any script."""

import numpy as np
import pytest
from numpy.typing import NDArray

from duskreel.edit.pages import Page
from duskreel.export.painter import PaintedPage, Painter
from duskreel.export.presets import EVERYWHERE
from duskreel.export.style import AMBER, STYLES
from duskreel.library.entry import Word
from duskreel.timecode import Span

WIDTH, HEIGHT = 1080, 1920


def page(*lines: str) -> Page:
    return Page(Span(0, 1000), tuple(tuple(Word(text, 0, 1000, 1.0) for text in line.split()) for line in lines))


def paint(style: str, *lines: str, active: int | None = None) -> PaintedPage:
    made = page(*lines)
    word = None if active is None else [word for line in made.lines for word in line][active]
    return Painter(STYLES[style], WIDTH, HEIGHT).paint(made, word)


def painted(rgba: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return rgba[..., 3] > 0


def columns_of(rgba: NDArray[np.uint8], colour: tuple[int, int, int]) -> NDArray[np.intp]:
    close = (np.abs(rgba[..., :3].astype(int) - colour) < 12).all(axis=-1) & (rgba[..., 3] > 240)
    return np.flatnonzero(close.any(axis=0))


@pytest.mark.parametrize("style", list(STYLES))
def test_no_pixel_touches_the_edge_so_nothing_is_clipped(style: str) -> None:
    rgba = paint(style, "gjpqy ÅÉÑ").rgba
    mask = painted(rgba)
    assert mask.any()
    assert not mask[[0, -1]].any()
    assert not mask[:, [0, -1]].any()


@pytest.mark.parametrize("style", list(STYLES))
def test_page_stands_in_the_middle_at_its_height_on_the_even_grid(style: str) -> None:
    made = paint(style, "so many years")
    height, width, _ = made.rgba.shape
    assert all(number % 2 == 0 for number in (made.x, made.y, height, width))
    assert made.x + width / 2 == pytest.approx(WIDTH / 2, abs=2)
    assert (made.y + height / 2) / HEIGHT == pytest.approx(STYLES[style].centre, abs=0.002)


def test_a_second_line_makes_the_page_taller() -> None:
    assert paint("calm", "one", "two").rgba.shape[0] > paint("calm", "one").rgba.shape[0]


def test_only_the_active_word_has_the_active_colour() -> None:
    amber = AMBER[:3]
    none = paint("karaoke", "never ever again").rgba
    first = columns_of(paint("karaoke", "never ever again", active=0).rgba, amber)
    last = columns_of(paint("karaoke", "never ever again", active=2).rgba, amber)
    assert columns_of(none, amber).size == 0
    assert first.size > 0
    assert first.max() < none.shape[1] / 2 < last.min()


def test_a_word_that_comes_twice_is_coloured_where_it_is_said() -> None:
    line = (Word("no", 0, 300, 1.0), Word("no", 400, 700, 1.0))
    made = Painter(STYLES["karaoke"], WIDTH, HEIGHT).paint(Page(Span(0, 900), (line,)), line[1])
    assert columns_of(made.rgba, AMBER[:3]).min() > made.rgba.shape[1] / 2 - 10


def test_calm_captions_never_move() -> None:
    assert (paint("calm", "so many years", active=1).rgba == paint("calm", "so many years").rgba).all()


def test_a_word_wider_than_the_frame_is_made_smaller_not_cut() -> None:
    made = paint("karaoke", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen")
    assert made.rgba.shape[1] <= WIDTH
    assert not painted(made.rgba)[:, [0, -1]].any()


@pytest.mark.parametrize("text", ["Жизнь идёт", "γειά σου", "שלום עולם", "مرحبا بالعالم", "naïve façade"])
def test_other_scripts_are_painted_with_glyphs_of_their_own(text: str) -> None:
    """A script without a font comes out as equal boxes; different words must look different."""
    one, other = text.split()
    widths = {round(Painter(STYLES["calm"], WIDTH, HEIGHT).measure(word[:1]), 1) for word in text.split()}
    assert painted(paint("calm", text).rgba).any()
    first, second = paint("calm", one).rgba, paint("calm", other).rgba
    assert len(widths) > 1 or first.shape != second.shape or (first != second).any()


def test_right_to_left_text_starts_at_the_right() -> None:
    hebrew = paint("karaoke", "שלום עולם", active=0).rgba
    assert columns_of(hebrew, AMBER[:3]).min() > hebrew.shape[1] / 2 - 20


def test_emoji_keep_their_colours() -> None:
    rgba = paint("karaoke", "ok 😀").rgba.astype(int)
    yellow = (rgba[..., 0] > 200) & (rgba[..., 1] > 150) & (rgba[..., 2] < 120) & (rgba[..., 3] > 240)
    assert yellow.sum() > 500


def test_measure_grows_with_the_text() -> None:
    painter = Painter(STYLES["calm"], WIDTH, HEIGHT)
    assert painter.measure("") == 0
    assert 0 < painter.measure("I") < painter.measure("I lost my job") < painter.widest


@pytest.mark.parametrize("centre", [0.2, 0.3, 0.55])
@pytest.mark.parametrize("style", list(STYLES))
def test_page_stands_where_it_is_told_to(style: str, centre: float) -> None:
    painter = Painter(STYLES[style], WIDTH, HEIGHT)
    there, usual = (painter.paint(page("so many years"), centre=where) for where in (centre, None))
    assert (there.y + len(there.rgba) / 2) / HEIGHT == pytest.approx(centre, abs=0.001)
    assert there.y % 2 == 0
    assert (there.rgba == usual.rgba).all()


@pytest.mark.parametrize("centre", [-1.0, 0.0, 0.9, 2.0])
def test_page_never_leaves_the_safe_zone(centre: float) -> None:
    made = Painter(STYLES["karaoke"], WIDTH, HEIGHT).paint(page("so many", "years"), centre=centre)
    assert EVERYWHERE.top * HEIGHT <= made.y
    assert made.y + len(made.rgba) <= EVERYWHERE.bottom * HEIGHT


@pytest.mark.parametrize("style", list(STYLES))
def test_block_height_holds_everything_painted_and_little_more(style: str) -> None:
    painter = Painter(STYLES[style], WIDTH, HEIGHT)
    made = painter.paint(page("gjpqy ÅÉÑ"), centre=0.4)
    rows = np.flatnonzero(painted(made.rgba).any(axis=1)) + made.y
    height = painter.block_height(page("gjpqy ÅÉÑ")) * HEIGHT
    assert 0.4 * HEIGHT - height / 2 <= rows[0] <= rows[-1] < 0.4 * HEIGHT + height / 2
    assert height <= 1.25 * (rows[-1] - rows[0]) + 8


def test_painting_a_page_again_gives_the_same_pixels_whatever_came_between() -> None:
    painter = Painter(STYLES["karaoke"], WIDTH, HEIGHT)
    one, other = page("never ever again"), page("good", "night")
    for shown, active in ((one, 0), (one, 2), (one, None), (other, 1), (one, 0)):
        word = None if active is None else shown.words[active]
        fresh = Painter(STYLES["karaoke"], WIDTH, HEIGHT).paint(shown, word)
        assert (painter.paint(shown, word).rgba == fresh.rgba).all()


def test_a_word_of_another_page_is_not_highlighted() -> None:
    painter = Painter(STYLES["karaoke"], WIDTH, HEIGHT)
    stranger = Word("elsewhere", 5000, 5100, 1.0)
    assert (painter.paint(page("so many years"), stranger).rgba == painter.paint(page("so many years")).rgba).all()


def test_text_of_the_widest_line_leaves_room_for_its_box_and_outline() -> None:
    for style in STYLES.values():
        painter = Painter(style, WIDTH, HEIGHT)
        line = "x"
        while painter.measure(line + "x") <= painter.widest:
            line += "x"
        columns = np.flatnonzero(painted(painter.paint(page(line)).rgba).any(axis=0))
        assert columns[-1] - columns[0] < 780

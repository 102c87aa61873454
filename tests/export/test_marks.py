"""Title, day and progress bar: in the free part of the frame, apart from each other, and whole."""

from itertools import combinations, pairwise

import pytest

from duskreel.edit.pages import Page, line_text
from duskreel.errors import DiaryError
from duskreel.export.compositing import Overlay, lay_over
from duskreel.export.extras import Marks
from duskreel.export.layers import Layer
from duskreel.export.marks import (
    FADE_MS,
    LONGEST_TITLE,
    LONGEST_TITLE_MS,
    SHORTEST_TITLE_MS,
    TITLE_LINES,
    TITLE_SIZES_PX,
    _set,
    _words,
    mark_layers,
    title_area,
)
from duskreel.export.presets import EVERYWHERE, HEIGHT, WIDTH
from duskreel.picture.planes import blank, split
from duskreel.timecode import Span

DURATION_MS = 20_000
TITLES = [
    "I lost my job today and nobody asked me how I was",
    "😀",
    "gjpqy ÅÉÑ",
    "היום איבדתי את העבודה ואף אחד לא שאל",
    "今日は本当に疲れた一日でした。でも、明日はきっといい日になる",
    "ผมตกงานวันนี้และไม่มีใครถามว่าเป็นอย่างไร",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen und ich",
    "hundred and twenty letters " * 4 + "and the last",
]


def standing(marks: Marks, time_ms: int = 0) -> list[Overlay]:
    found = [layer.overlay_at(time_ms) for layer in mark_layers(marks, DURATION_MS)]
    return [overlay for overlay in found if overlay is not None]


def edges(overlay: Overlay) -> tuple[int, int, int, int]:
    """Left, top, right, bottom."""
    height, width = overlay.y.shape
    return overlay.x, overlay.y_top, overlay.x + width, overlay.y_top + height


def layer_of(marks: Marks) -> Layer:
    [layer] = mark_layers(marks, DURATION_MS)
    return layer


def opacity(layer: Layer, time_ms: int) -> float:
    """Of its most solid pixel."""
    overlay = layer.overlay_at(time_ms)
    return 0.0 if overlay is None else 1 - int(overlay.y_through.min()) / 256


@pytest.mark.parametrize("title", TITLES)
def test_every_mark_stands_in_the_free_part_of_the_frame_on_the_even_grid(title: str) -> None:
    for overlay in standing(Marks(title, 365, has_progress_bar=True)):
        left, top, right, bottom = edges(overlay)
        assert EVERYWHERE.left * WIDTH <= left < right <= EVERYWHERE.right * WIDTH
        assert EVERYWHERE.top * HEIGHT <= top < bottom <= EVERYWHERE.bottom * HEIGHT
        assert all(number % 2 == 0 for number in (left, top, right, bottom))


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("day", [None, 5, 12_345])
@pytest.mark.parametrize("has_progress_bar", [False, True])
def test_no_mark_covers_another(title: str, day: int | None, has_progress_bar: bool) -> None:
    overlays = standing(Marks(title, day, has_progress_bar))
    assert len(overlays) == 1 + (day is not None) + has_progress_bar
    for one, other in combinations(overlays, 2):
        (_, top, _, bottom), (_, other_top, _, other_bottom) = edges(one), edges(other)
        assert bottom < other_top or other_bottom < top


def test_marks_can_be_laid_over_a_picture() -> None:
    picture = blank(WIDTH, HEIGHT)
    for overlay in standing(Marks("Day one", 1, has_progress_bar=True)):
        lay_over(picture, overlay)
        left, top, right, bottom = edges(overlay)
        assert split(picture)[0][top:bottom, left:right].max() > 60


def test_a_short_without_marks_has_no_layers() -> None:
    assert mark_layers(Marks(), DURATION_MS) == []


def test_marks_of_two_shorts_have_the_same_key_only_if_they_look_the_same() -> None:
    """Pictures of an earlier short are taken over by what their layers are called."""
    both = [Marks(title, day, bar) for title in ("", "1", "2") for day in (None, 1, 2) for bar in (False, True)]
    looks: dict[object, bytes] = {}
    for marks in both:
        for layer in mark_layers(marks, DURATION_MS):
            for time_ms in (0, 1, 2, 25, 50, SHORTEST_TITLE_MS - 100, 5000):
                overlay = layer.overlay_at(time_ms)
                if overlay is not None:
                    look = b"%d %d" % (overlay.x, overlay.y_top) + overlay.y.tobytes() + overlay.y_through.tobytes()
                    assert looks.setdefault(layer.key_at(time_ms), look) == look
    assert len(set(looks.values())) == len(looks)


# Title


@pytest.mark.parametrize("title", TITLES)
def test_title_is_painted_whole(title: str) -> None:
    """What touches the edge of what was painted may have been cut off there."""
    sizes = [setting for size in TITLE_SIZES_PX if (setting := _set(_words(title), size))]
    assert sizes
    for setting in sizes:
        alpha = setting.painter.paint(Page(Span(0, 0), setting.lines)).rgba[..., 3]
        assert not alpha[[0, -1]].any()
        assert not alpha[:, [0, -1]].any()


def lines_of(title: str) -> list[str]:
    setting = next(setting for size in TITLE_SIZES_PX if (setting := _set(_words(title), size)) and setting.is_good)
    return [line_text(words) for words in setting.lines]


def test_title_is_broken_where_it_reads_well_and_leaves_no_short_word_alone() -> None:
    assert lines_of(TITLES[0]) == ["I lost my job today", "and nobody asked", "me how I was"]
    for title in ("What nobody ever tells you about being out of it", "Unbelievable things that happened to me"):
        assert all(" " in line for line in lines_of(title))


def test_lines_of_a_title_are_about_as_wide_as_each_other() -> None:
    lengths = [len(line) for line in lines_of("hundred and twenty letters " * 4)]
    assert max(lengths) < 1.5 * min(lengths)


@pytest.mark.parametrize("title", TITLES)
def test_title_has_three_lines_at_most_and_loses_nothing(title: str) -> None:
    for size in TITLE_SIZES_PX:
        if setting := _set(_words(title), size):
            assert len(setting.lines) <= TITLE_LINES
            assert line_text([word for line in setting.lines for word in line]) == title


def test_japanese_is_broken_between_signs_but_no_line_begins_with_a_full_stop() -> None:
    lines = lines_of("今日は本当に疲れた一日でした。でも、明日はきっといい日になる")
    assert len(lines) == 3
    assert not any(line[0] in "。、っ" for line in lines)


def test_title_keeps_the_colours_of_emoji() -> None:
    [overlay] = standing(Marks("Ok 😀"))
    picture = blank(WIDTH, HEIGHT)
    lay_over(picture, overlay)
    _, u, _ = split(picture)
    assert (u < 70).sum() > 200, "no yellow"


def test_title_stands_for_three_seconds_and_a_long_one_until_it_is_read() -> None:
    short, longer, longest = (
        title_area(Marks(title)) for title in ("Day one", TITLES[0] + " at all today", TITLES[-1])
    )
    assert short is not None
    assert longer is not None
    assert longest is not None
    assert short[0] == (0, SHORTEST_TITLE_MS)
    assert SHORTEST_TITLE_MS < longer[0].duration_ms < LONGEST_TITLE_MS
    assert longest[0] == (0, LONGEST_TITLE_MS)


def test_title_fades_softly_at_its_end_and_is_gone_then() -> None:
    title = layer_of(Marks("Day one"))
    fade = [opacity(title, time_ms) for time_ms in range(SHORTEST_TITLE_MS - FADE_MS, SHORTEST_TITLE_MS, 33)]
    assert opacity(title, 0) == opacity(title, SHORTEST_TITLE_MS - FADE_MS) == fade[0]
    assert all(later <= earlier for earlier, later in pairwise(fade))
    assert len(set(fade)) == 5
    assert fade[-1] < 0.25
    assert title.key_at(SHORTEST_TITLE_MS) is None
    assert title.overlay_at(SHORTEST_TITLE_MS) is None


def test_title_is_painted_once_for_all_moments_that_look_the_same() -> None:
    title = layer_of(Marks("Day one"))
    assert title.key_at(0) == title.key_at(1500)
    assert title.overlay_at(0) is title.overlay_at(1500)


@pytest.mark.parametrize("marks", [Marks("Day one"), Marks(TITLES[0], 5), Marks(TITLES[4], 5, has_progress_bar=True)])
def test_captions_learn_where_the_title_ends(marks: Marks) -> None:
    area = title_area(marks)
    assert area is not None
    assert area[1] * HEIGHT == max(edges(overlay)[3] for overlay in standing(marks))


@pytest.mark.parametrize("title", ["", "  \n", "\u200b", "\u2060 \u200e"])
def test_title_that_cannot_be_seen_is_none(title: str) -> None:
    assert title_area(Marks(title)) is None
    assert mark_layers(Marks(title), DURATION_MS) == []


@pytest.mark.parametrize("title", ["word " * 25, "長" * LONGEST_TITLE])
def test_title_that_nobody_could_read_in_time_is_refused(title: str) -> None:
    with pytest.raises(DiaryError, match="too long"):
        title_area(Marks(title))


# Day


def test_day_stands_all_the_time_at_the_left() -> None:
    layer = layer_of(Marks(day=5))
    first, last = layer.overlay_at(0), layer.overlay_at(DURATION_MS)
    assert first is last
    assert first is not None
    assert edges(first)[2] < WIDTH / 3
    assert layer.key_at(0) == layer.key_at(DURATION_MS)

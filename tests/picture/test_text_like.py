"""Lines of writing are told from what only looks regular."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from duskreel.picture.text_like import line_count, seems_written

Luma = NDArray[np.uint8]
SIZE = (1280, 720)


def page(letter_px: int, ink: int = 30, paper: int = 235) -> Luma:
    image = Image.new("L", SIZE, 100)
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((300, 60, 900, 660), fill=paper)
    words = [
        "the",
        "minutes",
        "of",
        "a",
        "meeting",
        "about",
        "money",
        "and",
        "the",
        "people",
        "who",
        "get",
        "none",
        "of",
        "it",
    ]
    for line in range(580 // int(letter_px * 1.5)):
        said = " ".join(words[(line * 5 + count) % len(words)] for count in range(3))
        drawing.text((320, 70 + line * int(letter_px * 1.5)), said, font=ImageFont.load_default(letter_px), fill=ink)
    return np.asarray(image)


def stripes(period_px: int, *, upright: bool) -> Luma:
    rows, columns = np.indices((SIZE[1], SIZE[0]))
    return np.asarray(60 + 120 * (((columns if upright else rows) // period_px) % 2), dtype=np.uint8)


@pytest.mark.parametrize("letter_px", [14, 18, 24])
def test_pages_and_screens_are_seen(letter_px: int) -> None:
    assert seems_written(page(letter_px))
    assert seems_written(page(letter_px, ink=220, paper=25)), "a dark screen"


@pytest.mark.parametrize("period_px", [4, 9, 25])
def test_blinds_stripes_and_plaid_are_none(period_px: int) -> None:
    slats, bars = stripes(period_px, upright=False), stripes(period_px, upright=True)
    plaid = slats // 2 + bars // 2
    assert [seems_written(picture) for picture in (slats, bars, plaid)] == [False] * 3


def test_empty_wall_has_no_lines() -> None:
    assert line_count(np.full((181, 321), 90, dtype=np.uint8)) == 0

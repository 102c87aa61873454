"""Planar pictures: their views, their framing, and what is laid over them."""

import numpy as np
import pytest

from duskreel.edit.crop_path import View
from duskreel.edit.framing import Crop
from duskreel.export.compositing import lay_over, overlay_from_rgba, reframed
from duskreel.picture.planes import Planes, blank, size_of, split


def test_blank_picture_is_black_in_limited_range() -> None:
    luma, u, v = split(blank(8, 6))
    assert (luma == 16).all()
    assert (u == 128).all()
    assert (v == 128).all()


@pytest.mark.parametrize("size", [(8, 6), (2, 2), (640, 358), (1080, 1920)])
def test_planes_have_the_sizes_of_4_2_0(size: tuple[int, int]) -> None:
    width, height = size
    picture = blank(width, height)
    luma, u, v = split(picture)
    assert size_of(picture) == size
    assert luma.shape == (height, width)
    assert u.shape == v.shape == (height // 2, width // 2)


def test_views_write_through_to_the_picture() -> None:
    picture = blank(4, 4)
    split(picture)[2][:] = 200
    assert np.count_nonzero(picture == 200) == 4


def test_reframed_shows_only_the_crop() -> None:
    picture = blank(8, 4)
    luma, u, _ = split(picture)
    luma[:, 4:] = 200
    u[:, 2:] = 90
    framed_luma, framed_u, framed_v = split(reframed(picture, Crop(4, 0, 4, 4), blank(8, 8)))
    assert (framed_luma == 200).all()
    assert (framed_u == 90).all()
    assert (framed_v == 128).all()


def test_reframed_at_the_same_size_is_a_copy_to_the_letter() -> None:
    picture = blank(8, 4)
    picture[:] = np.arange(picture.size, dtype=np.uint8).reshape(picture.shape)
    framed = reframed(picture, Crop(0, 0, 8, 4), blank(8, 4))
    assert (framed == picture).all()
    assert not np.shares_memory(framed, picture)


def spotted(width: int, height: int) -> Planes:
    """A picture with a bright, soft, coloured spot in its middle, over dark noise."""
    picture = blank(width, height)
    random = np.random.default_rng(5)
    for plane, base, radius in zip(split(picture), (30, 120, 120), (8, 4, 4), strict=True):
        rows, columns = (np.arange(length) + 0.5 - length / 2 for length in plane.shape)
        spot = np.exp(-(rows[:, None] ** 2 + columns**2) / (2 * radius**2))
        plane[:] = np.rint(base + 120 * spot + random.uniform(0, 3, plane.shape))
    return picture


def spot_x(plane: Planes, base: int) -> float:
    """Where the middle of the spot is, in pixels from the left."""
    light = np.maximum(plane.astype(float) - base - 12, 0).sum(axis=0)
    return float((light * (np.arange(len(light)) + 0.5)).sum() / light.sum())


@pytest.mark.parametrize("target", [(90, 160), (180, 320), (540, 960)])
def test_slow_pan_moves_evenly_and_the_colours_with_it(target: tuple[int, int]) -> None:
    picture = spotted(640, 360)
    offsets = [200 + 0.1 * step for step in range(41)]
    across = target[0] / 180
    for plane, base, step in ((0, 30, 1), (1, 120, 2)):
        shown = [spot_x(split(reframed(picture, View(x, 20, 180, 320), blank(*target)))[plane], base) for x in offsets]
        expected = [(320 - x) * across / step for x in offsets]
        assert shown == pytest.approx(expected, abs=0.25)


@pytest.mark.parametrize("target", [(90, 160), (180, 320), (540, 960)])
@pytest.mark.parametrize("x", [0, 200, 460])
def test_no_jump_is_seen_where_a_move_begins(x: int, target: tuple[int, int]) -> None:
    picture = spotted(640, 360)
    rests = reframed(picture, View(x, 0, 180, 320), blank(*target)).astype(int)
    away = 0.01 if x < 460 else -0.01
    moves = reframed(picture, View(x + away, 0, 180, 320), blank(*target)).astype(int)
    assert np.abs(moves - rests).max() <= 2


@pytest.mark.parametrize("x", [0.5, 1.0, 459.5])
def test_edges_of_the_picture_stay_as_bright_between_pixels(x: float) -> None:
    picture = blank(640, 360)
    picture[:] = 150
    assert (reframed(picture, View(x, 40, 180, 320), blank(540, 960)) == 150).all()


def test_window_at_rest_shows_the_same_to_the_letter_as_its_crop() -> None:
    picture = spotted(640, 360)
    view, crop = View(202.0, 4.0, 180, 320), Crop(202, 4, 180, 320)
    assert (reframed(picture, view, blank(540, 960)) == reframed(picture, crop, blank(540, 960))).all()


def test_move_up_and_down_is_as_even() -> None:
    picture = np.array(spotted(360, 640))
    turned = blank(640, 360)
    for source, target in zip(split(picture), split(turned), strict=True):
        target[:] = source.T
    upright = split(reframed(picture, View(20, 200.3, 320, 180), blank(320, 180)))[0]
    sideways = split(reframed(turned, View(200.3, 20, 180, 320), blank(180, 320)))[0]
    assert (upright == sideways.T).all()


def test_opaque_paint_becomes_its_bt709_colour() -> None:
    picture = blank(8, 8)
    amber = np.full((4, 4, 4), (255, 196, 92, 255), dtype=np.uint8)
    lay_over(picture, overlay_from_rgba(amber, 2, 4))
    luma, u, v = (plane.astype(int) for plane in split(picture))
    # 16 + 219 * (0.2126 * 255 + 0.7152 * 196 + 0.0722 * 92) / 255 and so on, by hand
    assert luma[4, 2] == pytest.approx(189, abs=1)
    assert u[2, 1] == pytest.approx(76, abs=1)
    assert v[2, 1] == pytest.approx(157, abs=1)
    assert luma[3, 2] == luma[4, 1] == luma[4, 6] == 16


def test_clear_paint_changes_nothing() -> None:
    picture = blank(8, 8)
    picture[:] = 77
    before = picture.copy()
    lay_over(picture, overlay_from_rgba(np.zeros((4, 4, 4), dtype=np.uint8), 0, 0))
    assert (picture == before).all()


def test_half_clear_white_over_black_is_grey() -> None:
    picture = blank(4, 4)
    lay_over(picture, overlay_from_rgba(np.full((4, 4, 4), 128, dtype=np.uint8), 0, 0))
    luma, u, _ = split(picture)
    assert luma[0, 0] == pytest.approx((16 + 235) / 2, abs=1.5)
    assert u[0, 0] == 128


@pytest.mark.parametrize("alpha", [0, 1, 64, 127, 200, 254, 255])
def test_no_blend_overflows(alpha: int) -> None:
    picture = blank(4, 4)
    picture[:] = 255
    lay_over(picture, overlay_from_rgba(np.full((4, 4, 4), alpha, dtype=np.uint8), 0, 0))
    assert split(picture)[0].min() >= 234

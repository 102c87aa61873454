"""The bar that fills as a short plays."""

from itertools import groupby

import numpy as np
import pytest

from duskreel.export.compositing import lay_over
from duskreel.export.progress_bar import BAR_HEIGHT_PX, RIM_PX, ProgressBar
from duskreel.picture.planes import blank, split

X, Y, WIDTH_PX, DURATION_MS = 150, 270, 780, 20_000


def bar() -> ProgressBar:
    return ProgressBar(X, Y, WIDTH_PX, DURATION_MS)


def full_share(time_ms: int) -> float:
    """How much of the bar is amber: through that, nothing shines of what shines through an empty bar."""
    now, empty = (bar().overlay_at(at_ms).y_through.astype(float) for at_ms in (time_ms, 0))
    row = BAR_HEIGHT_PX // 2
    return float(np.mean((1 - now / empty)[row, RIM_PX:-RIM_PX]))


@pytest.mark.parametrize(("time_ms", "share"), [(0, 0.0), (5_000, 0.25), (10_000, 0.5), (20_000, 1.0), (30_000, 1.0)])
def test_bar_is_as_full_as_the_short_has_come(time_ms: int, share: float) -> None:
    assert full_share(time_ms) == pytest.approx(share, abs=1 / (WIDTH_PX - 2 * RIM_PX))


def test_bar_has_a_new_key_for_every_pixel_and_for_nothing_else() -> None:
    layer = bar()
    keys = [layer.key_at(time_ms) for time_ms in range(0, DURATION_MS + 1, 5)]
    assert len(set(keys)) == WIDTH_PX - 2 * RIM_PX + 1
    assert len(list(groupby(keys))) == len(set(keys))
    assert layer.overlay_at(10_000) is layer.overlay_at(10_001)


def test_every_step_of_the_bar_looks_as_if_it_were_painted_as_a_whole() -> None:
    small = ProgressBar(150, 270, 200, 1000)
    for time_ms in range(0, 1001, 5):
        grown, whole = small.overlay_at(time_ms), small._painted(small._full_px(time_ms), 0, 200)
        for name in ("y", "u", "v", "y_through", "uv_through"):
            assert (getattr(grown, name) == getattr(whole, name)).all(), (time_ms, name)


def test_bar_touches_no_more_of_the_picture_than_it_covers() -> None:
    overlay = bar().overlay_at(7000)
    covered = overlay.y_through < 256
    assert (overlay.x, overlay.y_top, covered.shape) == (X, Y, (BAR_HEIGHT_PX, WIDTH_PX))
    assert covered.any(axis=0).all()
    assert covered.any(axis=1).all()
    assert covered.mean() > 0.98


@pytest.mark.parametrize("brightness", [16, 235])
def test_bar_is_seen_on_dark_and_on_bright_pictures(brightness: int) -> None:
    picture = blank(1080, 1920)
    luma = split(picture)[0]
    luma[:] = brightness
    lay_over(picture, bar().overlay_at(10_000))
    row = luma[Y + BAR_HEIGHT_PX // 2, X + RIM_PX : X + WIDTH_PX - RIM_PX].astype(int)
    full, empty = row[: len(row) // 2 - 8], row[len(row) // 2 + 8 : -8]
    assert abs(full.mean() - brightness) > 40
    assert abs(empty.mean() - brightness) > 30
    assert abs(full.mean() - empty.mean()) > 15

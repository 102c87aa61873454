"""What the length of a short means for the platforms."""

import pytest

from duskreel.errors import DiaryError
from duskreel.export.presets import EVERYWHERE, PLATFORMS, check_length
from duskreel.export.style import STYLES


def test_three_seconds_are_enough_and_less_is_refused() -> None:
    assert check_length(3_000, PLATFORMS["tiktok"]) == []
    with pytest.raises(DiaryError, match=r"2\.9 s"):
        check_length(2_940, PLATFORMS["tiktok"])


@pytest.mark.parametrize(("duration_ms", "limit"), [(60_001, "1:00"), (90_001, "1:30"), (180_001, "3:00")])
def test_longer_shorts_are_warned_about_by_the_limit_they_passed(duration_ms: int, limit: str) -> None:
    (warning,) = check_length(duration_ms, PLATFORMS["tiktok"])
    assert limit in warning


def test_a_minute_to_the_dot_is_not_warned_about() -> None:
    assert check_length(60_000, PLATFORMS["shorts"]) == []


def test_what_the_platform_does_not_take_is_said_by_its_name() -> None:
    assert "YouTube Shorts" in check_length(181_000, PLATFORMS["shorts"])[0]


@pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))
def test_every_style_stays_inside_the_safe_zone(style: object) -> None:
    from duskreel.export.style import CaptionStyle

    assert isinstance(style, CaptionStyle)
    half = style.max_lines * style.line_height * style.text_size * 1080 / 1920 / 2
    assert style.centre - half >= EVERYWHERE.top
    assert style.centre + half <= EVERYWHERE.bottom
    assert style.widest <= 780 / 1080

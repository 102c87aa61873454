"""Both themes can be read, and the style sheet asks for nothing that they do not have."""

import re
from itertools import pairwise

import pytest

from duskreel.paths import resource
from duskreel.ui.theme import THEMES, Theme, contrast, style_sheet

TEXT_ON_GROUND = [
    *((text, ground) for text in ("text", "muted") for ground in ("ground", "surface", "raised")),
    ("on_accent", "accent"),
    ("on_danger", "danger"),
    ("danger", "surface"),
    ("danger", "raised"),
    ("good", "surface"),
]
BORDER_ON_GROUND = [(border, ground) for border in ("line", "focus", "chosen") for ground in ("ground", "surface")]


@pytest.fixture(params=sorted(THEMES))
def theme(request: pytest.FixtureRequest) -> Theme:
    return THEMES[request.param]


@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_has_a_contrast_of_four_and_a_half(theme: Theme, text: str, ground: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize(("border", "ground"), BORDER_ON_GROUND)
def test_borders_and_focus_have_a_contrast_of_three(theme: Theme, border: str, ground: str) -> None:
    assert contrast(getattr(theme, border), getattr(theme, ground)) >= 3


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_moods_differ_in_lightness_too(theme: Theme) -> None:
    contrasts = [contrast(colour, "#000000") for colour in theme.moods]
    assert all(later > earlier * 1.12 for earlier, later in pairwise(contrasts))


def test_the_style_sheet_is_filled_in_completely(theme: Theme) -> None:
    sheet = style_sheet(theme, 15)
    assert "@" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    assert theme.accent in sheet
    assert "15px" in sheet


def test_every_picture_that_the_style_sheet_names_is_there(theme: Theme) -> None:
    for path in re.findall(r"url\(\"?(.*?)\"?\)", style_sheet(theme, 15)):
        assert resource(f"icons/{path.rsplit('/', 1)[-1]}").exists()

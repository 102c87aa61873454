"""Colours between moods."""

import pytest

from duskreel.library.entry import Mood
from duskreel.ui.mood_look import ink_on, mean_colour
from duskreel.ui.theme import DARK, LIGHT, Theme, contrast


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_a_mean_of_one_mood_is_its_colour(theme: Theme) -> None:
    assert [mean_colour(theme, float(mood)).name() for mood in Mood] == list(theme.moods)


def test_half_way_is_between_its_neighbours() -> None:
    low, high, middle = (mean_colour(DARK, mean) for mean in (2.0, 3.0, 2.5))
    assert min(low.green(), high.green()) < middle.green() < max(low.green(), high.green())


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_faces_can_be_seen_on_every_mean(theme: Theme) -> None:
    for tenths in range(10, 51):
        colour = mean_colour(theme, tenths / 10)
        assert contrast(ink_on(theme, colour), colour.name()) >= 3.0

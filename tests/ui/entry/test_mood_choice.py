"""A mood in one line, however long its name is."""

import pytest
from pytestqt.qtbot import QtBot

from duskreel.library.entry import Mood
from duskreel.ui.entry.mood_choice import MoodChoice
from duskreel.ui.theme import DARK

LONG = "Heavy as a wet coat & a hat"
NAMES = ("awful", LONG, "okay", "good", "great")


@pytest.fixture
def choice(qtbot: QtBot) -> MoodChoice:
    made = MoodChoice("How it felt", NAMES, DARK)
    qtbot.addWidget(made)
    made.set_mood(Mood.BAD)
    made.resize(600, 40)
    made.show()
    return made


def test_where_there_is_room_the_whole_name_is_shown(choice: MoodChoice) -> None:
    assert choice.text() == LONG.replace("&", "&&")


def test_a_long_name_ends_in_an_ellipsis_and_is_told_whole(choice: MoodChoice) -> None:
    choice.resize(120, 40)
    assert choice.text().endswith("…")
    assert LONG.startswith(choice.text()[:-1])
    assert choice.fontMetrics().horizontalAdvance(choice.text()) < 120
    assert choice.toolTip() == choice.accessibleName() == f"How it felt: {LONG}"


def test_it_asks_for_the_room_of_the_whole_name_and_makes_do_with_less(choice: MoodChoice) -> None:
    wide = choice.sizeHint().width()
    choice.resize(120, 40)
    assert abs(choice.sizeHint().width() - wide) <= choice.fontMetrics().horizontalAdvance("&")
    assert choice.minimumSizeHint().width() < 120

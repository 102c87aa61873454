"""Five moods, by mouse and by key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from duskreel.library.entry import Mood
from duskreel.settings import Settings
from duskreel.ui import theme as themes
from duskreel.ui.theme import Theme, contrast
from duskreel.ui.widgets.mood_picker import MoodPicker

NAMES = Settings().mood_names


@pytest.fixture
def picker(qtbot: QtBot) -> MoodPicker:
    made = MoodPicker(NAMES, themes.DARK)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_number_chooses(qtbot: QtBot, picker: MoodPicker) -> None:
    with qtbot.waitSignal(picker.chosen, check_params_cb=lambda mood: mood is Mood.BAD):
        QTest.keyClick(picker, Qt.Key.Key_2)
    assert picker.mood is Mood.BAD
    assert [button.isChecked() for button in picker.buttons] == [False, True, False, False, False]


def test_choosing_again_takes_it_back(qtbot: QtBot, picker: MoodPicker) -> None:
    picker.buttons[4].click()
    with qtbot.waitSignal(picker.chosen, check_params_cb=lambda mood: mood is None):
        picker.buttons[4].click()
    assert picker.mood is None
    assert not any(button.isChecked() for button in picker.buttons)


def test_showing_a_mood_tells_nobody(qtbot: QtBot, picker: MoodPicker) -> None:
    with qtbot.assertNotEmitted(picker.chosen):
        picker.set_mood(Mood.GOOD)
    assert picker.mood is Mood.GOOD


def test_the_arrows_go_around_and_the_space_bar_chooses(picker: MoodPicker) -> None:
    picker.buttons[0].setFocus()
    QTest.keyClick(picker.buttons[0], Qt.Key.Key_Left)
    assert picker.buttons[4].hasFocus()
    QTest.keyClick(picker.buttons[4], Qt.Key.Key_Space)
    assert picker.mood is Mood.GREAT


def test_every_mood_has_a_name_to_be_read_out(picker: MoodPicker) -> None:
    assert tuple(button.accessibleName() for button in picker.buttons) == NAMES


def test_a_second_picker_leaves_the_numbers_to_the_first(qtbot: QtBot, picker: MoodPicker) -> None:
    second = MoodPicker(NAMES, themes.DARK, keys=False)
    second.setParent(picker)
    second.show()
    QTest.keyClick(picker, Qt.Key.Key_3)
    assert (picker.mood, second.mood) == (Mood.OKAY, None)


@pytest.mark.parametrize("theme", [themes.DARK, themes.LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("mood", list(Mood))
def test_the_face_can_be_told_from_its_colour(qtbot: QtBot, theme: Theme, mood: Mood) -> None:
    picker = MoodPicker(NAMES, theme)
    qtbot.addWidget(picker)
    button = picker.buttons[mood - 1]
    colour = theme.mood(mood)
    assert contrast(button._ink(colour).name(), colour.name()) >= 3


def test_long_names_make_the_picker_no_wider_than_its_place(qtbot: QtBot) -> None:
    made = MoodPicker(("Somewhere far in between",) * 5, themes.DARK)
    qtbot.addWidget(made)
    made.resize(600, 120)
    made.show()
    assert made.minimumSizeHint().width() <= 600
    assert all(button.geometry().right() < 600 for button in made.buttons)

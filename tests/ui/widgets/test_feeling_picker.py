"""Words for how it feels: the likely ones first."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from duskreel.library.entry import Mood
from duskreel.settings import FEELINGS
from duskreel.ui import theme as themes
from duskreel.ui.widgets.feeling_picker import _SUITED, FIRST_SHOWN, FeelingPicker, in_order


@pytest.fixture
def picker(qtbot: QtBot) -> FeelingPicker:
    made = FeelingPicker(FEELINGS, themes.DARK)
    qtbot.addWidget(made)
    made.resize(800, 200)
    made.show()
    return made


def visible(picker: FeelingPicker) -> list[str]:
    return [word for word in picker.shown() if picker._chips[word].isVisible()]


def test_what_suits_the_mood_comes_first(picker: FeelingPicker) -> None:
    picker.suggest_for(Mood.AWFUL)
    assert {"sad", "drained"} < set(visible(picker))
    picker.suggest_for(Mood.GREAT)
    assert {"joyful", "proud"} < set(visible(picker))
    assert "sad" not in visible(picker)
    assert len(visible(picker)) == FIRST_SHOWN


def test_more_shows_all_the_others(picker: FeelingPicker) -> None:
    assert picker.more.isVisible()
    picker.more.click()
    assert sorted(visible(picker)) == sorted(FEELINGS)
    assert not picker.more.isVisible()


def test_a_click_chooses_and_another_takes_it_back(qtbot: QtBot, picker: FeelingPicker) -> None:
    with qtbot.waitSignal(picker.changed, check_params_cb=lambda words: words == ("calm",)):
        picker._chips["calm"].click()
    assert picker.chosen == ("calm",)
    picker._chips["calm"].click()
    assert picker.chosen == ()


def test_a_chosen_word_stays_in_sight_when_the_mood_changes(picker: FeelingPicker) -> None:
    picker.suggest_for(Mood.GREAT)
    picker._chips["joyful"].click()
    picker.suggest_for(Mood.AWFUL)
    assert "joyful" in visible(picker)


def test_a_word_that_is_no_longer_in_the_list_is_still_shown(qtbot: QtBot, picker: FeelingPicker) -> None:
    with qtbot.assertNotEmitted(picker.changed):
        picker.set_chosen(("wistful",))
    assert picker._chips["wistful"].isChecked()
    assert "wistful" in visible(picker)


def test_the_next_take_begins_with_the_few_words_again(picker: FeelingPicker) -> None:
    picker.more.click()
    picker._chips["ashamed"].click()
    picker.set_chosen(())
    assert not picker._chips["ashamed"].isChecked()
    assert len(visible(picker)) == FIRST_SHOWN


def test_words_of_the_users_own_come_before_ours() -> None:
    assert in_order(["wistful", *FEELINGS], Mood.BAD)[0] == "wistful"


def test_every_suggestion_is_a_word_of_the_list() -> None:
    assert {word for words in _SUITED.values() for word in words} <= set(FEELINGS)
    assert {len(words) for words in _SUITED.values()} == {FIRST_SHOWN}


def test_a_layout_gives_it_the_height_of_its_rows_and_no_more(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    picker = FeelingPicker(FEELINGS, themes.DARK)
    rows = QVBoxLayout(window)
    rows.addWidget(picker)
    rows.addStretch()
    window.resize(900, 700)
    window.show()
    row_px = picker._chips["calm"].height()
    assert picker.height() < 2 * row_px
    picker.more.click()
    qtbot.waitUntil(lambda: picker.height() > 3 * row_px)
    assert window.height() == 700

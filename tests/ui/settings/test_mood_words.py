"""The user's own words for moods and feelings."""

import pytest
from pytestqt.qtbot import QtBot

from duskreel.settings import FEELINGS, Settings
from duskreel.ui.preferences import Preferences
from duskreel.ui.settings.mood_words import MoodWords
from duskreel.ui.theme import DARK

USUAL = Settings().mood_names


@pytest.fixture
def words(qtbot: QtBot, preferences: Preferences) -> MoodWords:
    preferences.change(mood_names=("one", "two", "three", "four", "five"), feelings=("calm", "sad"))
    made = MoodWords(preferences, DARK)
    qtbot.addWidget(made)
    return made


def test_it_shows_what_holds(words: MoodWords) -> None:
    assert [field.text() for field in words.names] == ["one", "two", "three", "four", "five"]
    assert words.feelings.toPlainText() == "calm, sad"


def test_a_name_is_kept_when_it_is_complete(qtbot: QtBot, words: MoodWords, preferences: Preferences) -> None:
    words.names[0].selectAll()
    qtbot.keyClicks(words.names[0], " grim ")
    assert preferences.now.mood_names[0] == "one"
    words.names[0].editingFinished.emit()
    assert preferences.now.mood_names == ("grim", "two", "three", "four", "five")


def test_what_is_still_being_typed_is_kept_when_the_page_is_left(
    qtbot: QtBot, words: MoodWords, preferences: Preferences
) -> None:
    words.names[0].selectAll()
    qtbot.keyClicks(words.names[0], "grim")
    words.settle()
    assert preferences.now.mood_names[0] == "grim"


def test_a_mood_without_a_name_gets_its_usual_one(words: MoodWords, preferences: Preferences) -> None:
    words.names[4].setText("   ")
    words.settle()
    assert preferences.now.mood_names == ("one", "two", "three", "four", USUAL[4])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("calm, proud", ("calm", "proud")),
        (" calm ,, proud ,", ("calm", "proud")),
        ("calm\nproud\n", ("calm", "proud")),
        ("calm, sad, calm", ("calm", "sad")),
        ("at ease, not quite here", ("at ease", "not quite here")),
        ("", ()),
    ],
)
def test_feelings_are_a_list_with_commas(
    words: MoodWords, preferences: Preferences, typed: str, kept: tuple[str, ...]
) -> None:
    words.feelings.setPlainText(typed)
    assert preferences.now.feelings == kept


def test_the_usual_words_come_back(words: MoodWords, preferences: Preferences) -> None:
    words.usual.click()
    assert (preferences.now.mood_names, preferences.now.feelings) == (USUAL, FEELINGS)
    assert words.names[0].text() == USUAL[0]
    assert words.feelings.toPlainText().startswith("amazed, excited")

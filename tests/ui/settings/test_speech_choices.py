"""Which model listens, and how another one comes here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from duskreel.errors import DiaryError
from duskreel.paths import Places
from duskreel.progress import CancelToken, unheard
from duskreel.speech.models import DOWNLOADABLE
from duskreel.ui.background import Background
from duskreel.ui.preferences import Preferences
from duskreel.ui.settings.speech_choices import ModelRequest, SpeechChoices, bring_model
from duskreel.ui.worker import Worker


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def worker(failures: list[DiaryError]) -> Iterator[Worker]:
    made = Worker("test", failures.append)
    yield made
    made.close()


@pytest.fixture
def choices(
    qtbot: QtBot, preferences: Preferences, background: Background, worker: Worker, places: Places, said: list[str]
) -> SpeechChoices:
    background.hold()
    return SpeechChoices(preferences, background, said.append, worker, places)


def put_model(places: Places, name: str) -> None:
    """A folder that looks like a whole model."""
    folder = places.models / name
    folder.mkdir(parents=True)
    for file in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / file).write_bytes(b"{}")


def refresh(qtbot: QtBot, choices: SpeechChoices) -> list[str]:
    """Look at the disk; returns what the menu offers."""
    choices._menu.clear()
    choices.refresh()
    qtbot.waitUntil(lambda: not choices._menu.isEmpty())
    return [action.text() for action in choices._menu.actions() if action.text()]


def test_models_that_are_here_can_be_chosen_and_others_fetched(
    qtbot: QtBot, choices: SpeechChoices, places: Places, preferences: Preferences
) -> None:
    put_model(places, "small")
    menu = refresh(qtbot, choices)
    assert choices.model.findData("small") >= 0
    assert not [label for label in menu if "“small”" in label], "it is here"
    assert any("“medium”" in label and "MB" in label for label in menu), "the size is told before"
    assert menu[-1] == "From a folder…"
    choices.model.setCurrentIndex(choices.model.findData("small"))
    choices.model.activated.emit(choices.model.currentIndex())
    assert preferences.now.speech_model == "small"


def test_a_chosen_model_that_is_gone_stays_chosen_and_says_so(
    qtbot: QtBot, choices: SpeechChoices, preferences: Preferences
) -> None:
    preferences.change(speech_model="mine")
    refresh(qtbot, choices)
    assert choices.model.currentText() == "mine (not here)"
    assert preferences.now.speech_model == "mine"


def test_a_download_is_asked_for_by_name(
    qtbot: QtBot, choices: SpeechChoices, background: Background, places: Places
) -> None:
    assert "small" in DOWNLOADABLE
    refresh(qtbot, choices)
    next(action for action in choices._menu.actions() if "“small”" in action.text()).trigger()
    assert background.waiting[0].inputs == ModelRequest("small", places.models)
    assert not background.waiting[0].yields


def test_a_folder_is_brought_in_under_its_own_name(
    choices: SpeechChoices, background: Background, places: Places, tmp_path: Path
) -> None:
    choices._import(str(tmp_path / "mine"))
    assert background.waiting[0].inputs == ModelRequest("mine", places.models, tmp_path / "mine")


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(DiaryError, match="not a whole speech model"):
        bring_model(ModelRequest("mine", tmp_path / "models", tmp_path / "mine"), progress=unheard, token=CancelToken())


@pytest.mark.parametrize("is_gone", [False, True], ids=["open", "gone"])
def test_a_model_that_has_come_is_used_even_if_the_page_is_gone_by_then(
    choices: SpeechChoices, background: Background, preferences: Preferences, said: list[str], is_gone: bool
) -> None:
    choices._bring(ModelRequest("small", Path("models")))
    job = background.waiting[0]
    if is_gone:
        delete(choices)
    job.done("small")
    assert preferences.now.speech_model == "small"
    assert said == ["The model “small” is here, and is used from now on."]


def test_the_language_and_the_wish_are_kept(choices: SpeechChoices, preferences: Preferences) -> None:
    choices.language.setCurrentIndex(choices.language.findData("de"))
    choices.language.activated.emit(choices.language.currentIndex())
    choices.by_itself.click()
    assert (preferences.now.language, preferences.now.transcribes_by_itself) == ("de", False)

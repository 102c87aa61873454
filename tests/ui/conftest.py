"""A diary in its thread, and what pages are given, without a window around it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from duskreel.errors import DiaryError
from duskreel.library.values import DiaryLocation
from duskreel.settings import Settings
from duskreel.ui.background import Background
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.preferences import Preferences


@pytest.fixture
def failures() -> list[DiaryError]:
    """Every failure that the user would have been told of."""
    return []


@pytest.fixture
def location(tmp_path: Path) -> DiaryLocation:
    return DiaryLocation(tmp_path / "diary", tmp_path / "state")


@pytest.fixture
def diary_thread(qtbot: QtBot, location: DiaryLocation, failures: list[DiaryError]) -> Iterator[DiaryThread]:
    """The window's diary, open."""
    thread = DiaryThread(location, failures.append)
    is_open: list[bool] = []
    thread.open(lambda: is_open.append(True))
    qtbot.waitUntil(lambda: bool(is_open))
    yield thread
    thread.close()


@pytest.fixture
def preferences(tmp_path: Path, failures: list[DiaryError]) -> Iterator[Preferences]:
    held = Preferences(Settings(), tmp_path / "config", failures.append)
    yield held
    held.close()


@pytest.fixture
def background(failures: list[DiaryError]) -> Iterator[Background]:
    made = Background(failures.append, lambda details: pytest.fail(details))
    yield made
    made.close()


@pytest.fixture
def asked(qtbot: QtBot, diary_thread: DiaryThread) -> Callable[..., object]:
    """Asks the diary and waits for the answer."""

    def ask(question: Callable[..., object]) -> object:
        answers: list[object] = []
        diary_thread.ask(question, answers.append)
        qtbot.waitUntil(lambda: bool(answers))
        return answers[0]

    return ask

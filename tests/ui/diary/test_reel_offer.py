"""The offer of a reel in the month and in the year."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from duskreel.library.values import DiaryLocation
from duskreel.memories.recap import Stretch
from duskreel.ui.diary.diary_header import DAYS, MONTH, MOODS, YEAR
from duskreel.ui.diary.diary_page import DiaryPage
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages
from duskreel.ui.preferences import Preferences
from duskreel.ui.theme import DARK
from memories.felt import felt, plant

TODAY = date(2026, 11, 23)
ENTRIES = (felt("2026-11-20", 2), replace(felt("2026-10-02", 1), hidden_from_memories=True), felt("2025-03-01", 4))


@pytest.fixture
def page(
    qtbot: QtBot,
    location: DiaryLocation,
    diary_thread: DiaryThread,
    preferences: Preferences,
    window: QMainWindow,
    messages: Messages,
) -> DiaryPage:
    plant(location.folder, ENTRIES)
    diary_thread.change(lambda diary: diary.reindex())
    made = DiaryPage(diary_thread, preferences, messages, DARK, lambda: TODAY)
    window.setCentralWidget(made)
    window.show()
    made.enter()
    qtbot.waitUntil(made.grid.isVisible)
    return made


@pytest.mark.parametrize(("view", "days"), [(MONTH, "2026-11"), (YEAR, "2026")])
def test_a_reel_can_be_asked_for_of_what_is_in_sight(qtbot: QtBot, page: DiaryPage, view: str, days: str) -> None:
    page.header.views.buttons[view].click()
    qtbot.waitUntil(page.reel.button.isEnabled)
    with qtbot.waitSignal(page.reel_asked) as asked:
        page.reel.button.click()
    assert asked.args == [Stretch.named(days)]


def test_where_a_reel_may_show_nothing_it_is_not_offered(
    qtbot: QtBot, page: DiaryPage, asked: Callable[..., object]
) -> None:
    page.header.views.buttons[MONTH].click()
    qtbot.waitUntil(page.reel.button.isEnabled)
    page.header.earlier.click()
    asked(lambda diary: diary.tags())
    assert not page.reel.button.isEnabled(), "its only entry is kept out of memories"
    assert "October 2026" in page.reel.button.accessibleDescription()
    page.header.later.click()
    qtbot.waitUntil(page.reel.button.isEnabled)


def test_days_and_moods_are_no_stretch_of_days(qtbot: QtBot, page: DiaryPage) -> None:
    page.header.views.buttons[MONTH].click()
    assert page.reel.button.isVisible()
    for view in (DAYS, MOODS):
        page.header.views.buttons[view].click()
        assert not page.reel.button.isVisible()

"""Searches with names, beside the search field."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from duskreel.library import searches
from duskreel.ui.diary.saved_searches import NameDialog, SavedSearches
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages
from duskreel.ui.theme import DARK


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def saved(window: QMainWindow, diary_thread: DiaryThread) -> SavedSearches:
    made = SavedSearches(diary_thread, lambda: "mood:1..2 river", Messages(window, DARK), DARK)
    window.setCentralWidget(made)
    window.show()
    return made


def opened(qtbot: QtBot, saved: SavedSearches) -> QMenu:
    saved.menu.clear()
    saved.button.click()
    qtbot.waitUntil(lambda: bool(saved.menu.actions()))
    saved.menu.hide()
    return saved.menu


def item(menu: QMenu, label: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == label)


def submenu(menu: QMenu, label: str) -> QMenu:
    return item(menu, label).menu()  # type: ignore[return-value]


def give_name(qtbot: QtBot, saved: SavedSearches, name: str) -> None:
    dialog = saved.findChild(NameDialog)
    dialog.name.setText(name)
    dialog.yes.click()
    qtbot.waitUntil(lambda: saved.findChild(NameDialog) is None)


def names(asked: Callable[..., object]) -> list[tuple[str, str]]:
    return asked(lambda diary: [(each.name, each.query) for each in searches.load(diary.location.folder)])  # type: ignore[return-value]


def test_a_search_is_saved_used_renamed_and_removed(
    qtbot: QtBot, saved: SavedSearches, asked: Callable[..., object]
) -> None:
    menu = opened(qtbot, saved)
    assert not item(menu, "No saved searches yet").isEnabled()
    item(menu, "Save this search…").trigger()
    assert not saved.findChild(NameDialog).yes.isEnabled()
    give_name(qtbot, saved, "Hard & low")
    assert names(asked) == [("Hard & low", "mood:1..2 river")]

    with qtbot.waitSignal(saved.chosen) as chosen:
        item(opened(qtbot, saved), "Hard && low").trigger()
    assert chosen.args == ["mood:1..2 river"]

    item(submenu(opened(qtbot, saved), "Rename"), "Hard && low…").trigger()
    give_name(qtbot, saved, "Low")
    assert names(asked) == [("Low", "mood:1..2 river")]

    item(submenu(opened(qtbot, saved), "Remove"), "Low").trigger()
    qtbot.waitUntil(lambda: not names(asked))


def test_nothing_is_nothing_to_save(qtbot: QtBot, window: QMainWindow, diary_thread: DiaryThread) -> None:
    made = SavedSearches(diary_thread, lambda: "", Messages(window, DARK), DARK)
    qtbot.addWidget(made)
    made.show()
    assert not item(opened(qtbot, made), "Save this search…").isEnabled()

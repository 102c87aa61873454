"""The window around the pages: where one goes, what it asks before it closes, and what can be dropped on it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from duskreel.ui.background import Background, Job
from duskreel.ui.main_window import MainWindow, Place
from duskreel.ui.messages import Question
from duskreel.ui.page import Page
from duskreel.ui.shortcut_sheet import ShortcutSheet
from duskreel.ui.theme import DARK
from ui.work import double

CONTROL, NO_MODIFIER = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


class Noted(Page):
    """A page that notes what happens to it."""

    def __init__(self, name: str, notes: list[str]) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.name, self.notes, self.reason = name, notes, ""
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)

    def enter(self) -> None:
        self.notes.append(f"enter {self.name}")

    def leave(self) -> None:
        self.notes.append(f"leave {self.name}")

    def reason_to_stay(self) -> str:
        return self.reason


@pytest.fixture
def notes() -> list[str]:
    return []


@pytest.fixture
def window(qtbot: QtBot, background: Background, notes: list[str]) -> MainWindow:
    """With a place to record, a diary, and a page that only the diary leads to."""
    made = MainWindow(background, DARK)
    qtbot.addWidget(made, before_close_func=lambda window: window._close_anyway())
    for name, keys in (("record", "Ctrl+1"), ("diary", "Ctrl+2")):
        made.add(Place(name, name.title(), name, keys, Noted(name, notes)))
    made.add_page("entry", Noted("entry", notes), below="diary")
    made.show()
    made.go_to("record")
    return made


def page(window: MainWindow, name: str) -> Noted:
    found = window._pages[name]
    assert isinstance(found, Noted)
    return found


def marked(window: MainWindow) -> list[str]:
    """The places whose buttons say: you are here."""
    return [name for name, button in window._buttons.items() if button.isChecked()]


def dropped(*paths: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl(path) if "://" in path else QUrl.fromLocalFile(path) for path in paths])
    return mime


def test_a_page_is_left_before_the_next_one_is_entered(window: MainWindow, notes: list[str]) -> None:
    window.go_to("diary")
    assert notes == ["enter record", "leave record", "enter diary"]
    assert (window.shown, window.shown_name) == (page(window, "diary"), "diary")
    assert page(window, "diary").isVisible()


def test_going_where_one_is_changes_nothing(window: MainWindow, notes: list[str]) -> None:
    window.go_to("record")
    assert notes == ["enter record"]


def test_a_page_that_is_entered_gets_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    window.go_to("diary")
    qtbot.waitUntil(page(window, "diary").hasFocus)


def test_the_place_is_marked_also_on_a_page_below_it(window: MainWindow) -> None:
    assert marked(window) == ["record"]
    window.go_to("entry")
    assert marked(window) == ["diary"]
    window._buttons["diary"].click()
    assert window.shown_name == "diary"


def test_keys_lead_to_places_and_to_the_search(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert window.shown_name == "diary"
    with qtbot.waitSignal(window.search_asked):
        qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)


def test_nothing_leads_away_from_a_recording(qtbot: QtBot, window: MainWindow) -> None:
    window.lock_navigation(is_locked=True)
    with qtbot.assertNotEmitted(window.search_asked):
        qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    window._buttons["diary"].click()
    assert window.shown_name == "record"
    window.lock_navigation(is_locked=False)
    window._buttons["diary"].click()
    assert window.shown_name == "diary"


def test_a_question_mark_shows_the_keys_unless_it_is_typed(qtbot: QtBot, window: MainWindow) -> None:
    field = page(window, "record").field
    field.setFocus()
    qtbot.keyClick(field, "?")
    assert field.text() == "?"
    assert window.findChild(ShortcutSheet) is None
    window.setFocus()
    qtbot.keyClick(window, "?")
    assert window.findChild(ShortcutSheet).isVisible()


def test_the_whole_screen_and_back(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def test_it_closes_when_nothing_speaks_against_it(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.closing):
        assert window.close()


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_page_may_have_a_reason_to_stay(qtbot: QtBot, window: MainWindow, answer: str) -> None:
    page(window, "record").reason = "A recording is going on."
    closed: list[bool] = []
    window.closing.connect(lambda: closed.append(True))
    assert not window.close()
    question = window.findChild(Question)
    getattr(question, answer).click()
    assert bool(closed) is (answer == "yes") is not window.isVisible()


def test_work_that_would_have_to_be_begun_again_is_told(window: MainWindow, background: Background) -> None:
    background.hold()
    background.submit(Job("Writing down what you said", double, 1))
    assert window._unfinished_work() == "", "what is begun again by itself is no reason"
    background.submit(Job("Importing a.mp4", double, 1, yields=False))
    assert not window.close(), "also while it waits for its turn"
    assert window._unfinished_work().startswith("“Importing a.mp4” is not finished")
    background.submit(Job("Importing b.mp4", double, 1, yields=False))
    assert window._unfinished_work().startswith("“Importing a.mp4” and 1 more are not finished")


def test_work_that_goes_on_is_told(window: MainWindow, background: Background) -> None:
    background.submit(Job("Making your short", double, 1, yields=False))
    assert background.running is not None
    assert not window.close()


def test_files_that_are_dropped_are_handed_on(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    one, other = str(tmp_path / "one.mp4"), str(tmp_path / "zwei ü.mov")
    mime = dropped(one, "https://example.org/film.mp4", other)
    entering = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, NO_MODIFIER)
    entering.ignore()
    window.dragEnterEvent(entering)
    assert entering.isAccepted()
    with qtbot.waitSignal(window.files_dropped) as told:
        window.dropEvent(
            QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, NO_MODIFIER)
        )
    assert told.args == [[one, other]]


def test_a_link_is_not_taken(window: MainWindow) -> None:
    mime = dropped("https://example.org/film.mp4")
    entering = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, NO_MODIFIER)
    entering.ignore()
    window.dragEnterEvent(entering)
    assert not entering.isAccepted()


def test_a_window_that_goes_leaves_its_page_once(window: MainWindow, notes: list[str]) -> None:
    window.leave_page()
    window.leave_page()
    assert notes == ["enter record", "leave record"]
    assert (window.shown, window.shown_name) == (None, "")


def test_a_page_that_says_nothing_holds_nobody(qtbot: QtBot) -> None:
    plain = Page()
    qtbot.addWidget(plain)
    plain.enter()
    plain.leave()
    assert plain.reason_to_stay() == ""


def test_a_page_is_built_when_it_is_first_wanted(window: MainWindow, notes: list[str]) -> None:
    built: list[str] = []

    def build(name: str) -> Page:
        built.append(name)
        return Noted(name, notes)

    window.add(Place("settings", "Settings", "settings", "Ctrl+,", lambda: build("settings")))
    window.add_page("help", lambda: build("help"), below="settings")
    assert built == []
    window.go_to("settings")
    assert built == ["settings"]
    assert window.shown is window.page("settings")
    assert window.build_next()
    assert built == ["settings", "help"]
    assert not window.build_next()

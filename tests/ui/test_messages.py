"""Messages: errors stay, news goes, and nothing is lost without a question."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from duskreel.errors import DiaryError
from duskreel.ui import messages as module
from duskreel.ui.messages import MOST_SHOWN, Action, Messages, Question
from duskreel.ui.theme import DARK


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(900, 600)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def messages(window: QWidget) -> Messages:
    return Messages(window, DARK)


def test_a_failure_says_what_happened_and_what_to_do(messages: Messages, window: QWidget) -> None:
    messages.fail(DiaryError("The disk is full.", "Make room."))
    assert messages.shown() == ["The disk is full."]
    names = [widget.accessibleName() for widget in window.findChildren(QWidget)]
    assert "The disk is full. Make room." in names


def test_the_same_failure_is_not_shown_twice(messages: Messages) -> None:
    for _ in range(3):
        messages.fail(DiaryError("The disk is full.", "Make room."))
    assert len(messages.shown()) == 1


def test_only_the_newest_few_stay(messages: Messages) -> None:
    for number in range(MOST_SHOWN + 2):
        messages.tell(f"Message {number}.")
    assert messages.shown() == [f"Message {number}." for number in range(2, MOST_SHOWN + 2)]


def test_news_goes_away_by_itself(qtbot: QtBot, messages: Messages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SHOWN_MS", 20)
    messages.say("Kept.")
    messages.tell("Stays.")
    qtbot.waitUntil(lambda: messages.shown() == ["Stays."])


def test_an_action_is_done_once_and_closes_its_message(messages: Messages, window: QWidget) -> None:
    done: list[int] = []
    messages.say("In the bin.", Action("Undo", lambda: done.append(1)))
    button = next(button for button in window.findChildren(QPushButton) if button.text() == "Undo")
    button.click()
    assert done == [1]
    assert messages.shown() == []


def test_messages_lie_one_above_the_other_inside_the_window(messages: Messages, window: QWidget) -> None:
    messages.fail(
        DiaryError("A long sentence about what happened that needs two lines.", "And what to do about it. " * 5)
    )
    messages.say("Short.")
    cards = [card for card in window.children() if isinstance(card, QWidget)]
    first, second = sorted((card.geometry() for card in cards), key=lambda area: area.top())
    assert first.bottom() < second.top()
    assert window.rect().contains(first)
    assert window.rect().contains(second)


def test_messages_stay_off_what_must_be_in_reach_while_it_is_in_sight(messages: Messages, window: QWidget) -> None:
    bar = QWidget(window)
    bar.setGeometry(100, 500, 500, 80)
    messages.keep_clear_of(bar)
    messages.say("Short.")
    (card,) = [each for each in window.findChildren(QFrame) if each.accessibleName() == "Short."]
    in_the_corner = card.geometry()
    bar.show()
    assert card.geometry().bottom() < bar.geometry().top()
    bar.move(100, 300)
    assert card.geometry().bottom() < bar.geometry().top(), "it follows"
    bar.setGeometry(0, 500, in_the_corner.left(), 80)
    assert card.geometry() == in_the_corner, "beside it there is room"
    bar.setGeometry(100, 500, 500, 80)
    bar.hide()
    assert card.geometry() == in_the_corner


@pytest.mark.parametrize(("answer", "expected"), [("yes", [1]), ("no", [])])
def test_a_question_does_something_only_if_the_answer_is_yes(
    qtbot: QtBot, messages: Messages, window: QWidget, answer: str, expected: list[int]
) -> None:
    done: list[int] = []
    messages.confirm("Discard?", "It goes to the bin.", "Discard", lambda: done.append(1))
    question = window.findChild(Question)
    assert question.no.isDefault(), "Enter loses nothing"
    getattr(question, answer).click()
    assert done == expected


def test_what_is_said_after_another_window_took_over_is_said_there(
    qtbot: QtBot, messages: Messages, window: QWidget
) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    other.resize(900, 600)
    successor = Messages(other, DARK)
    messages.fail(DiaryError("The disk is full.", "Make room."))
    messages.hand_over(successor)
    messages.say("Your short is ready.")
    assert successor.shown() == ["The disk is full.", "Your short is ready."]


def test_what_a_file_is_called_is_never_markup(messages: Messages, window: QWidget) -> None:
    messages.say("<b>clip</b>.mp4 is in your diary.")
    labels = [label for label in window.findChildren(QLabel) if "clip" in label.text()]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_a_window_can_be_deleted_with_what_messages_keep_clear_of(qtbot: QtBot) -> None:
    window = QWidget()
    bar = QLabel("bar", window)
    messages = Messages(window, DARK)
    messages.keep_clear_of(bar)
    messages.say("Kept.")
    window.show()
    qtbot.waitUntil(window.isVisible)
    delete(window)
    assert not isValid(bar)

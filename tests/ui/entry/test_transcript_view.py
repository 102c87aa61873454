"""Reading along, choosing words, correcting them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from duskreel.ui.entry.transcript_view import TranscriptView
from duskreel.ui.entry.word_looks import remark
from duskreel.ui.theme import DARK
from ui.spoken_entries import words_of

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(qtbot: QtBot) -> TranscriptView:
    made = TranscriptView(DARK)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.set_words(words_of("I at least(?) went home. Then it rained."), frozenset())
    made.show()
    return made


def middle(view: TranscriptView, position: int) -> QPoint:
    return view.rect_of(position).center()


def struck_out(view: TranscriptView) -> str:
    return "".join(letter for offset, letter in enumerate(view.toPlainText()) if _format(view, offset).fontStrikeOut())


def _format(view: TranscriptView, offset: int):  # type: ignore[no-untyped-def]
    cursor = view.textCursor()
    cursor.setPosition(offset + 1)
    return cursor.charFormat()


def test_click_on_a_word_goes_there(qtbot: QtBot, view: TranscriptView) -> None:
    with qtbot.waitSignal(view.asked_to_go) as asked:
        QTest.mouseClick(view.viewport(), LEFT, NO_KEY, middle(view, 3))
    assert asked.args == [600]
    assert view.chosen == (3, 3)


def test_click_beside_the_words_chooses_none(view: TranscriptView) -> None:
    view.choose(2)
    QTest.mouseClick(view.viewport(), LEFT, NO_KEY, QPoint(350, 280))
    assert view.chosen is None


def test_drag_chooses_words_and_goes_nowhere(qtbot: QtBot, view: TranscriptView) -> None:
    with qtbot.assertNotEmitted(view.asked_to_go):
        QTest.mousePress(view.viewport(), LEFT, NO_KEY, middle(view, 3))
        QTest.mouseMove(view.viewport(), middle(view, 1))
        QTest.mouseRelease(view.viewport(), LEFT, NO_KEY, middle(view, 1))
    assert view.chosen == (1, 3)


def test_click_with_shift_chooses_up_to_there(view: TranscriptView) -> None:
    view.choose(1)
    QTest.mouseClick(view.viewport(), LEFT, SHIFT, middle(view, 4))
    assert view.chosen == (1, 4)


@pytest.mark.parametrize(
    ("key", "held", "chosen"),
    [
        (Qt.Key.Key_Right, SHIFT, (2, 3)),
        (Qt.Key.Key_Left, SHIFT, (1, 2)),
        (Qt.Key.Key_Right, CONTROL, (3, 3)),
        (Qt.Key.Key_Left, CONTROL, (1, 1)),
        (Qt.Key.Key_Home, NO_KEY, (0, 0)),
        (Qt.Key.Key_End, SHIFT, (2, 7)),
        (Qt.Key.Key_A, CONTROL, (0, 7)),
    ],
)
def test_keys_choose(view: TranscriptView, key: Qt.Key, held: Qt.KeyboardModifier, chosen: tuple[int, int]) -> None:
    view.choose(2)
    QTest.keyClick(view, key, held)
    assert view.chosen == chosen


def test_up_and_down_go_from_line_to_line(view: TranscriptView) -> None:
    view.set_words(words_of("one two three four five six seven eight nine ten " * 5), frozenset())
    view.choose(1)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.chosen is not None
    below = view.chosen[0]
    assert view.rect_of(below).top() > view.rect_of(1).top()
    assert abs(view.rect_of(below).center().x() - view.rect_of(1).center().x()) < 60
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.chosen == (1, 1)


def test_enter_goes_to_the_chosen_word(qtbot: QtBot, view: TranscriptView) -> None:
    view.choose(5)
    with qtbot.waitSignal(view.asked_to_go) as asked:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == [1000]


def test_chosen_words_are_copied_as_text(view: TranscriptView) -> None:
    view.choose(3, 5)
    QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "went home. Then"


def test_the_spoken_word_is_marked(view: TranscriptView) -> None:
    view.follow(450, is_playing=True)
    assert view.spoken == 2
    assert [mark.cursor.selectedText() for mark in view.extraSelections()] == ["least"]


def test_before_the_first_word_none_is_marked(view: TranscriptView) -> None:
    view.set_words([replace(word, start_ms=word.start_ms + 1000) for word in words_of("late words")], frozenset())
    view.follow(500, is_playing=True)
    assert view.spoken is None
    assert view.extraSelections() == []


def test_the_spoken_word_is_kept_in_sight(qtbot: QtBot, view: TranscriptView) -> None:
    view.set_words(words_of("word " * 800), frozenset())
    view.follow(200 * 700, is_playing=True)
    qtbot.waitUntil(lambda: 0 <= middle(view, 700).y() <= view.viewport().height())


def test_it_is_left_alone_while_the_clip_stands(view: TranscriptView) -> None:
    view.set_words(words_of("word " * 800), frozenset())
    view.follow(200 * 700, is_playing=False)
    assert view.verticalScrollBar().value() == 0


def test_cut_words_are_struck_through(view: TranscriptView) -> None:
    view.set_words(words_of("I at least(?) went home. Then it rained."), frozenset({1, 2}))
    assert struck_out(view) == "atleast"
    view.set_words(words_of("I at least(?) went home. Then it rained."), frozenset({2}))
    assert struck_out(view) == "least"


def test_doubtful_words_are_dotted_and_say_how_doubtful(view: TranscriptView) -> None:
    dotted = _format(view, view.toPlainText().index("least"))
    plain = _format(view, view.toPlainText().index("went"))
    assert dotted.underlineStyle() is dotted.UnderlineStyle.DotLine
    assert plain.underlineStyle() is plain.UnderlineStyle.NoUnderline
    assert remark(words_of("least(?)")[0], is_cut=False) == "not sure: 30 %"


def test_a_corrected_word_says_what_was_heard() -> None:
    word = replace(words_of("least(?)")[0], corrected="left")
    assert remark(word, is_cut=False) == "heard “least”"
    assert remark(word, is_cut=True) == "cut, heard “least”"


def test_double_click_corrects_in_place(qtbot: QtBot, view: TranscriptView) -> None:
    QTest.mouseDClick(view.viewport(), LEFT, NO_KEY, middle(view, 2))
    assert view.editor.isVisible()
    assert view.editor.text() == "least"
    view.editor.setText("left")
    with qtbot.waitSignal(view.corrected) as corrected:
        QTest.keyClick(view.editor, Qt.Key.Key_Return)
    assert corrected.args == [2, "left"]
    assert not view.editor.isVisible()


def test_escape_leaves_the_word_as_it_was(qtbot: QtBot, view: TranscriptView) -> None:
    view.choose(2)
    view.correct_chosen()
    view.editor.setText("left")
    with qtbot.assertNotEmitted(view.corrected):
        QTest.keyClick(view.editor, Qt.Key.Key_Escape)
    assert not view.editor.isVisible()


def test_an_unchanged_word_is_no_correction(qtbot: QtBot, view: TranscriptView) -> None:
    view.choose(2)
    view.correct_chosen()
    with qtbot.assertNotEmitted(view.corrected):
        QTest.keyClick(view.editor, Qt.Key.Key_Return)


def test_the_same_words_again_keep_what_was_chosen(view: TranscriptView) -> None:
    view.choose(1, 3)
    words = words_of("I at least(?) went home. Then it rained.")
    words[2] = replace(words[2], corrected="left")
    view.set_words(words, frozenset())
    assert view.chosen == (1, 3)
    assert "left" in view.toPlainText()


def test_without_words_the_keys_do_nothing(view: TranscriptView) -> None:
    view.set_words([], frozenset())
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(view, key)
    QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    view.correct_chosen()
    assert view.chosen is None


def test_a_word_far_down_can_be_revealed(view: TranscriptView) -> None:
    view.set_words(words_of("word " * 800), frozenset())
    view.follow(200 * 700, is_playing=False)
    view.reveal_spoken()
    assert 0 <= middle(view, 700).y() <= view.viewport().height()


@pytest.mark.parametrize("text", ["left", "in the end, perhaps,", "", "least.", "I"])
def test_a_corrected_word_leaves_all_others_as_they_look(view: TranscriptView, qtbot: QtBot, text: str) -> None:
    words = words_of("I at least(?) went home. Then it rained(?) again. It did.")
    view.set_words(words, frozenset({1, 4}))
    words[2] = replace(words[2], corrected=text)
    view.set_words(words, frozenset({1, 4}))
    anew = TranscriptView(DARK)
    qtbot.addWidget(anew)
    anew.set_words(words, frozenset({1, 4}))
    assert view.toPlainText() == anew.toPlainText()
    for offset, letter in enumerate(view.toPlainText()):
        if letter.isalnum():
            here, there = _format(view, offset), _format(anew, offset)
            assert here.underlineStyle() is there.underlineStyle()
            assert here.fontStrikeOut() == there.fontStrikeOut()
            assert here.foreground() == there.foreground()

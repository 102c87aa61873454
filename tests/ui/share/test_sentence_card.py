"""What is told about sentences that stay and go, and what the user wants of them."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from duskreel.edit.fit import NO_WISHES, Wishes
from duskreel.edit.timeline import Timeline
from duskreel.export.design import Design
from duskreel.export.extras import Marks
from duskreel.export.outline import Line, Outline
from duskreel.ui.share.sentence_card import SentenceCard
from duskreel.ui.theme import DARK


@pytest.fixture
def card(qtbot: QtBot) -> SentenceCard:
    made = SentenceCard(DARK)
    qtbot.addWidget(made)
    made.show()
    return made


def told(*lines: Line) -> Outline:
    return Outline(Design(Timeline.whole(5_000), (), "calm", "face", Marks()), lines, (), None)


STAYS, GOES, TOO = Line("I stay.", 0, True), Line("I go.", 1_000, False), Line("Me too.", 2_000, False)


def ticks(card: SentenceCard) -> list[bool]:
    rows = range(card.sentences.count())
    return [card.sentences.item(row).checkState() is Qt.CheckState.Checked for row in rows]


def test_every_sentence_is_listed_in_order_and_told_whether_it_stays(card: SentenceCard) -> None:
    card.show_outline(told(STAYS, GOES, TOO), has_words=True)
    assert [card.sentences.item(row).text() for row in range(3)] == ["I stay.", "I go.", "Me too."]
    assert ticks(card) == [True, False, False]
    assert [card.sentences.item(row).font().strikeOut() for row in range(3)] == [False, True, True]
    assert card.count.text() == "1 of 3 sentences stay"


def test_showing_is_no_wish(qtbot: QtBot, card: SentenceCard) -> None:
    with qtbot.assertNotEmitted(card.changed):
        card.show_outline(told(STAYS, GOES), has_words=True)
        card.show_outline(told(STAYS, TOO, GOES), has_words=True)
    assert card.wishes == NO_WISHES
    assert card.as_suggested.isHidden()


def test_a_tick_pins_and_its_absence_drops(qtbot: QtBot, card: SentenceCard) -> None:
    card.show_outline(told(STAYS, GOES), has_words=True)
    with qtbot.waitSignal(card.changed):
        card.sentences.item(1).setCheckState(Qt.CheckState.Checked)
    card.sentences.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert card.wishes == Wishes(pinned_ms=frozenset({1_000}), dropped_ms=frozenset({0}))
    card.sentences.item(0).setCheckState(Qt.CheckState.Checked)
    assert card.wishes == Wishes(pinned_ms=frozenset({0, 1_000}))


def test_wishes_can_be_forgotten(qtbot: QtBot, card: SentenceCard) -> None:
    card.show_outline(told(STAYS, GOES), has_words=True)
    card.sentences.item(1).setCheckState(Qt.CheckState.Checked)
    card.show_outline(told(STAYS, Line("I go.", 1_000, True)), has_words=True)
    assert not card.as_suggested.isHidden()
    card.as_suggested.click()
    assert card.wishes == NO_WISHES


def test_without_a_transcript_it_says_when_captions_come(card: SentenceCard) -> None:
    card.show_outline(told(), has_words=False)
    assert "when the words of this entry are written down" in card.nothing.text()
    assert card.sentences.isHidden()

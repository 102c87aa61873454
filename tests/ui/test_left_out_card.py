"""What is told about sentences that stay and go."""

import pytest
from pytestqt.qtbot import QtBot

from duskreel.edit.timeline import Timeline
from duskreel.export.outline import Outline
from duskreel.ui.left_out_card import LeftOutCard


@pytest.fixture
def card(qtbot: QtBot) -> LeftOutCard:
    made = LeftOutCard()
    qtbot.addWidget(made)
    made.show()
    return made


def told(kept: tuple[str, ...], left_out: tuple[str, ...]) -> Outline:
    return Outline(Timeline.whole(5_000), (), "calm", kept, left_out, (), None)


def test_every_sentence_that_goes_is_listed(card: LeftOutCard) -> None:
    card.show_outline(told(("I stay.",), ("I go.", "Me too.")), has_words=True)
    assert [card.sentences.item(row).text() for row in range(card.sentences.count())] == ["I go.", "Me too."]
    assert card.count.text() == "1 of 3 sentences stay"


def test_nothing_left_out_is_said_in_words(card: LeftOutCard) -> None:
    card.show_outline(told(("I stay.",), ()), has_words=True)
    assert card.nothing.text() == "Nothing. Every sentence is in it."
    assert card.sentences.isHidden()


def test_without_a_transcript_it_says_when_captions_come(card: LeftOutCard) -> None:
    card.show_outline(told((), ()), has_words=False)
    assert "when the words of this entry are written down" in card.nothing.text()

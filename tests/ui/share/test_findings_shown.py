"""Findings on cards: what is said about them, and every way to decide."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from duskreel.library.review_notes import CHOICES, Choice
from duskreel.paths import resource
from duskreel.review.findings import Finding, Kind
from duskreel.timecode import Span
from duskreel.ui.share.finding_card import FindingCard
from duskreel.ui.share.finding_list import FindingList
from duskreel.ui.share.finding_wording import CHOICE_ICONS, ICONS, LABELS, NAMES, breakable, marked, undecided
from duskreel.ui.theme import DARK
from ui.share.found import finding, phones

Chosen = list[tuple[list[Finding], Choice | None]]


def said_when(found: Finding) -> Span | None:
    return None if found.choice == "cut" else Span(found.span.start_ms // 2, found.span.end_ms // 2)


@pytest.fixture
def chosen() -> Chosen:
    return []


@pytest.fixture
def shown(qtbot: QtBot, chosen: Chosen) -> FindingList:
    made = FindingList(DARK)
    qtbot.addWidget(made)
    made.chosen.connect(lambda findings, choice: chosen.append((findings, choice)))
    made.show()
    return made


def fill(qtbot: QtBot, shown: FindingList, *findings: Finding) -> list[FindingCard]:
    shown.show_findings(findings, said_when)
    qtbot.waitUntil(lambda: len(shown.cards) == len(findings))
    return shown.cards


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_name_and_a_sign(kind: Kind) -> None:
    assert all(NAMES[kind])
    assert resource(f"icons/{ICONS[kind]}.svg").exists()


def test_every_choice_can_be_pressed_and_says_what_it_does() -> None:
    assert tuple(choice for choice, _, _ in LABELS) == CHOICES
    assert all(meaning for _, _, meaning in LABELS)
    assert all(resource(f"icons/{CHOICE_ICONS[choice]}.svg").exists() for choice in CHOICES)


@pytest.mark.parametrize(
    ("count", "said"), [(0, ""), (1, "1 not decided: it stays as it is"), (3, "3 not decided: they stay as they are")]
)
def test_it_is_told_what_becomes_of_what_nobody_decides(count: int, said: str) -> None:
    assert undecided(count) == said


def test_the_words_are_marked_where_they_are_said_and_not_by_colour_alone() -> None:
    assert marked(finding("anna", at_ms=1_000)).startswith("Write to <b><u>anna</u></b> at")
    late = Finding(Kind.PROTECTED, "anna", Span(3_800, 3_900), finding().sentence, Span(0, 4_000), "")
    assert marked(late).endswith("or to <b><u>anna</u></b>.")


def test_what_somebody_said_is_no_markup() -> None:
    assert marked(finding("<i>", sentence="A <i> & b.")) == "A <b><u>&lt;i&gt;</u></b> &amp; b."


def test_a_very_long_word_is_not_cut_off(qtbot: QtBot, shown: FindingList) -> None:
    word = "d" * 300
    (card,) = fill(qtbot, shown, finding(sentence=f"Write to anna at example dot com or to {word}."))
    shown.resize(584, 400)
    assert breakable(word).replace("\u200b", "") == word
    assert breakable("A word of usual length.") == "A word of usual length."
    qtbot.waitUntil(lambda: card.sentence.height() >= card.sentence.heightForWidth(card.sentence.width()))
    assert card.sentence.minimumSizeHint().width() < card.sentence.width()


def test_a_card_says_what_where_and_why(qtbot: QtBot, shown: FindingList) -> None:
    (card,) = fill(qtbot, shown, finding(at_ms=8_000))
    assert card.time.text() == "0:04"
    assert card.why.text() == "It may be one."
    assert card.accessibleName() == f"E-mail address, 0:04: {finding().sentence} It may be one. Not decided."
    card.show_finding(finding(at_ms=8_000, choice="bleep"), None)
    assert card.accessibleName().endswith("Bleep.")


def test_keys_choose_and_the_same_key_takes_it_back(qtbot: QtBot, shown: FindingList, chosen: Chosen) -> None:
    (card,) = fill(qtbot, shown, finding())
    card.take_focus()
    QTest.keyClick(card.chips.button("keep"), Qt.Key.Key_3)
    assert card.chips.choice == "bleep"
    assert card.chips.button("bleep").isChecked()
    QTest.keyClick(card.chips.button("keep"), Qt.Key.Key_5)
    assert not card.chips.button("bleep").isChecked()
    QTest.keyClick(card.chips.button("keep"), Qt.Key.Key_5)
    assert [choice for _, choice in chosen] == ["bleep", "caption", None]
    QTest.keyClick(card.chips.button("keep"), Qt.Key.Key_9)
    assert len(chosen) == 3


def test_a_choice_made_before_is_shown(qtbot: QtBot, shown: FindingList) -> None:
    (card,) = fill(qtbot, shown, finding(choice="mute"))
    assert [chip.isChecked() for chip in map(card.chips.button, CHOICES)] == [False, False, False, True, False]


def test_what_is_left_out_cannot_be_played(qtbot: QtBot, shown: FindingList) -> None:
    (card,) = fill(qtbot, shown, finding())
    with qtbot.waitSignal(shown.play_asked) as asked:
        QTest.mouseClick(card.play, Qt.MouseButton.LeftButton)
    assert asked.args == [finding()]
    fill(qtbot, shown, finding(choice="cut"))
    assert not card.play.isEnabled()
    assert card.time.text() == "left out"


def press_arrow(card: FindingCard, key: Qt.Key) -> None:
    """As if it was pressed somewhere in the card.

    Real keys reach a shortcut only in the active window, which may be another one of the process.
    """
    (shortcut,) = [each for each in card.findChildren(QShortcut) if each.key() == QKeySequence(key)]
    assert shortcut.context() == Qt.ShortcutContext.WidgetWithChildrenShortcut
    shortcut.activated.emit()


def test_arrows_go_from_card_to_card_and_no_further(qtbot: QtBot, shown: FindingList) -> None:
    first, second = fill(qtbot, shown, *phones(2))
    passed: list[QWidget] = []
    shown.reached.connect(passed.append)
    press_arrow(first, Qt.Key.Key_Down)
    assert shown.focusWidget() is second.play
    press_arrow(second, Qt.Key.Key_Down)
    press_arrow(second, Qt.Key.Key_Up)
    assert shown.focusWidget() is first.play
    assert passed == [second, first]


def test_of_several_of_a_kind_all_can_be_decided_at_once(qtbot: QtBot, shown: FindingList, chosen: Chosen) -> None:
    fill(qtbot, shown, *phones(3), finding(at_ms=50_000))
    (button,) = [each for each in shown.findChildren(QPushButton) if each.menu() is not None]
    assert button.text() == "All 3 phone numbers"
    actions = {action.text(): action for action in button.menu().actions()}
    actions["Mute"].trigger()
    actions["Not decided"].trigger()
    assert chosen == [(list(phones(3)), "mute"), (list(phones(3)), None)]


def test_the_list_follows_and_keeps_the_cards_that_stay(qtbot: QtBot, shown: FindingList) -> None:
    before = fill(qtbot, shown, *phones(3))
    after = fill(qtbot, shown, phones(3)[0], finding(at_ms=12_000), phones(3)[2])
    assert (after[0], after[2]) == (before[0], before[2])
    tops = [card.y() for card in after]
    qtbot.waitUntil(lambda: [card.y() for card in shown.cards] == sorted(card.y() for card in shown.cards))
    assert len(tops) == 3


def test_forty_do_not_keep_the_window_waiting(qtbot: QtBot, shown: FindingList) -> None:
    shown.show_findings(phones(40), said_when)
    assert len(shown.cards) <= 1, "a card at a time"
    qtbot.waitUntil(lambda: len(shown.cards) == 40)

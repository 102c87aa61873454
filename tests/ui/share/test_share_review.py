"""The review that opens before every short: the person decides, and what was decided is in the short."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from duskreel.export.render import ExportRequest
from duskreel.library.entry import Entry, Transcript, Word
from duskreel.review.limits import LIMITS
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages
from duskreel.ui.protect_dialog import ProtectDialog
from duskreel.ui.share.review_page import NO_WORDS, NOTHING
from duskreel.ui.share.share_dialog import ShareDialog
from ui.share.found import said

HARMLESS = "It rained all day. We went home."
TELLING = "It rained all day. Write to anna at example dot com please. We went home."


def spoken(text: str) -> Transcript:
    return said(*(Word(word, 300 + 500 * at, 700 + 500 * at, 0.9) for at, word in enumerate(text.split())))


@pytest.fixture
def look_through(
    qtbot: QtBot, share: Callable[[Entry], ShareDialog], bring_in: Callable[..., Entry]
) -> Callable[..., ShareDialog]:
    """Open the dialog on what is said, and press “Make the short”."""

    def open_on(what: str | Entry) -> ShareDialog:
        dialog = share(what if isinstance(what, Entry) else bring_in(spoken(what)))
        QTest.mouseClick(dialog.choices.make, Qt.MouseButton.LeftButton)
        assert dialog.review.page.isVisible()
        wanted = len(dialog._plan.review.in_short) if dialog._plan else 0
        qtbot.waitUntil(lambda: len(dialog.review.page.findings.cards) == wanted)
        return dialog

    return open_on


def entry_now(asked: Callable[..., Any]) -> Entry:
    (entry,) = asked(lambda diary: diary.entries())
    assert isinstance(entry, Entry)
    return entry


def made_of(dialog: ShareDialog, monkeypatch: pytest.MonkeyPatch) -> list[ExportRequest]:
    """Every request that would be made."""
    requests: list[ExportRequest] = []
    monkeypatch.setattr(dialog._making, "start", requests.append)
    return requests


def test_where_nothing_is_found_one_press_goes_on(
    look_through: Callable[..., ShareDialog], monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = look_through(HARMLESS)
    page = dialog.review.page
    requests = made_of(dialog, monkeypatch)
    assert page.count.text() == NOTHING
    assert all(limit.split("“")[0] in page.limits.text() for limit in LIMITS), "and it says what it cannot know"
    assert page.go.hasFocus()
    assert page.undecided.text() == ""
    QTest.keyClick(page.go, Qt.Key.Key_Space)
    assert len(requests) == 1


def test_a_key_pressed_twice_makes_nothing_that_nobody_has_looked_at(
    qtbot: QtBot, look_through: Callable[..., ShareDialog], monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = look_through(TELLING)
    page = dialog.review.page
    requests = made_of(dialog, monkeypatch)
    dialog.review.begin()
    (card,) = page.findings.cards
    assert card.play.hasFocus()
    QTest.keyClick(card.play, Qt.Key.Key_Space)
    assert requests == []
    assert card.finding.choice is None
    QTest.keyClick(card.play, Qt.Key.Key_3)
    assert card.chips.choice == "bleep"
    page.back.click()
    dialog._review()
    assert page.go.hasFocus(), "all is decided"


def test_what_is_not_decided_stays_and_is_told_to(
    look_through: Callable[..., ShareDialog], monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = look_through(TELLING)
    requests = made_of(dialog, monkeypatch)
    assert dialog.review.page.count.text() == "1 place to look at"
    assert dialog.review.page.undecided.text() == "1 not decided: it stays as it is"
    dialog.review.page.go.click()
    assert requests[0].concealment.words == ()


def test_a_choice_made_a_moment_before_making_holds(
    qtbot: QtBot, look_through: Callable[..., ShareDialog], monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = look_through(TELLING)
    requests = made_of(dialog, monkeypatch)
    (card,) = dialog.review.page.findings.cards
    card.chips.press(3)
    dialog.review.page.go.click()
    assert dialog.progress.isVisible()
    qtbot.waitUntil(lambda: bool(requests))
    assert [hidden.sounding for hidden in requests[0].concealment.words] == ["bleep"]


def test_decisions_are_kept_as_they_are_made_and_shown_again(
    qtbot: QtBot, look_through: Callable[..., ShareDialog], asked: Callable[..., Any]
) -> None:
    first = look_through(TELLING)
    first.review.page.findings.cards[0].chips.press(4)
    first.reject()
    qtbot.waitUntil(lambda: not isValid(first), timeout=10_000)
    entry = entry_now(asked)
    assert entry.review is not None
    assert [decision.choice for decision in entry.review.decisions] == ["mute"]
    again = look_through(entry)
    (card,) = again.review.page.findings.cards
    assert card.chips.choice == "mute"
    assert again.review.page.undecided.text() == ""
    card.chips.press(4)
    qtbot.waitUntil(lambda: entry_now(asked).review is None)


def test_a_cut_sentence_leaves_the_short_and_can_come_back(
    qtbot: QtBot, look_through: Callable[..., ShareDialog]
) -> None:
    dialog = look_through(TELLING)
    (card,) = dialog.review.page.findings.cards
    card.chips.press(2)
    qtbot.waitUntil(lambda: dialog.said.count.text() == "2 of 3 sentences stay")
    assert card.time.text() == "left out"
    card.chips.press(1)
    qtbot.waitUntil(lambda: dialog.said.count.text() == "3 of 3 sentences stay")


def test_the_preview_hides_what_was_decided(qtbot: QtBot, look_through: Callable[..., ShareDialog]) -> None:
    dialog = look_through(TELLING)
    dialog.review.page.findings.cards[0].chips.press(3)

    def design() -> Any:
        assert dialog._plan is not None
        return dialog._plan.outline.design

    qtbot.waitUntil(lambda: bool(design().hidden_sounds))
    assert not any("example" in word.shown for word in design().words)


def test_playing_a_finding_stops_after_its_words(qtbot: QtBot, look_through: Callable[..., ShareDialog]) -> None:
    dialog = look_through(TELLING)
    QTest.mouseClick(dialog.review.page.findings.cards[0].play, Qt.MouseButton.LeftButton)
    player = dialog.preview.player
    assert player.is_playing
    qtbot.waitUntil(lambda: not player.is_playing, timeout=15_000)
    assert player.time_ms < 9_000


def test_what_is_found_in_the_title_is_said(qtbot: QtBot, look_through: Callable[..., ShareDialog]) -> None:
    dialog = look_through(HARMLESS)
    dialog.options.title.setText("anna@example.com")
    qtbot.waitUntil(lambda: "anna@example.com" in dialog.review.page.remarks.text())


def test_tomorrow_is_noted_and_nothing_is_made(
    qtbot: QtBot, look_through: Callable[..., ShareDialog], asked: Callable[..., Any], messages: Messages
) -> None:
    dialog = look_through(TELLING)
    dialog.review.page.tomorrow.click()
    assert not dialog.isVisible()
    assert messages.shown() == ["Tomorrow it waits above your diary. Nothing was made."]
    notes = entry_now(asked).review
    assert notes is not None
    today = datetime.now().astimezone().date()
    tomorrow = today + timedelta(days=1)
    assert notes.ask_again_on == tomorrow
    assert asked(lambda diary: diary.to_think_about(today)) == []
    (waiting,) = asked(lambda diary: diary.to_think_about(tomorrow))
    assert waiting.id == entry_now(asked).id


def test_a_word_that_is_protected_from_here_is_found_at_once(
    qtbot: QtBot, look_through: Callable[..., ShareDialog], diary_thread: DiaryThread
) -> None:
    dialog = look_through("I left Nordwind today. We went home.")
    dialog.review.page.protect.click()
    protect = dialog.findChild(ProtectDialog)
    assert not protect.protect.isEnabled()
    protect.text.setText("Nordwind")
    QTest.keyClick(protect.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.review.page.count.text() == "1 place to look at")


def test_what_is_blurred_and_told_is_noted(
    qtbot: QtBot, look_through: Callable[..., ShareDialog], asked: Callable[..., Any]
) -> None:
    dialog = look_through(HARMLESS)
    picture = dialog.review.page.picture
    assert not picture.tells_time.isChecked()
    for box in (picture.blurs_background, picture.tells_time):
        box.click()
    notes = entry_now(asked).review
    assert notes is not None
    assert (notes.blurs_others, notes.blurs_background, notes.tells_time) == (False, True, True)


def test_a_clip_without_words_can_be_looked_through_too(
    look_through: Callable[..., ShareDialog], bring_in: Callable[..., Entry]
) -> None:
    dialog = look_through(bring_in(None))
    assert dialog.review.page.count.text() == NO_WORDS
    assert "not been transcribed yet" in dialog.review.page.remarks.text()
    assert not dialog.review.page.closing.isVisible()
    dialog.review.page.back.click()
    assert dialog.choices.isVisible()

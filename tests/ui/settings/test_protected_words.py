"""The list of words that are not to be shared, in the settings."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clips import make_clip
from duskreel.errors import DiaryError
from duskreel.library.protected_words import ProtectedWord
from duskreel.library.values import Details
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.protect_dialog import ProtectDialog
from duskreel.ui.settings.protected_words import NO_NAMES, NOTHING, ProtectedWords
from duskreel.ui.widgets.choice_row import Chip
from duskreel.ui.worker import Worker
from ui.spoken_entries import taken_in

SAID = "I met Kaitlyn today. Then Kaitlyn called. It rained, and Kaitlyn left."


@pytest.fixture
def worker(failures: list[DiaryError]) -> Iterator[Worker]:
    made = Worker("test", failures.append)
    yield made
    made.close()


@pytest.fixture
def shown(qtbot: QtBot, diary_thread: DiaryThread, worker: Worker) -> ProtectedWords:
    made = ProtectedWords(diary_thread, worker)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    qtbot.waitUntil(lambda: made.told.text() == NOTHING)
    return made


@pytest.fixture
def listed(asked: Callable[..., object]) -> Callable[[], list[tuple[str, str, tuple[str, ...]]]]:
    def ask() -> list[tuple[str, str, tuple[str, ...]]]:
        words = asked(lambda diary: diary.protected_words())
        assert isinstance(words, tuple)
        return [(word.text, word.kind, word.also) for word in words if isinstance(word, ProtectedWord)]

    return ask


def opened(widget: QWidget) -> ProtectDialog:
    found = [dialog for dialog in widget.window().findChildren(ProtectDialog) if dialog.isVisible()]
    return found[-1]


def lines(shown: ProtectedWords) -> list[str]:
    return [shown.words.item(row).text() for row in range(shown.words.count())]


def protect(qtbot: QtBot, shown: ProtectedWords, text: str, kind: str = "other", also: str = "") -> None:
    count = shown.words.count()
    shown.add.click()
    dialog = opened(shown)
    dialog.text.setText(text)
    dialog.also.setText(also)
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
    QTest.keyClick(dialog.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.words.count() == count + 1)


def test_a_word_is_added_with_its_kind_and_other_forms(
    qtbot: QtBot, shown: ProtectedWords, listed: Callable[[], object]
) -> None:
    protect(qtbot, shown, "Nordwind", "employer", "NW, Nordwind AG")
    assert listed() == [("Nordwind", "employer", ("NW", "Nordwind AG"))]
    assert lines(shown) == ["Nordwind  ·  employer  ·  also NW, Nordwind AG"]
    assert not shown.told.isVisible()


def test_what_cannot_be_protected_is_refused_with_the_reason(qtbot: QtBot, shown: ProtectedWords) -> None:
    shown.add.click()
    dialog = opened(shown)
    assert not dialog.protect.isEnabled()
    dialog.text.setText("x")
    dialog.protect.click()
    qtbot.waitUntil(dialog.refusal.isVisible)
    assert "only one letter" in dialog.refusal.text()
    dialog.reject()
    assert shown.words.count() == 0


def test_a_word_can_be_changed_and_lose_a_form(
    qtbot: QtBot, shown: ProtectedWords, listed: Callable[[], object]
) -> None:
    protect(qtbot, shown, "Nordwind", "other", "NW, Nord")
    shown.words.setCurrentRow(0)
    shown.change.click()
    dialog = opened(shown)
    dialog.also.setText("NW")
    dialog.kind.setCurrentIndex(dialog.kind.findData("client"))
    dialog.protect.click()
    qtbot.waitUntil(lambda: lines(shown) == ["Nordwind  ·  client  ·  also NW"])
    assert listed() == [("Nordwind", "client", ("NW",))]


def test_delete_takes_the_chosen_word_off(qtbot: QtBot, shown: ProtectedWords, listed: Callable[[], object]) -> None:
    protect(qtbot, shown, "Nordwind")
    assert not shown.remove.isEnabled()
    shown.words.setCurrentRow(0)
    assert shown.remove.isEnabled()
    shown.words.setFocus()
    QTest.keyClick(shown.words, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: shown.words.count() == 0)
    assert listed() == []


def test_names_of_the_diary_are_offered_when_asked_for_and_protected_with_a_press(
    qtbot: QtBot,
    shown: ProtectedWords,
    asked: Callable[..., object],
    listed: Callable[[], object],
    tmp_path: Path,
) -> None:
    shown.find_names.click()
    qtbot.waitUntil(lambda: shown.offer.text() == NO_NAMES)
    asked(taken_in(make_clip(tmp_path / "clip.mp4"), Details(), SAID))
    shown.find_names.click()
    qtbot.waitUntil(shown.names.isVisible)
    (chip,) = shown.names.findChildren(Chip)
    assert chip.accessibleName() == "Protect Kaitlyn"
    chip.click()
    qtbot.waitUntil(lambda: shown.words.count() == 1)
    assert listed() == [("Kaitlyn", "other", ())]

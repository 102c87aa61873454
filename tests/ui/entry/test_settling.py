"""Typing that is kept by itself."""

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from duskreel.ui.entry.settling import Settling


@pytest.fixture
def fields(qtbot: QtBot) -> Iterator[tuple[QLineEdit, QLineEdit]]:
    window = QWidget()
    qtbot.addWidget(window)
    rows = QVBoxLayout(window)
    one, other = QLineEdit(), QLineEdit()
    for field in (one, other):
        rows.addWidget(field)
    window.show()
    window.activateWindow()
    one.setFocus()
    qtbot.waitUntil(one.hasFocus)
    yield one, other
    window.close()


def test_typing_is_kept_after_a_while(qtbot: QtBot, fields: tuple[QLineEdit, QLineEdit]) -> None:
    settling = Settling(fields[0])
    with qtbot.waitSignal(settling.settled, timeout=3000) as settled:
        QTest.keyClicks(fields[0], "Monday")
    assert settled.args is not None
    assert settled.args[0] == "Monday"


def test_going_elsewhere_keeps_it_at_once(fields: tuple[QLineEdit, QLineEdit]) -> None:
    settling = Settling(fields[0])
    kept: list[tuple[str, int]] = []
    settling.settled.connect(lambda text, typing: kept.append((text, typing)))
    QTest.keyClicks(fields[0], "Monday")
    fields[1].setFocus()
    assert [text for text, _ in kept] == ["Monday"]


def test_what_is_typed_without_leaving_belongs_together(fields: tuple[QLineEdit, QLineEdit]) -> None:
    settling = Settling(fields[0])
    typings: list[int] = []
    settling.settled.connect(lambda _text, typing: typings.append(typing))
    for text, leaves in (("Mon", False), ("day", True), ("!", False)):
        QTest.keyClicks(fields[0], text)
        settling.settle()
        if leaves:
            fields[1].setFocus()
            fields[0].setFocus()
    assert typings[0] == typings[1] != typings[2]


def test_nothing_typed_is_nothing_to_keep(qtbot: QtBot, fields: tuple[QLineEdit, QLineEdit]) -> None:
    settling = Settling(fields[0])
    with qtbot.assertNotEmitted(settling.settled):
        settling.show_text("from the disk")
        settling.settle()
    assert fields[0].text() == "from the disk"


def test_what_is_being_typed_is_not_overwritten(fields: tuple[QLineEdit, QLineEdit]) -> None:
    settling = Settling(fields[0])
    QTest.keyClicks(fields[0], "mine")
    settling.show_text("theirs")
    assert fields[0].text() == "mine"

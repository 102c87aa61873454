"""All keys on one sheet that fits a small window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from duskreel.ui.shortcut_sheet import KEYS, ShortcutSheet


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    return made


@pytest.fixture
def sheet(window: QWidget) -> ShortcutSheet:
    made = ShortcutSheet(window)
    made.open()
    return made


def test_every_part_and_every_key_is_shown(sheet: ShortcutSheet) -> None:
    shown = [label.text() for label in sheet.findChildren(QLabel)]
    assert list(KEYS) == ["Everywhere", "Record", "Diary", "Share", "Entry", "Its words"]
    assert sorted(shown) == sorted([*KEYS, *(text for keys in KEYS.values() for pair in keys for text in pair)])


def test_no_key_of_a_part_means_two_things() -> None:
    for keys in KEYS.values():
        names = [key for key, _ in keys]
        assert len(set(names)) == len(names)


def test_it_fits_a_small_window(sheet: ShortcutSheet, window: QWidget) -> None:
    assert sheet.width() < window.width() - 64
    assert sheet.height() < window.height() - 64


def test_escape_puts_it_away(qtbot: QtBot, sheet: ShortcutSheet, window: QWidget) -> None:
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(ShortcutSheet) is None)

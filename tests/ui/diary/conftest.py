"""A window for the parts of the diary page."""

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from duskreel.ui.messages import Messages
from duskreel.ui.theme import DARK


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    made.resize(1192, 720)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def messages(window: QMainWindow) -> Messages:
    return Messages(window, DARK)

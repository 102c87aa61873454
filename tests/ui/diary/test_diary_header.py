"""The head of the diary page in the smallest window."""

from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from duskreel.ui import theme as themes
from duskreel.ui.diary.diary_header import DiaryHeader
from duskreel.ui.main_window import NAVIGATION_WIDTH_PX, SMALLEST


def test_the_longest_title_fits_into_the_smallest_window(qtbot: QtBot) -> None:
    header = DiaryHeader(QLineEdit(), QToolButton(), themes.DARK)
    qtbot.addWidget(header)
    header.setStyleSheet(themes.style_sheet(themes.DARK, 14))
    header.show()
    for title in ("September 2026", "Dec 2025 – Nov 2026"):
        header.say(title, turns=True)
        assert header.minimumSizeHint().width() <= SMALLEST.width() - NAVIGATION_WIDTH_PX, title

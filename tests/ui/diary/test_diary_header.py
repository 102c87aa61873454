"""The head of the diary page in the smallest window."""

from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from duskreel.ui import theme as themes
from duskreel.ui.diary.diary_header import DiaryHeader
from duskreel.ui.main_window import NAVIGATION_WIDTH_PX, SMALLEST


def test_it_fits_into_the_smallest_window_and_the_title_gives_way_last(qtbot: QtBot) -> None:
    room_px = SMALLEST.width() - NAVIGATION_WIDTH_PX
    header = DiaryHeader(QLineEdit(), QToolButton(), themes.DARK)
    qtbot.addWidget(header)
    header.setStyleSheet(themes.style_sheet(themes.DARK, 14))
    header.say("Dec 2025 – Nov 2026", turns=True)
    header.show()
    assert header.minimumSizeHint().width() <= room_px
    title = header.title
    header.resize(header.minimumSizeHint().width() + title.sizeHint().width() - title.minimumSizeHint().width(), 40)
    qtbot.waitUntil(lambda: title.shown == title.text())

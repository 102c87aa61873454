"""The map of the picture with the window on it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from duskreel.ui.share.framing_handle import FramingHandle
from duskreel.ui.theme import DARK


@pytest.fixture
def placed() -> list[float]:
    return []


@pytest.fixture
def handle(qtbot: QtBot, placed: list[float]) -> FramingHandle:
    made = FramingHandle(DARK)
    qtbot.addWidget(made)
    made.resize(308, 32)
    made.give_room(2.0, is_sideways=True)
    made.show_position(0.5)
    made.placed.connect(placed.append)
    return made


def test_it_tells_of_the_hand_only(handle: FramingHandle, placed: list[float]) -> None:
    handle.show_position(0.7)
    assert placed == []
    QTest.keyClick(handle, Qt.Key.Key_Right)
    assert placed == [pytest.approx(0.72)]


def test_the_arrow_keys_go_both_ways(handle: FramingHandle, placed: list[float]) -> None:
    QTest.keyClick(handle, Qt.Key.Key_Left)
    assert placed == [pytest.approx(0.48)]


def test_the_window_goes_where_it_is_dragged(handle: FramingHandle, placed: list[float]) -> None:
    """100 of 300 pixels wide, it stands with its middle from 54 to 254."""
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(54, 16))
    QTest.mouseMove(handle, QPoint(254, 16))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(254, 16))
    assert placed == [pytest.approx(0.0), pytest.approx(1.0)]


def test_down_goes_down_on_a_tall_picture(handle: FramingHandle, placed: list[float]) -> None:
    handle.give_room(0.4, is_sideways=False)
    QTest.keyClick(handle, Qt.Key.Key_Down)
    assert placed == [pytest.approx(0.52)]

"""The picture of the short: its shape, its keys, and dragging it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from duskreel.export.presets import EVERYWHERE
from duskreel.ui.share.short_preview import ShortPreview
from duskreel.ui.theme import DARK


@pytest.fixture
def moves() -> list[float]:
    return []


@pytest.fixture
def preview(qtbot: QtBot, moves: list[float]) -> ShortPreview:
    made = ShortPreview(DARK)
    qtbot.addWidget(made)
    made.resize(336, 600)
    made.give_room(2.0, is_sideways=True)
    made.moved_by.connect(moves.append)
    made.show()
    return made


def grey() -> QImage:
    image = QImage(324, 576, QImage.Format.Format_RGB32)
    image.fill(QColor(90, 90, 90))
    return image


def test_the_picture_is_upright_and_as_large_as_fits(preview: ShortPreview) -> None:
    area = preview.picture_area()
    assert area.height() / area.width() == pytest.approx(16 / 9, abs=0.01)
    assert area.width() >= 326


def test_it_asks_for_pictures_of_even_size(qtbot: QtBot, preview: ShortPreview) -> None:
    with qtbot.waitSignal(preview.size_wanted) as asked:
        preview.resize(203, 431)
    size = asked.args[0]
    assert size.width() % 2 == size.height() % 2 == 0
    assert abs(size.width() - preview.picture_area().width()) <= 1


def test_dragging_the_picture_moves_the_window_the_other_way(preview: ShortPreview, moves: list[float]) -> None:
    width = preview.picture_area().width()
    QTest.mousePress(preview, Qt.MouseButton.LeftButton, pos=QPoint(250, 300))
    QTest.mouseMove(preview, QPoint(250 - width // 2, 300))
    QTest.mouseRelease(preview, Qt.MouseButton.LeftButton, pos=QPoint(250 - width // 2, 300))
    # Half of a window's width, of a way of two of them.
    assert sum(moves) == pytest.approx(0.25, abs=0.01)


def test_a_click_plays_and_a_drag_does_not(qtbot: QtBot, preview: ShortPreview) -> None:
    with qtbot.waitSignal(preview.toggle_wanted):
        QTest.mouseClick(preview, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    with qtbot.assertNotEmitted(preview.toggle_wanted):
        QTest.mousePress(preview, Qt.MouseButton.LeftButton, pos=QPoint(250, 300))
        QTest.mouseMove(preview, QPoint(100, 300))
        QTest.mouseRelease(preview, Qt.MouseButton.LeftButton, pos=QPoint(100, 300))


def test_keys_play_and_move(qtbot: QtBot, preview: ShortPreview, moves: list[float]) -> None:
    with qtbot.waitSignal(preview.toggle_wanted):
        QTest.keyClick(preview, Qt.Key.Key_Space)
    QTest.keyClick(preview, Qt.Key.Key_Left)
    QTest.keyClick(preview, Qt.Key.Key_Right)
    assert moves == [-0.02, 0.02]


def test_a_tall_clip_moves_up_and_down(preview: ShortPreview, moves: list[float]) -> None:
    preview.give_room(0.3, is_sideways=False)
    QTest.keyClick(preview, Qt.Key.Key_Down)
    QTest.keyClick(preview, Qt.Key.Key_Right)
    assert moves == [0.02]


def test_what_the_platform_covers_is_marked_and_the_rest_is_left_alone(preview: ShortPreview) -> None:
    preview.show_picture(grey())
    preview.show_zone(EVERYWHERE)
    marked = preview.grab().toImage()
    area = preview.picture_area()
    inside = QPoint(area.x() + round(0.4 * area.width()), area.y() + round(0.4 * area.height()))
    assert marked.pixelColor(inside) == QColor(90, 90, 90)
    below = [marked.pixelColor(inside.x(), area.bottom() - offset) for offset in range(10, 40)]
    assert all(colour != QColor(90, 90, 90) for colour in below)
    preview.show_zone(None)
    assert preview.grab().toImage().pixelColor(inside.x(), area.bottom() - 20) == QColor(90, 90, 90)

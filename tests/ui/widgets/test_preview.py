"""What the camera sees, as in a mirror."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from duskreel.ui import theme as themes
from duskreel.ui.widgets.preview import Preview


@pytest.fixture
def preview(qtbot: QtBot) -> Preview:
    made = Preview(themes.DARK)
    qtbot.addWidget(made)
    made.resize(800, 500)
    made.show()
    return made


def half_red(size: tuple[int, int]) -> QImage:
    """Red on the left, white on the right."""
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.fillRect(0, 0, size[0] // 2, size[1], QColor("red"))
    painter.end()
    return image


def test_the_picture_is_mirrored(preview: Preview) -> None:
    preview.show_picture(half_red((800, 450)))
    shown = preview.grab().toImage()
    assert shown.pixelColor(100, 250) == QColor("white")
    assert shown.pixelColor(700, 250) == QColor("red")


def test_corners_are_round_and_the_rest_is_the_page(preview: Preview) -> None:
    preview.show_picture(half_red((800, 450)))
    shown = preview.grab().toImage()
    assert shown.pixelColor(1, 26) not in (QColor("white"), QColor("red"))
    assert shown.pixelColor(40, 30) == QColor("white")


@pytest.mark.parametrize(("size", "area"), [((800, 450), (0, 25, 800, 450)), ((281, 500), (259, 0, 281, 500))])
def test_the_aspect_is_the_cameras(preview: Preview, size: tuple[int, int], area: tuple[int, ...]) -> None:
    preview.show_picture(half_red(size))
    assert preview.area().toRect().getRect() == area


def test_the_guide_shades_what_an_upright_short_leaves_out(preview: Preview) -> None:
    preview.show_picture(half_red((800, 450)))
    preview.show_guide(is_shown=True)
    shown = preview.grab().toImage()
    assert shown.pixelColor(100, 250).lightness() < QColor("white").lightness() * 0.8
    assert shown.pixelColor(390, 250) == QColor("white")


def test_an_upright_picture_has_nothing_to_be_shaded(preview: Preview) -> None:
    preview.show_picture(half_red((250, 500)))
    preview.show_guide(is_shown=True)
    assert preview.grab().toImage().pixelColor(300, 250) == QColor("white")


def test_the_number_is_shown_and_goes(preview: Preview) -> None:
    preview.show_picture(half_red((800, 450)))
    before = preview.grab().toImage()
    preview.show_number(3)
    assert preview.grab().toImage() != before
    preview.show_number(None)
    assert preview.grab().toImage() == before


def test_it_asks_for_pictures_of_its_size(qtbot: QtBot, preview: Preview) -> None:
    with qtbot.waitSignal(preview.resized, check_params_cb=lambda size: size == QSize(640, 360)):
        preview.resize(640, 360)


def test_what_lies_on_it_keeps_to_the_picture(preview: Preview) -> None:
    label = QLabel("A question")
    preview.add_top(label)
    preview.show_picture(half_red((300, 500)))
    preview.show_picture(half_red((800, 200)))
    label.show()
    assert preview.area().contains(label.geometry().toRectF())

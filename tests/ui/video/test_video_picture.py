"""The picture of a clip on the screen: as large as fits, and made for just that size."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame
from pytestqt.qtbot import QtBot

from duskreel.ui.theme import DARK
from duskreel.ui.video.video_picture import VideoPicture

RED, BLUE = "#ff0000", "#0000ff"


@pytest.fixture
def picture(qtbot: QtBot) -> VideoPicture:
    made = VideoPicture(DARK)
    qtbot.addWidget(made)
    made.resize(320, 180)
    made.set_aspect(QSize(1280, 720))
    made.show()
    return made


def filled(colour: str, size: QSize) -> QImage:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(colour)
    return image


def middle(picture: VideoPicture) -> str:
    return picture.grab().toImage().pixelColor(picture.width() // 2, picture.height() // 2).name()


def test_a_frame_is_shown_in_the_size_of_its_place(qtbot: QtBot, picture: VideoPicture) -> None:
    picture.show_frame(QVideoFrame(filled(RED, QSize(1280, 720))))
    qtbot.waitUntil(lambda: middle(picture) == RED)
    assert picture._image.size() == QSize(320, 180)


def test_a_standing_frame_is_made_anew_for_another_size(qtbot: QtBot, picture: VideoPicture) -> None:
    picture.show_frame(QVideoFrame(filled(RED, QSize(1280, 720))))
    qtbot.waitUntil(lambda: not picture._image.isNull())
    picture.resize(640, 360)
    qtbot.waitUntil(lambda: picture._image.size() == QSize(640, 360))


def test_an_upright_frame_keeps_its_aspect(qtbot: QtBot, picture: VideoPicture) -> None:
    picture.show_frame(QVideoFrame(filled(RED, QSize(720, 1280))))
    qtbot.waitUntil(lambda: middle(picture) == RED)
    assert picture._image.size() == QSize(101, 180)
    assert picture.grab().toImage().pixelColor(60, 90).name() == "#000000"


def test_a_late_frame_of_the_last_clip_is_not_shown(qtbot: QtBot, picture: VideoPicture) -> None:
    seen: set[str] = set()
    picture.show_frame(QVideoFrame(filled(RED, QSize(1280, 720))))
    picture.show_image(QImage())
    picture.show_frame(QVideoFrame(filled(BLUE, QSize(1280, 720))))

    def look() -> bool:
        seen.add(middle(picture))
        return BLUE in seen

    qtbot.waitUntil(look)
    assert RED not in seen


def test_a_poster_does_not_cover_a_frame(qtbot: QtBot, picture: VideoPicture) -> None:
    picture.show_poster(filled(BLUE, QSize(320, 180)))
    assert middle(picture) == BLUE
    picture.show_frame(QVideoFrame(filled(RED, QSize(1280, 720))))
    qtbot.waitUntil(lambda: middle(picture) == RED)
    picture.show_poster(filled(BLUE, QSize(320, 180)))
    assert middle(picture) == RED


def test_a_click_is_told(qtbot: QtBot, picture: VideoPicture) -> None:
    with qtbot.waitSignal(picture.clicked):
        qtbot.mouseClick(picture, Qt.MouseButton.LeftButton)

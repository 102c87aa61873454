"""From the threads of the devices to a window that may be busy."""

import threading

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from duskreel.capture.coach import Hint, hints
from duskreel.capture.sources import Picture
from duskreel.capture.watching import Level
from duskreel.picture.planes import blank
from duskreel.ui.record.feed import Feed, sound_level


@pytest.fixture
def feed(qtbot: QtBot) -> Feed:
    made = Feed()
    made.show_at(QSize(320, 320))
    return made


def from_camera(feed: Feed, count: int) -> None:
    """Deliver from a thread of its own while this one is busy."""

    def deliver() -> None:
        for number in range(count):
            feed.take_picture(Picture(blank(160, 90), number))

    thread = threading.Thread(target=deliver)
    thread.start()
    thread.join()


def test_while_the_window_is_busy_only_one_picture_waits(qtbot: QtBot, feed: Feed) -> None:
    images: list[QImage] = []
    feed.pictured.connect(images.append)
    from_camera(feed, 20)
    qtbot.waitUntil(lambda: bool(images))
    qtbot.wait(50)
    assert len(images) == 1
    from_camera(feed, 1)
    qtbot.waitUntil(lambda: len(images) == 2)


def test_pictures_keep_their_aspect(qtbot: QtBot, feed: Feed) -> None:
    with qtbot.waitSignal(feed.pictured) as pictured:
        from_camera(feed, 1)
    assert pictured.args[0].size() == QSize(320, 180)


def test_the_loudest_of_several_blocks_is_told(qtbot: QtBot, feed: Feed) -> None:
    heard: list[Level] = []
    feed.heard.connect(heard.append)
    for peak in (0.1, 0.9, 0.2):
        feed.take_level(Level(0.05, peak))
    qtbot.waitUntil(lambda: bool(heard))
    feed._told_s = 0.0
    feed.take_level(Level(0.05, 0.3))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[1].peak == 0.9, "what came while one was waiting is not lost"


def test_loudness_says_nothing_before_it_has_listened(feed: Feed) -> None:
    feed.take_level(Level(0.0, 0.0))
    assert feed.loudness() is None


def test_silence_is_no_sound_and_speech_is_nothing_to_talk_about() -> None:
    assert hints(None, sound_level([Level(0.0, 0.0)] * 50)) == [Hint.NO_SOUND]
    assert hints(None, sound_level([Level(0.05, 0.3)] * 50)) == []


def test_one_clap_is_not_too_loud_but_shouting_is() -> None:
    speech, clipped = Level(0.05, 0.3), Level(0.5, 1.0)
    assert hints(None, sound_level([*[speech] * 99, clipped])) == []
    assert hints(None, sound_level([speech, clipped] * 50)) == [Hint.TOO_LOUD]

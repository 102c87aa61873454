"""Pictures from other threads."""

import threading
from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from duskreel.errors import DiaryError
from duskreel.library.glance import Glance
from duskreel.ui.diary.posters import Posters, Shown
from duskreel.ui.poster import scaled

SIZE = QSize(160, 90)


def shown(name: str) -> Glance:
    return Glance(name, name, date(2026, 11, 23), "18:04", 1000, "", None, False, False, True)


def jpeg(width: int = 640, height: int = 360, colour: str = "#804020") -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")
    return bytes(buffer.data().data())


class Shelf:
    """Pictures by name; those named “slow” wait until they may come."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.may_go_on = threading.Event()

    def __call__(self, item: Shown) -> bytes | None:
        self.read.append(item.folder)
        if item.folder.startswith("slow"):
            self.may_go_on.wait(10)
        if item.folder == "gone":
            raise DiaryError("It is gone.", "Look for it.")
        return {"none": None, "broken": b"no picture"}.get(item.folder, jpeg())


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    made = Shelf()
    yield made
    made.may_go_on.set()


@pytest.fixture
def kept(shelf: Shelf, qtbot: QtBot) -> Posters:
    return Posters(shelf)


def test_a_picture_comes_in_the_size_that_was_asked_for(kept: Posters, qtbot: QtBot) -> None:
    assert kept.get("one", SIZE) is None
    with qtbot.waitSignal(kept.loaded) as told:
        kept.want([shown("one")], SIZE, 2.0)
    assert told.args == ["one"]
    picture = kept.get("one", SIZE, 2.0)
    assert picture is not None
    assert picture.size() == QSize(320, 180)
    assert picture.deviceIndependentSize().toSize() == SIZE
    assert kept.get("one", SIZE) is None, "another density is another picture"


@pytest.mark.parametrize("name", ["none", "broken", "gone"])
def test_an_entry_without_a_picture_is_not_asked_for_again(
    name: str, kept: Posters, shelf: Shelf, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(kept.loaded):
        kept.want([shown(name)], SIZE)
    picture = kept.get(name, SIZE)
    assert picture is not None
    assert picture.isNull()
    with qtbot.waitSignal(kept.loaded):
        kept.want([shown(name), shown("other")], SIZE)
    assert shelf.read == [name, "other"]


def test_what_went_out_of_sight_is_not_fetched(kept: Posters, shelf: Shelf, qtbot: QtBot) -> None:
    kept.want([shown("slow 1"), shown("slow 2"), shown("never")], SIZE)
    qtbot.waitUntil(lambda: len(shelf.read) == 2)
    kept.want([shown("now")], SIZE)
    shelf.may_go_on.set()
    qtbot.waitUntil(lambda: kept.get("now", SIZE) is not None and kept.get("slow 2", SIZE) is not None)
    assert "never" not in shelf.read


def test_what_was_not_seen_for_longest_is_forgotten_first(shelf: Shelf, qtbot: QtBot) -> None:
    kept = Posters(shelf, most_bytes=2 * SIZE.width() * SIZE.height() * 4)
    for name in ("one", "two"):
        with qtbot.waitSignal(kept.loaded):
            kept.want([shown(name)], SIZE)
    kept.get("one", SIZE)
    with qtbot.waitSignal(kept.loaded):
        kept.want([shown("three")], SIZE)
    assert kept.get("two", SIZE) is None
    assert kept.get("one", SIZE) is not None


def test_any_shape_fills_the_size_and_has_round_corners() -> None:
    for width, height in ((640, 360), (360, 640), (100, 100), (31, 1000)):
        image = scaled(jpeg(width, height), SIZE, 1.0)
        assert image.size() == SIZE
        assert image.pixelColor(0, 0).alpha() == 0
        assert image.pixelColor(80, 45).alpha() == 255
        assert abs(image.pixelColor(80, 1).red() - 0x80) < 12


def test_pictures_that_come_too_late_find_nobody(shelf: Shelf, qtbot: QtBot) -> None:
    kept = Posters(shelf)
    kept.want([shown("slow")], SIZE)
    qtbot.waitUntil(lambda: shelf.read == ["slow"])
    desk = kept._desk
    with qtbot.waitSignal(desk.made):
        kept.deleteLater()
        qtbot.waitSignal(kept.destroyed).wait()
        shelf.may_go_on.set()

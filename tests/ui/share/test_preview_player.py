"""Playing what is not made yet."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from clips import make_clip
from duskreel.edit.timeline import Timeline
from duskreel.errors import DiaryError
from duskreel.export.design import Design
from duskreel.export.extras import Marks
from duskreel.export.outline import Outline
from duskreel.timecode import Span
from duskreel.ui.share.preview_player import PreviewPlayer

DESIGN = Design(Timeline((Span(0, 300), Span(1_000, 1_400))), (), None, "centre", Marks())


def shown(design: Design) -> Outline:
    return Outline(design, (), (), None)


def title_of(picture: QImage) -> int:
    """The brightest thing where titles stand."""
    return max(picture.pixelColor(x, y).lightness() for x in range(30, 150) for y in range(45, 62))


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "wide.mp4")


@pytest.fixture
def pictures() -> list[QImage]:
    return []


@pytest.fixture
def player(qtbot: QtBot, clip: Path, pictures: list[QImage]) -> Iterator[PreviewPlayer]:
    """Showing the beginning of a short of 700 ms."""
    made = PreviewPlayer(lambda: clip.open("rb"), "wide.mp4")
    made.pictured.connect(pictures.append)
    with qtbot.waitSignal(made.ready):
        made.open()
    made.fit(QSize(180, 320))
    made.follow(shown(DESIGN))
    qtbot.waitUntil(lambda: len(pictures) == 2)
    pictures.clear()
    yield made
    if not made.is_closed:
        with qtbot.waitSignal(made.closed):
            made.close()


def test_of_many_wishes_only_the_newest_is_drawn(qtbot: QtBot, player: PreviewPlayer, pictures: list[QImage]) -> None:
    for time_ms in range(0, 690, 10):
        player.seek(time_ms)
    qtbot.waitUntil(lambda: len(pictures) == 2)
    player.seek(680)
    qtbot.waitUntil(lambda: len(pictures) == 3)
    assert pictures[1] == pictures[2]
    assert pictures[0] != pictures[1]
    assert pictures[1].size() == QSize(180, 320)


def test_it_stops_at_the_end_and_plays_again_from_the_beginning(qtbot: QtBot, player: PreviewPlayer) -> None:
    with qtbot.waitSignal(player.stopped):
        player.toggle()
    assert player.time_ms == 700
    with qtbot.waitSignal(player.started) as started:
        player.toggle()
    assert started.args == [0]


def test_another_short_is_shown_where_the_last_one_stood_if_it_lasts_so_long(player: PreviewPlayer) -> None:
    player.seek(650)
    player.follow(shown(replace(DESIGN, timeline=Timeline((Span(0, 500),)))))
    assert player.time_ms == 500


def test_a_short_that_only_looks_otherwise_plays_on_without_a_hiccup(
    qtbot: QtBot, player: PreviewPlayer, pictures: list[QImage]
) -> None:
    player.toggle()
    with qtbot.assertNotEmitted(player.started):
        player.follow(shown(replace(DESIGN, marks=Marks("Day one"))))
    assert player.is_playing
    player.pause()
    player.seek(100)
    qtbot.waitUntil(lambda: bool(pictures) and title_of(pictures[-1]) > 200)


def test_the_same_short_is_not_laid_out_again(qtbot: QtBot, player: PreviewPlayer, pictures: list[QImage]) -> None:
    player.follow(shown(DESIGN))
    player.seek(100)
    qtbot.waitUntil(lambda: len(pictures) == 1)
    assert title_of(pictures[0]) < 200


def test_going_elsewhere_while_it_plays_is_a_new_start_for_the_sound(qtbot: QtBot, player: PreviewPlayer) -> None:
    player.toggle()
    with qtbot.waitSignal(player.started) as started:
        player.seek(350)
    assert started.args == [350]


def test_the_window_may_move_while_it_stands_still(qtbot: QtBot, player: PreviewPlayer, pictures: list[QImage]) -> None:
    player.frame_at(0.0)
    qtbot.waitUntil(lambda: len(pictures) == 1)
    player.frame_at(1.0)
    qtbot.waitUntil(lambda: len(pictures) == 2)
    left, right = (image.pixelColor(90, 250).lightness() for image in pictures)
    assert left < right - 40


def test_nothing_is_drawn_any_more_once_the_clip_was_let_go_of(
    qtbot: QtBot, player: PreviewPlayer, pictures: list[QImage]
) -> None:
    with qtbot.waitSignal(player.closed):
        player.close()
        player.seek(300)
    player.frame_at(0.9)
    assert pictures == []


def test_a_clip_that_is_gone_is_told_once(qtbot: QtBot) -> None:
    def gone() -> None:
        raise DiaryError("It is gone.", "Look for it.")

    player = PreviewPlayer(gone, "gone.mp4")
    with qtbot.waitSignal(player.failed) as told:
        player.open()
    assert told.args[0].what_happened == "It is gone."
    player.fit(QSize(180, 320))
    with qtbot.waitSignal(player.closed):
        player.close()

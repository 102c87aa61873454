"""Playing real clips."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtMultimedia import QVideoFrame
from pytestqt.qtbot import QtBot

from clips import make_clip
from duskreel.edit.timeline import Timeline
from duskreel.timecode import Span
from duskreel.ui.video.playback import Playback

DURATION_MS = 2000


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("played") / "clip.mp4")


@pytest.fixture
def playback() -> Iterator[Playback]:
    made = Playback()
    made.set_rate(2.0)
    yield made
    made.close()


@pytest.fixture
def frames(playback: Playback) -> list[int]:
    """The times in ms of all pictures that were shown."""
    times: list[int] = []

    def take(frame: QVideoFrame) -> None:
        times.append(round(frame.startTime() / 1000))

    playback.frame_shown.connect(take)
    return times


def test_it_shows_its_first_picture_and_waits(qtbot: QtBot, playback: Playback, clip: Path, frames: list[int]) -> None:
    playback.open(clip.open("rb"), DURATION_MS)
    qtbot.waitUntil(lambda: bool(frames))
    assert frames[0] == 0
    assert not playback.is_playing


def test_it_begins_where_it_is_told_to(qtbot: QtBot, playback: Playback, clip: Path, frames: list[int]) -> None:
    playback.open(clip.open("rb"), DURATION_MS, at_ms=1500)
    assert playback.place_ms == 1500
    qtbot.waitUntil(lambda: any(time_ms >= 1450 for time_ms in frames))


def test_it_plays_to_the_end_and_then_from_the_beginning(qtbot: QtBot, playback: Playback, clip: Path) -> None:
    playback.open(clip.open("rb"), DURATION_MS, at_ms=1700)
    with qtbot.waitSignal(playback.playing_changed, check_params_cb=lambda is_playing: not is_playing):
        playback.play()
    assert playback.place_ms == DURATION_MS
    playback.play()
    qtbot.waitUntil(lambda: playback.is_playing and 0 < playback.place_ms < 1000)


def test_a_paused_clip_shows_where_it_is_sent(qtbot: QtBot, playback: Playback, clip: Path, frames: list[int]) -> None:
    playback.open(clip.open("rb"), DURATION_MS)
    qtbot.waitUntil(lambda: bool(frames))
    playback.seek(1000)
    assert playback.place_ms == 1000
    qtbot.waitUntil(lambda: abs(frames[-1] - 1000) < 50)
    assert not playback.is_playing


def test_of_many_places_the_last_is_reached(qtbot: QtBot, playback: Playback, clip: Path, frames: list[int]) -> None:
    playback.open(clip.open("rb"), DURATION_MS)
    qtbot.waitUntil(lambda: bool(frames))
    for place_ms in range(0, 1800, 50):
        playback.seek(place_ms)
    qtbot.waitUntil(lambda: abs(frames[-1] - 1750) < 50)


def test_what_is_left_out_is_not_shown(qtbot: QtBot, playback: Playback, clip: Path, frames: list[int]) -> None:
    playback.set_rate(1.0)
    playback.leave_out_all_but(Timeline((Span(0, 400), Span(1000, 1300))))
    playback.open(clip.open("rb"), DURATION_MS)
    with qtbot.waitSignal(playback.playing_changed, check_params_cb=lambda is_playing: not is_playing):
        playback.play()
    late_ms = 200  # what a busy machine may need to notice a cut
    assert not [time_ms for time_ms in frames if 400 + late_ms < time_ms < 950 or time_ms > 1300 + late_ms]
    assert any(time_ms >= 1000 for time_ms in frames)


def test_leaving_it_while_it_plays_closes_the_file(qtbot: QtBot, playback: Playback, clip: Path) -> None:
    file = clip.open("rb")
    playback.open(file, DURATION_MS)
    playback.play()
    qtbot.waitUntil(lambda: playback.is_playing)
    playback.close()
    assert file.closed
    assert not playback.is_playing


def test_another_clip_takes_its_place(qtbot: QtBot, playback: Playback, clip: Path, frames: list[int]) -> None:
    first = clip.open("rb")
    playback.open(first, DURATION_MS)
    playback.play()
    playback.open(clip.open("rb"), DURATION_MS)
    assert first.closed
    qtbot.waitUntil(lambda: bool(frames))


def test_a_damaged_clip_is_told(qtbot: QtBot, playback: Playback, tmp_path: Path) -> None:
    damaged = tmp_path / "clip.mp4"
    damaged.write_bytes(b"no clip" * 1000)
    with qtbot.waitSignal(playback.failed):
        playback.open(damaged.open("rb"), DURATION_MS)


def test_without_a_clip_nothing_happens(playback: Playback) -> None:
    playback.play()
    playback.toggle()
    playback.seek(100)
    assert not playback.is_playing


def test_a_clip_that_is_no_file_on_the_disk_plays_too(
    qtbot: QtBot, playback: Playback, clip: Path, frames: list[int]
) -> None:
    file = io.BytesIO(clip.read_bytes())
    playback.open(file, DURATION_MS)
    playback.play()
    qtbot.waitUntil(lambda: any(time_ms > 500 for time_ms in frames))
    playback.close()
    assert file.closed

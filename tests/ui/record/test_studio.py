"""Devices and takes without a window, and without anybody waiting for them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from duskreel.capture.devices import CameraDevice, MicrophoneDevice
from duskreel.capture.events import Event, EventKind
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.values import DiaryLocation
from duskreel.paths import Places
from duskreel.settings import NO_MICROPHONE
from duskreel.ui.preferences import Preferences
from duskreel.ui.record.permissions import NOT_ALLOWED
from duskreel.ui.record.studio import Studio, StudioState
from ui.filming import film, studio_with

Make = Callable[..., Studio]


@pytest.fixture(scope="module")
def long_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("footage"))


@pytest.fixture(scope="module")
def square_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("footage"), size=(160, 120))


@pytest.fixture
def make(location: DiaryLocation, places: Places, preferences: Preferences) -> Iterator[Make]:
    """Makes a studio, and closes it at the end."""
    made: list[Studio] = []

    def studio(**options: object) -> Studio:
        made.append(studio_with(location, places, preferences, **options))
        return made[-1]

    yield studio
    for each in made:
        each.close()


@pytest.fixture
def studio(make: Make, long_film: Path, preferences: Preferences) -> Studio:
    """One that looks at a film."""
    preferences.change(camera=str(long_film))
    return make()


def opened(qtbot: QtBot, studio: Studio) -> None:
    studio.open()
    qtbot.waitUntil(lambda: studio.state is StudioState.READY)


def entries(location: DiaryLocation) -> list[Entry]:
    with Diary.open(location) as diary:
        return diary.entries()


def test_opening_shows_pictures_of_exactly_the_wanted_size(qtbot: QtBot, studio: Studio) -> None:
    images: list[QImage] = []
    studio.pictured.connect(images.append)
    studio.show_at(QSize(640, 300))
    studio.open()
    assert studio.state is StudioState.OPENING, "nobody has waited for the camera"
    qtbot.waitUntil(lambda: len(images) > 3)
    assert studio.state is StudioState.READY
    assert {(image.width(), image.height()) for image in images} == {(533, 300)}
    ramp = images[-1].pixelColor(40, 280).red(), images[-1].pixelColor(500, 280).red()
    assert ramp[0] < ramp[1], "not mirrored before it is painted"


def test_no_picture_is_made_where_none_is_shown(qtbot: QtBot, studio: Studio) -> None:
    images: list[QImage] = []
    studio.pictured.connect(images.append)
    opened(qtbot, studio)
    first = studio.feed.newest
    qtbot.waitUntil(lambda: studio.feed.newest is not first)
    assert not images


def test_loudness_is_heard(qtbot: QtBot, studio: Studio) -> None:
    with qtbot.waitSignal(studio.heard, check_params_cb=lambda level: 0.2 < level.peak < 0.4):
        studio.open()


def test_a_take_becomes_an_entry(qtbot: QtBot, studio: Studio, location: DiaryLocation) -> None:
    opened(qtbot, studio)
    studio.start()
    qtbot.waitUntil(lambda: studio.elapsed_ms > 500)
    assert studio.state is StudioState.RECORDING
    with qtbot.waitSignal(studio.took) as took:
        studio.stop()
        assert studio.state is StudioState.FINISHING
    qtbot.waitUntil(lambda: studio.state is StudioState.READY)
    assert entries(location) == took.args
    assert took.args[0].duration_ms >= 500


def test_a_pause_is_not_in_the_take(qtbot: QtBot, studio: Studio) -> None:
    opened(qtbot, studio)
    studio.start()
    qtbot.waitUntil(lambda: studio.elapsed_ms > 200)
    studio.pause()
    assert studio.state is StudioState.PAUSED
    qtbot.wait(50)
    paused_ms = studio.elapsed_ms
    qtbot.wait(300)
    assert studio.elapsed_ms == paused_ms
    studio.resume()
    qtbot.waitUntil(lambda: studio.elapsed_ms > paused_ms + 100)
    with qtbot.waitSignal(studio.took) as took:
        studio.stop()
    assert took.args[0].duration_ms < paused_ms + 280


def test_closing_in_the_middle_of_a_take_keeps_it(qtbot: QtBot, studio: Studio, location: DiaryLocation) -> None:
    opened(qtbot, studio)
    studio.start()
    qtbot.waitUntil(lambda: studio.elapsed_ms > 300)
    studio.close()
    assert len(entries(location)) == 1


def test_letting_go_in_the_middle_of_a_take_keeps_it_too(qtbot: QtBot, studio: Studio) -> None:
    opened(qtbot, studio)
    studio.start()
    qtbot.waitUntil(lambda: studio.elapsed_ms > 300)
    with qtbot.waitSignal(studio.took):
        studio.let_go()
    qtbot.waitUntil(lambda: studio.state is StudioState.CLOSED)


def test_at_the_end_of_the_film_the_take_ends_by_itself(
    qtbot: QtBot, make: Make, tmp_path: Path, preferences: Preferences
) -> None:
    preferences.change(camera=str(film(tmp_path, duration_s=1.0)))
    studio = make()
    opened(qtbot, studio)
    with qtbot.waitSignal(studio.took):
        studio.start()


def test_a_camera_that_has_gone_is_opened_again_for_the_next_take(
    qtbot: QtBot, make: Make, tmp_path: Path, preferences: Preferences
) -> None:
    preferences.change(camera=str(film(tmp_path, duration_s=0.5)))
    studio = make()
    opened(qtbot, studio)
    qtbot.waitUntil(lambda: studio.feed.is_stale)
    with qtbot.waitSignal(studio.took):
        studio.start()


def test_without_any_camera_it_says_so(qtbot: QtBot, make: Make) -> None:
    studio = make()
    with qtbot.waitSignal(studio.could_not_open) as failed:
        studio.open()
    assert "camera" in failed.args[0].what_happened
    assert studio.state is StudioState.CLOSED


def test_a_camera_that_is_plugged_in_later_is_opened_by_itself(
    qtbot: QtBot, make: Make, tmp_path: Path, preferences: Preferences
) -> None:
    plugged_in: list[CameraDevice] = []
    preferences.change(camera=str(tmp_path / "film.mp4"))
    studio = make(list_cameras=lambda: list(plugged_in))
    with qtbot.waitSignal(studio.could_not_open):
        studio.open()
    plugged_in.append(CameraDevice(str(film(tmp_path)), "Film"))
    studio._system.videoInputsChanged.emit()
    qtbot.waitUntil(lambda: studio.state is StudioState.READY)
    assert studio.devices.cameras == tuple(plugged_in)


def test_choosing_another_camera_opens_it(
    qtbot: QtBot, studio: Studio, square_film: Path, preferences: Preferences
) -> None:
    opened(qtbot, studio)
    preferences.change(camera=str(square_film))
    qtbot.waitUntil(lambda: studio.devices.camera_id == str(square_film))
    qtbot.waitUntil(lambda: studio.feed.newest is not None and studio.feed.newest.size == (160, 120))


def test_another_camera_waits_until_the_take_is_an_entry(
    qtbot: QtBot, studio: Studio, square_film: Path, preferences: Preferences
) -> None:
    opened(qtbot, studio)
    studio.start()
    qtbot.waitUntil(lambda: studio.elapsed_ms > 200)
    preferences.change(camera=str(square_film))
    assert studio.state is StudioState.RECORDING
    with qtbot.waitSignal(studio.took) as took:
        studio.stop()
    assert took.args[0].width == 320
    qtbot.waitUntil(lambda: studio.devices.camera_id == str(square_film))


def test_a_microphone_that_cannot_be_opened_leaves_the_picture(
    qtbot: QtBot, make: Make, long_film: Path, preferences: Preferences
) -> None:
    gone = MicrophoneDevice("nowhere", "Old headset")
    preferences.change(camera=str(long_film), microphone="nowhere")
    studio = make(list_microphones=lambda: [gone])
    opened(qtbot, studio)
    assert not studio.has_sound
    assert any("Old headset" in notice for notice in studio.devices.notices)


def test_no_microphone_on_request_is_nothing_to_complain_about(
    qtbot: QtBot, make: Make, long_film: Path, preferences: Preferences
) -> None:
    preferences.change(camera=str(long_film), microphone=NO_MICROPHONE)
    studio = make()
    opened(qtbot, studio)
    assert (studio.has_sound, studio.devices.notices) == (False, ())


def test_a_take_that_cannot_begin_is_told_and_can_be_tried_again(
    qtbot: QtBot, studio: Studio, location: DiaryLocation
) -> None:
    opened(qtbot, studio)
    (location.folder / "recording").write_text("in the way")
    with qtbot.waitSignal(studio.could_not_take):
        studio.start()
    assert studio.state is StudioState.READY
    (location.folder / "recording").unlink()
    studio.start()
    qtbot.waitUntil(lambda: studio.elapsed_ms > 100)
    with qtbot.waitSignal(studio.took):
        studio.stop()


def test_a_diary_that_cannot_be_used_is_told(qtbot: QtBot, studio: Studio, location: DiaryLocation) -> None:
    location.folder.parent.mkdir(parents=True, exist_ok=True)
    location.folder.write_text("no folder")
    with qtbot.waitSignal(studio.could_not_open):
        studio.open()


def test_room_on_the_disk_is_told(qtbot: QtBot, studio: Studio) -> None:
    with qtbot.waitSignal(studio.room_changed, check_params_cb=lambda seconds: seconds > 0):
        studio.open()


def test_events_reach_the_window_in_its_own_thread(qtbot: QtBot, studio: Studio) -> None:
    lost = Event(EventKind.MICROPHONE_LOST, "The microphone is gone.")
    with qtbot.waitSignal(studio.happened, check_params_cb=lambda event: event == lost):
        studio._keeper._on_event(lost)


class Refusing:
    """A user who does not want to be seen."""

    def ask(self, answer: Callable[..., None]) -> None:
        answer(NOT_ALLOWED, may_listen=False)


class Deaf:
    """A user who may be seen but not heard."""

    def ask(self, answer: Callable[..., None]) -> None:
        answer(None, may_listen=False)


def test_a_refused_camera_is_told_and_not_opened(qtbot: QtBot, make: Make) -> None:
    studio = make(permissions=Refusing())
    told: list[DiaryError] = []
    studio.could_not_open.connect(told.append)
    studio.open()
    assert told == [NOT_ALLOWED]


def test_a_refused_microphone_leaves_the_picture_and_is_told(
    qtbot: QtBot, make: Make, long_film: Path, preferences: Preferences
) -> None:
    preferences.change(camera=str(long_film))
    studio = make(permissions=Deaf())
    opened(qtbot, studio)
    assert not studio.has_sound
    assert any("microphone" in notice for notice in studio.devices.notices)
    qtbot.wait(100)
    assert studio.state is StudioState.READY, "it does not open again and again for what it may not have"

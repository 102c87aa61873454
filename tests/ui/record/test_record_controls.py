"""The bar under the preview."""

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from duskreel.capture.devices import CameraDevice, MicrophoneDevice
from duskreel.settings import NO_MICROPHONE
from duskreel.ui import theme as themes
from duskreel.ui.record.record_controls import DeviceBox, RecordControls, room_text
from duskreel.ui.record.studio import StudioState
from duskreel.ui.record.take_keeper import Devices

CAMERAS = (CameraDevice("/dev/video0", "Built-in"), CameraDevice("/dev/video2", "Desk camera"))
MICROPHONES = (MicrophoneDevice("inside", "Inside"),)


@pytest.fixture
def controls(qtbot: QtBot) -> RecordControls:
    made = RecordControls(themes.DARK, QToolButton())
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(400, "room for 6 min"), (7_199, "room for 119 min"), (7_200, "room for 2 h"), (10**6, "room for days")],
)
def test_room_is_told_as_people_say_it(seconds: int, words: str) -> None:
    assert room_text(seconds) == words


def test_it_shows_what_is_used_of_what_is_there(controls: RecordControls) -> None:
    controls.show_devices(Devices(CAMERAS, MICROPHONES, "/dev/video2", "inside", "Desk camera"))
    assert (controls.camera.currentText(), controls.microphone.currentText()) == ("Desk camera", "Inside")
    assert controls.microphone.findText("No microphone") >= 0


def test_a_camera_without_a_device_is_listed_by_its_name(controls: RecordControls) -> None:
    controls.show_devices(Devices(CAMERAS, MICROPHONES, "http://phone/video", "inside", "phone"))
    assert (controls.camera.currentText(), controls.camera.count()) == ("phone", 3)


def test_a_choice_is_told_by_its_id(qtbot: QtBot, controls: RecordControls) -> None:
    controls.show_devices(Devices(CAMERAS, MICROPHONES, "/dev/video0", "inside", "Built-in"))
    with qtbot.waitSignal(controls.camera_chosen, check_params_cb=lambda chosen: chosen == "/dev/video2"):
        controls.camera.setCurrentIndex(1)
        controls.camera.activated.emit(1)


def test_without_a_microphone_the_meter_says_so(controls: RecordControls) -> None:
    controls.show_devices(Devices(CAMERAS, (), "/dev/video0", NO_MICROPHONE, "Built-in"))
    assert controls.meter.word.text() == "no microphone"


def test_devices_stay_as_they_are_during_a_take(controls: RecordControls) -> None:
    controls.show_state(StudioState.RECORDING)
    assert not controls.camera.isEnabled()
    assert not controls.series.isEnabled()
    assert controls.record.stops
    assert controls.pause.isVisible()
    controls.show_state(StudioState.READY)
    assert controls.camera.isEnabled()
    assert not controls.record.stops
    assert not controls.pause.isVisible()


def test_space_stops_a_take_that_began_while_the_series_button_had_the_focus(
    qtbot: QtBot, controls: RecordControls
) -> None:
    controls.show_state(StudioState.READY)
    controls.series.setFocus()
    qtbot.waitUntil(controls.series.hasFocus)
    controls.show_state(StudioState.RECORDING)
    assert controls.record.hasFocus()


def test_while_a_take_is_saved_nothing_can_be_started(controls: RecordControls) -> None:
    controls.show_state(StudioState.FINISHING)
    assert not controls.record.isEnabled()


def test_the_button_stays_in_the_middle(controls: RecordControls) -> None:
    controls.resize(1100, 96)
    controls.show_state(StudioState.READY)
    before = controls.record.mapTo(controls, controls.record.rect().center()).x()
    controls.show_state(StudioState.RECORDING)
    controls.show_elapsed(3_723_000)
    assert controls.elapsed.text() == "1:02:03"
    after = controls.record.mapTo(controls, controls.record.rect().center()).x()
    assert abs(after - before) <= 1
    assert abs(after - 550) <= 40


def test_a_long_name_of_a_device_ends_in_an_ellipsis_where_it_has_no_room(qtbot: QtBot) -> None:
    name = "Camera of the second monitor"
    box, shorter = DeviceBox("Camera"), DeviceBox("Camera")
    for each in (box, shorter):
        qtbot.addWidget(each)
        each.ensurePolished()
    box.addItem(name)
    box.setFixedSize(400, 34)
    assert box.shown == name
    box.setFixedSize(140, 34)
    assert box.shown.endswith("…")
    assert name.startswith(box.shown[:-1])
    shorter.addItem(box.shown)
    shorter.setFixedSize(140, 34)
    assert box.grab().toImage() == shorter.grab().toImage(), "what is shown is what is painted"

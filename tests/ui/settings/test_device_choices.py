"""What was chosen stays chosen while it is not plugged in."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from duskreel.capture.devices import CameraDevice, MicrophoneDevice
from duskreel.errors import DiaryError
from duskreel.settings import NO_MICROPHONE
from duskreel.ui.preferences import Preferences
from duskreel.ui.settings.device_choices import DeviceChoices, Found
from duskreel.ui.worker import Worker

DESK, HEADSET = CameraDevice("/dev/video2", "Desk camera"), MicrophoneDevice("headset", "Headset")


@pytest.fixture
def plugged_in() -> Found:
    return [DESK], [HEADSET]


@pytest.fixture
def worker(failures: list[DiaryError]) -> Iterator[Worker]:
    made = Worker("test", failures.append)
    yield made
    made.close()


@pytest.fixture
def choices(qtbot: QtBot, preferences: Preferences, worker: Worker, plugged_in: Found) -> DeviceChoices:
    made = DeviceChoices(preferences, worker, lambda: plugged_in)
    qtbot.addWidget(made)
    return made


def offered(box: QComboBox) -> list[tuple[str, str]]:
    return [(box.itemData(index), box.itemText(index)) for index in range(box.count())]


def refresh(qtbot: QtBot, choices: DeviceChoices) -> None:
    choices.refresh()
    qtbot.waitUntil(lambda: choices.microphone.findData(NO_MICROPHONE) >= 0)


def choose(box: QComboBox, value: str) -> None:
    """As a click in the list does."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_all_that_is_plugged_in_can_be_chosen(qtbot: QtBot, choices: DeviceChoices, preferences: Preferences) -> None:
    refresh(qtbot, choices)
    assert offered(choices.camera) == [("", "The system’s usual one"), ("/dev/video2", "Desk camera")]
    assert [value for value, _ in offered(choices.microphone)] == ["", "headset", NO_MICROPHONE]
    choose(choices.camera, "/dev/video2")
    choose(choices.microphone, NO_MICROPHONE)
    assert (preferences.now.camera, preferences.now.microphone) == ("/dev/video2", NO_MICROPHONE)


def test_what_is_not_connected_stays_chosen_and_says_so(
    qtbot: QtBot, choices: DeviceChoices, preferences: Preferences
) -> None:
    preferences.change(camera="/dev/video9", microphone="earphones")
    refresh(qtbot, choices)
    assert choices.camera.currentText() == "/dev/video9 (not connected)"
    assert choices.microphone.currentText() == "earphones (not connected)"
    assert preferences.now.camera == "/dev/video9"


def test_no_microphone_is_a_choice_and_not_a_device(
    qtbot: QtBot, choices: DeviceChoices, preferences: Preferences
) -> None:
    preferences.change(microphone=NO_MICROPHONE)
    refresh(qtbot, choices)
    assert choices.microphone.currentText() == "None"
    assert choices.microphone.count() == 3


def test_what_is_plugged_in_meanwhile_is_found(
    qtbot: QtBot, choices: DeviceChoices, plugged_in: Found, preferences: Preferences
) -> None:
    refresh(qtbot, choices)
    plugged_in[0].append(CameraDevice("/dev/video4", "Phone"))
    preferences.change(camera="/dev/video4")
    choices.refresh()
    qtbot.waitUntil(lambda: choices.camera.currentText() == "Phone")

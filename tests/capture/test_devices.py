"""Which device the user means."""

from pathlib import Path

import pytest

from duskreel.capture.devices import (
    CameraDevice,
    MicrophoneDevice,
    cameras,
    find_camera,
    find_microphone,
    microphones,
)
from duskreel.errors import DiaryError

BUILT_IN = CameraDevice("/dev/video0", "Integrated Camera", is_default=True)
LOGITECH = CameraDevice("/dev/video2", "Logitech HD Webcam C270")
BRIO = CameraDevice("/dev/video4", "Logitech Brio")
CAMERAS = [BUILT_IN, LOGITECH, BRIO]


def test_nothing_said_means_the_default() -> None:
    assert find_camera(among=CAMERAS) == BUILT_IN


@pytest.mark.parametrize("text", ["/dev/video2", "Logitech HD Webcam C270", "c270", "  C270 "])
def test_camera_is_found_by_path_and_by_part_of_its_name(text: str) -> None:
    assert find_camera(text, among=CAMERAS) == LOGITECH


def test_whole_name_counts_more_than_part_of_another() -> None:
    short = MicrophoneDevice("a", "USB Audio")
    assert find_microphone("usb audio", among=[MicrophoneDevice("b", "USB Audio 2"), short]) == short


def test_twins_are_told_apart_by_id() -> None:
    twins = [MicrophoneDevice("a", "USB Audio"), MicrophoneDevice("b", "USB Audio")]
    assert find_microphone("b", among=twins) == twins[1]
    assert find_microphone("usb audio", among=twins) == twins[0]


def test_unknown_name_is_answered_with_what_is_there() -> None:
    with pytest.raises(
        DiaryError, match=r"no camera “sony”.*“Integrated Camera” \(/dev/video0\), “Logitech HD"
    ) as error:
        find_camera("sony", among=CAMERAS)
    assert "Brio" in error.value.what_to_do


def test_name_that_fits_two_is_answered_with_those_two() -> None:
    with pytest.raises(DiaryError, match="More than one camera fits “logitech”") as error:
        find_camera("logitech", among=CAMERAS)
    assert "Integrated" not in error.value.what_to_do


@pytest.mark.parametrize("text", [None, "Sony", ""])
def test_machine_without_any_says_so(text: str | None) -> None:
    with pytest.raises(DiaryError, match="No camera was found"):
        find_camera(text, among=[])
    with pytest.raises(DiaryError, match="No microphone was found"):
        find_microphone(text, among=[])


def test_empty_name_means_nobody() -> None:
    with pytest.raises(DiaryError, match="There is no camera"):
        find_camera("", among=CAMERAS)


def test_path_that_is_not_listed_is_taken_at_its_word() -> None:
    assert find_camera("/dev/null", among=CAMERAS) == CameraDevice("/dev/null", "null")


def test_path_that_does_not_exist_is_no_camera() -> None:
    with pytest.raises(DiaryError, match="There is no camera “/dev/video77”"):
        find_camera("/dev/video77", among=CAMERAS)


def test_listing_works_on_a_machine_with_or_without_devices() -> None:
    assert all(Path(camera.id).exists() for camera in cameras())
    assert all(microphone.id and microphone.name for microphone in microphones())

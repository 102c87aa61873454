"""From what the user has chosen once to what is plugged in now."""

from pathlib import Path

import pytest

from clips import make_clip
from duskreel.capture.camera import OpenCvCamera
from duskreel.capture.choosing import Wanted, choose, mode_of_quality
from duskreel.capture.devices import CameraDevice, MicrophoneDevice
from duskreel.capture.file_source import FilePictures, FileSound
from duskreel.capture.modes import CameraMode, ModeMemory
from duskreel.errors import DiaryError
from duskreel.settings import NO_MICROPHONE

BUILT_IN, DESK = CameraDevice("/dev/video0", "Built-in", is_default=True), CameraDevice("/dev/video2", "Desk camera")
CAMERAS = [BUILT_IN, DESK]
INSIDE, HEADSET = MicrophoneDevice("inside", "Inside", is_default=True), MicrophoneDevice("headset", "Headset")
MICROPHONES = [INSIDE, HEADSET]


@pytest.fixture
def memory(tmp_path: Path) -> ModeMemory:
    return ModeMemory(tmp_path / "cameras.json")


def test_without_a_choice_the_default_devices_are_taken(memory: ModeMemory) -> None:
    chosen = choose(Wanted(), CAMERAS, MICROPHONES, memory)
    assert (chosen.camera_id, chosen.microphone_id, chosen.notices) == ("/dev/video0", "inside", ())
    assert isinstance(chosen.pictures, OpenCvCamera)


def test_what_was_chosen_is_found_by_its_id(memory: ModeMemory) -> None:
    chosen = choose(Wanted("/dev/video2", "headset"), CAMERAS, MICROPHONES, memory)
    assert chosen.pictures.label == "Desk camera"
    assert chosen.sound is not None
    assert chosen.sound.label == "Headset"
    assert chosen.notices == ()


def test_what_is_not_plugged_in_is_replaced_and_that_is_said(memory: ModeMemory) -> None:
    chosen = choose(Wanted("/dev/video9", "earphones"), CAMERAS, MICROPHONES, memory)
    assert (chosen.camera_id, chosen.microphone_id) == ("/dev/video0", "inside")
    assert "“Built-in”" in chosen.notices[0]
    assert "“Inside”" in chosen.notices[1]


def test_without_any_microphone_there_is_still_a_picture(memory: ModeMemory) -> None:
    chosen = choose(Wanted(), CAMERAS, [], memory)
    assert (chosen.sound, chosen.microphone_id) == (None, NO_MICROPHONE)
    assert chosen.notices == ("No microphone was found.",)


def test_no_microphone_on_request_is_not_worth_a_word(memory: ModeMemory) -> None:
    chosen = choose(Wanted(microphone=NO_MICROPHONE), CAMERAS, MICROPHONES, memory)
    assert (chosen.sound, chosen.notices) == (None, ())


def test_without_any_camera_it_fails(memory: ModeMemory) -> None:
    with pytest.raises(DiaryError, match="No camera"):
        choose(Wanted("/dev/video0"), [], MICROPHONES, memory)


def test_a_camera_in_the_network_needs_no_device(memory: ModeMemory) -> None:
    chosen = choose(Wanted("http://phone.local:8080/video"), [], MICROPHONES, memory)
    assert chosen.pictures.label == "phone.local"


def test_a_film_brings_its_own_sound(tmp_path: Path, memory: ModeMemory) -> None:
    clip = make_clip(tmp_path / "film.mp4", duration_s=0.2)
    chosen = choose(Wanted(str(clip)), [], [], memory)
    assert isinstance(chosen.pictures, FilePictures)
    assert isinstance(chosen.sound, FileSound)
    assert chosen.camera_id == str(clip)


def test_a_film_may_be_spoken_over(tmp_path: Path, memory: ModeMemory) -> None:
    clip = make_clip(tmp_path / "film.mp4", duration_s=0.2)
    chosen = choose(Wanted(str(clip), "headset"), [], MICROPHONES, memory)
    assert chosen.microphone_id == "headset"


def test_a_silent_film_has_no_microphone(tmp_path: Path, memory: ModeMemory) -> None:
    clip = make_clip(tmp_path / "film.mp4", duration_s=0.2, sound=None)
    assert choose(Wanted(str(clip)), [], [], memory).microphone_id == NO_MICROPHONE


def test_a_film_may_be_played_without_any_sound(tmp_path: Path, memory: ModeMemory) -> None:
    clip = make_clip(tmp_path / "film.mp4", duration_s=0.2)
    chosen = choose(Wanted(str(clip), NO_MICROPHONE), CAMERAS, MICROPHONES, memory)
    assert (chosen.sound, chosen.microphone_id, chosen.notices) == (None, NO_MICROPHONE, ())


def test_a_film_that_is_gone_is_replaced_by_the_camera(tmp_path: Path, memory: ModeMemory) -> None:
    chosen = choose(Wanted(str(tmp_path / "film.mp4")), CAMERAS, MICROPHONES, memory)
    assert chosen.camera_id == "/dev/video0"
    assert "“Built-in”" in chosen.notices[0]


def test_a_file_that_is_no_film_is_told_and_not_replaced(tmp_path: Path, memory: ModeMemory) -> None:
    (tmp_path / "film.mp4").write_bytes(b"this is no film")
    with pytest.raises(DiaryError, match=r"film\.mp4"):
        choose(Wanted(str(tmp_path / "film.mp4")), CAMERAS, MICROPHONES, memory)


def test_a_camera_in_the_network_is_heard_through_the_microphone_here(memory: ModeMemory) -> None:
    chosen = choose(Wanted("rtsp://phone.local/video", "earphones"), CAMERAS, MICROPHONES, memory)
    assert (chosen.camera_id, chosen.microphone_id) == ("rtsp://phone.local/video", "inside")
    assert "“Inside”" in chosen.notices[0]


def test_a_quality_is_a_size_to_ask_for() -> None:
    assert mode_of_quality("720") == CameraMode(1280, 720)
    assert mode_of_quality("auto") is mode_of_quality("7") is mode_of_quality("") is None

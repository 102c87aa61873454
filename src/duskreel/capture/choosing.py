"""From what the user has chosen once to what is plugged in now."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from duskreel.capture.camera import CameraAddress, OpenCvCamera
from duskreel.capture.devices import CameraDevice, Device, MicrophoneDevice, find_camera
from duskreel.capture.file_source import file_sources
from duskreel.capture.microphone import QtMicrophone
from duskreel.capture.modes import CameraMode, ModeMemory
from duskreel.capture.sources import PictureSource, SoundSource
from duskreel.capture.video_capture import is_network_address
from duskreel.settings import NO_MICROPHONE

CAMERA_MEMORY = "cameras.json"
"""in the state folder: what `ModeMemory` keeps"""
_WIDTHS = {2160: 3840, 1440: 2560, 1080: 1920, 720: 1280, 480: 640}
"""of the usual heights"""


@dataclass(frozen=True)
class Wanted:
    """As the settings say it."""

    camera: str = ""
    """id of a device, address of a camera in the network, or path of a film; "" for the default one"""
    microphone: str = ""
    """id of a device, NO_MICROPHONE, or "" for the default one"""
    video_quality: str = "auto"


@dataclass(frozen=True)
class Chosen:
    """What can be opened now."""

    pictures: PictureSource
    sound: SoundSource | None
    camera_id: str
    """as in `Wanted`; of the one that stands in where the wanted one is not here"""
    microphone_id: str
    notices: tuple[str, ...] = ()
    """sentences on what is not as the user wanted it"""


def choose(
    wanted: Wanted, cameras: Sequence[CameraDevice], microphones: Sequence[MicrophoneDevice], memory: ModeMemory
) -> Chosen:
    """Find the devices that are meant, or others in their place.

    Args:
        wanted: by the user.
        cameras: that are plugged in, the default one first.
        microphones: likewise.
        memory: of what worked with each camera.

    Raises:
        DiaryError: there is no camera at all, or the film cannot be read.
    """
    if wanted.camera and Path(wanted.camera).is_file():
        return _of_film(wanted, microphones)
    sound, microphone_id, notices = _sound(wanted.microphone, microphones)
    mode = mode_of_quality(wanted.video_quality)
    if is_network_address(wanted.camera):
        address = CameraAddress.of_url(wanted.camera)
        return Chosen(OpenCvCamera(address, memory=memory), sound, wanted.camera, microphone_id, notices)
    device, missing = _wanted_or_first(wanted.camera, cameras)
    if device is None:
        device = find_camera(among=cameras)
    pictures = OpenCvCamera(device.address, wanted=mode, memory=memory)
    return Chosen(pictures, sound, device.id, microphone_id, missing + notices)


def _of_film(wanted: Wanted, microphones: Sequence[MicrophoneDevice]) -> Chosen:
    """With its own sound, unless the user wants another one."""
    pictures, own_sound = file_sources(Path(wanted.camera))
    if wanted.microphone == "":
        return Chosen(pictures, own_sound, wanted.camera, "" if own_sound else NO_MICROPHONE)
    sound, microphone_id, notices = _sound(wanted.microphone, microphones)
    return Chosen(pictures, sound, wanted.camera, microphone_id, notices)


def mode_of_quality(video_quality: str) -> CameraMode | None:
    """What to ask a camera for; None to find out what is best."""
    height = int(video_quality) if video_quality.isdecimal() else 0
    return CameraMode(_WIDTHS[height], height) if height in _WIDTHS else None


def _sound(wanted: str, found: Sequence[MicrophoneDevice]) -> tuple[SoundSource | None, str, tuple[str, ...]]:
    if wanted == NO_MICROPHONE:
        return None, NO_MICROPHONE, ()
    device, missing = _wanted_or_first(wanted, found)
    if device is None:
        return None, NO_MICROPHONE, ("No microphone was found.",)
    return QtMicrophone(device), device.id, missing


def _wanted_or_first(wanted: str, found: Sequence[Device]) -> tuple[Device | None, tuple[str, ...]]:
    """The device of this id, else the default one and a sentence about that, else None."""
    same = next((device for device in found if device.id == wanted), None)
    if same is not None or not found:
        return same, ()
    first = found[0]
    return first, (f"What you chose is not connected; this is “{first.name}”.",) if wanted else ()

"""Cameras and microphones as values that stay the same when something else is plugged in."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from duskreel.capture.camera import CameraAddress
from duskreel.capture.modes import CameraMode
from duskreel.errors import DiaryError

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QCameraDevice, QMediaDevices

QUERY_CAPABILITY = 0x80685600
"""VIDIOC_QUERYCAP of linux/videodev2.h"""
_CAPABILITY_BYTES = 104
_CARD = slice(16, 48)
_DEVICE_CAPABILITIES = slice(88, 92)
_VIDEO_CAPTURE = 0x1 | 0x1000
"""V4L2_CAP_VIDEO_CAPTURE, and its form for several planes"""


@dataclass(frozen=True)
class CameraDevice:
    """A camera of this machine."""

    id: str
    """on Linux the device path; elsewhere what the system calls it"""
    name: str
    is_default: bool = False
    modes: tuple[CameraMode, ...] = ()
    """as it claims; empty where it cannot be asked"""
    number: int = 0
    """its place in the system's list; never to be remembered"""

    @property
    def address(self) -> CameraAddress:
        """What `OpenCvCamera` opens.

        Only tried on Linux: elsewhere OpenCV takes numbers, whose order Qt need not share.
        """
        is_linux = sys.platform.startswith("linux")
        return CameraAddress(self.id if is_linux else str(self.number), self.name, self.modes)


@dataclass(frozen=True)
class MicrophoneDevice:
    """A microphone of this machine."""

    id: str
    """as the sound server calls it"""
    name: str
    is_default: bool = False


Device = TypeVar("Device", CameraDevice, MicrophoneDevice)


def cameras() -> list[CameraDevice]:
    """The cameras that are plugged in, the default one first."""
    found = _cameras_of_qt()
    if sys.platform.startswith("linux"):
        known = {camera.id for camera in found}
        found += [camera for camera in _cameras_of_kernel() if camera.id not in known]
    return sorted(found, key=lambda camera: not camera.is_default)


def microphones() -> list[MicrophoneDevice]:
    """The microphones that are plugged in, the default one first; monitors of speakers are left out."""
    found = [
        MicrophoneDevice(device_id(device), device.description(), device.isDefault()) for device in qt_microphones()
    ]
    return sorted(found, key=lambda microphone: not microphone.is_default)


def find_camera(text: str | None = None, *, among: Sequence[CameraDevice] | None = None) -> CameraDevice:
    """The camera that the user means.

    Args:
        text: id, device path, or a part of the name in any case; None for the default camera.
        among: these, the default one first; all that are plugged in by default.

    Raises:
        DiaryError: there is none, or more than one of this name; names those that are there.
    """
    found = cameras() if among is None else among
    path = Path(text) if text is not None and text.startswith("/dev/") else None
    if path is not None and path.exists() and all(camera.id != text for camera in found):
        # A link such as those in /dev/v4l/by-id, or a device that is hidden from lists.
        target = str(path.resolve())
        return next((camera for camera in found if camera.id == target), CameraDevice(target, path.name))
    return _matching(found, text, "camera")


def find_microphone(text: str | None = None, *, among: Sequence[MicrophoneDevice] | None = None) -> MicrophoneDevice:
    """As `find_camera`."""
    return _matching(microphones() if among is None else among, text, "microphone")


def _matching(devices: Sequence[Device], text: str | None, kind: str) -> Device:
    if not devices:
        raise DiaryError(f"No {kind} was found.", "Plug one in, or check whether the system lets programs use it.")
    if text is None:
        return devices[0]
    wanted = text.strip().casefold()
    exact = [device for device in devices if text == device.id or wanted == device.name.casefold()]
    partly = [device for device in devices if wanted and wanted in device.name.casefold()]
    found = exact[:1] or partly
    if len(found) == 1:
        return found[0]
    what = f"There is no {kind} “{text}”." if not found else f"More than one {kind} fits “{text}”."
    names = ", ".join(f"“{device.name}” ({device.id})" for device in found or devices)
    raise DiaryError(what, f"Choose one of these: {names}.")


def qt_microphones() -> "list[QAudioDevice]":
    """As Qt knows them at this moment, in any thread and without an event loop; none where Qt's sound is missing."""
    devices = _qt_devices()
    return [] if devices is None else devices.audioInputs()


def device_id(device: "QAudioDevice | QCameraDevice") -> str:
    """Qt's id as text."""
    return bytes(device.id().data()).decode("utf-8", "replace")


def _qt_devices() -> "type[QMediaDevices] | None":
    try:
        from duskreel.qt_application import qt_application

        # Before the next import, which already says things that this keeps quiet.
        qt_application()
        from PySide6.QtMultimedia import QMediaDevices
    except ImportError:
        # Qt is linked against libraries that a machine without sound need not have.
        return None
    return QMediaDevices


def _cameras_of_qt() -> list[CameraDevice]:
    devices = _qt_devices()
    if devices is None:
        return []
    return [
        CameraDevice(
            id=device_id(device),
            name=device.description(),
            is_default=device.isDefault(),
            modes=tuple(
                CameraMode(
                    form.resolution().width(),
                    form.resolution().height(),
                    form.maxFrameRate(),
                    _FOURCC.get(form.pixelFormat().name, ""),
                )
                for form in device.videoFormats()
            ),
            number=number,
        )
        for number, device in enumerate(devices.videoInputs())
    ]


_FOURCC = {
    "Format_YUYV": "YUYV",
    "Format_UYVY": "UYVY",
    "Format_NV12": "NV12",
    "Format_YUV420P": "YU12",
    "Format_Jpeg": "MJPG",
}
"""Qt's names of pixel formats and V4L2's"""


def _cameras_of_kernel() -> list[CameraDevice]:
    """By asking the drivers, where Qt's multimedia is missing or sees nothing."""
    found = []
    for path in sorted(Path("/dev").glob("video*"), key=lambda path: (len(path.name), path.name)):
        name = _name_by_driver(path)
        if name:
            found.append(CameraDevice(str(path), name))
    return found


def _name_by_driver(path: Path) -> str | None:
    """The card's name; None for what is no camera. A device that may not be opened keeps its name in /sys."""
    import fcntl
    import os

    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    except PermissionError:
        return _name_in_sys(path)
    except OSError:
        return None
    answer = bytearray(_CAPABILITY_BYTES)
    try:
        fcntl.ioctl(descriptor, QUERY_CAPABILITY, answer)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    if not int.from_bytes(answer[_DEVICE_CAPABILITIES], "little") & _VIDEO_CAPTURE:
        return None
    return answer[_CARD].partition(b"\0")[0].decode("utf-8", "replace")


def _name_in_sys(path: Path) -> str:
    try:
        return Path("/sys/class/video4linux", path.name, "name").read_text("utf-8").strip()
    except OSError:
        return path.name

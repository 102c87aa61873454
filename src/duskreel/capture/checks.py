"""What is wrong with a device, in one sentence, by trying it."""

import errno
import os
import sys
from collections.abc import Callable
from threading import Event

from duskreel.capture.camera import OpenCvCamera
from duskreel.capture.coach import level_of
from duskreel.capture.delivery import Item
from duskreel.capture.devices import CameraDevice, MicrophoneDevice
from duskreel.capture.microphone import QtMicrophone
from duskreel.capture.sources import PictureSource, Sound, SoundSource, SourceEnd
from duskreel.errors import DiaryError

FIRST_PICTURE_PATIENCE_S = 5.0
FIRST_SOUND_PATIENCE_S = 5.0
ENOUGH_SOUND_S = 0.5
BLACK_BELOW = 20
"""luma, where 16 is black: what a closed shutter gives, noise and all"""


def check_camera(
    device: CameraDevice, *, open_source: Callable[[CameraDevice], PictureSource] | None = None
) -> str | None:
    """Open the camera and wait for a picture.

    Args:
        device: from `devices.cameras`.
        open_source: makes the source that is tried; the real one by default.

    Returns:
        What is wrong with it, for the user; None if it works.
    """
    forbidden = _forbidden(device)
    if forbidden is not None:
        return forbidden
    source = OpenCvCamera(device.address) if open_source is None else open_source(device)
    try:
        first = _delivered(source.start, source.stop, lambda _pictures: True, FIRST_PICTURE_PATIENCE_S)
    except DiaryError:
        return f"The camera “{device.name}” cannot be opened: another program may be using it."
    if not first:
        return f"The camera “{device.name}” opens, but delivers no picture: plug it in again."
    _, height = first[0].size
    if first[0].planes[:height].max() < BLACK_BELOW:
        return f"The camera “{device.name}” shows only black: is its shutter or lid closed?"
    return None


def check_microphone(
    device: MicrophoneDevice, *, open_source: Callable[[MicrophoneDevice], SoundSource] | None = None
) -> str | None:
    """Open the microphone and listen for half a second; arguments and result as for `check_camera`."""
    source = QtMicrophone(device) if open_source is None else open_source(device)
    try:
        heard = _delivered(source.start, source.stop, _is_enough_sound, FIRST_SOUND_PATIENCE_S)
    except DiaryError as error:
        return error.what_happened
    if not heard:
        return f"The microphone “{device.name}” opens, but delivers nothing: plug it in again."
    if all(level_of(block.samples).is_digital_silence for block in heard):
        return f"The microphone “{device.name}” delivers only silence: it may be muted."
    return None


def _delivered(
    start: Callable[[Callable[[Item], None], Callable[[SourceEnd], None]], None],
    stop: Callable[[], None],
    is_enough: Callable[[list[Item]], bool],
    patience_s: float,
) -> list[Item]:
    """What a source delivers until it is enough, or the source ends, or patience does."""
    items: list[Item] = []
    decided = Event()

    def take(item: Item) -> None:
        items.append(item)
        if is_enough(items):
            decided.set()

    try:
        start(take, lambda _reason: decided.set())
        decided.wait(patience_s)
    finally:
        stop()
    return items


def _is_enough_sound(heard: list[Sound]) -> bool:
    return sum(len(block.samples) / block.rate_hz for block in heard) >= ENOUGH_SOUND_S


def _forbidden(device: CameraDevice) -> str | None:
    """Whether the system lets this user open it at all."""
    if sys.platform.startswith("linux"):
        try:
            os.close(os.open(device.id, os.O_RDWR | os.O_NONBLOCK))
        except OSError as error:
            return _why_not(device, error)
    return None


def _why_not(device: CameraDevice, error: OSError) -> str:
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"You may not use the camera “{device.name}” ({device.id}): join the group “video” and log in again."
    if error.errno == errno.EBUSY:
        return f"The camera “{device.name}” is being used by another program."
    return f"The camera “{device.name}” ({device.id}) cannot be opened: {error.strerror}."

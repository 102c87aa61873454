"""What is wrong with a device, in one sentence."""

from collections.abc import Callable

import numpy as np
import pytest

from duskreel.capture.checks import check_camera, check_microphone
from duskreel.capture.devices import CameraDevice, MicrophoneDevice
from duskreel.capture.sources import Picture, Sound, SourceEnd
from duskreel.errors import DiaryError

# Anything that may be opened: what it delivers comes from the source.
CAMERA = CameraDevice("/dev/null", "Test Webcam")
MICROPHONE = MicrophoneDevice("mic", "Test Microphone")


class OneShot:
    """A source that delivers what it was made with, and ends."""

    label = "test"

    def __init__(self, items: list[object], *, opens: bool = True) -> None:
        self._items = items
        self._opens = opens
        self.is_stopped = False

    def start(self, on_item: Callable[[object], None], on_end: Callable[[SourceEnd], None]) -> None:
        if not self._opens:
            raise DiaryError("The device cannot be opened.", "Plug it in.")
        for item in self._items:
            on_item(item)
        on_end(SourceEnd.LOST)

    def stop(self) -> None:
        self.is_stopped = True


def picture(luma: int) -> Picture:
    planes = np.full((72, 64), 128, dtype=np.uint8)
    planes[:48] = luma
    return Picture(planes, 0)


def sound(level: float) -> Sound:
    samples = np.random.default_rng(1).normal(0, level, (48_000, 1)) if level else np.zeros((48_000, 1))
    return Sound(samples.astype(np.float32), 48_000, 0)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (OneShot([picture(90)]), None),
        (OneShot([picture(17)]), "only black"),
        (OneShot([]), "delivers no picture"),
        (OneShot([], opens=False), "another program"),
    ],
)
def test_what_is_wrong_with_a_camera(source: OneShot, said: str | None) -> None:
    answer = check_camera(CAMERA, open_source=lambda _device: source)
    assert answer is None if said is None else said in (answer or "")
    assert answer is None or "“Test Webcam”" in answer
    assert source.is_stopped


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (OneShot([sound(0.01)]), None),
        (OneShot([sound(0)]), "only silence"),
        (OneShot([]), "delivers nothing"),
        (OneShot([], opens=False), "cannot be opened"),
    ],
)
def test_what_is_wrong_with_a_microphone(source: OneShot, said: str | None) -> None:
    answer = check_microphone(MICROPHONE, open_source=lambda _device: source)
    assert answer is None if said is None else said in (answer or "")
    assert source.is_stopped


def test_device_that_does_not_exist_is_said_so() -> None:
    answer = check_camera(CameraDevice("/dev/video77", "Ghost"))
    assert answer == "The camera “Ghost” (/dev/video77) cannot be opened: No such file or directory."

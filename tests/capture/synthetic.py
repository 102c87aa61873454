"""A camera and a microphone that do as they are told, by a clock that the test moves."""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from duskreel.capture.sources import Picture, Sound, SourceEnd

NS_PER_S = 1_000_000_000
NS_PER_MS = 1_000_000
RATE_HZ = 48_000
FLASH_EVERY_S = 1.0
FLASH_S = 0.1
START_NS = 5_000 * NS_PER_S


@dataclass
class FakeClock:
    """The monotonic clock, moved by hand."""

    at_ns: int = START_NS

    def now_ns(self) -> int:
        return self.at_ns


@dataclass
class FakeCamera:
    """Delivers what the test hands to it."""

    label: str = "Test camera"
    on_picture: Callable[[Picture], None] = field(default=lambda _: None)
    on_end: Callable[[SourceEnd], None] = field(default=lambda _: None)
    is_open: bool = False

    def start(self, on_picture: Callable[[Picture], None], on_end: Callable[[SourceEnd], None]) -> None:
        self.on_picture, self.on_end, self.is_open = on_picture, on_end, True

    def stop(self) -> None:
        self.is_open = False


@dataclass
class FakeMicrophone:
    """Delivers what the test hands to it."""

    label: str = "Test microphone"
    on_sound: Callable[[Sound], None] = field(default=lambda _: None)
    on_end: Callable[[SourceEnd], None] = field(default=lambda _: None)
    is_open: bool = False

    def start(self, on_sound: Callable[[Sound], None], on_end: Callable[[SourceEnd], None]) -> None:
        self.on_sound, self.on_end, self.is_open = on_sound, on_end, True

    def stop(self) -> None:
        self.is_open = False


def planes(at_s: float, size: tuple[int, int] = (160, 90)) -> NDArray[np.uint8]:
    """A dark picture with a moving square; white during the flash that begins every FLASH_EVERY_S."""
    width, height = size
    picture = np.full((height * 3 // 2, width), 128, np.uint8)
    is_flash = (at_s + 1e-6) % FLASH_EVERY_S < FLASH_S and at_s > FLASH_S
    picture[:height] = 235 if is_flash else 40
    left = int(at_s * 30) % (width - 10)
    picture[:10, left : left + 10] = 120 + int(at_s * 30) % 50
    return picture


def beeps(start_s: float, count: int, rate_hz: float = RATE_HZ) -> NDArray[np.float32]:
    """A quiet hum, shape (count, 1), and a beep with each flash, at true times."""
    times = start_s + np.arange(count) / rate_hz
    is_beep = ((times + 1e-9) % FLASH_EVERY_S < FLASH_S) & (times > FLASH_S)
    samples = np.where(is_beep, 0.5, 0.01) * np.sin(2 * np.pi * 1000 * times)
    return samples.astype(np.float32)[:, None]


class Studio:
    """Plays camera and microphone side by side, as fast as the machine can or in real time."""

    def __init__(
        self,
        clock: FakeClock,
        camera: FakeCamera,
        microphone: FakeMicrophone | None,
        *,
        fps: float = 30,
        size: tuple[int, int] = (160, 90),
        sound_speed: float = 1.0,
        settle: Callable[[], None] = lambda: None,
    ) -> None:
        self.clock, self.camera, self.microphone = clock, camera, microphone
        self.fps, self.size, self.sound_speed = fps, size, sound_speed
        self.camera_on = self.microphone_on = True
        self._settle = settle
        self._pictures = self._blocks = 0

    @property
    def at_s(self) -> float:
        return (self.clock.at_ns - START_NS) / NS_PER_S

    def play(self, duration_s: float) -> None:
        """Let time pass, with everything that happens in it."""
        end_s = self.at_s + duration_s
        block_s = 0.02
        while True:
            picture_s, sound_s = self._pictures / self.fps, (self._blocks + 1) * block_s
            if min(picture_s, sound_s) > end_s - 1e-9:
                break
            if picture_s <= sound_s:
                self._pictures += 1
                self._move_to(picture_s)
                if self.camera_on:
                    self.camera.on_picture(Picture(planes(picture_s, self.size), self.clock.at_ns))
                self._settle()
            else:
                self._blocks += 1
                self._move_to(sound_s)
                if self.microphone_on and self.microphone:
                    self._deliver_sound(sound_s - block_s, block_s)
        self._move_to(end_s)

    def sleep(self, duration_s: float) -> None:
        """Nothing is delivered, since the machine stands still."""
        self.clock.at_ns += round(duration_s * NS_PER_S)
        self._pictures = math.ceil(self.at_s * self.fps)
        self._blocks = math.ceil(self.at_s / 0.02)

    def _deliver_sound(self, start_s: float, block_s: float) -> None:
        rate_hz = RATE_HZ * self.sound_speed
        first, end = round(start_s * rate_hz), round((start_s + block_s) * rate_hz)
        samples = beeps(first / rate_hz, end - first, rate_hz)
        if self.microphone:
            self.microphone.on_sound(Sound(samples, RATE_HZ, START_NS + round(first / rate_hz * NS_PER_S)))

    def _move_to(self, at_s: float) -> None:
        self.clock.at_ns = START_NS + round(at_s * NS_PER_S)


class Heard:
    """Collects events and lets a test wait for one, since they come from the writer's thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.events: list = []

    def __call__(self, event: object) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    @property
    def kinds(self) -> list:
        return [event.kind for event in self.events]

    def wait_for(self, kind: object, timeout_s: float = 10) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: kind in self.kinds, timeout_s), f"{kind} never came: {self.kinds}"

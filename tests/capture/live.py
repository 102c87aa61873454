"""A camera and a microphone that deliver in real time, each from a thread of its own."""

import threading
import time
from collections.abc import Callable

from capture.synthetic import NS_PER_S, RATE_HZ, beeps, planes
from duskreel.capture.sources import Picture, Sound, SourceEnd

BLOCK_SAMPLES = 960


class _Live:
    def __init__(self, base_ns: int) -> None:
        self._base_ns = base_ns
        self._ends = threading.Event()
        self._thread: threading.Thread | None = None

    def _run(self, target: Callable[[], None]) -> None:
        self._thread = threading.Thread(target=target, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ends.set()
        if self._thread:
            self._thread.join()

    def _waits_until(self, at_ns: int) -> bool:
        return not self._ends.wait(max(at_ns - time.monotonic_ns(), 0) / NS_PER_S)


class LiveCamera(_Live):
    """Flashes once a second of the monotonic clock, counted from `base_ns`."""

    label = "Live camera"

    def __init__(self, base_ns: int, *, fps: float = 30, size: tuple[int, int] = (320, 180)) -> None:
        super().__init__(base_ns)
        self._fps, self._size = fps, size

    def start(self, on_picture: Callable[[Picture], None], _on_end: Callable[[SourceEnd], None]) -> None:
        def deliver() -> None:
            number = int((time.monotonic_ns() - self._base_ns) / NS_PER_S * self._fps) + 1
            while self._waits_until(self._base_ns + round(number / self._fps * NS_PER_S)):
                at_ns = time.monotonic_ns()
                on_picture(Picture(planes((at_ns - self._base_ns) / NS_PER_S, self._size), at_ns))
                number += 1

        self._run(deliver)


class LiveMicrophone(_Live):
    """Beeps with each flash."""

    label = "Live microphone"

    def __init__(self, base_ns: int, *, speed: float = 1.0) -> None:
        super().__init__(base_ns)
        self._rate_hz = RATE_HZ * speed

    def start(self, on_sound: Callable[[Sound], None], _on_end: Callable[[SourceEnd], None]) -> None:
        def deliver() -> None:
            number = int((time.monotonic_ns() - self._base_ns) / NS_PER_S * self._rate_hz / BLOCK_SAMPLES) + 1
            while self._waits_until(self._at_ns(number + 1)):
                samples = beeps(number * BLOCK_SAMPLES / self._rate_hz, BLOCK_SAMPLES, self._rate_hz)
                on_sound(Sound(samples, RATE_HZ, self._at_ns(number)))
                number += 1

        self._run(deliver)

    def _at_ns(self, block: int) -> int:
        return self._base_ns + round(block * BLOCK_SAMPLES / self._rate_hz * NS_PER_S)

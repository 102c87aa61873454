"""When samples sounded, and every way in which a microphone ends."""

import random
import time
from collections.abc import Iterator
from itertools import pairwise
from threading import Event

import numpy as np
import pytest

from duskreel.capture.devices import MicrophoneDevice
from duskreel.capture.microphone import _SAMPLES, ArrivalTimes, QtMicrophone, Samples
from duskreel.capture.sources import Sound, SourceEnd
from duskreel.errors import DiaryError

DEVICE = MicrophoneDevice("mic", "Test Microphone")
RATE_HZ = 48_000
BLOCK = 1024
PATIENCE_S = 20
NS = 1_000_000_000


class FakeRecording:
    """Stands in for Qt: gives what a generator gives, then nothing."""

    def __init__(self, blocks: Iterator[Samples | None]) -> None:
        self.rate_hz = RATE_HZ
        self.closed = Event()
        self._blocks = blocks

    def read(self) -> Samples | None:
        return next(self._blocks, np.zeros((0, 1), np.float32))

    def close(self) -> None:
        self.closed.set()


class Listener:
    def __init__(self, enough: int = 5) -> None:
        self.sounds: list[Sound] = []
        self.ends: list[SourceEnd] = []
        self.has_enough, self.has_ended = Event(), Event()
        self._enough = enough

    def take(self, sound: Sound) -> None:
        self.sounds.append(sound)
        if len(self.sounds) >= self._enough:
            self.has_enough.set()

    def end(self, reason: SourceEnd) -> None:
        self.ends.append(reason)
        self.has_ended.set()


def blocks(count: int) -> Iterator[Samples]:
    for number in range(count):
        yield np.full((BLOCK, 1), number / 1000, np.float32)


def test_samples_arrive_in_order_until_it_is_stopped() -> None:
    recording = FakeRecording(blocks(1000))
    listener = Listener(10)
    microphone = QtMicrophone(DEVICE, opener=lambda _device: recording)
    microphone.start(listener.take, listener.end)
    assert listener.has_enough.wait(PATIENCE_S)
    microphone.stop()
    count = len(listener.sounds)
    assert [float(sound.samples[0, 0]) for sound in listener.sounds] == pytest.approx([n / 1000 for n in range(count)])
    assert all(sound.rate_hz == RATE_HZ and sound.at_ns < time.monotonic_ns() for sound in listener.sounds)
    assert recording.closed.is_set()
    microphone.stop()
    assert (len(listener.sounds), listener.ends) == (count, [])


def test_microphone_that_is_pulled_out_is_lost() -> None:
    recording = FakeRecording(iter([*blocks(3), None]))
    listener = Listener()
    microphone = QtMicrophone(DEVICE, opener=lambda _device: recording)
    microphone.start(listener.take, listener.end)
    assert listener.has_ended.wait(PATIENCE_S)
    assert (len(listener.sounds), listener.ends) == (3, [SourceEnd.LOST])
    assert recording.closed.is_set()
    microphone.stop()


def test_microphone_that_gives_nothing_any_more_is_lost() -> None:
    listener = Listener()
    microphone = QtMicrophone(DEVICE, opener=lambda _device: FakeRecording(blocks(3)), lost_after_s=0.2)
    microphone.start(listener.take, listener.end)
    assert listener.has_ended.wait(PATIENCE_S)
    assert listener.ends == [SourceEnd.LOST]
    microphone.stop()


def test_microphone_that_does_not_open_says_why() -> None:
    def refuse(_device: MicrophoneDevice) -> FakeRecording:
        raise DiaryError("The microphone is gone.", "Plug it in.")

    with pytest.raises(DiaryError, match="gone"):
        QtMicrophone(DEVICE, opener=refuse).start(lambda _sound: None, lambda _reason: None)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Float", np.array([0, 0.5, -1], np.float32).tobytes()),
        ("Int16", np.array([0, 16_384, -32_768], np.int16).tobytes()),
        ("Int32", np.array([0, 1 << 30, -(1 << 31)], np.int32).tobytes()),
        ("UInt8", np.array([128, 192, 0], np.uint8).tobytes()),
    ],
)
def test_every_sample_format_becomes_float(name: str, content: bytes) -> None:
    samples = _SAMPLES[name](content)
    assert samples.dtype == np.float32
    assert samples.tolist() == [0, 0.5, -1]


def arrivals(duration_s: float, *, clock_ppm: float = 0, late_ms: float = 12, seed: int = 1) -> list[tuple[int, int]]:
    """When each block sounded and when it was read, by a reader that comes late by up to `late_ms`."""
    chance = random.Random(seed)  # noqa: S311
    rate_hz = RATE_HZ * (1 + clock_ppm / 1e6)
    found = []
    for number in range(int(duration_s * RATE_HZ / BLOCK)):
        start_ns = round(number * BLOCK / rate_hz * NS)
        found.append((start_ns, start_ns + round((BLOCK / rate_hz + chance.uniform(0, late_ms) / 1000) * NS)))
    return found


def errors_ms(found: list[tuple[int, int]]) -> list[float]:
    times = ArrivalTimes(RATE_HZ)
    return [(times.first_sample_ns(BLOCK, arrived_ns) - start_ns) / 1e6 for start_ns, arrived_ns in found]


@pytest.mark.parametrize("clock_ppm", [0, 200, -200])
def test_times_are_right_within_three_ms_whatever_the_clock(clock_ppm: float) -> None:
    settled = errors_ms(arrivals(120, clock_ppm=clock_ppm))[100:]
    assert max(abs(error) for error in settled) < 3


def test_settled_times_are_steady() -> None:
    settled = errors_ms(arrivals(60, late_ms=40))[100:]
    assert max(abs(following - error) for error, following in pairwise(settled)) < 0.1


def test_reader_that_was_held_up_does_not_move_the_times() -> None:
    found = arrivals(10)
    held_ns = found[300][1]
    found[280:300] = [(start_ns, max(arrived_ns, held_ns)) for start_ns, arrived_ns in found[280:300]]
    assert max(abs(error) for error in errors_ms(found)[100:]) < 3


def test_lost_samples_show_as_a_leap() -> None:
    found = arrivals(10)
    after_gap = [(start_ns + NS, arrived_ns + NS) for start_ns, arrived_ns in found[250:]]
    errors = errors_ms(found[:250] + after_gap)
    assert abs(errors[249]) < 3
    assert errors[251] < -900, "not known yet: it might only be late"
    assert max(abs(error) for error in errors[290:]) < 15
    assert max(abs(error) for error in errors[350:]) < 3

"""A microphone through Qt's audio source, in a thread of its own, and when its samples sounded."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from duskreel.capture.delivery import Delivery, SourceThread
from duskreel.capture.devices import MicrophoneDevice, device_id, qt_microphones
from duskreel.capture.sources import Sound, SourceEnd
from duskreel.errors import DiaryError

RATE_HZ = 48_000
MOST_CHANNELS = 2
READ_EVERY_S = 0.01
BUFFERED_S = 1.0
"""what the system keeps for us while this machine is busy"""
LOST_AFTER_S = 2.0
FIRST_SOUND_PATIENCE_S = 5.0
"""sound servers wake a sleeping card, and Bluetooth headsets change their profile"""
OPENING_PATIENCE_S = 10.0
LOOK_EVERY_S = 0.5
"""whether the device is still there"""
_NS = 1_000_000_000

Samples = NDArray[np.float32]


class Recording(Protocol):
    """An open microphone; made, used and closed in one thread, as QAudioSource wants it."""

    rate_hz: int

    def read(self) -> Samples | None:
        """What has come since the last call, (count, channels), at once; None when the device is gone."""

    def close(self) -> None:
        """Let go of the device."""


class QtMicrophone:
    """A `SoundSource` that needs no event loop: the thread asks Qt's buffer a hundred times a second.

    Args:
        device: to open.
        opener: of the device, for tests without one; raises DiaryError.
        lost_after_s: without a sample for this long, the microphone is lost.
    """

    def __init__(
        self,
        device: MicrophoneDevice,
        *,
        opener: Callable[[MicrophoneDevice], Recording] | None = None,
        lost_after_s: float = LOST_AFTER_S,
    ) -> None:
        self._device = device
        self._opener = opener or open_recording
        self._lost_after_s = lost_after_s
        self._thread: SourceThread[Sound] = SourceThread(
            "microphone", OPENING_PATIENCE_S, lambda: _cannot_open(device, "does not answer")
        )

    @property
    def label(self) -> str:
        """The microphone's name."""
        return self._device.name

    def start(self, on_sound: Callable[[Sound], None], on_end: Callable[[SourceEnd], None]) -> None:
        """As for `SoundSource`; returns when the device is open."""
        self._thread.start(self._run, on_sound, on_end)

    def stop(self) -> None:
        """As for `SoundSource`."""
        self._thread.stop()

    def _run(self, delivery: Delivery[Sound], opened: Event, stopping: Event) -> None:
        recording = self._opener(self._device)
        opened.set()
        try:
            self._deliver(recording, delivery, stopping)
        finally:
            recording.close()
            if not stopping.is_set():
                delivery.end(SourceEnd.LOST)

    def _deliver(self, recording: Recording, delivery: Delivery[Sound], stopping: Event) -> None:
        """Until it is stopped, or the device is gone or silent for too long."""
        times = ArrivalTimes(recording.rate_hz)
        give_up_s = time.monotonic() + FIRST_SOUND_PATIENCE_S
        while not stopping.wait(READ_EVERY_S):
            samples = recording.read()
            arrived_ns = time.monotonic_ns()
            if samples is None or (not len(samples) and time.monotonic() > give_up_s):
                return
            if len(samples):
                at_ns = times.first_sample_ns(len(samples), arrived_ns)
                delivery.give(Sound(samples, recording.rate_hz, at_ns))
                give_up_s = time.monotonic() + self._lost_after_s


@dataclass(frozen=True)
class _Seen:
    arrived_ns: int
    offset_ns: float


class ArrivalTimes:
    """When samples sounded, from when their blocks arrived.

    Blocks come late by more or less, but never early: so the least delay of the last seconds is the truth, as
    near as it can be told, and follows a clock that runs fast or slow. A delay that stays is no delay: then samples
    are missing, and the times leap.
    """

    WINDOW_NS = 4 * _NS
    GAP_NS = 80_000_000
    GAP_STAYS_NS = _NS // 2
    SMOOTHING = 0.02
    """of the way to the new estimate with each block, once there have been some"""
    SETTLED_AFTER_NS = _NS

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._count = 0
        self._seen: deque[_Seen] = deque()
        self._estimate_ns: float | None = None
        self._started_ns = 0

    def first_sample_ns(self, count: int, arrived_ns: int) -> int:
        """When the first of `count` new samples sounded.

        Args:
            count: of samples in each channel.
            arrived_ns: by the monotonic clock, right after they were read.
        """
        if self._estimate_ns is None:
            self._started_ns = arrived_ns
        begins_ns = self._count * _NS / self._rate_hz
        self._count += count
        offset_ns = arrived_ns - self._count * _NS / self._rate_hz
        self._seen.append(_Seen(arrived_ns, offset_ns))
        while self._seen[0].arrived_ns < arrived_ns - self.WINDOW_NS:
            self._seen.popleft()
        self._estimate_ns = self._estimated(arrived_ns)
        return round(self._estimate_ns + begins_ns)

    def _estimated(self, arrived_ns: int) -> float:
        least_ns = min(seen.offset_ns for seen in self._seen)
        if self._estimate_ns is None or arrived_ns - self._started_ns < self.SETTLED_AFTER_NS:
            return least_ns
        recent = [seen for seen in self._seen if seen.arrived_ns >= arrived_ns - self.GAP_STAYS_NS]
        recent_ns = min(seen.offset_ns for seen in recent)
        stays = len(recent) > 1 and recent[-1].arrived_ns - recent[0].arrived_ns > self.GAP_STAYS_NS // 2
        if stays and recent_ns - self._estimate_ns > self.GAP_NS:
            self._seen = deque(recent)
            self._started_ns = arrived_ns
            return recent_ns
        return self._estimate_ns + self.SMOOTHING * (least_ns - self._estimate_ns)


def open_recording(device: MicrophoneDevice) -> Recording:
    """Open a microphone with Qt, in the calling thread.

    Raises:
        DiaryError: it is not there any more, or cannot be opened.
    """
    return _QtRecording(device)


class _QtRecording:
    def __init__(self, device: MicrophoneDevice) -> None:
        found = [microphone for microphone in qt_microphones() if device_id(microphone) == device.id]
        if not found:
            raise _cannot_open(device, "is not there any more")
        from PySide6.QtMultimedia import QAudioFormat, QAudioSource

        wanted = found[0].preferredFormat()
        wanted.setSampleRate(RATE_HZ)
        wanted.setChannelCount(min(max(wanted.channelCount(), 1), MOST_CHANNELS))
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Float)
        if not found[0].isFormatSupported(wanted):
            wanted = found[0].preferredFormat()
        self.rate_hz = wanted.sampleRate()
        self._id = device.id
        self._channels = wanted.channelCount()
        self._convert = _SAMPLES[wanted.sampleFormat().name]
        self._left = b""
        self._bytes_per_frame = wanted.bytesPerFrame()
        self._next_look_s = time.monotonic() + LOOK_EVERY_S
        self._source = QAudioSource(found[0], wanted)
        self._source.setBufferSize(wanted.bytesForDuration(round(BUFFERED_S * 1_000_000)))
        # Kept referenced: Python would let go of it, and with it of the sound.
        self._io: Any = self._source.start()
        if self._io is None or self._is_stopped():
            raise _cannot_open(device, "cannot be opened")

    def read(self) -> Samples | None:
        if self._is_stopped() or not self._is_listed():
            return None
        content = self._left + bytes(self._io.readAll().data())
        whole = len(content) // self._bytes_per_frame * self._bytes_per_frame
        self._left = content[whole:]
        return self._convert(content[:whole]).reshape(-1, self._channels)[:, :MOST_CHANNELS]

    def close(self) -> None:
        self._source.stop()

    def _is_stopped(self) -> bool:
        return bool(self._source.state().name == "StoppedState")

    def _is_listed(self) -> bool:
        """When a microphone is pulled out, PulseAudio goes on with another source, which may be silent, unasked."""
        if time.monotonic() < self._next_look_s:
            return True
        self._next_look_s = time.monotonic() + LOOK_EVERY_S
        return any(device_id(microphone) == self._id for microphone in qt_microphones())


def _from_float(content: bytes) -> Samples:
    return np.frombuffer(content, np.float32)


def _from_int16(content: bytes) -> Samples:
    return np.frombuffer(content, np.int16).astype(np.float32) / np.float32(1 << 15)


def _from_int32(content: bytes) -> Samples:
    return (np.frombuffer(content, np.int32) / float(1 << 31)).astype(np.float32)


def _from_uint8(content: bytes) -> Samples:
    return (np.frombuffer(content, np.uint8).astype(np.float32) - 128) / np.float32(128)


_SAMPLES: dict[str, Callable[[bytes], Samples]] = {
    "Float": _from_float,
    "Int16": _from_int16,
    "Int32": _from_int32,
    "UInt8": _from_uint8,
}


def _cannot_open(device: MicrophoneDevice, what: str) -> DiaryError:
    return DiaryError(
        f"The microphone “{device.name}” {what}.",
        "Plug it in again, or choose another one.",
    )

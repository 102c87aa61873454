"""A video file that stands in for a camera and a microphone."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from threading import Condition, Event, Thread, current_thread
from typing import BinaryIO, Protocol

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from numpy.typing import NDArray

from duskreel.capture.delivery import STOP_PATIENCE_S, Delivery, Item
from duskreel.capture.sources import Picture, Sound, SourceEnd
from duskreel.errors import DiaryError
from duskreel.library.media import open_media, packets, picture_stream
from duskreel.library.orientation import Orientation, orientation_of
from duskreel.picture.conversion import PlanesConverter

RATE_HZ = 48_000
TOLERATED_GAP_S = Fraction(40, 1000)
"""containers round times, some to whole frames; only a larger step is a hole"""
LAYOUTS = {1: "mono", 2: "stereo"}
_NS = 1_000_000_000
_POLL_S = 0.1


class Pacer(Protocol):
    """What the pictures and the sound of one file share: when it began, and how fast it goes."""

    def begin(self, who: object) -> int:
        """When the file begins, in ns of the monotonic clock: the same for all who ask."""

    def wait_until(self, who: object, at_ns: int, stopping: Event) -> None:
        """Return when it is time for what belongs to this moment, or soon after `stopping` is set."""

    def leave(self, who: object) -> None:
        """Somebody delivers no more, and nobody need wait for them."""


class RealTime:
    """As fast as a camera would."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._zero_ns: int | None = None

    def begin(self, _who: object) -> int:
        """As for `Pacer`: now, for the first who asks."""
        with self._condition:
            if self._zero_ns is None:
                self._zero_ns = time.monotonic_ns()
            return self._zero_ns

    def wait_until(self, _who: object, at_ns: int, stopping: Event) -> None:
        """As for `Pacer`."""
        stopping.wait(max(at_ns - time.monotonic_ns(), 0) / _NS)

    def leave(self, _who: object) -> None:
        """As for `Pacer`."""


class AsFastAsTaken:
    """As fast as what is delivered is taken, with pictures and sound never far from each other.

    Args:
        expected: how many sources share it; the first to begin waits for the others.
        lead_ns: how far one may be ahead of another.
    """

    def __init__(self, expected: int, *, lead_ns: int = _NS // 4) -> None:
        self._expected = expected
        self._lead_ns = lead_ns
        self._condition = Condition()
        self._zero_ns: int | None = None
        self._reached_ns: dict[object, int] = {}

    def begin(self, who: object) -> int:
        """As for `Pacer`: the times then run ahead of the real ones."""
        with self._condition:
            if self._zero_ns is None:
                self._zero_ns = time.monotonic_ns()
            self._reached_ns[who] = self._zero_ns
            self._condition.notify_all()
            return self._zero_ns

    def wait_until(self, who: object, at_ns: int, stopping: Event) -> None:
        """As for `Pacer`: wait for those who are behind."""
        with self._condition:
            self._reached_ns[who] = max(at_ns, self._reached_ns.get(who, at_ns))
            self._condition.notify_all()
            while not stopping.is_set() and self._is_ahead(at_ns):
                self._condition.wait(_POLL_S)

    def leave(self, who: object) -> None:
        """As for `Pacer`."""
        with self._condition:
            self._reached_ns.pop(who, None)
            self._expected -= 1
            self._condition.notify_all()

    def _is_ahead(self, at_ns: int) -> bool:
        if len(self._reached_ns) < self._expected:
            return True
        return at_ns - min(self._reached_ns.values(), default=at_ns) > self._lead_ns


def file_sources(path: Path, pacer: Pacer | None = None) -> "tuple[FilePictures, FileSound | None]":
    """The pictures of a file and, if it has any, its sound, on one timeline.

    Args:
        path: of a video file.
        pacer: how fast it plays; None for real time.

    Raises:
        DiaryError: there is no such file, it is no video, or it cannot be read.
    """
    with _opened_file(path) as file, open_media(file, path.name) as container:
        picture_stream(container, path.name)
        has_sound = any(stream.codec_context is not None for stream in container.streams.audio)
    shared = pacer or RealTime()
    return FilePictures(path, shared), FileSound(path, shared) if has_sound else None


class _FileThread:
    """What playing the pictures and playing the sound of a file have in common."""

    def __init__(self, path: Path, pacer: Pacer) -> None:
        self._path = path
        self._pacer = pacer
        self._stopping = Event()
        self._thread: Thread | None = None
        self._close: Callable[[], None] | None = None

    @property
    def label(self) -> str:
        """The file's name."""
        return self._path.name

    def stop(self) -> None:
        """As for `PictureSource`."""
        self._stopping.set()
        if self._close is not None:
            self._close()
        if self._thread is not None and self._thread is not current_thread():
            self._thread.join(STOP_PATIENCE_S)

    def _play(
        self,
        delivery: Delivery[Item],
        items: Callable[[InputContainer, int], Iterator[tuple[int, Item]]],
    ) -> None:
        """Deliver from another thread; `items` gives each with the time at which it is due.

        Raises:
            DiaryError: the file cannot be opened.
        """
        file = _opened_file(self._path)
        try:
            container = open_media(file, self._path.name)
            picture_stream(container, self._path.name)
        except DiaryError:
            file.close()
            raise
        self._close, self._stopping = delivery.close, Event()

        def run(stopping: Event) -> None:
            try:
                with file, container:
                    zero_ns = self._pacer.begin(self)
                    for due_ns, item in items(container, zero_ns):
                        self._pacer.wait_until(self, due_ns, stopping)
                        if stopping.is_set():
                            break
                        delivery.give(item)
            finally:
                self._pacer.leave(self)
                delivery.end(SourceEnd.FINISHED)

        self._thread = Thread(target=run, args=(self._stopping,), name=f"play {type(self).__name__}", daemon=True)
        self._thread.start()


class FilePictures(_FileThread):
    """A `PictureSource`: each picture is due at its time in the file, and stamped with that.

    Args:
        path: of a video file.
        pacer: shared with the sound of the same file.
    """

    def start(self, on_picture: Callable[[Picture], None], on_end: Callable[[SourceEnd], None]) -> None:
        """As for `PictureSource`; ends with `SourceEnd.FINISHED`."""
        self._play(Delivery(on_picture, on_end), self._pictures)

    def _pictures(self, container: InputContainer, zero_ns: int) -> Iterator[tuple[int, Picture]]:
        stream = picture_stream(container, self.label)
        converter = PlanesConverter()
        zero_s = _zero_s(container, self.label)
        for frame in _decoded(container, stream):
            if not isinstance(frame, av.VideoFrame) or frame.pts is None or frame.time_base is None:
                continue
            at_ns = zero_ns + round((frame.pts * frame.time_base - zero_s) * _NS)
            orientation = orientation_of(frame)
            yield at_ns, Picture(_upright(converter.convert(frame), orientation), at_ns)


class FileSound(_FileThread):
    """A `SoundSource` at 48 kHz: each block is due when its last sample has sounded, as from a microphone.

    Args:
        path: of a video file with sound.
        pacer: shared with the pictures of the same file.
    """

    def start(self, on_sound: Callable[[Sound], None], on_end: Callable[[SourceEnd], None]) -> None:
        """As for `SoundSource`; ends with `SourceEnd.FINISHED`."""
        self._play(Delivery(on_sound, on_end), self._sounds)

    def _sounds(self, container: InputContainer, zero_ns: int) -> Iterator[tuple[int, Sound]]:
        for start_s, samples in _samples(container, self.label):
            at_ns = zero_ns + round(start_s * _NS)
            yield at_ns + len(samples) * _NS // RATE_HZ, Sound(samples, RATE_HZ, at_ns)


def _samples(container: InputContainer, name: str) -> Iterator[tuple[Fraction, NDArray[np.float32]]]:
    """Blocks of (count, channels) and when they start, in seconds after the first picture."""
    stream = next((sound for sound in container.streams.audio if sound.codec_context is not None), None)
    if stream is None:
        return
    layout = LAYOUTS[min(max(stream.codec_context.channels, 1), 2)]
    zero_s = _zero_s(container, name)
    resampler = AudioResampler("flt", layout, RATE_HZ)
    kind: tuple[object, ...] = ()
    next_s: Fraction | None = None
    for frame in _decoded(container, stream):
        if not isinstance(frame, AudioFrame):
            continue
        start_s = next_s or Fraction(0)
        if frame.pts is not None and frame.time_base is not None:
            start_s = frame.pts * frame.time_base - zero_s
        this_kind = frame.sample_rate, frame.layout.name, frame.format.name
        if next_s is None or this_kind != kind or abs(start_s - next_s) > TOLERATED_GAP_S:
            # FFmpeg's resampler takes no change of format, and no hole in time.
            resampler, kind, next_s = AudioResampler("flt", layout, RATE_HZ), this_kind, start_s
        frame.pts = None
        for resampled in resampler.resample(frame):
            block = np.nan_to_num(resampled.to_ndarray()).reshape(-1, len(resampled.layout.channels))
            if next_s >= 0:
                yield next_s, block.astype(np.float32, copy=False)
            next_s += Fraction(len(block), RATE_HZ)


def _decoded(container: InputContainer, stream: av.stream.Stream) -> Iterator[object]:
    """What can be decoded from here on; what cannot is passed over, and what cannot be read is the end."""
    with suppress(av.FFmpegError, OSError):
        for packet in packets(container, stream):
            frames: list[object] = []
            with suppress(av.FFmpegError):
                frames = list(packet.decode())
            yield from frames


def _zero_s(container: InputContainer, name: str) -> Fraction:
    """When the first picture is shown, by the file's own clock."""
    stream = picture_stream(container, name)
    if stream.start_time is None or stream.time_base is None:
        return Fraction(0)
    return Fraction(stream.start_time * stream.time_base)


def _upright(planes: NDArray[np.uint8], orientation: Orientation) -> NDArray[np.uint8]:
    """Turn a picture as a player would; the chroma planes turn like the luma plane."""
    if orientation == Orientation():
        return planes
    rows, width = planes.shape
    height = rows * 2 // 3
    flat = planes.reshape(-1)
    sizes = ((height, width), (height // 2, width // 2), (height // 2, width // 2))
    turned, start = [], 0
    for high, wide in sizes:
        plane = flat[start : start + high * wide].reshape(high, wide)
        turned.append(np.ascontiguousarray(orientation.upright(plane)).reshape(-1))
        start += high * wide
    new_width, new_height = orientation.upright_size(width, height)
    return np.concatenate(turned).reshape(new_height * 3 // 2, new_width)


def _opened_file(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise DiaryError(
            f"Could not read “{path.name}”: {error.strerror or error}.", "Check the path of the file."
        ) from error

"""A short's pictures in segments of one closed group, each encoded by an encoder of its own.

What becomes of a segment depends on its pictures alone, never on what was encoded before them. So segments can be
encoded side by side, and one whose pictures are the same as in an earlier short can be taken from there, to the byte.
Beside one encoder for the whole, x264 makes files a tenth smaller at a quarter of a decibel less: it spends no bits on
foreseeing what lies behind the next segment.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from hashlib import sha256
from itertools import chain
from queue import Full, Queue
from types import TracebackType
from typing import NamedTuple, Self

from duskreel.export.canvases import Canvases
from duskreel.export.encoders import VideoEncoder, frame_of
from duskreel.picture.planes import Planes, size_of

MOST_ENCODERS = 6
MOST_WAITING = 4
"""pictures before one encoder: with fewer, encoders wait for each other; and they are large"""
LOOK_AGAIN_S = 0.2
NAL_TYPE, SUPPLEMENTARY = 0x1F, 6
"""ITU-T H.264, table 7-1"""
START_CODE = b"\x00\x00\x00\x01"


class CodedPicture(NamedTuple):
    """One packet."""

    data: bytes
    """H.264 with start codes (ITU-T H.264, annex B), each of four bytes"""
    pts: int
    """when it is shown, in pictures from the beginning of its segment"""
    is_key: bool


@dataclass(frozen=True)
class Segment:
    """A closed group of `encoders.GROUP` pictures, the last one of a short of as many as are left."""

    pictures: tuple[CodedPicture, ...]
    """in the order in which they are decoded"""

    @cached_property
    def digest(self) -> str:
        """What tells it from every other one."""
        return digest((picture.pts, picture.data) for picture in self.pictures)


def digest(packets: Iterable[tuple[int, bytes]]) -> str:
    """SHA-256, hexadecimal, of what each packet holds and when or how long that is shown or heard."""
    known = sha256()
    for ticks, data in packets:
        known.update(f"{ticks} {len(data)} ".encode())
        known.update(data)
    return known.hexdigest()


def encode(pictures: Iterable[Planes], size: tuple[int, int], encoder: VideoEncoder, frame_rate: Fraction) -> Segment:
    """Encode one segment.

    Args:
        pictures: at least one; each is asked for when its turn has come.
        size: their width and height.
        encoder: a new one is opened.
        frame_rate: of the short.
    """
    context = encoder.context(size, frame_rate)
    packets = [
        packet
        for number, picture in enumerate(pictures)
        for packet in context.encode(frame_of(picture, number, frame_rate))
    ]
    packets += context.encode(None)
    return Segment(
        tuple(CodedPicture(annex_b(_units(bytes(packet))), packet.pts or 0, packet.is_keyframe) for packet in packets)
    )


def _taken_from(waiting: "Queue[Planes | None]", canvases: Canvases | None) -> Iterator[Planes]:
    while (picture := waiting.get()) is not None:
        yield picture
        if canvases is not None:
            canvases.give_back(picture)


def _put(waiting: "Queue[Planes | None]", picture: Planes | None, taker: "Future[Segment]") -> None:
    """Hand a picture on as soon as there is room; to nobody if whoever takes them has failed."""
    while not taker.done():
        with suppress(Full):
            waiting.put(picture, timeout=LOOK_AGAIN_S)
            return


def annex_b(units: Iterable[bytes]) -> bytes:
    """NAL units with a start code of four bytes before each."""
    return b"".join(START_CODE + unit for unit in units)


def _units(packet: bytes) -> Iterator[bytes]:
    """What a decoder needs of a packet as encoders give it, with start codes of three or four bytes."""
    # No unit contains a start code, and none ends with a zero (ITU-T H.264, 7.4.1).
    units = (unit.rstrip(b"\x00") for unit in packet.split(START_CODE[1:]))
    # x264 begins each group with its own name and all its options.
    return (unit for unit in units if unit and unit[0] & NAL_TYPE != SUPPLEMENTARY)


class SegmentQueue:
    """Encodes segments in threads and hands them on in order. PyAV lets go of Python's lock meanwhile.

    Args:
        take: given each segment when its turn has come, in the thread that asks for them.
        canvases: get back the pictures that are encoded; None if somebody else needs them still.
    """

    def __init__(
        self,
        encoder: VideoEncoder,
        frame_rate: Fraction,
        take: Callable[[Segment], None],
        canvases: Canvases | None = None,
    ) -> None:
        self._canvases = canvases if encoder.copies else None
        self._encoder = encoder
        self._frame_rate = frame_rate
        self._take = take
        # Drawing the pictures takes a thread as well, about a third of what encoding them does.
        # Graphics processors take few encoders at once.
        count = min(max(os.cpu_count() or 1, 2), MOST_ENCODERS) if encoder.copies else 1
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="encode")
        self._most_waiting = count
        self._waiting: deque[Callable[[], Segment]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._hand_on(leave=0)
        finally:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def encode(self, pictures: Iterator[Planes]) -> None:
        """Draw the next segment here while it is encoded elsewhere."""
        first = next(pictures)
        waiting: Queue[Planes | None] = Queue(MOST_WAITING)
        taken = _taken_from(waiting, self._canvases)
        done = self._pool.submit(encode, taken, size_of(first), self._encoder, self._frame_rate)
        try:
            for picture in chain([first], pictures):
                _put(waiting, picture, done)
        finally:
            _put(waiting, None, done)
        self._add(done.result)

    def add(self, segment: Segment) -> None:
        """The next segment is known already."""
        self._add(lambda: segment)

    def _add(self, segment: Callable[[], Segment]) -> None:
        self._waiting.append(segment)
        self._hand_on(leave=self._most_waiting)

    def _hand_on(self, leave: int) -> None:
        while len(self._waiting) > leave:
            self._take(self._waiting.popleft()())

"""Groups of pictures, each encoded on its own."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest
from av.codec import CodecContext
from av.error import FFmpegError
from av.packet import Packet

from duskreel.errors import Cancelled
from duskreel.export.encoders import GROUP, X264, VideoEncoder
from duskreel.export.segments import Segment, SegmentQueue, encode
from duskreel.picture.planes import Planes, blank, split

RATE = Fraction(30)
WIDTH, HEIGHT = 128, 96


def moving(start: int, count: int = GROUP) -> list[Planes]:
    """A bright bar that goes from left to right."""
    pictures = []
    for number in range(start, start + count):
        picture = blank(WIDTH, HEIGHT)
        left = 2 * number % (WIDTH - 16)
        split(picture)[0][:, left : left + 16] = 200
        pictures.append(picture)
    return pictures


def decoded(segment: Segment) -> list[Planes]:
    decoder = CodecContext.create("h264", "r")
    decoder.extradata = X264_HEAD
    packets = [Packet(picture.data) for picture in segment.pictures]
    return [frame.to_ndarray() for packet in [*packets, None] for frame in decoder.decode(packet)]


def _head() -> bytes:
    context = X264.context((WIDTH, HEIGHT), RATE)
    context.open()
    return context.extradata or b""


X264_HEAD = _head()


@pytest.mark.parametrize("count", [1, 2, 7, GROUP - 1, GROUP])
def test_a_group_is_closed_and_complete(count: int) -> None:
    pictures = moving(0, count)
    segment = encode(pictures, (WIDTH, HEIGHT), X264, RATE)
    keys = [number for number, picture in enumerate(segment.pictures) if picture.is_key]
    assert keys == list(range(0, count, GROUP))
    assert sorted(picture.pts for picture in segment.pictures) == list(range(count))
    assert all(picture.pts >= number - X264.reorder for number, picture in enumerate(segment.pictures))
    shown = decoded(segment)
    assert len(shown) == count
    assert max(np.abs(a.astype(int) - b).mean() for a, b in zip(shown, pictures, strict=True)) < 2


def test_nothing_but_pictures_is_kept() -> None:
    assert b"x264" not in b"".join(picture.data for picture in encode(moving(0), (WIDTH, HEIGHT), X264, RATE).pictures)


def test_the_same_pictures_become_the_same_bytes_whatever_came_before() -> None:
    alone = encode(moving(30), (WIDTH, HEIGHT), X264, RATE)
    taken: list[Segment] = []
    with SegmentQueue(X264, RATE, taken.append) as queue:
        for start in (0, 15, 30):
            queue.encode(iter(moving(start)))
    assert taken[2] == alone
    assert taken[2].digest == alone.digest
    assert len({segment.digest for segment in taken}) == 3


def test_the_same_pictures_become_the_same_bytes_whoever_encodes_beside_them() -> None:
    """In the size of a short: there, uninitialised memory once made a difference."""
    pictures = [noisy(number) for number in range(GROUP)]
    alone = encode(pictures, (1080, 1920), X264, RATE).digest
    taken: list[Segment] = []
    with SegmentQueue(X264, RATE, taken.append) as queue:
        for _ in range(8):
            queue.encode(iter(pictures))
    assert {segment.digest for segment in taken} == {alone}


def noisy(number: int) -> Planes:
    """Blocks in all shades that move a little."""
    made = blank(1080, 1920)
    shades = np.random.default_rng(3).integers(16, 235, (120, 68), dtype=np.uint8)
    split(made)[0][:] = np.roll(np.kron(shades, np.ones((16, 16), dtype=np.uint8)), 3 * number)[:, :1080]
    return made


def test_groups_come_in_order_known_ones_among_them() -> None:
    known = encode(moving(7), (WIDTH, HEIGHT), X264, RATE)
    taken: list[Segment] = []
    with SegmentQueue(X264, RATE, taken.append) as queue:
        for number in range(12):
            if number % 3 == 1:
                queue.add(known)
            else:
                queue.encode(iter(moving(15 * number)))
    assert [segment == known for segment in taken] == [number % 3 == 1 for number in range(12)]


def test_a_failure_while_drawing_stops_everything() -> None:
    def interrupted() -> Iterator[Planes]:
        yield from moving(0, 3)
        raise Cancelled

    taken: list[Segment] = []

    def make() -> None:
        with SegmentQueue(X264, RATE, taken.append) as queue:
            queue.encode(iter(moving(0)))
            queue.encode(interrupted())

    with pytest.raises(Cancelled):
        make()
    assert taken == []


def test_a_failure_while_encoding_is_told_and_keeps_nobody_waiting() -> None:
    broken = VideoEncoder("libx264", "broken", (("preset", "no such preset"),))

    def make() -> None:
        with SegmentQueue(broken, RATE, lambda _: None) as queue:
            for _ in range(4):
                queue.encode(iter(moving(0, GROUP)))

    with pytest.raises(FFmpegError):
        make()

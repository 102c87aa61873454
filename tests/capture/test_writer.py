"""What reaches the raw file, when things come in an unusual order."""

import threading
from pathlib import Path

import av
import numpy as np
import pytest

from capture.measuring import sound_of
from capture.synthetic import NS_PER_MS, NS_PER_S, RATE_HZ, planes
from duskreel.capture.clock import TakeClock
from duskreel.capture.clusters import head_of
from duskreel.capture.disk_file import DiskFile, SystemFile
from duskreel.capture.events import EventKind, StopReason
from duskreel.capture.sources import Picture, Sound
from duskreel.capture.space import SpaceWatch
from duskreel.capture.writer import QUEUE_PICTURES, Tally, Writer

ZERO = 100 * NS_PER_S


class Desk:
    """A writer that is fed by hand and run when everything is in its queue."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = TakeClock()
        self.troubles: list[StopReason] = []
        self.events: list[EventKind] = []
        self.heads: list[bytes] = []
        self.now_ns = ZERO
        self.writer = Writer(
            DiskFile(SystemFile(path), lambda: self.now_ns),
            self.clock,
            has_sound=True,
            space=SpaceWatch(lambda: 1 << 40, 1_000_000),
            now_ns=lambda: self.now_ns,
            on_trouble=self.troubles.append,
            on_event=self.events.append,
            on_head=self.heads.append,
            encoder_threads=2,
        )

    def picture(self, at_ms: int) -> bool:
        return self.writer.offer_picture(Picture(planes(at_ms / 1000), ZERO + at_ms * NS_PER_MS), at_ms)

    def sound(self, at_ms: int, value: float = 0.5) -> None:
        block = np.full((960, 1), value, np.float32)
        self.writer.offer_sound(Sound(block, RATE_HZ, ZERO + at_ms * NS_PER_MS))

    def run(self, length_ms: int) -> Tally:
        self.now_ns = ZERO + length_ms * NS_PER_MS
        self.clock.pause(self.now_ns)
        self.writer.finish()
        return self.writer.run()


def test_sound_that_is_queued_before_the_first_picture_is_kept(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "raw.mkv")
    desk.clock.begin(ZERO)
    for number in range(15):
        desk.sound(number * 20)
    for number in range(9):
        desk.picture(number * 33)
    desk.run(300)
    samples, rate_hz = sound_of(desk.path)
    assert abs(len(samples) - 0.3 * rate_hz) < 1024
    # Matroska's times are whole ms, so a few samples between two packets belong to neither.
    assert np.mean(samples[1024 : int(0.28 * rate_hz)] > 0.2) > 0.95


def test_nothing_offered_is_nothing_written(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "raw.mkv")
    tally = desk.run(0)
    assert (tally.pictures, tally.duration_ms, tally.first_on_disk_ns) == (0, 0, None)
    assert desk.troubles == []


def test_the_queue_holds_no_more_pictures_than_it_may(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "raw.mkv")
    desk.clock.begin(ZERO)
    news = [desk.picture(number * 33) for number in range(500)]
    assert news.count(True) == 1
    tally = desk.run(500 * 33)
    assert tally.pictures <= QUEUE_PICTURES
    assert tally.pictures + tally.skipped == 500


def test_the_beginning_is_handed_out_and_is_that_of_the_file(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "raw.mkv")
    desk.clock.begin(ZERO)
    for number in range(60):
        desk.picture(number * 33)
        desk.sound(number * 33)
    desk.run(2000)
    (head,) = desk.heads
    assert len(head) == len(head_of(desk.path.read_bytes()[:4096]))


@pytest.mark.parametrize("first_ms", [0, 60, 5000])
def test_a_writer_ends_while_others_still_offer(tmp_path: Path, first_ms: int) -> None:
    """Also where the sound of the last moments never came."""
    desk = Desk(tmp_path / "raw.mkv")
    desk.clock.begin(ZERO)
    desk.picture(0)
    ended = threading.Event()

    def offer() -> None:
        number = 0
        while not ended.wait(0.001):
            number += 1
            desk.sound(first_ms + number * 20)

    other = threading.Thread(target=offer)
    other.start()
    tally = desk.run(100)
    ended.set()
    other.join()
    assert tally.duration_ms == 100
    with av.open(str(desk.path)) as container:
        assert container.streams.audio

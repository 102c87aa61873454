"""A camera that works, and every way in which one does not."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest

from duskreel.capture.camera import CameraAddress, OpenCvCamera
from duskreel.capture.modes import CameraMode, ModeMemory
from duskreel.capture.sources import Picture, SourceEnd
from duskreel.errors import DiaryError

ADDRESS = CameraAddress("/dev/video0", "Test Webcam")
URL = CameraAddress.of_url("http://name:secret@phone.local:8080/video")
PATIENCE_S = 20


class FakeCapture:
    """Stands in for cv2.VideoCapture: gives what a generator gives, and fails when that is empty."""

    def __init__(self, frames: Iterator[Any]) -> None:
        self._frames = frames
        self.released = Event()

    def read(self) -> tuple[bool, Any]:
        frame = next(self._frames, None)
        return frame is not None, frame

    def release(self) -> None:
        self.released.set()


class FakeDriver:
    """An opener that keeps what it was asked for."""

    def __init__(self, frames_of: Callable[[CameraMode | None], Iterator[Any]]) -> None:
        self._frames_of = frames_of
        self.asked: list[CameraMode | None] = []
        self.captures: list[FakeCapture] = []

    def __call__(self, _address: str, mode: CameraMode | None) -> tuple[FakeCapture, str]:
        self.asked.append(mode)
        self.captures.append(FakeCapture(self._frames_of(mode)))
        return self.captures[-1], ""


class Watcher:
    """Counts what a source delivers."""

    def __init__(self, enough: int = 5) -> None:
        self.pictures: list[Picture] = []
        self.ends: list[SourceEnd] = []
        self.has_enough, self.has_ended = Event(), Event()
        self._enough = enough

    def take(self, picture: Picture) -> None:
        self.pictures.append(picture)
        if len(self.pictures) >= self._enough:
            self.has_enough.set()

    def end(self, reason: SourceEnd) -> None:
        self.ends.append(reason)
        self.has_ended.set()


def paced(rate_fps: float, size: tuple[int, int] = (64, 48), count: int | None = None) -> Iterator[Any]:
    """Waits between frames as a driver does."""
    pause = Event()
    given = 0
    while count is None or given < count:
        pause.wait(1 / rate_fps)
        yield np.full((size[1], size[0], 3), given % 256, dtype=np.uint8)
        given += 1


def known(size: tuple[int, int] = (64, 48)) -> CameraAddress:
    return CameraAddress("/dev/video0", "Test Webcam", (CameraMode(*size, 30, "YUYV"),))


def remembering(tmp_path: Path, size: tuple[int, int] = (64, 48)) -> ModeMemory:
    """A memory of the mode that the fakes give, so that no time goes into finding it."""
    memory = ModeMemory(tmp_path / "cameras.json")
    memory.remember(ADDRESS.key, CameraMode(*size))
    return memory


def test_pictures_arrive_with_rising_times_until_it_is_stopped(tmp_path: Path) -> None:
    driver = FakeDriver(lambda _mode: paced(200))
    watcher = Watcher(20)
    camera = OpenCvCamera(ADDRESS, memory=remembering(tmp_path), opener=driver)
    before_ns = time.monotonic_ns()
    camera.start(watcher.take, watcher.end)
    assert watcher.has_enough.wait(PATIENCE_S)
    camera.stop()
    count = len(watcher.pictures)
    times = [picture.at_ns for picture in watcher.pictures]
    assert times == sorted(times)
    assert before_ns < times[0] < times[-1] <= time.monotonic_ns()
    assert watcher.pictures[0].size == (64, 48)
    assert driver.captures[-1].released.is_set()
    assert watcher.ends == []
    camera.stop()
    assert len(watcher.pictures) == count


def test_camera_can_be_started_again(tmp_path: Path) -> None:
    camera = OpenCvCamera(ADDRESS, memory=remembering(tmp_path), opener=FakeDriver(lambda _mode: paced(200)))
    for _ in range(2):
        watcher = Watcher()
        camera.start(watcher.take, watcher.end)
        assert watcher.has_enough.wait(PATIENCE_S)
        camera.stop()


def test_camera_that_does_not_open_is_named() -> None:
    camera = OpenCvCamera(ADDRESS, opener=lambda _address, _mode: None)
    with pytest.raises(DiaryError, match="“Test Webcam” cannot be opened"):
        camera.start(lambda _picture: None, lambda _reason: None)


def test_password_in_an_address_is_not_shown() -> None:
    camera = OpenCvCamera(URL, opener=lambda _address, _mode: None)
    with pytest.raises(DiaryError) as failure:
        camera.start(lambda _picture: None, lambda _reason: None)
    assert "secret" not in str(failure.value)
    assert "phone.local" in str(failure.value)


def test_network_camera_passes_over_what_was_queued() -> None:
    def queued_then_live(_mode: CameraMode | None) -> Iterator[Any]:
        for _ in range(50):
            yield np.zeros((48, 64, 3), dtype=np.uint8)
        yield from (frame | 0x80 for frame in paced(50))

    watcher = Watcher()
    camera = OpenCvCamera(URL, opener=FakeDriver(queued_then_live))
    camera.start(watcher.take, watcher.end)
    assert watcher.has_enough.wait(PATIENCE_S)
    camera.stop()
    assert all(picture.planes[:48].min() > 100 for picture in watcher.pictures)


def test_camera_that_is_pulled_out_is_lost(tmp_path: Path) -> None:
    driver = FakeDriver(lambda _mode: paced(200, count=10))
    watcher = Watcher()
    camera = OpenCvCamera(ADDRESS, memory=remembering(tmp_path), opener=driver)
    camera.start(watcher.take, watcher.end)
    assert watcher.has_ended.wait(PATIENCE_S)
    assert watcher.ends == [SourceEnd.LOST]
    assert len(watcher.pictures) == 9, "one went into the look at the mode"
    assert driver.captures[-1].released.wait(PATIENCE_S)
    camera.stop()
    assert watcher.ends == [SourceEnd.LOST]


def test_few_failed_reads_are_no_loss(tmp_path: Path) -> None:
    def stumbling(_mode: CameraMode | None) -> Iterator[Any]:
        for number, frame in enumerate(paced(500)):
            yield frame if number % 4 == 0 else None

    watcher = Watcher(10)
    camera = OpenCvCamera(ADDRESS, memory=remembering(tmp_path), opener=FakeDriver(stumbling))
    camera.start(watcher.take, watcher.end)
    assert watcher.has_enough.wait(PATIENCE_S)
    camera.stop()
    assert watcher.ends == []


def test_camera_whose_driver_hangs_is_lost_and_stop_returns(tmp_path: Path) -> None:
    release = Event()

    def hanging(_mode: CameraMode | None) -> Iterator[Any]:
        yield from paced(200, count=5)
        release.wait()

    watcher = Watcher()
    camera = OpenCvCamera(ADDRESS, memory=remembering(tmp_path), opener=FakeDriver(hanging), lost_after_s=0.2)
    camera.start(watcher.take, watcher.end)
    assert watcher.has_ended.wait(PATIENCE_S)
    assert watcher.ends == [SourceEnd.LOST]
    before_s = time.monotonic()
    camera.stop()
    assert time.monotonic() - before_s < 3.5
    count = len(watcher.pictures)
    release.set()
    assert len(watcher.pictures) == count


def test_recorder_that_takes_its_time_does_not_make_the_camera_lost(tmp_path: Path) -> None:
    watcher = Watcher(3)
    busy = Event()

    def take(picture: Picture) -> None:
        busy.wait(0.4 if len(watcher.pictures) == 1 else 0)
        watcher.take(picture)

    camera = OpenCvCamera(
        ADDRESS, memory=remembering(tmp_path), opener=FakeDriver(lambda _mode: paced(100)), lost_after_s=0.2
    )
    camera.start(take, watcher.end)
    assert watcher.has_enough.wait(PATIENCE_S)
    camera.stop()
    assert watcher.ends == []


def test_change_of_size_is_passed_on(tmp_path: Path) -> None:
    def changing(_mode: CameraMode | None) -> Iterator[Any]:
        yield from paced(200, count=5)
        yield from paced(200, (32, 24))

    watcher = Watcher(8)
    camera = OpenCvCamera(ADDRESS, memory=remembering(tmp_path), opener=FakeDriver(changing))
    camera.start(watcher.take, watcher.end)
    assert watcher.has_enough.wait(PATIENCE_S)
    camera.stop()
    assert {picture.size for picture in watcher.pictures} == {(64, 48), (32, 24)}


def test_camera_may_be_stopped_from_its_own_callback(tmp_path: Path) -> None:
    camera = OpenCvCamera(ADDRESS, memory=remembering(tmp_path), opener=FakeDriver(lambda _mode: paced(200)))
    stopped = Event()
    pictures: list[Picture] = []

    def take(picture: Picture) -> None:
        pictures.append(picture)
        camera.stop()
        stopped.set()

    camera.start(take, lambda _reason: None)
    assert stopped.wait(PATIENCE_S)
    camera.stop()
    assert len(pictures) == 1


def test_mode_that_is_too_slow_is_passed_over_and_the_next_one_remembered(tmp_path: Path) -> None:
    def by_size(mode: CameraMode | None) -> Iterator[Any]:
        assert mode is not None
        return paced(8 if mode.width == 1920 else 60, (mode.width // 20, mode.height // 20))

    memory = ModeMemory(tmp_path / "cameras.json")
    driver, watcher = FakeDriver(by_size), Watcher()
    camera = OpenCvCamera(ADDRESS, memory=memory, opener=driver)
    camera.start(watcher.take, watcher.end)
    assert watcher.has_enough.wait(PATIENCE_S)
    camera.stop()
    assert [mode.width for mode in driver.asked if mode] == [1920, 1280]
    assert watcher.pictures[0].size == (64, 36)
    assert driver.captures[0].released.is_set()
    assert memory.recall(ADDRESS.key) == CameraMode(64, 36), "what it gives counts, not what it was asked for"


def test_dark_room_is_not_remembered(tmp_path: Path) -> None:
    memory = ModeMemory(tmp_path / "cameras.json")
    driver, watcher = FakeDriver(lambda _mode: paced(12)), Watcher(1)
    camera = OpenCvCamera(ADDRESS, memory=memory, opener=driver)
    camera.start(watcher.take, watcher.end)
    assert watcher.has_enough.wait(PATIENCE_S)
    camera.stop()
    assert [mode.width for mode in driver.asked if mode] == [1920, 1280, 640, 1920]
    assert memory.recall(ADDRESS.key) is None


def test_remembered_mode_that_does_not_come_any_more_is_looked_for_anew(tmp_path: Path) -> None:
    driver, watcher = FakeDriver(lambda _mode: paced(100, (32, 24))), Watcher(1)
    camera = OpenCvCamera(ADDRESS, memory=(memory := remembering(tmp_path)), opener=driver)
    camera.start(watcher.take, watcher.end)
    assert watcher.has_enough.wait(PATIENCE_S)
    camera.stop()
    assert memory.recall(ADDRESS.key) == CameraMode(32, 24)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_bug_in_the_thread_ends_the_source(tmp_path: Path) -> None:
    watcher = Watcher()
    frames: list[Any] = [np.zeros((48, 64, 3), dtype=np.uint8), np.zeros((48, 64, 5), dtype=np.uint8)]
    camera = OpenCvCamera(
        ADDRESS, memory=remembering(tmp_path), opener=FakeDriver(lambda _mode: iter(frames)), lost_after_s=0.2
    )
    camera.start(watcher.take, watcher.end)
    assert watcher.has_ended.wait(PATIENCE_S)
    camera.stop()
    assert watcher.ends == [SourceEnd.LOST]


def test_camera_that_opens_but_gives_nothing_is_lost_and_not_waited_for() -> None:
    watcher = Watcher()
    camera = OpenCvCamera(ADDRESS, opener=FakeDriver(lambda _mode: iter(())))
    camera.start(watcher.take, watcher.end)
    assert watcher.has_ended.wait(PATIENCE_S)
    camera.stop()
    assert (watcher.pictures, watcher.ends) == ([], [SourceEnd.LOST])

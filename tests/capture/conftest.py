"""A recorder between a camera and a microphone that do as they are told."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from capture.synthetic import FakeCamera, FakeClock, FakeMicrophone, Heard, Studio
from duskreel.capture.recorder import Recorded, Recorder
from duskreel.capture.take import TakeFolder
from duskreel.library.diary import Diary, DiaryLocation


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    with Diary.open(DiaryLocation(tmp_path / "diary", tmp_path / "state")) as opened:
        yield opened


class Stage:
    """A recorder with its fake devices, and a diary to record into."""

    def __init__(
        self,
        diary: Diary,
        *,
        with_microphone: bool = True,
        free_bytes: Callable[[], int] = lambda: 1 << 40,
        **options: object,
    ) -> None:
        self.diary = diary
        self.clock = FakeClock()
        self.camera = FakeCamera()
        self.microphone = FakeMicrophone() if with_microphone else None
        self.heard = Heard()
        locks = diary.location.state / "locks"
        self.folder = TakeFolder(diary.location.folder, locks, diary.library_id, free_bytes)
        self.recorder = Recorder(
            self.camera, self.microphone, self.folder, on_event=self.heard, now_ns=self.clock.now_ns, **options
        )

    def studio(self, **options: object) -> Studio:
        return Studio(self.clock, self.camera, self.microphone, settle=self.settle, **options)

    def settle(self) -> None:
        """The fake time must not run ahead of the writer."""
        writer = self.recorder._writer
        while writer is not None and len(writer._queue) > 20 and not self.recorder._writing.done():
            time.sleep(0.0005)

    def begin(self, **options: object) -> Studio:
        """Devices open, recording started; the studio plays when it is told to."""
        self.recorder.open()
        self.recorder.start()
        return self.studio(**options)

    def record(self, duration_s: float, **options: object) -> Recorded:
        """A whole take."""
        self.begin(**options).play(duration_s)
        return self.stop()

    def stop(self) -> Recorded:
        self.recorder.stop()
        return self.ended()

    def ended(self) -> Recorded:
        recorded = self.recorder.wait(20)
        assert recorded is not None
        self.recorder.close()
        return recorded


@pytest.fixture
def stage(diary: Diary) -> Iterator[Callable[..., Stage]]:
    """Makes a `Stage`; whatever still records at the end of the test is stopped."""
    with ExitStack() as at_end:

        def make(**options: object) -> Stage:
            made = Stage(diary, **options)
            at_end.callback(made.recorder.close)
            return made

        yield make

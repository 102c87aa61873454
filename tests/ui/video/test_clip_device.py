"""A clip behind Qt's interface."""

import io
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QFile, QIODevice

from duskreel.ui.video.clip_device import ClipDevice, OpenClip

CONTENT = bytes(range(256)) * 400


@pytest.fixture
def device() -> ClipDevice:
    return ClipDevice(io.BytesIO(CONTENT))


def test_it_is_read_from_any_place(device: ClipDevice) -> None:
    assert device.size() == len(CONTENT)
    assert not device.isSequential()
    device.seek(70_000)
    assert device.read(1000).data() == CONTENT[70_000:71_000]
    assert device.pos() == 71_000


def test_the_end_is_the_end(device: ClipDevice) -> None:
    device.seek(len(CONTENT) - 10)
    assert device.read(1000).data() == CONTENT[-10:]
    assert device.atEnd()


def test_it_is_never_written_to(device: ClipDevice) -> None:
    assert not device.openMode() & QIODevice.OpenModeFlag.WriteOnly
    assert device.writeData(b"x", 1) == -1


def test_closing_it_closes_the_file() -> None:
    file = io.BytesIO(CONTENT)
    device = ClipDevice(file)
    device.close()
    assert file.closed
    assert device.readData(10) == b""


def test_a_disk_that_fails_ends_the_clip_and_is_remembered() -> None:
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    device = ClipDevice(Broken(CONTENT))
    assert device.readData(10) == b""
    assert device.failure == "Input/output error"


def test_closing_waits_for_a_reader() -> None:
    reading, go_on = threading.Event(), threading.Event()

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            reading.set()
            go_on.wait(5)
            return super().read(size)

    device = ClipDevice(Slow(CONTENT))
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(device.readData(4)))
    reader.start()
    assert reading.wait(5)
    threading.Timer(0.1, go_on.set).start()
    device.close()
    reader.join()
    assert read == [CONTENT[:4]]


def test_a_file_on_the_disk_is_read_by_qt_itself(tmp_path: Path) -> None:
    path = tmp_path / "clip"
    path.write_bytes(CONTENT)
    file = path.open("rb")
    clip = OpenClip(file)
    assert isinstance(clip.device, QFile)
    clip.device.seek(70_000)
    assert clip.device.read(1000).data() == CONTENT[70_000:71_000]
    assert clip.failure == ""
    clip.close()
    assert file.closed


def test_what_is_no_file_on_the_disk_is_read_through_python() -> None:
    clip = OpenClip(io.BytesIO(CONTENT))
    assert clip.device.size() == len(CONTENT)
    assert isinstance(clip.device, ClipDevice)
    clip.close()

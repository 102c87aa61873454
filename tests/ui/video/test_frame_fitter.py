"""Frames of real clips look as Qt shows them, in the wanted size, and are made in another thread."""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame, QVideoSink
from pytestqt.qtbot import QtBot

from clips import make_clip
from duskreel.ui.video import frame_fitter
from duskreel.ui.video.frame_fitter import FrameFitter, upright_size

Decode = Callable[[Path], QVideoFrame]


@pytest.fixture
def decoded(qtbot: QtBot) -> Decode:
    """The first frame of a clip, as the player hands it over."""

    def decode(clip: Path) -> QVideoFrame:
        frames: list[QVideoFrame] = []
        player, sink = QMediaPlayer(), QVideoSink()
        player.setVideoSink(sink)
        sink.videoFrameChanged.connect(frames.append)
        player.setSource(QUrl.fromLocalFile(str(clip)))
        player.pause()
        qtbot.waitUntil(lambda: any(frame.isValid() for frame in frames))
        return next(frame for frame in frames if frame.isValid())

    return decode


@pytest.fixture
def frame(decoded: Decode, tmp_path: Path) -> QVideoFrame:
    return decoded(make_clip(tmp_path / "clip.mp4"))


def fit(qtbot: QtBot, frame: QVideoFrame, size: QSize) -> QImage:
    fitter = FrameFitter()
    with qtbot.waitSignal(fitter.fitted) as fitted:
        fitter.fit(frame, size)
    image = fitted.args[0]
    assert isinstance(image, QImage)
    return image


def pixels(image: QImage) -> NDArray[np.int16]:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return lines.reshape(image.height(), -1, 4)[:, : image.width(), :3].astype(np.int16)


def difference(one: QImage, other: QImage) -> float:
    return float(np.abs(pixels(one) - pixels(other)).mean())


@pytest.mark.parametrize(
    ("pixel_format", "rotation"),
    [("yuv420p", 0), ("yuv420p", 90), ("yuv420p", 180), ("yuv420p", 270), ("yuv422p", 0), ("yuv420p10le", 90)],
)
def test_frames_look_as_qt_shows_them(
    qtbot: QtBot, decoded: Decode, tmp_path: Path, pixel_format: str, rotation: int
) -> None:
    frame = decoded(make_clip(tmp_path / "clip.mp4", pixel_format=pixel_format, rotation=rotation))
    # Without a graphics card, Qt itself converts no frames of ten bits.
    expected = decoded(make_clip(tmp_path / "plain.mp4", rotation=rotation)).toImage()
    size = upright_size(frame)
    assert size == expected.size()
    assert size == (QSize(180, 320) if rotation % 180 else QSize(320, 180))
    assert difference(fit(qtbot, frame, size), expected) < 4


def test_they_have_the_wanted_size(qtbot: QtBot, frame: QVideoFrame) -> None:
    for size in (QSize(161, 91), QSize(601, 338)):
        image = fit(qtbot, frame, size)
        assert image.size() == size
        scaled = frame.toImage().scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        assert difference(image, scaled) < 4


def test_a_format_that_only_qt_knows_is_shown_too(qtbot: QtBot) -> None:
    image = QImage(64, 36, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    assert difference(fit(qtbot, QVideoFrame(image), QSize(64, 36)), image) < 4


def test_the_windows_thread_converts_nothing(qtbot: QtBot, frame: QVideoFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[threading.Thread] = []
    convert = frame_fitter._fitted
    monkeypatch.setattr(
        frame_fitter, "_fitted", lambda *given: (threads.append(threading.current_thread()), convert(*given))[1]
    )
    fit(qtbot, frame, QSize(160, 90))
    assert threading.main_thread() not in threads
    assert threads


def test_of_many_frames_the_newest_comes_and_most_are_left_out(qtbot: QtBot, frame: QVideoFrame) -> None:
    fitter = FrameFitter()
    sizes: list[QSize] = []
    fitter.fitted.connect(lambda image: sizes.append(image.size()))
    for width in range(100, 120):
        fitter.fit(frame, QSize(width, 56))
    qtbot.waitUntil(lambda: QSize(119, 56) in sizes)
    assert len(sizes) <= 2


def test_what_is_forgotten_does_not_come(qtbot: QtBot, frame: QVideoFrame) -> None:
    fitter = FrameFitter()
    sizes: list[QSize] = []
    fitter.fitted.connect(lambda image: sizes.append(image.size()))
    fitter.fit(frame, QSize(160, 90))
    fitter.fit(frame, QSize(161, 91))
    fitter.forget()
    fitter.fit(frame, QSize(162, 92))
    qtbot.waitUntil(lambda: bool(sizes))
    assert sizes == [QSize(162, 92)]

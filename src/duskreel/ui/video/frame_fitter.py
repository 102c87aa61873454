"""The way of a clip's frames to the screen: converted and scaled in a thread, so that the window only draws them."""

import numpy as np
from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QTransform
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

from duskreel.picture.conversion import Lent, ScreenConverter
from duskreel.picture.planes import BT601, BT709, UNSPECIFIED
from duskreel.ui.worker import Worker, ignore

_FORMATS = {
    QVideoFrameFormat.PixelFormat.Format_YUV420P: "yuv420p",
    QVideoFrameFormat.PixelFormat.Format_YUV422P: "yuv422p",
    QVideoFrameFormat.PixelFormat.Format_YUV420P10: "yuv420p10le",
    QVideoFrameFormat.PixelFormat.Format_NV12: "nv12",
    QVideoFrameFormat.PixelFormat.Format_P010: "p010le",
}
"""by FFmpeg's names: what clips are decoded to"""
_MATRICES = {
    QVideoFrameFormat.ColorSpace.ColorSpace_BT601: BT601,
    QVideoFrameFormat.ColorSpace.ColorSpace_BT709: BT709,
    QVideoFrameFormat.ColorSpace.ColorSpace_BT2020: 9,
}
_HDR = (QVideoFrameFormat.ColorTransfer.ColorTransfer_ST2084, QVideoFrameFormat.ColorTransfer.ColorTransfer_STD_B67)


class FrameFitter(QObject):
    """Makes of the newest frame an image of a wanted size; of frames that come faster, only the last one waits."""

    fitted = Signal(QImage)
    """upright, and of the wanted size in real pixels"""

    def __init__(self) -> None:
        super().__init__()
        self._worker = Worker("clip pictures", ignore)
        self._converter = ScreenConverter()
        self._waiting: tuple[QVideoFrame, QSize] | None = None
        self._is_busy = False
        self._count = 0

    def fit(self, frame: QVideoFrame, size: QSize) -> None:
        """Make this one; `fitted` follows unless another one, or `forget`, comes before."""
        self._waiting = (frame, size)
        if not self._is_busy:
            self._begin()

    def forget(self) -> None:
        """Nothing of what was given is wanted any more."""
        self._waiting = None
        self._count += 1

    def _begin(self) -> None:
        if self._waiting is None:
            return
        (frame, size), self._waiting, self._is_busy = self._waiting, None, True
        count = self._count
        self._worker.run(lambda: _fitted(frame, size, self._converter), lambda image: self._hand_on(image, count))

    def _hand_on(self, image: QImage, count: int) -> None:
        self._is_busy = False
        if count == self._count and not image.isNull():
            self.fitted.emit(image)
        self._begin()


def upright_size(frame: QVideoFrame) -> QSize:
    """How large a frame is once it is turned as it is meant to be seen."""
    return frame.size().transposed() if _turn(frame) % 180 else frame.size()


def _fitted(frame: QVideoFrame, size: QSize, converter: ScreenConverter) -> QImage:
    lying = size.transposed() if _turn(frame) % 180 else size
    image = _converted(frame, lying, converter)
    if image is None:
        # Rare formats, and those that need another curve of brightness, are left to Qt, which is slower.
        return frame.toImage().scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    if _turn(frame):
        image = image.transformed(QTransform().rotate(_turn(frame)))
    return image.flipped(Qt.Orientation.Horizontal) if frame.mirrored() else image


def _converted(frame: QVideoFrame, size: QSize, converter: ScreenConverter) -> QImage | None:
    form = frame.surfaceFormat()
    name = _FORMATS.get(frame.pixelFormat())
    is_whole = form.viewport().size() == frame.size()
    if name is None or form.colorTransfer() in _HDR or not is_whole or not frame.map(QVideoFrame.MapMode.ReadOnly):
        return None
    try:
        planes = [(memoryview(frame.bits(plane)), frame.bytesPerLine(plane)) for plane in range(frame.planeCount())]
        lent = Lent(
            (frame.width(), frame.height()),
            name,
            planes,
            _MATRICES.get(form.colorSpace(), UNSPECIFIED),
            form.colorRange() is QVideoFrameFormat.ColorRange.ColorRange_Full,
        )
        shown = np.ascontiguousarray(converter.convert_lent(lent, (size.width(), size.height())))
    finally:
        frame.unmap()
    # The image only borrows the array; the copy is its own.
    return QImage(shown.data, size.width(), size.height(), shown.strides[0], QImage.Format.Format_RGB32).copy()


def _turn(frame: QVideoFrame) -> int:
    return (int(frame.rotation().value) + int(frame.surfaceFormat().rotation().value)) % 360

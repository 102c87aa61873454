"""OpenCV's VideoCapture as this program uses it: opened for one mode, read frame by frame."""

import os
import sys
from collections.abc import Callable
from typing import Any, Protocol, cast

import av
import numpy as np
from numpy.typing import NDArray

from duskreel.capture.modes import CameraMode
from duskreel.picture.conversion import PlanesConverter
from duskreel.picture.planes import BT601

NETWORK_SCHEMES = ("http", "https", "rtsp", "rtsps")
"""a camera in the network; no other scheme is handed to FFmpeg, which would open files and playlists too"""
OPEN_TIMEOUT_MS = 8_000
READ_TIMEOUT_MS = 5_000
_RAW = ("YUYV", "UYVY", "NV12", "YU12", "MJPG", "JPEG")
"""what `FrameReader` takes as the camera gives it"""

Array = NDArray[np.uint8]


class Capture(Protocol):
    """The part of ``cv2.VideoCapture`` that is used once it is open."""

    def read(self) -> tuple[bool, Any]:
        """Whether there is a frame, and its array, as `FrameReader.planes_of` takes it; waits for the next one."""

    def release(self) -> None:
        """Let go of the device."""


Opener = Callable[[str, CameraMode | None], tuple[Capture, str] | None]
"""address, mode -> an open capture and the pixel format of what it reads ("" for BGR), or None if it does not open"""


def is_network_address(address: str) -> bool:
    """Whether this is a URL of a camera rather than a device."""
    return address.partition("://")[0].lower() in NETWORK_SCHEMES and "://" in address


def open_capture(address: str, mode: CameraMode | None) -> tuple[Capture, str] | None:
    """Open a device path, a device number, or a URL.

    Args:
        address: such as ``/dev/video0``, ``0``, or ``http://192.168.1.7:8080/video``.
        mode: what to ask for; the device may give something else. None to ask for nothing.

    Returns:
        None if it cannot be opened; OpenCV does not say why.
    """
    # WORKAROUND https://github.com/opencv/opencv/issues/17687: opening takes up to minutes with hardware transforms.
    os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
    # WORKAROUND https://github.com/opencv/opencv/blob/4.x/modules/videoio/src/cap_v4l.cpp: a dead camera blocks each
    # read for this long, 10 s by default.
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")
    # The user is told by us; FFmpeg's and OpenCV's own words would go to the terminal, over the level meter.
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    import cv2

    cv2.utils.logging.setLogLevel(0)
    if is_network_address(address):
        timeouts = [
            cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_TIMEOUT_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_TIMEOUT_MS,
        ]  # fmt: skip
        return _opened(cv2.VideoCapture(address, cv2.CAP_FFMPEG, timeouts))
    is_linux = sys.platform.startswith("linux")
    return _open_v4l2(address, mode) if is_linux else _open_numbered(int(address), mode)


def _open_numbered(number: int, mode: CameraMode | None) -> tuple[Capture, str] | None:
    import cv2

    for backend in [cv2.CAP_MSMF, cv2.CAP_DSHOW] if sys.platform == "win32" else [cv2.CAP_AVFOUNDATION]:
        capture = cv2.VideoCapture(number, backend)
        if capture.isOpened():
            _ask_for(capture, mode)
            return capture, ""
        capture.release()
    return None


def _opened(capture: Any) -> tuple[Capture, str] | None:
    if capture.isOpened():
        return capture, ""
    capture.release()
    return None


def _open_v4l2(address: str, mode: CameraMode | None) -> tuple[Capture, str] | None:
    import cv2

    capture = cv2.VideoCapture(f"/dev/video{address}" if address.isdecimal() else address, cv2.CAP_V4L2)
    if not capture.isOpened():
        capture.release()
        return None
    _ask_for(capture, mode)
    code = int(capture.get(cv2.CAP_PROP_FOURCC)) & 0xFFFFFFFF
    pixel_format = code.to_bytes(4, "little").decode("ascii", "replace")
    # As the camera gives it: OpenCV's own conversion to BGR would be paid for twice.
    if pixel_format in _RAW and capture.set(cv2.CAP_PROP_CONVERT_RGB, 0):
        return capture, pixel_format
    return capture, ""


def _ask_for(capture: Any, mode: CameraMode | None) -> None:
    """Set as few properties as possible: with Media Foundation each one costs seconds (opencv issue 26495)."""
    import cv2

    if mode is None:
        return
    if mode.pixel_format and sys.platform.startswith("linux"):
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*mode.pixel_format))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, mode.width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, mode.height)
    if sys.platform.startswith("linux"):
        capture.set(cv2.CAP_PROP_FPS, mode.rate_fps)


class FrameReader:
    """Makes what a `Capture` read into planes. One for each capture.

    Args:
        pixel_format: of what comes; empty for BGR.
    """

    def __init__(self, pixel_format: str) -> None:
        self._pixel_format = pixel_format
        self._convert = PlanesConverter().convert
        self._jpeg: Any = None

    def planes_of(self, array: Array) -> Array | None:
        """Planes as in `Picture`; None for a frame that is damaged, as USB cameras now and then send one.

        Args:
            array: (height, width, 3) BGR; (height, width, 2) of YUYV or UYVY; (height * 3 // 2, width) of NV12
                or I420; or the bytes of a JPEG in one row or column.
        """
        frame = self._frame_of(array)
        # Without a word in the frame, cameras mean BT.601, also for large pictures; JPEG is so by its standard.
        return None if frame is None else self._convert(frame, matrix=BT601)

    def _frame_of(self, array: Array) -> av.VideoFrame | None:
        if array.ndim == 3 and array.shape[2] == 3:
            return _from_bgr(array)
        if array.ndim == 3 and array.shape[2] == 2:
            # PyAV takes arrays of YUYV only; UYVY has each pair the other way round.
            packed = array[:, :, ::-1] if self._pixel_format == "UYVY" else array
            return _framed(packed, "yuyv422")
        if min(array.shape[:2]) == 1:
            return self._from_jpeg(array.tobytes())
        rows, width = array.shape[:2]
        if rows % 3 or width % 2:
            return None
        name = "nv12" if self._pixel_format == "NV12" else "yuv420p"
        return _framed(array.reshape(rows, width), name)

    def _from_jpeg(self, content: bytes) -> av.VideoFrame | None:
        if self._jpeg is None:
            self._jpeg = av.CodecContext.create("mjpeg", "r")
            self._jpeg.thread_count = 1
        try:
            frames = self._jpeg.decode(av.Packet(content))
        except av.FFmpegError:
            return None
        return frames[0] if frames else None


def _from_bgr(array: Array) -> av.VideoFrame:
    """OpenCV's conversion knows BT.601 only, but even with a second step to BT.709 it beats swscale five to one."""
    import cv2

    height, width = array.shape[0] // 2 * 2, array.shape[1] // 2 * 2
    even = array[:height, :width]
    planes = cast("Array", cv2.cvtColor(even, cv2.COLOR_BGR2YUV_I420))
    return _framed(planes, "yuv420p")


def _framed(array: Array, name: str) -> av.VideoFrame:
    """As ``VideoFrame.from_ndarray``, which takes 3.7 ms for 1920x1080 of YUYV where this takes 0.2."""
    height = array.shape[0] if name == "yuyv422" else array.shape[0] * 2 // 3
    frame = av.VideoFrame(array.shape[1], height, name)
    sizes = [plane.buffer_size for plane in frame.planes]
    if sum(sizes) != array.size:
        # Lines of this width are padded.
        return av.VideoFrame.from_ndarray(np.ascontiguousarray(array), format=name)
    flat, start = np.ascontiguousarray(array).reshape(-1), 0
    for plane, size in zip(frame.planes, sizes, strict=True):
        plane.update(cast("bytes", flat[start : start + size]))  # any buffer will do
        start += size
    return frame

"""Frames as cameras give them."""

import av
import numpy as np
import pytest

from duskreel.capture.video_capture import FrameReader, is_network_address

COLOUR = (200, 40, 60)
AS_BT709 = (80.8, 120.7, 197.5)


def means(planes: np.ndarray | None) -> list[float]:
    assert planes is not None
    height = planes.shape[0] * 2 // 3
    return [planes[:height].mean(), planes[height : height + height // 4].mean(), planes[height + height // 4 :].mean()]


def raw(pixel_format: str, width: int = 64) -> np.ndarray:
    rgb = av.VideoFrame.from_ndarray(np.full((48, width, 3), COLOUR, dtype=np.uint8), format="rgb24")
    return rgb.reformat(format=pixel_format, dst_colorspace="ITU601", dst_color_range="MPEG").to_ndarray()


def jpeg() -> np.ndarray:
    import cv2

    return cv2.imencode(".jpg", np.full((48, 64, 3), COLOUR[::-1], dtype=np.uint8))[1]


@pytest.mark.parametrize(
    ("four_letters", "pixel_format"),
    [("YUYV", "yuyv422"), ("UYVY", "uyvy422"), ("NV12", "nv12"), ("YU12", "yuv420p")],
)
@pytest.mark.parametrize("width", [64, 70, 128, 1280])
def test_raw_frames_are_read_as_what_they_are(four_letters: str, pixel_format: str, width: int) -> None:
    frame = raw("yuyv422", width)[:, :, ::-1] if pixel_format == "uyvy422" else raw(pixel_format, width)
    planes = FrameReader(four_letters).planes_of(frame)
    assert planes is not None
    assert planes.shape == (72, width)
    assert means(planes) == pytest.approx(AS_BT709, abs=1.6)
    assert planes[:48].std() < 1, "no line is shifted"


def test_bgr_is_read() -> None:
    bgr = np.full((48, 64, 3), COLOUR[::-1], dtype=np.uint8)
    assert means(FrameReader("").planes_of(bgr)) == pytest.approx(AS_BT709, abs=1.6)


def test_odd_bgr_is_made_even() -> None:
    planes = FrameReader("").planes_of(np.zeros((49, 65, 3), dtype=np.uint8))
    assert planes is not None
    assert planes.shape == (72, 64)


@pytest.mark.parametrize("shape", [(1, -1), (-1, 1)])
def test_jpeg_is_decoded(shape: tuple[int, int]) -> None:
    assert means(FrameReader("MJPG").planes_of(jpeg().reshape(shape))) == pytest.approx(AS_BT709, abs=2.5)


def test_damaged_jpeg_is_left_out_and_the_next_one_is_read() -> None:
    reader = FrameReader("MJPG")
    assert reader.planes_of(np.zeros((1, 500), dtype=np.uint8)) is None
    assert reader.planes_of(jpeg().reshape(1, -1)) is not None


def test_frame_of_impossible_shape_is_left_out() -> None:
    assert FrameReader("NV12").planes_of(np.zeros((50, 64), dtype=np.uint8)) is None


@pytest.mark.parametrize(
    ("address", "is_network"),
    [
        ("http://192.168.1.7:8080/video", True),
        ("RTSP://phone/live", True),
        ("/dev/video0", False),
        ("file:///etc/passwd", False),
        ("concat:a|b", False),
        ("http", False),
    ],
)
def test_only_cameras_are_opened_by_url(address: str, is_network: bool) -> None:
    assert is_network_address(address) is is_network

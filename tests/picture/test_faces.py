"""Where faces are in one picture."""

import numpy as np
import pytest

from duskreel.capture.file_source import AsFastAsTaken, FilePictures
from duskreel.paths import resource
from duskreel.picture.faces import FaceBox, FaceDetector


@pytest.fixture(scope="module")
def sample_luma() -> np.ndarray:
    """The first picture of the sample clip, in which somebody looks into the camera."""
    from threading import Event

    pictures = []
    first = Event()

    def take(picture: object) -> None:
        pictures.append(picture)
        first.set()

    source = FilePictures(resource("sample.mp4"), AsFastAsTaken(1))
    source.start(take, lambda _reason: first.set())
    assert first.wait(20)
    source.stop()
    return pictures[0].planes[: pictures[0].size[1]]


def test_face_is_found_where_it_is(sample_luma: np.ndarray) -> None:
    [face] = FaceDetector().find(sample_luma)
    assert face.centre == pytest.approx((0.37, 0.38), abs=0.06)
    assert face.height == pytest.approx(0.31, abs=0.08)


def test_box_follows_the_face_when_it_moves(sample_luma: np.ndarray) -> None:
    [mirrored] = FaceDetector().find(np.ascontiguousarray(sample_luma[:, ::-1]))
    assert mirrored.centre == pytest.approx((0.63, 0.38), abs=0.06)


def test_empty_wall_has_no_face() -> None:
    assert FaceDetector().find(np.full((720, 1280), 120, dtype=np.uint8)) == []


def test_centre_is_the_middle() -> None:
    assert FaceBox(0.1, 0.2, 0.2, 0.4).centre == pytest.approx((0.2, 0.4))

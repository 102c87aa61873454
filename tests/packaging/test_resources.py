"""The sample clip and the caption fonts: they keep what the demo and the captions rely on."""

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from duskreel.paths import resource

SAMPLE_LIMIT_BYTES = 3_000_000
FONTS_LIMIT_BYTES = 1_500_000


@pytest.fixture(scope="module")
def pictures() -> list[NDArray[np.uint8]]:
    """Two greyscale pictures a second, 320 pixels wide."""
    with av.open(str(resource("sample.mp4"))) as container:
        container.streams.video[0].thread_type = "AUTO"
        frames = enumerate(container.decode(video=0))
        return [frame.reformat(320, 180, "gray8").to_ndarray() for i, frame in frames if i % 15 == 0]


@pytest.fixture(scope="module")
def sound() -> NDArray[np.float32]:
    """Mono samples at 48 kHz."""
    with av.open(str(resource("sample.mp4"))) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def test_sample_is_what_a_webcam_gives_and_small() -> None:
    path = resource("sample.mp4")
    assert path.stat().st_size <= SAMPLE_LIMIT_BYTES
    with av.open(str(path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.width, video.height, video.average_rate) == (1280, 720, 30)
        assert (video.codec_context.name, audio.codec_context.name) == ("h264", "aac")
        assert container.duration is not None
        assert 35 <= container.duration / av.time_base <= 50


def test_sample_shows_one_face_left_of_the_centre(pictures: list[NDArray[np.uint8]]) -> None:
    import cv2

    finder = cv2.CascadeClassifier(str(Path(cv2.data.haarcascades) / "haarcascade_frontalface_default.xml"))
    faces = [finder.detectMultiScale(picture, 1.1, 5, minSize=(40, 40)) for picture in pictures]
    assert sum(len(found) == 1 for found in faces) >= 0.95 * len(pictures)
    middles = [float(x + width / 2) for found in faces for x, _, width, _ in found]
    assert 105 < float(np.median(middles)) < 135


def test_sample_moves(pictures: list[NDArray[np.uint8]]) -> None:
    changes = [int(np.abs(a.astype(int) - b).max()) for a, b in pairwise(pictures)]
    assert min(changes) > 8


def test_sample_pauses_between_its_sentences(sound: NDArray[np.float32]) -> None:
    windows = sound[: len(sound) // 4800 * 4800].reshape(-1, 4800)
    quiet = np.sqrt((windows**2).mean(axis=1)) < 0.01
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet, [0]])))
    pauses_s = (edges[1::2] - edges[::2]) / 10
    between = [pause for pause in pauses_s.tolist() if pause >= 0.9]
    assert len(between) >= len(resource("sample.txt").read_text(encoding="utf-8").splitlines()) - 1
    assert max(between) <= 4


def test_sample_text_tells_a_hard_day() -> None:
    sentences = resource("sample.txt").read_text(encoding="utf-8").splitlines()
    assert len(sentences) == 9
    assert "lost my job" in sentences[0]
    assert all(sentence.endswith(".") for sentence in sentences)


def test_fonts_come_with_their_licence_and_are_small() -> None:
    folder = resource("fonts")
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in folder.iterdir()) <= FONTS_LIMIT_BYTES

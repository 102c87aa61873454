"""Where faces are in one picture, by OpenCV's cascades (P. Viola and M. Jones, 2001)."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import cv2

WIDTH_PX = 320
"""to which pictures are scaled"""
SMALLEST_FACE = 1 / 8
"""of the shorter side"""
SCALE_STEP = 1.2
NEIGHBOURS = 4
"""Measured on three clips: as many faces found as with steps of 1.1 and levelled light, in half the time."""
CLOSER_WIDTH_PX = 480
CLOSER_SMALLEST_PX = 20
"""the cascades know no smaller ones"""
SIDEWAYS_NEIGHBOURS = 3
SAME_FACE_OVERLAP = 0.3
"""of the smaller one of two boxes: nobody's face is in front of so much of another one's and both are found"""


@dataclass(frozen=True)
class FaceBox:
    """Where a face is, in fractions of the picture's width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        """Across and down."""
        return self.x + self.width / 2, self.y + self.height / 2


class FaceDetector:
    """The cascade, loaded once. Not to be shared between threads."""

    def __init__(self) -> None:
        import cv2

        folder = Path(cv2.__file__).parent / "data"
        self._cascade = cv2.CascadeClassifier(str(folder / "haarcascade_frontalface_default.xml"))

    def find(self, luma: NDArray[np.uint8]) -> list[FaceBox]:
        """Every face that looks into the camera, from left to right.

        Args:
            luma: upright, of shape (height, width).
        """
        import cv2

        height = max(round(luma.shape[0] * WIDTH_PX / luma.shape[1]), 1)
        small = cv2.resize(luma, (WIDTH_PX, height), interpolation=cv2.INTER_AREA)
        least = round(min(WIDTH_PX, height) * SMALLEST_FACE)
        found = self._cascade.detectMultiScale(
            small, scaleFactor=SCALE_STEP, minNeighbors=NEIGHBOURS, minSize=(least, least)
        )
        return [
            FaceBox(x / WIDTH_PX, y / height, width / WIDTH_PX, tall / height)
            # OpenCV's threads find them in any order.
            for x, y, width, tall in sorted(np.asarray(found).reshape(-1, 4).tolist())
        ]


class EveryFaceDetector:
    """Finds small faces and ones that look aside too, in several times the time; and more that are none.

    Two frontal cascades, since what one of them misses the other one often finds, and the one for profiles, which
    knows only those that look to the left. Not to be shared between threads.
    """

    def __init__(self) -> None:
        import cv2

        folder = Path(cv2.__file__).parent / "data"
        names = ("frontalface_default", "frontalface_alt2", "profileface")
        self._cascades = [cv2.CascadeClassifier(str(folder / f"haarcascade_{name}.xml")) for name in names]

    def find(self, luma: NDArray[np.uint8], *, sideways: bool = True) -> list[FaceBox]:
        """Every face, the largest first; each once.

        Args:
            luma: upright, of shape (height, width).
            sideways: look for profiles too, which takes as long as all the rest.
        """
        import cv2

        default, alternative, profile = self._cascades
        near = _scaled(luma, CLOSER_WIDTH_PX)
        found = [*_boxes(default, near, NEIGHBOURS), *_boxes(alternative, near, NEIGHBOURS)]
        if sideways:
            far = _scaled(luma, WIDTH_PX)
            found += _boxes(profile, far, SIDEWAYS_NEIGHBOURS)
            mirrored = np.asarray(cv2.flip(far, 1), dtype=np.uint8)
            found += (
                FaceBox(1 - box.x - box.width, box.y, box.width, box.height)
                for box in _boxes(profile, mirrored, SIDEWAYS_NEIGHBOURS)
            )
        return _each_once(found)


def _scaled(luma: NDArray[np.uint8], width: int) -> NDArray[np.uint8]:
    import cv2

    height = max(round(luma.shape[0] * width / luma.shape[1]), 1)
    return np.asarray(cv2.resize(luma, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _boxes(cascade: "cv2.CascadeClassifier", small: NDArray[np.uint8], neighbours: int) -> list[FaceBox]:
    height, width = small.shape
    least = (CLOSER_SMALLEST_PX, CLOSER_SMALLEST_PX)
    found = cascade.detectMultiScale(small, scaleFactor=SCALE_STEP, minNeighbors=neighbours, minSize=least)
    return [
        FaceBox(x / width, y / height, wide / width, tall / height)
        for x, y, wide, tall in sorted(np.asarray(found).reshape(-1, 4).tolist())
    ]


def _each_once(boxes: Iterable[FaceBox]) -> list[FaceBox]:
    kept: list[FaceBox] = []
    for box in sorted(boxes, key=lambda box: -box.width * box.height):
        if not any(_overlap(box, other) > SAME_FACE_OVERLAP for other in kept):
            kept.append(box)
    return kept


def _overlap(one: FaceBox, other: FaceBox) -> float:
    """As a share of the smaller one."""
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    smaller = min(one.width * one.height, other.width * other.height)
    return max(across, 0.0) * max(down, 0.0) / smaller if smaller else 0.0

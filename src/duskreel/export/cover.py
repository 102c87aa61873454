"""The cover of a short: the picture that stands for it before it plays, chosen, and made a JPEG."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from duskreel.export.clips import PlanesClip
from duskreel.export.compositing import Overlay, lay_over
from duskreel.picture.conversion import ScreenConverter
from duskreel.picture.faces import FaceBox, FaceDetector
from duskreel.picture.planes import Planes, size_of, split
from duskreel.progress import CancelToken
from duskreel.timecode import from_seconds, seconds

SAMPLE_EVERY_MS = 333
MOST_SAMPLES = 60
EDGE_MS = 300
"""at the start and the end, somebody reaches for the camera or draws breath"""
JPEG_QUALITY = 92

FACE_PX = 200
"""to which faces are scaled before they are looked at, so that near and far ones can be compared"""
EYE_REGION = 0.6
"""of the face, from the top: below it, cascades take nostrils and mouths for eyes"""
EYE_CASCADES = ("haarcascade_eye.xml", "haarcascade_eye_tree_eyeglasses.xml")
"""The second one also knows glasses, and finds no eye that is half closed."""
SMALLEST_EYE_PX = 24
BLACK, WHITE = 16, 235
"""of limited range luma, ITU-R BT.709-6, item 3.5"""

FACE_WEIGHT, EYES_WEIGHT, SHARPNESS_WEIGHT, LIGHT_WEIGHT, SIZE_WEIGHT, PLACE_WEIGHT = 1.0, 1.0, 1.0, 0.5, 0.3, 0.3
GOOD_LIGHT = (0.25, 0.8)
"""mean luma of a face, from 0 to 1"""
LARGE_FACE = 0.35
"""of the picture's width, from which on a face is large enough"""
BEST_PLACE = (0.5, 0.4)
"""of the middle of a face, across and down"""
FAR_OFF = 0.4

Luma = NDArray[np.uint8]


@dataclass(frozen=True)
class PictureLook:
    """What one picture is like; shares are from 0 for bad to 1 for good."""

    time_ms: int
    has_face: bool
    sharpness: float
    """variance of the Laplacian of the face, or of the middle of a picture that has none"""
    eyes: float
    light: float
    size: float
    place: float


def sample_times(duration_ms: int) -> list[int]:
    """When to look at a short of this length for a cover: three times a second, more rarely in long ones."""
    step_ms = max(SAMPLE_EVERY_MS, -(-(duration_ms - 2 * EDGE_MS) // MOST_SAMPLES))
    return list(range(EDGE_MS, duration_ms - EDGE_MS, step_ms)) or [0]


def best_cover(pictures: Iterable[tuple[int, Planes]], duration_ms: int) -> int:
    """Choose by the face: that there is one, large and near the upper middle, in good light, sharp, eyes open.

    Args:
        pictures: with their times, in order; at least one. About 40 ms are spent on each; arrays may be reused.
        duration_ms: of the short.

    Returns:
        The time of the best, the earliest of equals.
    """
    judge = Judge()
    times_ms, looks = [], []
    for time_ms, picture in pictures:
        times_ms.append(time_ms)
        if EDGE_MS <= time_ms < duration_ms - EDGE_MS:
            looks.append(judge.look_at(time_ms, split(picture)[0]))
    return max(looks, key=lambda look: score(look, looks)).time_ms if looks else times_ms[0]


def cover_of(clip: PlanesClip, token: CancelToken, overlays: Sequence[Overlay] = ()) -> bytes:
    """The best picture of a short, with what is laid over it, as JPEG.

    Args:
        clip: the composed short. Captions in its pictures do not disturb, but end up on the cover.
        token: asked before every picture.
        overlays: such as the title, where the clip's pictures have none.
    """
    duration_ms = from_seconds(clip.duration)

    def pictures() -> Iterator[tuple[int, Planes]]:
        for time_ms in sample_times(duration_ms):
            token.raise_if_cancelled()
            yield time_ms, clip.get_frame(seconds(time_ms))

    return jpeg(clip.get_frame(seconds(best_cover(pictures(), duration_ms))), overlays)


def jpeg(picture: Planes, overlays: Sequence[Overlay] = ()) -> bytes:
    """A picture, with what is laid over it, in the colours of a screen and without any metadata."""
    import cv2

    covered = picture.copy()
    for overlay in overlays:
        lay_over(covered, overlay)
    shown = ScreenConverter().convert(covered, size_of(covered))
    _, encoded = cv2.imencode(".jpg", np.ascontiguousarray(shown[..., :3]), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return encoded.tobytes()


class Judge:
    """Looks at pictures. The cascades are loaded once."""

    def __init__(self) -> None:
        import cv2

        folder = Path(cv2.__file__).parent / "data"
        self._faces = FaceDetector()
        self._eyes = [cv2.CascadeClassifier(str(folder / name)) for name in EYE_CASCADES]

    def look_at(self, time_ms: int, luma: Luma) -> PictureLook:
        """Judge one picture: upright, (height, width). It takes about 40 ms."""
        face = max(self._faces.find(luma), key=lambda box: box.width * box.height, default=None)
        region = _scaled(luma, face or FaceBox(0.25, 0.25, 0.5, 0.5))
        light = float((region.mean() - BLACK) / (WHITE - BLACK))
        return PictureLook(
            time_ms=time_ms,
            has_face=face is not None,
            sharpness=_sharpness(region),
            eyes=0.0 if face is None else self._open_eyes(region),
            light=1 - min(max(GOOD_LIGHT[0] - light, light - GOOD_LIGHT[1], 0.0) / GOOD_LIGHT[0], 1.0),
            size=0.0 if face is None else min(face.width / LARGE_FACE, 1.0),
            place=0.0 if face is None else _place(face),
        )

    def _open_eyes(self, face: Luma) -> float:
        """How many of the two eyes the cascades find, as a share of all that they could find."""
        upper = face[: round(EYE_REGION * FACE_PX)]
        least = (SMALLEST_EYE_PX, SMALLEST_EYE_PX)
        found = 0
        for cascade in self._eyes:
            boxes = np.asarray(cascade.detectMultiScale(upper, 1.1, 4, minSize=least)).reshape(-1, 4)
            middles = boxes[:, 0] + boxes[:, 2] / 2
            found += bool((middles < FACE_PX / 2).any()) + bool((middles > FACE_PX / 2).any())
        return found / (2 * len(self._eyes))


def score(look: PictureLook, others: Iterable[PictureLook]) -> float:
    """Sharpness counts beside that of pictures of the same kind: a wall is never as sharp as a face."""
    sharpest = max(other.sharpness for other in others if other.has_face == look.has_face)
    points = (
        FACE_WEIGHT * look.has_face
        + EYES_WEIGHT * look.eyes
        + SHARPNESS_WEIGHT * (look.sharpness / sharpest if sharpest else 0.0)
        + LIGHT_WEIGHT * look.light
        + SIZE_WEIGHT * look.size
        + PLACE_WEIGHT * look.place
    )
    # Nobody sees a smaller difference.
    return round(points, 2)


def _scaled(luma: Luma, box: FaceBox) -> Luma:
    """Part of a picture, FACE_PX square."""
    import cv2

    height, width = luma.shape
    left, top = round(box.x * width), round(box.y * height)
    right, bottom = round((box.x + box.width) * width), round((box.y + box.height) * height)
    part = luma[top : max(bottom, top + 1), left : max(right, left + 1)]
    scaled: Luma = np.asarray(cv2.resize(part, (FACE_PX, FACE_PX), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return scaled


def _sharpness(region: Luma) -> float:
    """Variance of the Laplacian: J. L. Pech-Pacheco and others, Diatom autofocusing, 2000."""
    import cv2

    return float(cv2.Laplacian(region, cv2.CV_32F).var())


def _place(face: FaceBox) -> float:
    across, down = (middle - best for middle, best in zip(face.centre, BEST_PLACE, strict=True))
    return max(1 - float(np.hypot(across, down)) / FAR_OFF, 0.0)

"""What is hidden of a clip's pictures: faces beyond recognition, and all that is not the speaker, softly.

Faces are averaged to so few blots that nothing of them is left to sharpen; the blots move along with the face, or
each picture would tell a little more of it. There is no model here that knows where a person ends: beside the
background, a soft shape of head and shoulders is left as it is, and what stands close behind them with it.
"""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from duskreel.edit.concealing import HiddenRegion, HiddenTrack
from duskreel.edit.crop_path import CropPath, View
from duskreel.edit.tracking import region_at
from duskreel.export.clips import PlanesClip, Recipe
from duskreel.export.moviepy_core import Effect
from duskreel.picture.planes import Planes, size_of, split
from duskreel.timecode import from_seconds

BLOTS = 5
"""across and down what is hidden; three across the face in it"""
SOFT_EDGE = 0.12
"""of a region's size, outside of it"""
COARSER = 4
"""the background is blurred at a quarter of its size"""
BACKGROUND_BLUR = 1 / 45
"""of the picture's shorter side: the deviation of the Gaussian"""
AROUND_PX = 64
"""outside the window, which counts where it moves and blurs"""
HEAD_WIDTH, HEAD_HEIGHT, HEAD_DOWN = 0.95, 1.2, -0.1
"""half axes of the head in sizes of its face, hair included, and how far below the face's middle its middle is"""
SHOULDER_WIDTH, SHOULDER_HEIGHT, SHOULDER_DOWN = 2.0, 1.5, 2.4
SHAPE_EDGE = 0.16
"""of a face's width: the deviation of the Gaussian that softens the shape"""
Mask = NDArray[np.uint8]


@dataclass(frozen=True)
class Veil:
    """What to hide, in the clip's own time."""

    tracks: tuple[HiddenTrack, ...] = ()
    speaker: tuple[HiddenTrack, ...] | None = None
    """faces beside which the background is blurred: all of the picture where there is none; None to leave it"""

    @property
    def is_empty(self) -> bool:
        """Whether every picture stays as it was recorded."""
        return not self.tracks and self.speaker is None

    @property
    def remarks(self) -> list[str]:
        """What the user may not have expected, in sentences."""
        if self.speaker is None or self.speaker:
            return []
        return ["Your face was not found beside the background, so all of the picture is blurred."]


NO_VEIL = Veil()


@dataclass(frozen=True)
class _Box:
    """Pixels of a picture; right and bottom are outside, and all are even."""

    left: int
    top: int
    right: int
    bottom: int

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: "_Box") -> "_Box":
        return _Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def of(self, plane: Planes, step: int) -> Planes:
        """This part of a plane that has one pixel for so many of the picture's on each axis."""
        return plane[self.top // step : self.bottom // step, self.left // step : self.right // step]


@dataclass
class Veiled(Effect):  # type: ignore[misc] # MoviePy has no types
    """Hides what a veil says, before anything is cut, scaled or laid over."""

    veil: Veil
    path: CropPath | None = None
    """of the window through which the pictures are seen: what is outside of it may be anything. None for all"""

    def apply(self, clip: PlanesClip) -> PlanesClip:
        """Change the picture; the sound stays."""
        if self.veil.is_empty:
            return clip
        # One picture, drawn over each time: whoever crops and scales it has done so before asking for the next one.
        canvas = np.empty((clip.size[1] * 3 // 2, clip.size[0]), dtype=np.uint8)

        def picture_at(time_s: float) -> Planes:
            hiding = self._hiding(clip.size, from_seconds(time_s))
            picture: Planes = clip.frame_function(time_s)
            return picture if hiding is None else hiding.drawn(picture, canvas)

        def recipe_at(time_s: float) -> Recipe:
            hiding = self._hiding(clip.size, from_seconds(time_s))
            recipe: Recipe = clip.recipe_at(time_s)
            return recipe if hiding is None else (*recipe, hiding)

        veiled = PlanesClip(picture_at, recipe_at, clip.size, from_seconds(clip.duration))
        veiled.audio = clip.audio
        return veiled

    def _hiding(self, size: tuple[int, int], time_ms: int) -> "_Hiding | None":
        window = _window(size, None if self.path is None else self.path.at(time_ms))
        regions = (region_at(track, time_ms) for track in self.veil.tracks)
        boxes = tuple(_pixels(region, size) for region in regions if region is not None)
        boxes = tuple(box for box in boxes if _softened(box).meets(window))
        if self.veil.speaker is None:
            return _Hiding(window, boxes, is_background_bare=True, heads=()) if boxes else None
        faces = (region_at(track, time_ms) for track in self.veil.speaker)
        heads = tuple(_pixels(face, size) for face in faces if face is not None)
        return _Hiding(window, boxes, is_background_bare=False, heads=heads)


@dataclass(frozen=True)
class _Hiding:
    """What is hidden of one picture: all that its look depends on."""

    window: _Box
    boxes: tuple[_Box, ...]
    is_background_bare: bool
    """as recorded"""
    heads: tuple[_Box, ...]
    """faces of the speaker: two of them where one way through the clip ends and the next begins"""

    def drawn(self, picture: Planes, canvas: Planes) -> Planes:
        """The picture as it may be seen.

        Args:
            picture: stays as it is.
            canvas: of the same size; is drawn over within the window.
        """
        whole = _Box(0, 0, *size_of(picture))
        if self.is_background_bare:
            for source, target, step in zip(split(picture), split(canvas), (1, 2, 2), strict=True):
                self.window.of(target, step)[:] = self.window.of(source, step)
        else:
            _blur_background(picture, canvas, self.window, self.heads)
        for box in self.boxes:
            _blot_out(picture, canvas, box, whole)
        return canvas


def _window(size: tuple[int, int], view: View | None) -> _Box:
    """The part of a picture that counts. The background's coarser pixels stay where they are while it moves."""
    whole = _Box(0, 0, *size)
    if view is None:
        return whole
    grid = 2 * COARSER
    left, top = (floor((start - AROUND_PX) / grid) * grid for start in (view.x, view.y))
    right, bottom = (
        ceil((start + length + AROUND_PX) / grid) * grid
        for start, length in ((view.x, view.width), (view.y, view.height))
    )
    return _Box(left, top, right, bottom).within(whole)


def _pixels(region: HiddenRegion, size: tuple[int, int]) -> _Box:
    """Rounded outwards to even pixels; it may reach out of the picture."""
    width, height = size
    return _Box(
        floor(region.x * width / 2) * 2,
        floor(region.y * height / 2) * 2,
        ceil((region.x + region.width) * width / 2) * 2,
        ceil((region.y + region.height) * height / 2) * 2,
    )


def _softened(box: _Box) -> _Box:
    """With its soft edge."""
    edge = ceil(max(box.right - box.left, box.bottom - box.top) * SOFT_EDGE / 2) * 2
    return _Box(box.left - edge, box.top - edge, box.right + edge, box.bottom + edge)


def _blot_out(picture: Planes, canvas: Planes, box: _Box, whole: _Box) -> None:
    import cv2

    soft = _softened(box)
    seen = soft.within(whole)
    if seen.left >= seen.right or seen.top >= seen.bottom:
        return
    # As large at the picture's edge, where only a part of the face is seen.
    count = (
        max(BLOTS * (seen.right - seen.left) // (soft.right - soft.left), 1),
        max(BLOTS * (seen.bottom - seen.top) // (soft.bottom - soft.top), 1),
    )
    for source, target, step in zip(split(picture), split(canvas), (1, 2, 2), strict=True):
        part = seen.of(source, step)
        blots = cv2.resize(part, count, interpolation=cv2.INTER_AREA)
        smooth = cv2.resize(blots, (part.shape[1], part.shape[0]), interpolation=cv2.INTER_LINEAR)
        across = _edges(soft.left, box.left, box.right, seen.left, seen.right, step)
        down = _edges(soft.top, box.top, box.bottom, seen.top, seen.bottom, step)
        _mix(
            seen.of(target, step),
            np.asarray(smooth, dtype=np.uint8),
            np.rint(np.outer(down, across) * 256).astype(np.uint16),
        )


def _edges(soft: int, start: int, end: int, first: int, last: int, step: int) -> NDArray[np.float32]:
    """How much is hidden along one axis, 0 to 1: all from `start` to `end`, ever less as far out as `soft`."""
    middles = np.arange(first, last, step, dtype=np.float32) + np.float32(step / 2)
    outside = np.maximum(np.maximum(start - middles, middles - end), 0) / np.float32(max(start - soft, 1))
    falling = np.minimum(outside, 1)
    shares: NDArray[np.float32] = (1 - falling * falling * (3 - 2 * falling)).astype(np.float32)
    return shares


def _mix(target: Planes, other: Planes, weight: NDArray[np.uint16]) -> None:
    """Lay something over a part of a plane, in place; where it weighs 256, nothing shines through."""
    mixed = other * weight
    mixed += target * (256 - weight)
    mixed >>= 8
    target[:] = mixed


def _blur_background(picture: Planes, canvas: Planes, window: _Box, heads: tuple[_Box, ...]) -> None:
    import cv2

    deviation = min(size_of(picture)) * BACKGROUND_BLUR / COARSER
    for source, target, step in zip(split(picture), split(canvas), (1, 2, 2), strict=True):
        part, result = window.of(source, step), window.of(target, step)
        size = (max(part.shape[1] * step // COARSER, 1), max(part.shape[0] * step // COARSER, 1))
        coarse = cv2.GaussianBlur(cv2.resize(part, size, interpolation=cv2.INTER_AREA), (0, 0), deviation)
        result[:] = cv2.resize(coarse, (part.shape[1], part.shape[0]), interpolation=cv2.INTER_LINEAR)
    for head in heads:
        _lay_bare(picture, canvas, head, window)


def _lay_bare(picture: Planes, canvas: Planes, face: _Box, window: _Box) -> None:
    """Show a head and its shoulders as they were recorded."""
    import cv2

    width = face.right - face.left
    reach = ceil(width * (SHOULDER_WIDTH + 3 * SHAPE_EDGE) / 8) * 8
    middle = (face.left + face.right) // 16 * 8
    top = floor((face.top - 1.5 * (face.bottom - face.top)) / 8) * 8
    around = _Box(middle - reach, top, middle + reach, window.bottom).within(window)
    if around.left >= around.right or around.top >= around.bottom:
        return
    shape = _shape(face, around)
    for source, target, step in zip(split(picture), split(canvas), (1, 2, 2), strict=True):
        part = around.of(target, step)
        fine = np.asarray(cv2.resize(shape, (part.shape[1], part.shape[0]), interpolation=cv2.INTER_LINEAR))
        weight = fine.astype(np.uint16)
        weight += weight >> 7
        _mix(part, around.of(source, step), weight)


def _shape(face: _Box, around: _Box) -> Mask:
    """Head and shoulders in a part of the picture, at a quarter of its size: 255 inside, 0 far outside."""
    import cv2

    size = (max((around.right - around.left) // COARSER, 1), max((around.bottom - around.top) // COARSER, 1))
    mask: Mask = np.zeros((size[1], size[0]), dtype=np.uint8)
    width, height = (face.right - face.left) / COARSER, (face.bottom - face.top) / COARSER
    middle_x = ((face.left + face.right) / 2 - around.left) / COARSER
    middle_y = ((face.top + face.bottom) / 2 - around.top) / COARSER
    head = (middle_x, middle_y + HEAD_DOWN * height), (HEAD_WIDTH * width, HEAD_HEIGHT * height)
    shoulders = (
        (middle_x, middle_y + SHOULDER_DOWN * height),
        (SHOULDER_WIDTH * width, SHOULDER_HEIGHT * height),
    )
    for centre, axes in (head, shoulders):
        box = (centre, (2 * axes[0], 2 * axes[1]), 0.0)
        cv2.ellipse(mask, box, 255, -1)
    left, right = (round(middle_x + side * SHOULDER_WIDTH * width) for side in (-1, 1))
    cv2.rectangle(mask, (left, round(shoulders[0][1])), (right, size[1]), 255, -1)
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), max(SHAPE_EDGE * width, 0.5)), dtype=np.uint8)

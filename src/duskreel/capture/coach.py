"""What could be better about picture and sound: measurements, and the few words that they are worth."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from duskreel.capture.sources import Picture
from duskreel.picture.faces import FaceBox, FaceDetector

BLACK, WHITE = 16, 235
"""of limited range luma, ITU-R BT.709-6, item 3.5"""
SMALL_WIDTH_PX = 320
"""to which pictures are scaled before anything is measured: noise goes, and the time it takes with it"""

DARK_BELOW = 0.22
"""mean light of the face, or of the picture where no face is found"""
BACKLIT_BY = 0.22
"""how much brighter what is around the face is than the face"""
BLURRED_BELOW = 25.0
"""variance of the Laplacian at 320 pixels"""
TOO_FAR_BELOW = 0.18
"""of the shorter side"""
OFF_CENTRE_ACROSS = 0.22
HIGHEST_FACE, LOWEST_FACE = 0.15, 0.7
"""where the middle of a face may be, from the top"""
NO_SOUND_BELOW_DBFS = -60.0
TOO_LOUD_ABOVE_CLIPPED = 0.0005
CLIPPED_FROM = 0.99
SILENCE_DBFS = -120.0


class Hint(Enum):
    """One thing that the user could do about it, the most useful first."""

    NO_SOUND = "There is no sound: check that the microphone is on and is the right one."
    TOO_LOUD = "The sound is too loud: move back a little, or turn the microphone down."
    DARK = "It is dark: turn a light on in front of you."
    BACKLIT = "The light is behind you: turn around, or close the curtain."
    OUT_OF_FOCUS = "The picture is blurred: wipe the lens, or hold still for a moment."
    OFF_CENTRE = "You are at the edge of the picture: turn the camera to your face."
    TOO_FAR = "You are far away: come closer."


@dataclass(frozen=True)
class PictureLook:
    """What one picture is like."""

    light: float
    """mean luma, 0 for black to 1 for white"""
    shadows: float
    """the fifth percentile of luma"""
    highlights: float
    """the ninety-fifth"""
    sharpness: float
    """variance of the Laplacian: J. L. Pech-Pacheco and others, Diatom autofocusing in brightfield microscopy, 2000"""
    face: FaceBox | None = None
    """the largest"""
    face_size: float | None = None
    """its width over the shorter side of the picture"""
    face_light: float | None = None
    """mean luma of the face"""
    surrounding_light: float | None = None
    """mean luma of all the rest"""


@dataclass(frozen=True)
class SoundLevel:
    """What a stretch of sound is like."""

    rms_dbfs: float
    """0 for a square wave at full scale; SILENCE_DBFS for nothing at all"""
    peak_dbfs: float
    clipped_share: float
    """of samples at full scale, 0 to 1"""
    is_digital_silence: bool
    """every sample is the same: no microphone in the world is that quiet"""


def look_at(picture: Picture, detector: FaceDetector | None = None) -> PictureLook:
    """Measure one picture: 1 ms, and about 10 ms more with a detector.

    Args:
        picture: of a camera.
        detector: to find the face with; None not to look for one.
    """
    import cv2

    width, height = picture.size
    luma = picture.planes[:height]
    small_height = max(round(height * SMALL_WIDTH_PX / width), 1)
    small = cv2.resize(luma, (SMALL_WIDTH_PX, small_height), interpolation=cv2.INTER_AREA)
    light = np.clip((small.astype(np.float32) - BLACK) / (WHITE - BLACK), 0, 1).astype(np.float32)
    shadows, highlights = np.percentile(light, (5, 95))
    faces = detector.find(luma) if detector is not None else []
    face = max(faces, key=lambda box: box.width * box.height, default=None)
    face_light, surrounding_light = (None, None) if face is None else _inside_and_outside(light, face)
    return PictureLook(
        light=float(light.mean()),
        shadows=float(shadows),
        highlights=float(highlights),
        sharpness=float(cv2.Laplacian(small, cv2.CV_32F).var()),
        face=face,
        face_size=None if face is None else face.width * width / min(width, height),
        face_light=face_light,
        surrounding_light=surrounding_light,
    )


def level_of(samples: NDArray[np.float32]) -> SoundLevel:
    """Measure a stretch of sound.

    Args:
        samples: (count, channels), from -1 to 1. Half a second or so says more than a block.
    """
    if not samples.size:
        return SoundLevel(SILENCE_DBFS, SILENCE_DBFS, 0.0, is_digital_silence=True)
    strength = np.abs(samples)
    peak = float(strength.max())
    rms = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
    return SoundLevel(
        rms_dbfs=_dbfs(rms),
        peak_dbfs=_dbfs(peak),
        clipped_share=float(np.mean(strength >= CLIPPED_FROM)),
        is_digital_silence=bool((samples == samples[0]).all()),
    )


def hints(look: PictureLook | None, level: SoundLevel | None) -> list[Hint]:
    """What to tell the user, the most useful first; nothing about what was not measured.

    Args:
        look: of a picture.
        level: of the last seconds, so that a pause between two sentences is not taken for silence.
    """
    found: list[Hint] = []
    if level is not None:
        found += _about_sound(level)
    if look is not None:
        found += [*_about_light(look), *_about_face(look)]
    return [hint for hint in Hint if hint in found]


def _about_sound(level: SoundLevel) -> Sequence[Hint]:
    if level.is_digital_silence or level.rms_dbfs < NO_SOUND_BELOW_DBFS:
        return [Hint.NO_SOUND]
    return [Hint.TOO_LOUD] if level.clipped_share > TOO_LOUD_ABOVE_CLIPPED else []


def _about_light(look: PictureLook) -> Sequence[Hint]:
    face_light = look.light if look.face_light is None else look.face_light
    if look.surrounding_light is not None and look.surrounding_light - face_light > BACKLIT_BY:
        return [Hint.BACKLIT]
    if face_light < DARK_BELOW:
        return [Hint.DARK]
    # In the dark nothing is sharp, and light is the cure for both.
    return [Hint.OUT_OF_FOCUS] if look.sharpness < BLURRED_BELOW else []


def _about_face(look: PictureLook) -> Sequence[Hint]:
    if look.face is None:
        return []
    across, down = look.face.centre
    found = []
    if abs(across - 0.5) > OFF_CENTRE_ACROSS or not HIGHEST_FACE <= down <= LOWEST_FACE:
        found.append(Hint.OFF_CENTRE)
    if look.face_size is not None and look.face_size < TOO_FAR_BELOW:
        found.append(Hint.TOO_FAR)
    return found


def _inside_and_outside(light: NDArray[np.float32], face: FaceBox) -> tuple[float, float]:
    height, width = light.shape
    left, top = round(face.x * width), round(face.y * height)
    inside = np.zeros(light.shape, dtype=bool)
    inside[top : top + max(round(face.height * height), 1), left : left + max(round(face.width * width), 1)] = True
    outside = light[~inside]
    return float(light[inside].mean()), float(outside.mean()) if outside.size else float(light.mean())


def _dbfs(strength: float) -> float:
    return max(20 * math.log10(strength), SILENCE_DBFS) if strength > 0 else SILENCE_DBFS

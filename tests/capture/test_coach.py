"""Measurements, and the words that they are worth."""

from dataclasses import replace
from threading import Event

import numpy as np
import pytest

from duskreel.capture.coach import SILENCE_DBFS, Hint, PictureLook, SoundLevel, hints, level_of, look_at
from duskreel.capture.file_source import AsFastAsTaken, FilePictures
from duskreel.capture.sources import Picture
from duskreel.paths import resource
from duskreel.picture.faces import FaceBox, FaceDetector

GOOD_LOOK = PictureLook(
    light=0.5,
    shadows=0.1,
    highlights=0.9,
    sharpness=120.0,
    face=FaceBox(0.4, 0.25, 0.2, 0.35),
    face_size=0.35,
    face_light=0.5,
    surrounding_light=0.5,
)
GOOD_LEVEL = SoundLevel(rms_dbfs=-22.0, peak_dbfs=-6.0, clipped_share=0.0, is_digital_silence=False)


def flat(luma: int, size: tuple[int, int] = (640, 360)) -> Picture:
    planes = np.full((size[1] * 3 // 2, size[0]), 128, dtype=np.uint8)
    planes[: size[1]] = luma
    return Picture(planes, 0)


@pytest.fixture(scope="module")
def talking() -> list[Picture]:
    """Three pictures a second from the start of the sample clip: a face in good light."""
    found: list[Picture] = []
    enough = Event()
    number = iter(range(10_000))

    def take(picture: Picture) -> None:
        if next(number) % 10 == 0:
            found.append(picture)
        if len(found) == 12:
            enough.set()

    source = FilePictures(resource("sample.mp4"), AsFastAsTaken(1))
    source.start(take, lambda _reason: enough.set())
    assert enough.wait(60)
    source.stop()
    return found[:12]


def changed(picture: Picture, change: object) -> Picture:
    height = picture.size[1]
    planes = picture.planes.copy()
    planes[:height] = np.clip(change(planes[:height].astype(np.float32)), 0, 255).astype(np.uint8)
    return Picture(planes, picture.at_ns)


def blurred_by(sigma_px: float, luma: np.ndarray) -> np.ndarray:
    import cv2

    return cv2.GaussianBlur(luma, (0, 0), sigma_px)


def hints_of(pictures: list[Picture], change: object = lambda luma: luma) -> list[set[Hint]]:
    detector = FaceDetector()
    return [set(hints(look_at(changed(picture, change), detector), None)) for picture in pictures]


@pytest.mark.parametrize(("luma", "light"), [(16, 0.0), (235, 1.0), (126, 0.5), (0, 0.0), (255, 1.0)])
def test_light_is_a_share_of_the_legal_range(luma: int, light: float) -> None:
    look = look_at(flat(luma))
    assert (look.light, look.shadows, look.highlights) == pytest.approx((light, light, light), abs=0.01)
    assert look.face is None


def test_percentiles_tell_contrast() -> None:
    picture = flat(16)
    picture.planes[:360, 320:] = 235
    look = look_at(picture)
    assert (look.shadows, look.light, look.highlights) == pytest.approx((0, 0.5, 1), abs=0.01)


def test_blur_lowers_sharpness() -> None:
    noise = flat(0)
    noise.planes[:360] = np.random.default_rng(1).integers(16, 235, (360, 640))
    blurred = changed(noise, lambda luma: blurred_by(4, luma))
    assert look_at(blurred).sharpness < look_at(noise).sharpness / 10
    assert look_at(flat(120)).sharpness == 0


def test_real_face_in_good_light_gets_no_hint(talking: list[Picture]) -> None:
    assert hints_of(talking) == [set()] * len(talking)


def test_real_face_at_night_is_dark(talking: list[Picture]) -> None:
    assert hints_of(talking[:5], lambda luma: (luma - 16) * 0.3 + 16) == [{Hint.DARK}] * 5


def test_real_face_through_a_smeared_lens_is_out_of_focus(talking: list[Picture]) -> None:
    assert hints_of(talking[:5], lambda luma: blurred_by(6, luma)) == [{Hint.OUT_OF_FOCUS}] * 5


def test_real_face_before_a_window_is_backlit(talking: list[Picture]) -> None:
    face = look_at(talking[0], FaceDetector()).face
    assert face is not None

    def against_the_light(luma: np.ndarray) -> np.ndarray:
        height, width = luma.shape
        bright = np.clip(luma * 0.4 + 150, 0, 235)
        rows = slice(round(face.y * height), round((face.y + face.height) * height))
        columns = slice(round(face.x * width), round((face.x + face.width) * width))
        bright[rows, columns] = luma[rows, columns] * 0.6
        return bright

    assert Hint.BACKLIT in hints_of(talking[:1], against_the_light)[0]


def test_real_face_far_away_is_told_to_come_closer(talking: list[Picture]) -> None:
    def smaller(luma: np.ndarray) -> np.ndarray:
        import cv2

        height, width = luma.shape
        canvas = np.full_like(luma, 110)
        small = cv2.resize(luma, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        canvas[height // 4 : height // 4 + small.shape[0], width // 4 : width // 4 + small.shape[1]] = small
        return canvas

    assert [Hint.TOO_FAR in found for found in hints_of(talking[:3], smaller)] == [True] * 3


def test_good_take_needs_no_words() -> None:
    assert hints(GOOD_LOOK, GOOD_LEVEL) == []


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        ({"face_light": 0.1, "surrounding_light": 0.15}, Hint.DARK),
        ({"face_light": 0.3, "surrounding_light": 0.7}, Hint.BACKLIT),
        ({"sharpness": 5.0}, Hint.OUT_OF_FOCUS),
        ({"face": FaceBox(0.0, 0.25, 0.2, 0.35)}, Hint.OFF_CENTRE),
        ({"face": FaceBox(0.8, 0.25, 0.2, 0.35)}, Hint.OFF_CENTRE),
        ({"face": FaceBox(0.4, 0.65, 0.2, 0.35)}, Hint.OFF_CENTRE),
        ({"face_size": 0.13}, Hint.TOO_FAR),
    ],
)
def test_one_thing_wrong_gives_one_hint(change: dict[str, object], hint: Hint) -> None:
    assert hints(replace(GOOD_LOOK, **change), GOOD_LEVEL) == [hint]


def test_picture_without_a_face_is_judged_as_a_whole() -> None:
    nobody = replace(GOOD_LOOK, face=None, face_size=None, face_light=None, surrounding_light=None)
    assert hints(nobody, None) == []
    assert hints(replace(nobody, light=0.1), None) == [Hint.DARK]


def test_nothing_measured_nothing_said() -> None:
    assert hints(None, None) == []


def test_most_useful_hint_comes_first() -> None:
    bad = replace(GOOD_LOOK, face_light=0.1, surrounding_light=0.1, face_size=0.13)
    assert hints(bad, level_of(np.zeros((480, 1), np.float32))) == [Hint.NO_SOUND, Hint.DARK, Hint.TOO_FAR]


def test_full_scale_square_wave_is_zero_dbfs_and_clips() -> None:
    square = np.where(np.arange(4800) % 100 < 50, 1.0, -1.0).astype(np.float32)[:, None]
    level = level_of(square)
    assert (level.rms_dbfs, level.peak_dbfs, level.clipped_share) == pytest.approx((0, 0, 1))
    assert hints(None, level) == [Hint.TOO_LOUD]


def test_sine_is_three_db_below_its_peak() -> None:
    sine = (0.5 * np.sin(np.arange(48_000) / 10)).astype(np.float32)[:, None]
    level = level_of(sine)
    assert level.peak_dbfs == pytest.approx(-6.02, abs=0.05)
    assert level.rms_dbfs == pytest.approx(-9.03, abs=0.05)
    assert hints(None, level) == []


@pytest.mark.parametrize(
    "samples", [np.zeros((0, 1)), np.zeros((4800, 2)), np.full((4800, 1), 0.25), np.array([[0.1, 0.2]] * 9)]
)
def test_samples_that_never_change_are_digital_silence(samples: np.ndarray) -> None:
    level = level_of(samples.astype(np.float32))
    assert level.is_digital_silence
    assert hints(None, level) == [Hint.NO_SOUND]


def test_room_noise_is_no_digital_silence_but_too_quiet_to_be_speech() -> None:
    noise = np.random.default_rng(1).normal(0, 1e-4, (48_000, 1)).astype(np.float32)
    level = level_of(noise)
    assert not level.is_digital_silence
    assert SILENCE_DBFS < level.rms_dbfs < -75
    assert hints(None, level) == [Hint.NO_SOUND]


def test_few_clipped_samples_are_forgiven() -> None:
    sine = (0.5 * np.sin(np.arange(48_000) / 10)).astype(np.float32)[:, None]
    sine[100:110] = 1
    assert hints(None, level_of(sine)) == []

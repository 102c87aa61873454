"""The cover: the picture that one would choose oneself, in the colours that it has in the short."""

from collections.abc import Callable
from contextlib import closing

import numpy as np
import pytest
from PySide6.QtGui import QImage

from duskreel.edit.framing import crop_at
from duskreel.errors import Cancelled
from duskreel.export.clips import PlanesClip
from duskreel.export.compositing import overlay_from_rgba, reframed
from duskreel.export.cover import EDGE_MS, MOST_SAMPLES, best_cover, cover_of, jpeg, sample_times
from duskreel.export.presets import HEIGHT, WIDTH
from duskreel.export.reader import PictureReader
from duskreel.export.style import AMBER
from duskreel.library.media import probe
from duskreel.paths import resource
from duskreel.picture.planes import Planes, blank, split
from duskreel.progress import CancelToken

DURATION_MS = 10_000
LOOKING, BLINKING = (23_000, 36_000), (6_000, 9_000)
"""milliseconds of the sample clip at which somebody looks into the camera, and has closed their eyes"""


@pytest.fixture(scope="module")
def sample() -> dict[int, Planes]:
    """Framed pictures of the sample clip by their time."""
    path = resource("sample.mp4")
    with path.open("rb") as file, closing(PictureReader(file, path.name, probe(file, path.name))) as reader:
        crop = crop_at(0.3, reader.width, reader.height)
        return {
            time_ms: reframed(reader.at(time_ms), crop, blank(WIDTH, HEIGHT)) for time_ms in sorted(LOOKING + BLINKING)
        }


@pytest.fixture
def looking(sample: dict[int, Planes]) -> Planes:
    return sample[LOOKING[0]].copy()


def altered(picture: Planes, change: Callable[[np.ndarray], np.ndarray]) -> Planes:
    """A copy with other luma."""
    copy = picture.copy()
    luma = split(copy)[0]
    luma[:] = change(luma)
    return copy


def out_of_focus(picture: Planes, by_px: float = 4) -> Planes:
    import cv2

    return altered(picture, lambda luma: cv2.GaussianBlur(luma, (0, 0), by_px))


def shaken(picture: Planes) -> Planes:
    import cv2

    return altered(picture, lambda luma: cv2.filter2D(luma, -1, np.full((1, 31), 1 / 31)))


def dark(picture: Planes) -> Planes:
    return altered(picture, lambda luma: 16 + (luma.astype(int) - 16) // 8)


def glaring(picture: Planes) -> Planes:
    return altered(picture, lambda luma: np.clip(luma.astype(int) * 3, 16, 235))


def with_eyes_shut(picture: Planes) -> Planes:
    """The cheek, where the eyes are."""
    copy = picture.copy()
    luma = split(copy)[0]
    luma[650:750, 480:960] = luma[800:900, 480:960]
    return copy


def wall() -> Planes:
    """Nobody, but a pattern with edges sharper than any face has."""
    picture = blank(WIDTH, HEIGHT)
    split(picture)[0][:] = np.where(np.add.outer(np.arange(HEIGHT) // 60, np.arange(WIDTH) // 60) % 2, 180, 90)
    return picture


def choice(*pictures: Planes) -> int:
    """Which of the pictures is chosen, counted from 0."""
    times_ms = [1000 * (number + 1) for number in range(len(pictures))]
    return times_ms.index(best_cover(zip(times_ms, pictures, strict=True), DURATION_MS))


@pytest.mark.parametrize("spoil", [out_of_focus, shaken, dark, glaring])
def test_the_picture_that_is_not_spoilt_is_chosen(spoil: Callable[[Planes], Planes], looking: Planes) -> None:
    assert choice(spoil(looking), looking, spoil(looking)) == 1


def test_open_eyes_are_chosen_over_closed_ones(sample: dict[int, Planes]) -> None:
    for blinking in BLINKING:
        for eyes_open in LOOKING:
            assert choice(sample[blinking], sample[eyes_open], sample[blinking]) == 1


def test_painted_over_eyes_are_not_taken_for_open(looking: Planes) -> None:
    assert choice(with_eyes_shut(looking), looking) == 1


def test_open_eyes_are_worth_a_little_sharpness(sample: dict[int, Planes]) -> None:
    assert choice(sample[BLINKING[0]], out_of_focus(sample[LOOKING[0]], by_px=1)) == 1


def test_somebody_is_chosen_over_nobody(looking: Planes) -> None:
    assert choice(wall(), looking, wall()) == 1


def test_a_face_near_the_middle_is_chosen_over_one_at_the_edge(looking: Planes) -> None:
    aside = np.concatenate([np.roll(plane, plane.shape[0] // 3, axis=0).ravel() for plane in split(looking)])
    assert choice(aside.reshape(looking.shape), looking) == 1


def test_of_pictures_without_a_face_the_sharpest_is_chosen() -> None:
    assert choice(out_of_focus(wall()), wall(), shaken(wall())) == 1


def test_of_equals_the_earliest_is_chosen(looking: Planes) -> None:
    assert choice(out_of_focus(looking), looking, looking) == 1


def test_start_and_end_are_avoided(looking: Planes) -> None:
    spoilt = out_of_focus(looking)
    pictures = [(0, looking), (EDGE_MS - 1, looking), (5000, spoilt), (DURATION_MS - EDGE_MS, looking)]
    assert best_cover(pictures, DURATION_MS) == 5000


def test_there_is_a_cover_even_of_nothing() -> None:
    assert best_cover([(0, blank(WIDTH, HEIGHT))], DURATION_MS) == 0
    assert best_cover([(1000, blank(WIDTH, HEIGHT)), (2000, blank(WIDTH, HEIGHT))], DURATION_MS) == 1000


@pytest.mark.parametrize("duration_ms", [3_000, 15_000, 61_000, 180_000, 600_000])
def test_a_short_is_looked_at_all_along_but_not_for_long(duration_ms: int) -> None:
    times_ms = sample_times(duration_ms)
    assert len(times_ms) <= MOST_SAMPLES
    assert len(times_ms) == MOST_SAMPLES or len(times_ms) >= 2 * duration_ms // 1000
    assert times_ms[0] == EDGE_MS
    assert duration_ms - EDGE_MS > times_ms[-1] > duration_ms * 0.85


def test_a_short_of_no_length_is_looked_at_once() -> None:
    assert sample_times(2 * EDGE_MS) == [0]


def shown(chosen: dict[int, Planes]) -> PlanesClip:
    """Ten seconds in which a picture stands until the next one."""

    def picture_at(time_s: float) -> Planes:
        return chosen[max(start_ms for start_ms in chosen if start_ms <= time_s * 1000)].copy()

    return PlanesClip(picture_at, lambda _time_s: (), (WIDTH, HEIGHT), DURATION_MS)


def test_cover_of_a_short_is_its_best_picture(sample: dict[int, Planes]) -> None:
    blinking, looking = sample[BLINKING[0]], sample[LOOKING[0]]
    assert cover_of(shown({0: blinking, 5000: looking, 6000: blinking}), CancelToken()) == jpeg(looking)


def test_looking_for_a_cover_can_be_cancelled() -> None:
    with pytest.raises(Cancelled):
        cover_of(shown({0: blank(WIDTH, HEIGHT)}), CancelToken(lambda: True))


# JPEG


def test_cover_has_the_colours_and_the_size_of_the_short() -> None:
    amber = np.full((200, 400, 4), (*AMBER[:3], 255), dtype=np.uint8)
    image = QImage.fromData(jpeg(blank(WIDTH, HEIGHT), [overlay_from_rgba(amber, 100, 300)]))
    assert (image.width(), image.height()) == (WIDTH, HEIGHT)
    inside, outside = image.pixelColor(300, 400), image.pixelColor(900, 1000)
    assert (inside.red(), inside.green(), inside.blue()) == pytest.approx(AMBER[:3], abs=4)
    assert (outside.red(), outside.green(), outside.blue()) == pytest.approx((0, 0, 0), abs=2)


def test_a_picture_stays_as_it_was() -> None:
    picture = blank(64, 64)
    jpeg(picture, [overlay_from_rgba(np.full((8, 8, 4), 255, np.uint8), 0, 0)])
    assert (picture == blank(64, 64)).all()


def test_cover_says_nothing_but_the_picture(looking: Planes) -> None:
    """No EXIF, no comment: the segments of a JPEG before its first scan (ITU-T T.81, B.1.1.3)."""
    content = jpeg(looking)
    markers, position = [], 2
    while content[position + 1] != 0xDA:
        markers.append(content[position + 1])
        position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
    jfif, tables_and_frame = 0xE0, {0xDB, 0xC0, 0xC4}
    assert markers[0] == jfif
    assert set(markers[1:]) == tables_and_frame

"""JPEG files to pictures on the screen."""

from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import QSize, Qt

from duskreel.ui.jpeg import decoded

FITTING = Qt.AspectRatioMode.KeepAspectRatio
FILLING = Qt.AspectRatioMode.KeepAspectRatioByExpanding


def jpeg(width: int, height: int, colour: tuple[int, int, int] | int, mode: str = "RGB") -> bytes:
    file = BytesIO()
    Image.new(mode, (width, height), colour).save(file, "JPEG", quality=95)
    return file.getvalue()


@pytest.mark.parametrize(("aspect", "size"), [(FITTING, QSize(400, 225)), (FILLING, QSize(711, 400))])
def test_a_picture_is_as_large_as_it_is_shown(aspect: Qt.AspectRatioMode, size: QSize) -> None:
    picture = decoded(jpeg(1920, 1080, (200, 30, 40)), QSize(400, 400), aspect)
    assert picture.size() == size
    colour = picture.pixelColor(20, 20)
    assert max(abs(colour.red() - 200), abs(colour.green() - 30), abs(colour.blue() - 40)) < 4


def test_a_grey_picture_stays_grey() -> None:
    colour = decoded(jpeg(64, 64, 90, "L"), QSize(32, 32), FITTING).pixelColor(9, 9)
    assert (colour.red(), colour.green(), colour.blue()) == (90, 90, 90)


@pytest.mark.parametrize("broken", [b"", b"no picture", jpeg(640, 360, (1, 2, 3))[:500]])
def test_what_cannot_be_read_is_no_picture(broken: bytes) -> None:
    assert decoded(broken, QSize(400, 400), FITTING).isNull()

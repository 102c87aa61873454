"""Whatever is delivered comes out as planar 4:2:0, BT.709, limited range."""

import av
import numpy as np
import pytest

from duskreel.picture.conversion import PlanesConverter, ScreenConverter
from duskreel.picture.planes import BT601, blank

SIZE = (48, 64)
COLOURS = [(200, 40, 60), (30, 180, 90), (20, 30, 220), (255, 255, 255), (0, 0, 0)]


def bt709(red: int, green: int, blue: int) -> tuple[float, float, float]:
    """ITU-R BT.709-6, items 3.2 to 3.5, limited range."""
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (
        16 + luma * 219 / 255,
        128 + (blue - luma) / 1.8556 * 224 / 255,
        128 + (red - luma) / 1.5748 * 224 / 255,
    )


def coloured(colour: tuple[int, int, int], size: tuple[int, int] = SIZE) -> av.VideoFrame:
    return av.VideoFrame.from_ndarray(np.full((*size, 3), colour, dtype=np.uint8), format="rgb24")


def means(planes: np.ndarray) -> tuple[float, float, float]:
    height = planes.shape[0] * 2 // 3
    quarter = height // 4
    return planes[:height].mean(), planes[height : height + quarter].mean(), planes[height + quarter :].mean()


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("pixel_format", ["yuyv422", "uyvy422", "nv12", "yuv420p", "yuvj422p", "yuv420p10le"])
def test_bt601_of_a_camera_becomes_bt709(colour: tuple[int, int, int], pixel_format: str) -> None:
    raw = coloured(colour).reformat(
        format=pixel_format, dst_colorspace="ITU601", dst_color_range="JPEG" if "j" in pixel_format else "MPEG"
    )
    assert means(PlanesConverter().convert(raw, matrix=BT601)) == pytest.approx(bt709(*colour), abs=1.6)


@pytest.mark.parametrize("colour", COLOURS)
def test_rgb_becomes_bt709(colour: tuple[int, int, int]) -> None:
    assert means(PlanesConverter().convert(coloured(colour))) == pytest.approx(bt709(*colour), abs=1.6)


def test_what_is_right_already_passes_unchanged() -> None:
    frame = coloured((200, 40, 60)).reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
    assert np.array_equal(PlanesConverter().convert(frame), frame.to_ndarray())


@pytest.mark.parametrize("pixel_format", ["rgb24", "yuv420p", "yuvj420p"])
def test_odd_last_row_and_column_are_cut_off(pixel_format: str) -> None:
    frame = coloured((10, 20, 30), (49, 65)).reformat(format=pixel_format)
    assert PlanesConverter().convert(frame).shape == (72, 64)


def test_size_and_format_may_change_midway() -> None:
    converter = PlanesConverter()
    for size, name in [((48, 64), "yuyv422"), ((96, 128), "yuyv422"), ((48, 64), "nv12")]:
        planes = converter.convert(coloured((30, 180, 90), size).reformat(format=name), matrix=BT601)
        assert planes.shape == (size[0] * 3 // 2, size[1])


def test_result_is_not_written_to_again() -> None:
    converter = PlanesConverter()
    first = converter.convert(coloured((0, 0, 0)).reformat(format="yuyv422"))
    kept = first.copy()
    converter.convert(coloured((255, 255, 255)).reformat(format="yuyv422"))
    assert np.array_equal(first, kept)


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("size", [(64, 48), (131, 97), (40, 30)])
def test_the_screen_shows_the_colours_of_the_scene(colour: tuple[int, int, int], size: tuple[int, int]) -> None:
    planes = PlanesConverter().convert(coloured(colour))
    shown = ScreenConverter().convert(planes, size)
    assert shown.shape == (size[1], size[0], 4)
    assert shown[..., 2::-1].reshape(-1, 3).mean(axis=0) == pytest.approx(colour, abs=2.5)
    assert shown[..., 3].min() == 255


def test_the_screen_shows_the_picture_the_right_way_round() -> None:
    planes = blank(64, 48)
    planes[:24, :32] = 235
    shown = ScreenConverter().convert(planes, (128, 96))
    quarters = [shown[:40, :56], shown[:40, 72:], shown[56:, :56], shown[56:, 72:]]
    assert [round(quarter[..., :3].mean() / 255) for quarter in quarters] == [1, 0, 0, 0]


def test_a_later_picture_leaves_an_earlier_one_as_it_is() -> None:
    converter = ScreenConverter()
    white = blank(64, 48)
    white[:48] = 235
    first = converter.convert(white, (64, 48))
    converter.convert(blank(64, 48), (64, 48))
    assert first[..., :3].min() > 250

"""Pictures by their time: the right one, upright, in one format, from whatever clip."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import av
import numpy as np
import pytest

from clips import make_clip
from duskreel.export.reader import PictureReader
from duskreel.library.media import probe
from duskreel.picture.planes import Planes, blank, size_of, split


@pytest.fixture
def reader_of() -> Iterator[Callable[..., PictureReader]]:
    """Open a clip for this test, as one whose properties are those of `looks_like`."""
    with ExitStack() as stack:

        def open_reader(path: Path, looks_like: Path | None = None) -> PictureReader:
            with (looks_like or path).open("rb") as file:
                info = probe(file, path.name)
            return stack.enter_context(closing(PictureReader(stack.enter_context(path.open("rb")), path.name, info)))

        yield open_reader


Opener = Callable[..., PictureReader]


def square_left(picture: Planes) -> float:
    """Where the white square of the test clips stands, as a fraction of the width."""
    luma, _, _ = split(picture)
    return float((luma.astype(int) > 225).any(axis=0).argmax()) / luma.shape[1]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds in which the square walks once across."""
    return make_clip(tmp_path_factory.mktemp("clip") / "walk.mp4", duration_s=4.0, sound=None)


def test_each_time_shows_the_picture_that_began_last(reader_of: Opener, clip: Path) -> None:
    reader = reader_of(clip)
    for time_ms in (0, 33, 34, 500, 1_000, 2_966, 3_500):
        shown_s = (time_ms * 30 // 1000) / 30
        assert square_left(reader.at(time_ms)) == pytest.approx(shown_s / 4, abs=0.012)


def test_going_back_and_jumping_ahead_show_the_same_as_reading_through(reader_of: Opener, clip: Path) -> None:
    reader = reader_of(clip)
    through = {time_ms: reader.at(time_ms).copy() for time_ms in (100, 900, 3_500)}
    for time_ms in (3_500, 100, 3_500, 900):
        assert (reader.at(time_ms) == through[time_ms]).all()


def test_a_keyframe_is_the_picture_of_its_time_and_reading_goes_on_after_it(reader_of: Opener, clip: Path) -> None:
    reader = reader_of(clip)
    assert len(reader.keyframes_ms()) == 4
    for second, time_ms in reversed(list(enumerate(reader.keyframes_ms()))):
        keyframe = reader.keyframe(time_ms)
        assert keyframe is not None
        assert square_left(keyframe) == pytest.approx(second / 4, abs=0.012)
        assert square_left(reader.at(2_500)) == pytest.approx(2.5 / 4, abs=0.012)


def test_before_the_start_and_past_the_end_the_nearest_picture_stays(reader_of: Opener, clip: Path) -> None:
    reader = reader_of(clip)
    first, last = reader.at(0).copy(), reader.at(3_990).copy()
    assert (reader.at(60_000) == last).all()
    assert (reader.at(-500) == first).all()


def test_variable_frame_rate_is_read_by_its_own_times(reader_of: Opener, tmp_path: Path) -> None:
    times = [0.0, 0.05, 0.5, 0.55, 1.9, 2.0, 2.05, 2.9]
    reader = reader_of(make_clip(tmp_path / "vfr.mkv", frame_times_s=times, sound=None, size=(640, 360)))
    for asked_ms, shown_s in ((40, 0.0), (60, 0.05), (499, 0.05), (1_800, 0.55), (2_060, 2.05), (2_899, 2.05)):
        assert square_left(reader.at(asked_ms)) == pytest.approx(shown_s / 4, abs=0.012)


@pytest.mark.parametrize(("rotation", "corner"), [(90, (0, -1)), (180, (-1, -1)), (270, (-1, 0))])
def test_rotated_phone_clips_stand_upright(
    reader_of: Opener, tmp_path: Path, rotation: int, corner: tuple[int, int]
) -> None:
    """The black corner of the test clips goes from top left to where the turn takes it."""
    reader = reader_of(make_clip(tmp_path / "phone.mp4", rotation=rotation, sound=None, duration_s=1))
    picture = reader.at(0)
    luma, _, _ = split(picture)
    expected = (320, 180) if rotation == 180 else (180, 320)
    assert size_of(picture) == expected == (reader.width, reader.height)
    rows = slice(0, 10) if corner[0] == 0 else slice(-10, None)
    columns = slice(0, 10) if corner[1] == 0 else slice(-10, None)
    assert luma[rows, columns].mean() < 40


def test_odd_sizes_are_made_even(reader_of: Opener, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "odd.mkv", size=(641, 359), pixel_format="yuv444p", sound=None, duration_s=1)
    assert size_of(reader_of(clip).at(0)) == (640, 358)


def test_ten_bit_hevc_looks_like_eight_bit_h264(reader_of: Opener, tmp_path: Path) -> None:
    plain = reader_of(make_clip(tmp_path / "plain.mp4", sound=None, duration_s=1)).at(0)
    deep = make_clip(tmp_path / "deep.mp4", codec="libx265", pixel_format="yuv420p10le", sound=None, duration_s=1)
    difference = np.abs(reader_of(deep).at(0).astype(int) - plain.astype(int))
    assert difference.mean() < 3


def test_full_range_is_brought_into_the_limited_one(reader_of: Opener, tmp_path: Path) -> None:
    path = tmp_path / "full.mkv"
    white = blank(64, 64)
    white[:64] = 255
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mjpeg", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuvj420p"
        for number in range(30):
            frame = av.VideoFrame.from_ndarray(white, format="yuvj420p")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    luma, _, _ = split(reader_of(path).at(0))
    assert luma.mean() == pytest.approx(235, abs=2)


def test_hdr_is_not_washed_out(reader_of: Opener, tmp_path: Path) -> None:
    """Diffuse white of PQ (203 cd/m², code 0.58: ITU-R BT.2408) must come out far brighter than 0.58 of the range."""
    path = tmp_path / "hdr.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx265", rate=30, options={"x265-params": "log-level=none"})
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p10le"
        context = stream.codec_context
        context.color_primaries, context.color_trc, context.colorspace, context.color_range = 9, 16, 9, 1
        for number in range(30):
            frame = av.VideoFrame(64, 64, "yuv420p10le")
            for plane, value in zip(frame.planes, (64 + round(0.58 * 876), 512, 512), strict=True):
                plane.update(np.full(plane.buffer_size // 2, value, dtype=np.uint16).tobytes())
            frame.pts = number
            frame.color_primaries, frame.color_trc, frame.colorspace, frame.color_range = 9, 16, 9, 1
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    luma, _, _ = split(reader_of(path).at(0))
    assert luma.mean() > 190


def test_a_damaged_stretch_holds_the_last_picture(reader_of: Opener, clip: Path, tmp_path: Path) -> None:
    content = bytearray(clip.read_bytes())
    start = content.index(b"mdat") + (len(content) - content.index(b"mdat")) // 2
    content[start : start + 2_000] = bytes(2_000)
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(content)
    reader = reader_of(damaged, looks_like=clip)
    assert square_left(reader.at(200)) == pytest.approx(0.05, abs=0.012)
    assert size_of(reader.at(3_950)) == (320, 180)

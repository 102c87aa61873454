"""The file of a short: every property that a platform asks for, read back from the file itself."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from clips import SOUND_RATE_HZ, tone
from duskreel.edit.pages import Page
from duskreel.errors import Cancelled
from duskreel.export.aac import SoundPacket, encode_sound
from duskreel.export.encoders import GROUP, X264
from duskreel.export.segments import encode
from duskreel.export.writer import ShortWriter, Subtitles, can_encode
from duskreel.library.entry import Word
from duskreel.picture.planes import Planes, blank, split
from duskreel.timecode import Span

WIDTH, HEIGHT = 180, 320
FRAMES = 60
BEEP_FRAMES = (30, 45)
RATE = Fraction(30)
SILENCE = encode_sound(np.zeros((1600, 2), dtype=np.float32)).packets


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds with a flash of one picture and a beep of as long, twice."""
    path = tmp_path_factory.mktemp("short") / "short.mp4"
    sound = np.zeros((FRAMES * SOUND_RATE_HZ // 30, 2), dtype=np.float32)
    for frame in BEEP_FRAMES:
        start = frame * SOUND_RATE_HZ // 30
        sound[start : start + 1600] = tone(1600 / SOUND_RATE_HZ, 1000)[:, None]
    with writer_to(path, encode_sound(sound).packets) as writer:
        for start in range(0, FRAMES, GROUP):
            group = [picture(is_flash=number in BEEP_FRAMES) for number in range(start, start + GROUP)]
            writer.append(encode(group, (WIDTH, HEIGHT), X264, RATE))
    return path


def writer_to(path: Path, sound: Sequence[SoundPacket] = SILENCE, subtitles: Subtitles | None = None) -> ShortWriter:
    return ShortWriter(path, (WIDTH, HEIGHT), RATE, X264, sound, subtitles)


def picture(*, is_flash: bool = False) -> Planes:
    made = blank(WIDTH, HEIGHT)
    if is_flash:
        split(made)[0][:] = 235
    return made


def boxes(content: bytes) -> list[bytes]:
    """The names of the top-level boxes of an MP4 (ISO/IEC 14496-12, 4.2)."""
    names, position = [], 0
    while position < len(content):
        names.append(content[position + 4 : position + 8])
        position += int.from_bytes(content[position : position + 4], "big") or len(content)
    return names


def test_video_is_h264_high_4_2_0_in_bt709(short: Path) -> None:
    with av.open(str(short)) as container:
        video = container.streams.video[0]
        assert video.codec_context.name == "h264"
        assert video.codec_context.profile == "High"
        assert video.codec_context.pix_fmt == "yuv420p"
        assert (video.width, video.height) == (WIDTH, HEIGHT)
        context = video.codec_context
        assert context.colorspace == context.color_primaries == context.color_trc == 1
        assert context.color_range == 1


def test_frame_rate_is_constant(short: Path) -> None:
    with av.open(str(short)) as container:
        video = container.streams.video[0]
        assert video.average_rate == 30
        times = [frame.pts * frame.time_base for frame in container.decode(video)]
    assert times == [Fraction(number, 30) for number in range(FRAMES)]


def test_a_keyframe_comes_every_half_second_and_each_group_is_closed(short: Path) -> None:
    with av.open(str(short)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.pts is not None]
    keys = [index for index, packet in enumerate(packets) if packet.is_keyframe]
    assert keys == [0, 15, 30, 45]
    for key in keys[1:]:
        # In an open group, pictures after the keyframe would be shown before it.
        assert all(packet.pts > packets[key].pts for packet in packets[key + 1 :])


def test_sound_is_aac_lc_at_48_khz_in_stereo(short: Path) -> None:
    with av.open(str(short)) as container:
        audio = container.streams.audio[0]
        assert (audio.codec_context.name, audio.codec_context.profile) == ("aac", "LC")
        assert (audio.rate, audio.layout.name) == (48_000, "stereo")


def test_index_comes_first_and_there_is_no_edit_list(short: Path) -> None:
    content = short.read_bytes()
    names = boxes(content)
    assert names.index(b"moov") < names.index(b"mdat")
    assert b"elst" not in content


def test_picture_and_sound_start_at_zero_and_end_together(short: Path) -> None:
    with av.open(str(short)) as container:
        for stream in container.streams:
            assert stream.start_time == 0
            assert float(stream.duration * stream.time_base) == pytest.approx(2.0, abs=0.001)


def test_flash_and_beep_stay_together_to_the_millisecond(short: Path) -> None:
    with av.open(str(short)) as container:
        flashes = [float(frame.time) for frame in container.decode(video=0) if frame.to_ndarray()[:HEIGHT].mean() > 150]
    with av.open(str(short)) as container:
        sound = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    loud = np.flatnonzero(np.abs(sound) > 0.1)
    beeps = [loud[0], *(b for a, b in pairwise(loud) if b - a > SOUND_RATE_HZ // 10)]
    assert flashes == pytest.approx([frame / 30 for frame in BEEP_FRAMES])
    assert [beep / SOUND_RATE_HZ for beep in beeps] == pytest.approx(flashes, abs=0.001)


def test_an_error_while_writing_is_not_hidden_by_closing_the_file(tmp_path: Path) -> None:
    def interrupted() -> None:
        with writer_to(tmp_path / "short.mp4") as writer:
            writer.append(encode([picture()], (WIDTH, HEIGHT), X264, RATE))
            raise Cancelled

    with pytest.raises(Cancelled):
        interrupted()


def test_words_may_come_inside_without_an_edit_list(tmp_path: Path) -> None:
    page = Page(Span(100, 900), ((Word("Hello", 100, 500, 1.0), Word("there.", 500, 900, 1.0)),))
    with writer_to(tmp_path / "short.mp4", subtitles=Subtitles((page,), 1_000, "en")) as writer:
        for _ in range(2):
            writer.append(encode([picture()] * GROUP, (WIDTH, HEIGHT), X264, RATE))
    assert b"elst" not in (tmp_path / "short.mp4").read_bytes()
    with av.open(str(tmp_path / "short.mp4")) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio", "subtitle"]
        texts = [bytes(packet)[2:].decode() for packet in container.demux(subtitles=0) if packet.size > 2]
    assert texts == ["Hello there."]


def test_this_installation_can_encode() -> None:
    assert can_encode()


@pytest.mark.parametrize(
    "name", ["-lead.mp4", "%d %s.mp4", "день 😀.mp4", "a:b.mp4", "quote'\".mp4", "line\nbreak.mp4"]
)
def test_odd_names_are_only_names(tmp_path: Path, name: str) -> None:
    with writer_to(tmp_path / name) as writer:
        writer.append(encode([picture()], (WIDTH, HEIGHT), X264, RATE))
    assert [path.name for path in tmp_path.iterdir()] == [name]

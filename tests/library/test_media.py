import contextlib
import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.stream import Disposition

from clips import make_clip, set_rotation
from duskreel.errors import DiaryError
from duskreel.library import media
from duskreel.library.media import MediaInfo


def probe(path: Path) -> MediaInfo:
    with path.open("rb") as file:
        return media.probe(file, path.name)


def refusal(content: bytes, name: str = "clip.mp4") -> str:
    with pytest.raises(DiaryError) as caught:
        media.probe(io.BytesIO(content), name)
    assert name in caught.value.what_happened
    assert caught.value.what_to_do
    return caught.value.what_happened


def poster_pixels(path: Path, at_ms: int = 1000) -> np.ndarray:
    with path.open("rb") as file:
        content = media.poster(file, path.name, at_ms=at_ms)
    with av.open(io.BytesIO(content)) as container:
        return next(container.decode(video=0)).to_ndarray(format="gray")


def rewrapped(source: Path, container_format: str, target: io.BytesIO | None = None, **options: str) -> bytes:
    written = target or source.with_suffix(f".rewrapped.{container_format}")
    out = av.open(str(written) if isinstance(written, Path) else written, "w", container_format, options=options)
    with av.open(str(source)) as clip, out:
        streams = {stream.index: out.add_stream_from_template(stream) for stream in clip.streams}
        for packet in clip.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream_index]
                out.mux(packet)
    return written.read_bytes() if isinstance(written, Path) else written.getvalue()


class Pipe(io.BytesIO):
    """What an unfinished recording is written to: nothing that went by can be changed any more."""

    def seekable(self) -> bool:
        return False


def test_a_plain_clip_is_described(two_seconds: Path) -> None:
    assert probe(two_seconds) == MediaInfo(
        duration_ms=2000,
        width=320,
        height=180,
        rotation_degrees=0,
        frame_rate=Fraction(30),
        has_sound=True,
        created_at=None,
        video_codec="h264",
        container="mov",
    )


@pytest.mark.parametrize("suffix", ["mkv", "mov", "ts", "avi", "flv"])
def test_usual_containers_are_opened(tmp_path: Path, suffix: str) -> None:
    clip = make_clip(tmp_path / f"clip.{suffix}")
    assert probe(clip).duration_ms == pytest.approx(2000, abs=120)
    assert poster_pixels(clip).shape == (180, 320)


def test_a_clip_without_sound_is_welcome(tmp_path: Path) -> None:
    assert not probe(make_clip(tmp_path / "silent.mp4", sound=None)).has_sound


def test_the_name_says_nothing_about_the_content(tmp_path: Path) -> None:
    assert probe(make_clip(tmp_path / "clip.txt", container_format="matroska")).container == "matroska"


@pytest.mark.parametrize(("rotation", "size"), [(90, (180, 320)), (180, (320, 180)), (270, (180, 320))])
def test_a_turned_clip_counts_upright_pixels(tmp_path: Path, rotation: int, size: tuple[int, int]) -> None:
    info = probe(make_clip(tmp_path / "phone.mp4", rotation=rotation))
    assert (info.width, info.height) == size
    assert info.rotation_degrees == rotation


@pytest.mark.parametrize(("rotation", "corner"), [(0, (0, 0)), (90, (0, -1)), (180, (-1, -1)), (270, (-1, 0))])
def test_a_poster_stands_upright(tmp_path: Path, rotation: int, corner: tuple[int, int]) -> None:
    """The stored picture has a black square in its top-left corner; turning it clockwise moves that."""
    pixels = poster_pixels(make_clip(tmp_path / "phone.mp4", rotation=rotation))
    assert pixels.shape == ((320, 180) if rotation in (90, 270) else (180, 320))
    row, column = (edge * 12 if edge == 0 else -12 for edge in corner)
    assert pixels[row + 6 if row >= 0 else row, column + 6 if column >= 0 else column] < 30
    others = [(6, 6), (6, -6), (-6, 6), (-6, -6)]
    others.remove(((6 if corner[0] == 0 else -6), (6 if corner[1] == 0 else -6)))
    assert all(pixels[place] > 30 for place in others)


def test_a_mirrored_front_camera_is_mirrored_back(tmp_path: Path) -> None:
    path = tmp_path / "front.mp4"
    make_clip(path, rotation=180)
    content = path.read_bytes()
    half_turn = (-0x10000).to_bytes(4, "big", signed=True) + bytes(12) + (-0x10000).to_bytes(4, "big", signed=True)
    mirror = (-0x10000).to_bytes(4, "big", signed=True) + bytes(12) + (0x10000).to_bytes(4, "big")
    assert half_turn in content
    path.write_bytes(content.replace(half_turn, mirror, 1))
    info = probe(path)
    assert info.is_mirrored
    assert info.rotation_degrees == 0
    assert poster_pixels(path)[6, -6] < 30


def test_odd_sizes_and_ten_bits_give_a_poster(tmp_path: Path) -> None:
    odd = make_clip(tmp_path / "odd.mp4", size=(641, 359), pixel_format="yuv444p")
    assert (probe(odd).width, probe(odd).height) == (641, 359)
    assert poster_pixels(odd).shape == (359, 641)
    deep = make_clip(tmp_path / "deep.mkv", pixel_format="yuv420p10le")
    assert poster_pixels(deep).shape == (180, 320)
    assert 150 < poster_pixels(deep)[20, -5] < 220


def test_a_large_picture_gives_a_small_poster(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "large.mp4", size=(1920, 1080), duration_s=0.6, fps=10, rotation=90)
    assert poster_pixels(clip, at_ms=60).shape == (1280, 720)


def test_pixels_that_are_not_square_are_made_so(tmp_path: Path) -> None:
    path = tmp_path / "dv.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 360, 288, "yuv420p"
        stream.codec_context.sample_aspect_ratio = Fraction(16, 11)
        for _ in range(25):
            container.mux(stream.encode(av.VideoFrame(360, 288, "yuv420p")))
        container.mux(stream.encode(None))
    assert (probe(path).width, probe(path).height) == (524, 288)
    assert poster_pixels(path, at_ms=100).shape == (288, 524)


def test_a_poster_past_the_end_is_the_last_picture(two_seconds: Path) -> None:
    last, past = poster_pixels(two_seconds, at_ms=1990), poster_pixels(two_seconds, at_ms=60_000)
    assert np.abs(last.astype(int) - past.astype(int)).max() < 10


def test_the_time_of_creation_is_read(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", created="2026-11-23T18:04:12.000000Z")
    created = probe(clip).created_at
    assert created is not None
    assert created.isoformat() == "2026-11-23T18:04:12+00:00"


@pytest.mark.parametrize("created", ["1970-01-01T00:00:00Z", "1904-01-01T00:00:00Z"])
def test_a_camera_without_a_clock_has_no_time_of_creation(tmp_path: Path, created: str) -> None:
    assert probe(make_clip(tmp_path / "clip.mkv", created=created)).created_at is None


def test_variable_frame_rate_keeps_the_true_length(tmp_path: Path) -> None:
    times = [0.0, 0.05, 0.3, 0.31, 0.9, 1.4, 1.45, 2.6, 2.9]
    info = probe(make_clip(tmp_path / "vfr.mp4", frame_times_s=times, sound=None, duration_s=3))
    assert info.duration_ms == pytest.approx(2930, abs=40)


def test_an_unfinished_recording_is_measured(two_seconds: Path) -> None:
    content = rewrapped(two_seconds, "matroska", Pipe())
    assert media.probe(io.BytesIO(content), "raw.mkv").duration_ms == pytest.approx(2000, abs=60)
    cut = media.probe(io.BytesIO(content[: len(content) * 3 // 4]), "raw.mkv")
    assert 1000 < cut.duration_ms < 1900


def test_fragments_count_to_the_end(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", duration_s=4)
    content = rewrapped(clip, "mp4", movflags="frag_keyframe+empty_moov")
    assert media.probe(io.BytesIO(content), "clip.mp4").duration_ms == pytest.approx(4000, abs=120)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.7])
def test_a_cut_off_clip_is_refused_as_incomplete(tmp_path: Path, share: float) -> None:
    clip = make_clip(tmp_path / "clip.mp4", duration_s=4)
    in_front = rewrapped(clip, "mp4", movflags="faststart")
    for content in (clip.read_bytes(), in_front, rewrapped(clip, "matroska")):
        assert "incomplete" in refusal(content[: int(len(content) * share)])


def test_a_clip_that_lost_its_last_moment_counts_what_is_there(tmp_path: Path) -> None:
    content = rewrapped(make_clip(tmp_path / "clip.mp4", duration_s=4), "matroska")
    info = media.probe(io.BytesIO(content[: int(len(content) * 0.9)]), "clip.mkv")
    assert 3400 < info.duration_ms < 3800


def test_a_blink_is_too_short(tmp_path: Path) -> None:
    assert "too short" in refusal(make_clip(tmp_path / "clip.mp4", duration_s=0.4).read_bytes())
    assert probe(make_clip(tmp_path / "half.mp4", duration_s=0.5)).duration_ms >= 500


def test_a_still_picture_under_a_song_is_too_short(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "song.mp4", frame_times_s=[0.0], duration_s=3)
    assert "too short" in refusal(clip.read_bytes())


@pytest.mark.parametrize("with_cover", [False, True])
def test_sound_alone_is_refused_with_the_reason(tmp_path: Path, with_cover: bool) -> None:
    path = tmp_path / "song.m4a"
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=48000, layout="mono")
        if with_cover:
            cover = container.add_stream("mjpeg", rate=1)
            cover.width, cover.height, cover.pix_fmt = 64, 64, "yuvj420p"
            cover.disposition = Disposition.attached_pic
            container.mux([*cover.encode(av.VideoFrame(64, 64, "yuvj420p")), *cover.encode(None)])
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 48000), np.float32), format="fltp", layout="mono")
        frame.rate = 48000
        container.mux([*stream.encode(frame), *stream.encode(None)])
    assert "only sound" in refusal(path.read_bytes(), "song.m4a")


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"hello " * 1000,
        bytes(range(256)) * 20,
        b"ffconcat version 1.0\nfile clip.mp4\n",
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n",
        b"GIF89a" + bytes(100),
        b"\x89PNG\r\n\x1a\n" + bytes(100),
    ],
)
def test_what_is_no_video_is_refused(content: bytes) -> None:
    assert "not a video" in refusal(content)


def test_an_empty_file_is_refused() -> None:
    assert "empty" in refusal(b"")


def test_a_playlist_does_not_open_what_it_names(two_seconds: Path, tmp_path: Path) -> None:
    """FFmpeg alone would follow it: `av.open` of the path plays the clip that is named inside."""
    playlist = tmp_path / "clip.ffconcat"
    playlist.write_text(f"ffconcat version 1.0\nfile '{two_seconds}'\n", encoding="utf-8")
    with av.open(str(playlist), options={"safe": "0"}) as container:
        assert container.streams.video
    with playlist.open("rb") as file, pytest.raises(DiaryError):
        media.open_media(file, playlist.name)


def test_a_disk_that_stops_giving_is_a_known_failure(two_seconds: Path) -> None:
    class Failing(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(DiaryError, match="Input/output error"):
        media.probe(Failing(two_seconds.read_bytes()), "clip.mp4")


def test_a_name_of_broken_unicode_opens(two_seconds: Path, tmp_path: Path) -> None:
    path = tmp_path / "b\udcffd %d\n.mp4"
    path.write_bytes(two_seconds.read_bytes())
    with path.open("rb") as file:
        assert media.probe(file, "bad.mp4").duration_ms == 2000


def test_damage_ends_in_a_result_or_a_sentence(two_seconds: Path) -> None:
    content = two_seconds.read_bytes()
    random = np.random.default_rng(7)
    for _ in range(25):
        damaged = bytearray(content)
        for place in random.integers(0, len(content), 40):
            damaged[place] = random.integers(0, 256)
        with contextlib.suppress(DiaryError):
            media.probe(io.BytesIO(bytes(damaged)), "clip.mp4")
            media.poster(io.BytesIO(bytes(damaged)), "clip.mp4", at_ms=500)


def test_set_rotation_is_what_players_do(two_seconds: Path, tmp_path: Path) -> None:
    path = tmp_path / "phone.mp4"
    path.write_bytes(two_seconds.read_bytes())
    set_rotation(path, 90)
    with av.open(str(path)) as container:
        assert next(container.decode(video=0)).rotation == -90


def test_a_track_that_appears_late_does_not_stop_the_reading(tmp_path: Path) -> None:
    silent = make_clip(tmp_path / "silent.ts", sound=None, duration_s=8, fps=5)
    content = silent.read_bytes() + make_clip(tmp_path / "sound.ts", duration_s=1, fps=5).read_bytes()
    assert media.probe(io.BytesIO(content), "late.ts").duration_ms > 7000


def test_the_end_at_which_pyav_stumbles_is_an_end() -> None:
    """In earnest it depends on what lies in memory after an array, so it is played here."""

    class Stumbling:
        def demux(self) -> Iterator[av.Packet]:
            yield av.Packet(1)
            raise IndexError

    assert len(list(media.packets(Stumbling()))) == 1  # type: ignore[arg-type]

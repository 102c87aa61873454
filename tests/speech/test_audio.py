"""Samples lie where they sound, whatever the container does."""

import io
from pathlib import Path

import av
import numpy as np

from clips import SOUND_RATE_HZ, make_clip
from duskreel.progress import CancelToken
from duskreel.speech.audio import RATE_HZ, Samples, decode_for_speech


def decoded(path: Path) -> Samples:
    with path.open("rb") as file:
        return decode_for_speech(file, path.name, token=CancelToken())


def rewritten(source: Path, target: Path, *, sound_later_s: float = 0.0, hole_at_s: float = 99.0) -> Path:
    """Copy the packets of a clip, with its sound moved, or without half a second of it."""
    with av.open(str(source)) as old, av.open(str(target), "w") as new:
        streams = {stream: new.add_stream_from_template(stream) for stream in old.streams}
        for packet in old.demux():
            if packet.dts is None or packet.pts is None or packet.time_base is None:
                continue
            stream = packet.stream
            if stream.type == "audio":
                if hole_at_s <= float(packet.pts * packet.time_base) < hole_at_s + 0.5:
                    continue
                shift = round(sound_later_s / packet.time_base)
                packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
            packet.stream = streams[stream]
            new.mux(packet)
    return target


def loudness(samples: Samples, start_s: float, end_s: float) -> float:
    return float(np.sqrt(np.mean(np.square(samples[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)]))))


def test_sound_comes_as_16_khz_mono_floats(tmp_path: Path) -> None:
    samples = decoded(make_clip(tmp_path / "clip.mp4"))
    assert samples.dtype == np.float32
    assert samples.ndim == 1
    assert abs(len(samples) - 2 * RATE_HZ) < RATE_HZ // 10
    assert 0.15 < loudness(samples, 0.5, 1.5) < 0.3


def test_a_clip_without_a_sound_track_is_empty(tmp_path: Path) -> None:
    assert decoded(make_clip(tmp_path / "clip.mp4", sound=None)).shape == (0,)


def test_sound_that_starts_later_has_silence_in_front(tmp_path: Path) -> None:
    clip = rewritten(make_clip(tmp_path / "clip.mp4"), tmp_path / "later.mkv", sound_later_s=1.0)
    samples = decoded(clip)
    assert loudness(samples, 0.0, 0.95) < 0.001
    assert loudness(samples, 1.1, 1.9) > 0.15


def test_sound_before_the_first_picture_is_left_out(tmp_path: Path) -> None:
    beep = np.zeros(2 * SOUND_RATE_HZ, dtype=np.float32)
    beep[SOUND_RATE_HZ:] = 0.3 * np.sin(np.arange(SOUND_RATE_HZ) * 0.05)
    whole = make_clip(tmp_path / "clip.mp4", sound=beep, frame_times_s=[0.5 + i / 30 for i in range(45)])
    samples = decoded(rewritten(whole, tmp_path / "clip.mkv"))
    assert loudness(samples, 0.1, 0.45) < 0.01
    assert loudness(samples, 0.55, 1.4) > 0.15


def test_a_hole_in_the_sound_moves_nothing_behind_it(tmp_path: Path) -> None:
    beep = np.zeros(3 * SOUND_RATE_HZ, dtype=np.float32)
    beep[2 * SOUND_RATE_HZ :] = 0.3 * np.sin(np.arange(SOUND_RATE_HZ) * 0.05)
    clip = make_clip(tmp_path / "clip.mp4", duration_s=3, sound=beep)
    samples = decoded(rewritten(clip, tmp_path / "hole.mkv", hole_at_s=0.7))
    assert loudness(samples, 1.6, 1.95) < 0.01
    assert loudness(samples, 2.05, 2.9) > 0.15


def test_damaged_packets_are_passed_over(tmp_path: Path) -> None:
    content = bytearray(make_clip(tmp_path / "clip.mkv", duration_s=4).read_bytes())
    content[len(content) // 2 : len(content) // 2 + 3000] = bytes(3000)
    (tmp_path / "damaged.mkv").write_bytes(content)
    samples = decoded(tmp_path / "damaged.mkv")
    assert loudness(samples, 0.5, 1.5) > 0.15
    assert len(samples) > 2 * RATE_HZ


def test_a_change_of_rate_on_the_way_is_followed(tmp_path: Path) -> None:
    joined = tmp_path / "joined.aac"
    with joined.open("wb") as file:
        for rate_hz in (48_000, 44_100):
            file.write(adts(rate_hz))
    samples = decoded(joined)
    assert loudness(samples, 0.2, 0.8) > 0.15
    assert loudness(samples, 1.2, 1.8) > 0.15


def test_no_sample_is_anything_but_a_number(tmp_path: Path) -> None:
    wild = np.full((1, 16_000), 0.1, dtype=np.float32)
    wild[0, 4000:4100] = np.nan
    wild[0, 8000] = np.inf
    with av.open(str(tmp_path / "wild.wav"), "w") as container:
        stream = container.add_stream("pcm_f32le", rate=16_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(wild, format="flt", layout="mono")
        frame.rate = 16_000
        container.mux(stream.encode(frame))
    samples = decoded(tmp_path / "wild.wav")
    assert len(samples) == 16_000
    assert np.isfinite(samples).all()


def adts(rate_hz: int) -> bytes:
    """A second of tone as AAC with headers that carry the rate, so that two can be put end to end."""
    file = io.BytesIO()
    with av.open(file, "w", format="adts") as container:
        stream = container.add_stream("aac", rate=rate_hz, layout="mono")
        sound = (0.3 * np.sin(np.arange(rate_hz) * 0.05)).astype(np.float32)
        for start in range(0, rate_hz - 1024, 1024):
            frame = av.AudioFrame.from_ndarray(sound[None, start : start + 1024], format="fltp", layout="mono")
            frame.rate, frame.pts = rate_hz, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()

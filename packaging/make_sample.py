"""Make resources/sample.mp4, the clip that `duskreel demo` takes through the whole program.

    python packaging/make_sample.py [--out FILE]

A made-up person tells the made-up day in resources/sample.txt. The voice is flite's "rms": of the voices that Debian
ships it was the one that Whisper base understood without an error. The picture is drawn by `sample_scene.py`; the
mouth follows the level of the sound. The pauses between sentences are as long as a person's who thinks, so that
there is something to trim.

Needs flite from the system's packages (Debian and Ubuntu: flite) and this project's own environment. The result is
the same, byte for byte, wherever flite, FFmpeg and Qt are of the same version: every random number is seeded and
the encoder runs in one thread. It takes about three minutes; the clip is committed, so that nobody has to wait.
"""

import argparse
import math
import os
import subprocess
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QGuiApplication
from sample_room import HEIGHT, WIDTH
from sample_scene import Pose, Scene

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FPS = 30
VOICE_RATE_HZ = 16_000
RATE_HZ = 48_000
LEAD_S, TAIL_S = 0.6, 1.0
PAUSES_S = (1.2, 2.8, 1.0, 3.2, 0.9, 1.6, 1.1, 1.3)
PACE = 0.96
"""flite's `duration_stretch`: below 1 is faster than the voice was recorded"""
PEAK = 0.6
ROOM_NOISE = 0.0009
"""level of the noise that every real room has, about -61 dBFS"""

Sound = NDArray[np.float32]


def main() -> None:
    """Write the clip."""
    parser = argparse.ArgumentParser(description="Make the sample clip.")
    parser.add_argument("--out", type=Path, default=RESOURCES / "sample.mp4")
    out: Path = parser.parse_args().out
    sentences = (RESOURCES / "sample.txt").read_text(encoding="utf-8").splitlines()
    sound = tell(sentences)
    poses = act(sound)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    write_clip(out, Scene(), poses, sound)
    application.quit()
    print(f"{out}: {len(poses) / FPS:.1f} s, {out.stat().st_size / 1e6:.2f} MB")


def tell(sentences: list[str]) -> Sound:
    """The sentences with their pauses, mono at 48 kHz, in a quiet room."""
    if len(sentences) != len(PAUSES_S) + 1:
        raise SystemExit(f"sample.txt has {len(sentences)} lines; PAUSES_S allows for {len(PAUSES_S) + 1}.")
    parts: list[Sound] = [_silence(LEAD_S)]
    for sentence, pause_s in zip(sentences, (*PAUSES_S, TAIL_S), strict=True):
        parts += [speak(sentence), _silence(pause_s)]
    voice: Sound = np.concatenate(parts)
    voice *= PEAK / np.abs(voice).max()
    noise = np.cumsum(np.random.default_rng(1).normal(0, 1, len(voice)))
    noise -= np.convolve(noise, np.ones(200) / 200, mode="same")  # no rumble: only what is above about 200 Hz
    voice += (ROOM_NOISE * noise / noise.std()).astype(np.float32)
    return voice


def speak(sentence: str) -> Sound:
    """One sentence in flite's voice, mono at 48 kHz, faded at both ends."""
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "sentence.wav"
        command = ["flite", "-voice", "rms", "--setf", f"duration_stretch={PACE}", "-t", sentence, str(wav)]
        subprocess.run(command, check=True)
        with av.open(str(wav)) as container:
            resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE_HZ)
            frames = [*container.decode(audio=0), None]
            pieces = [out.to_ndarray()[0] for frame in frames for out in resampler.resample(frame)]
    voice: Sound = np.concatenate(pieces).astype(np.float32)
    fade = np.linspace(0, 1, RATE_HZ // 50, dtype=np.float32)
    voice[: len(fade)] *= fade
    voice[-len(fade) :] *= fade[::-1]
    return voice


def act(sound: Sound) -> list[Pose]:
    """One pose per picture: lips from the sound, the rest as slow waves, blinks every few seconds."""
    count = len(sound) * FPS // RATE_HZ
    opening, wide = _lips(sound, count)
    eyes = _blinks(count)
    poses = []
    for i in range(count):
        t, near_end = i / FPS, i / count
        looking_away = _bump(t, 9.0, 1.4) + _bump(t, 19.5, 1.6)
        poses.append(
            Pose(
                sway_x=7 * math.sin(t * 0.83) + 3 * math.sin(t * 1.9 + 1),
                sway_y=2.5 * math.sin(t * 1.21 + 2) + 5 * looking_away - 2 * opening[i],
                tilt_deg=1.1 * math.sin(t * 0.61 + 0.5) + 0.5 * math.sin(t * 2.3),
                breath=math.sin(t * 1.5),
                mouth_open=opening[i],
                mouth_wide=wide[i],
                smile=0.25 + 0.55 * max(0.0, near_end - 0.45) / 0.55,
                eyes_open=eyes[i] * (1 - 0.25 * looking_away),
                gaze_x=0.25 * math.sin(t * 0.7) - 0.9 * looking_away,
                gaze_y=0.8 * looking_away,
                brow=0.25 * math.sin(t * 1.1) + 0.5 * opening[i] - 0.5 * looking_away,
            )
        )
    return poses


def write_clip(out: Path, scene: Scene, poses: list[Pose], sound: Sound) -> None:
    """H.264 and AAC in an MP4 whose header comes first and which names no encoder version."""
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(out), "w", format="mp4", options=options) as container:
        video = container.add_stream("libx264", rate=FPS, options={"preset": "slow", "crf": "26"})
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        video.thread_count, video.gop_size = 1, 2 * FPS
        _tag_bt709(video.codec_context)
        audio = container.add_stream("aac", rate=RATE_HZ, layout="mono", bit_rate=96_000)
        for i, pose in enumerate(poses):
            frame = av.VideoFrame.from_ndarray(scene.frame(pose), format="bgra")
            frame.pts, frame.time_base = i, Fraction(1, FPS)
            container.mux(video.encode(frame.reformat(format="yuv420p", dst_colorspace="ITU709")))
        container.mux(video.encode(None))
        for sound_frame in _sound_frames(sound):
            container.mux(audio.encode(sound_frame))
        container.mux(audio.encode(None))


def _tag_bt709(encoder: av.VideoCodecContext) -> None:
    encoder.color_primaries = encoder.color_trc = encoder.colorspace = 1  # ITU-T H.273: BT.709
    encoder.color_range = 1  # limited


def _lips(sound: Sound, count: int) -> tuple[list[float], list[float]]:
    """Opening (0 to 1) from the level, width (-1 to 1) from how much the sound hisses; both without jerks."""
    step = RATE_HZ // FPS
    windows = sound[: count * step].reshape(count, step)
    level_db = 20 * np.log10(np.sqrt((windows**2).mean(axis=1)) + 1e-6)
    opening = np.clip((level_db + 40) / 26, 0, 1)
    crossings = (np.diff(np.signbit(windows), axis=1) != 0).mean(axis=1)
    opening *= np.clip(1.4 - 6 * crossings, 0.25, 1)  # s and f come through closed teeth
    wide = np.clip((crossings - 0.06) * 12, -1, 1) * (level_db > -40)
    kernel = np.array([0.25, 0.5, 0.25])
    return np.convolve(opening, kernel, "same").tolist(), np.convolve(wide, kernel, "same").tolist()


def _blinks(count: int) -> list[float]:
    rng = np.random.default_rng(2)
    open_share = np.ones(count)
    at = 40
    while at + 6 < count:
        open_share[at : at + 6] = (0.55, 0.1, 0.0, 0.15, 0.5, 0.85)
        at += int(rng.integers(70, 150))
    return open_share.tolist()


def _bump(t: float, centre: float, width: float) -> float:
    return math.exp(-(((t - centre) / width * 1.6) ** 2))


def _silence(duration_s: float) -> Sound:
    return np.zeros(round(duration_s * RATE_HZ), np.float32)


def _sound_frames(sound: Sound) -> Iterator[av.AudioFrame]:
    for start in range(0, len(sound), 1024):
        frame = av.AudioFrame.from_ndarray(sound[None, start : start + 1024], format="fltp", layout="mono")
        frame.rate, frame.pts, frame.time_base = RATE_HZ, start, Fraction(1, RATE_HZ)
        yield frame


if __name__ == "__main__":
    main()

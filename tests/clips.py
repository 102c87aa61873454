"""Real little clips, made by PyAV: what tests feed to the program."""

import struct
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

TICKS_PER_SECOND = 90_000
SOUND_RATE_HZ = 48_000


def make_clip(
    path: Path,
    *,
    duration_s: float = 2.0,
    size: tuple[int, int] = (320, 180),
    fps: int = 30,
    sound: NDArray[np.float32] | str | None = "tone",
    codec: str = "libx264",
    pixel_format: str = "yuv420p",
    frame_times_s: Sequence[float] | None = None,
    rotation: int = 0,
    created: str | None = None,
    container_format: str | None = None,
    draw: Callable[[tuple[int, int], float], av.VideoFrame] | None = None,
) -> Path:
    """Write a clip whose picture gets brighter from left to right and whose square moves with time.

    Args:
        path: where to; the suffix names the container unless `container_format` does.
        duration_s: of picture and sound.
        size: stored width and height, before `rotation`.
        fps: of the pictures, unless `frame_times_s` gives their times one by one.
        sound: mono samples at 48 kHz, "tone", "silence", or None for a clip without a sound track.
        codec: of the picture.
        pixel_format: of the picture, as FFmpeg names it.
        frame_times_s: variable frame rate.
        rotation: 0, 90, 180 or 270 degrees clockwise that a player must turn the picture; MP4 and MOV only.
        created: ISO 8601 time for the container's ``creation_time``.
        container_format: such as ``"mp4"``, for names whose suffix says nothing.
        draw: makes the picture of a size at a time; `picture` if None.
    """
    times = frame_times_s if frame_times_s is not None else [i / fps for i in range(round(duration_s * fps))]
    with av.open(str(path), "w", format=container_format) as container:
        if created:
            container.metadata["creation_time"] = created
        video = container.add_stream(codec, rate=Fraction(fps))
        video.width, video.height, video.pix_fmt = size[0], size[1], pixel_format
        video.time_base = Fraction(1, TICKS_PER_SECOND)
        video.codec_context.time_base = Fraction(1, TICKS_PER_SECOND)
        video.codec_context.gop_size = fps
        samples = _samples(sound, duration_s)
        audio = container.add_stream("aac", rate=SOUND_RATE_HZ, layout="mono") if samples is not None else None
        for time_s in times:
            frame = (draw or picture)(size, time_s)
            frame.pts, frame.time_base = round(time_s * TICKS_PER_SECOND), Fraction(1, TICKS_PER_SECOND)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        if audio is not None and samples is not None:
            for sound_frame in _sound_frames(samples):
                container.mux(audio.encode(sound_frame))
            container.mux(audio.encode(None))
    if rotation:
        set_rotation(path, rotation)
    return path


def picture(size: tuple[int, int], time_s: float) -> av.VideoFrame:
    """A grey ramp with a white square that walks one clip width in four seconds; black top-left corner."""
    width, height = size
    ramp = np.tile(np.linspace(40, 200, width, dtype=np.uint8), (height, 1))
    rgb = np.stack([ramp, ramp, ramp], axis=-1)
    side = max(height // 6, 2)
    left = int(time_s / 4 * width) % max(width - side, 1)
    rgb[height // 2 : height // 2 + side, left : left + side] = 255
    rgb[:side, :side] = 0
    return av.VideoFrame.from_ndarray(rgb, format="rgb24")


def tone(duration_s: float, frequency_hz: float = 440.0, level: float = 0.3) -> NDArray[np.float32]:
    """A sine at 48 kHz."""
    times = np.arange(round(duration_s * SOUND_RATE_HZ)) / SOUND_RATE_HZ
    return (level * np.sin(2 * np.pi * frequency_hz * times)).astype(np.float32)


def set_rotation(path: Path, degrees_clockwise: int) -> None:
    """Turn the first video track by its track header's matrix, as phones do (ISO/IEC 14496-12, 8.3.2)."""
    one = 0x00010000
    matrices = {90: (0, one, -one, 0), 180: (-one, 0, 0, -one), 270: (0, -one, one, 0)}
    a, b, c, d = matrices[degrees_clockwise]
    content = bytearray(path.read_bytes())
    header = content.index(b"tkhd")
    matrix_at = header + 4 + 4 + 20 + 8 + 8
    content[matrix_at : matrix_at + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 0x40000000)
    path.write_bytes(content)


def _samples(sound: NDArray[np.float32] | str | None, duration_s: float) -> NDArray[np.float32] | None:
    if sound is None or isinstance(sound, np.ndarray):
        return sound
    return tone(duration_s, level=0.3 if sound == "tone" else 0.0)


def _sound_frames(samples: NDArray[np.float32]) -> Iterable[av.AudioFrame]:
    for start in range(0, len(samples), 1024):
        frame = av.AudioFrame.from_ndarray(samples[None, start : start + 1024], format="fltp", layout="mono")
        frame.rate, frame.pts, frame.time_base = SOUND_RATE_HZ, start, Fraction(1, SOUND_RATE_HZ)
        yield frame

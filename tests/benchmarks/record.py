"""What recording costs beside FFmpeg with the same encoder settings, and how quickly a take is safe and finished.

    python tests/benchmarks/record.py --seconds 60

Duskreel records pictures that arrive in real time, with sound, and makes an entry of them; FFmpeg encodes the same
pictures from a raw file, without sound, as fast as it can. Compared is processor time per second recorded.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import imageio_ffmpeg
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from capture.live import LiveCamera, LiveMicrophone
from capture.measuring import sound_of
from duskreel.capture.encoding import X264
from duskreel.capture.finishing import finish_take
from duskreel.capture.recorder import Recorder
from duskreel.capture.sources import Picture
from duskreel.capture.take import TakeFolder
from duskreel.library.diary import Diary, DiaryLocation

POOL = 30


class PoolCamera(LiveCamera):
    """Delivers the pictures of a raw file over and over."""

    def __init__(self, base_ns: int, pool: np.ndarray) -> None:
        super().__init__(base_ns)
        self._pool = pool
        self._count = 0

    def start(self, on_picture, on_end) -> None:
        def replaced(picture: Picture) -> None:
            self._count += 1
            on_picture(Picture(self._pool[self._count % POOL], picture.at_ns))

        super().start(replaced, on_end)


def make_pool(path: Path, width: int, height: int) -> None:
    """A second of a bright shape that moves over a soft ground, with the noise of a sensor."""
    random = np.random.default_rng(3)
    with path.open("wb") as file:
        for number in range(POOL):
            picture = np.full((height * 3 // 2, width), 128.0)
            picture[:height] = np.linspace(40, 160, width)[None, :]
            left = width // 4 + 8 * number
            picture[height // 4 : height // 2, left : left + width // 8] = 200
            picture += random.normal(0, 1.0, picture.shape)
            file.write(np.clip(picture, 16, 235).astype(np.uint8).tobytes())


def record(root: Path, seconds: int, width: int, height: int) -> None:
    pool = np.fromfile(root / "pool.yuv", np.uint8).reshape(POOL, height * 3 // 2, width)
    base_ns = time.monotonic_ns()
    with Diary.open(DiaryLocation(root / "diary", root / "state")) as diary:
        microphone = LiveMicrophone(base_ns, speed=1.0002)
        camera = PoolCamera(base_ns, pool)
        recorder = Recorder(camera, microphone, TakeFolder.of(diary), on_event=lambda _: None, limit_ms=seconds * 1000)
        sizes_kb: list[int] = []
        threading.Thread(target=watch_memory, args=(sizes_kb,), daemon=True).start()
        before = os.times()
        recorder.open()
        recorder.start()
        recorded = recorder.wait()
        after = os.times()
        recorder.close()
        started_s = time.perf_counter()
        entry = finish_take(diary, recorded.take)
        finish_s = time.perf_counter() - started_s
        clip = root / "diary" / entry.folder / entry.clip
        samples, rate_hz = sound_of(clip)
        outcome = {
            "cpu_s": after.user + after.system - before.user - before.system,
            "pictures": recorded.tally.pictures,
            "skipped": recorded.tally.skipped,
            "held": recorded.tally.held,
            "megabytes": recorded.tally.size_bytes / 1e6,
            "first_on_disk_ms": recorded.first_on_disk_ms,
            "finish_s": finish_s,
            "ends_apart_ms": abs(len(samples) * 1000 / rate_hz - entry.duration_ms),
            "memory_mb": [size // 1024 for size in sizes_kb[5 :: max(len(sizes_kb) // 6, 1)]],
        }
    sys.stdout.write(json.dumps(outcome))


def watch_memory(sizes_kb: list[int]) -> None:
    """Resident memory once a second, where the system tells it."""
    while Path("/proc/self/statm").exists():
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        sizes_kb.append(pages * resource.getpagesize() // 1024)
        time.sleep(1)


def ffmpeg_cpu_s(root: Path, seconds: int, width: int, height: int) -> float:
    options = [option for key, value in X264.items() if key != "g" for option in (f"-{key.replace('_', '-')}", value)]
    options = [{"-sc-threshold": "-sc_threshold"}.get(option, option) for option in options]
    command = [
        *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-stream_loop", str(seconds - 1)),
        *("-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{width}x{height}", "-r", "30", "-i", str(root / "pool.yuv")),
        *("-c:v", "libx264", *options, "-g", "30", str(root / "peer.mkv")),
    ]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--size", default="1920x1080")
    chosen = parser.parse_args()
    width, height = map(int, chosen.size.split("x"))
    root = Path(tempfile.mkdtemp(prefix="record-"))
    try:
        make_pool(root / "pool.yuv", width, height)
        command = [sys.executable, __file__, "record", str(root), str(chosen.seconds), str(width), str(height)]
        ours = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        theirs_s = ffmpeg_cpu_s(root, chosen.seconds, width, height)
    finally:
        shutil.rmtree(root)
    for key, value in ours.items():
        sys.stdout.write(f"{key}: {value}\n")
    ours_s = ours["cpu_s"]
    sys.stdout.write(
        f"processor time per second recorded: duskreel {ours_s / chosen.seconds:.3f} s,"
        f" ffmpeg {theirs_s / chosen.seconds:.3f} s, ratio {ours_s / theirs_s:.2f}\n"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["record"]:
        record(Path(sys.argv[2]), *map(int, sys.argv[3:6]))
    else:
        main()

"""Makes the reel of a year out of a made-up diary, and looks at what came of it.

    python tests/benchmarks/reel.py --days 200 [--shape landscape] [--moment sentence]

The clips are of several sizes, rates and orientations. In each, the picture turns white whenever a tone sounds, four
times a second apart from the first of every second, so that the finished reel tells how far sound and picture are
apart, at its beginning and at its end. Tells how long a moment takes, and the most memory that was held.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import av
import numpy as np
from numpy.typing import NDArray

from clips import SOUND_RATE_HZ, make_clip, picture
from duskreel.export.loudness import Loudness
from duskreel.export.recap import RecapRequest, render_recap
from duskreel.library.diary import Diary
from duskreel.library.values import Details, DiaryLocation
from duskreel.memories.recap import Stretch
from duskreel.memories.recap_looking import RecapWishes, plan_recap
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import clock

KINDS = (((640, 360), 15, 0), ((1280, 720), 30, 0), ((1920, 1080), 60, 0), ((720, 1280), 25, 0), ((1280, 720), 30, 90))
CLIP_S = 4.0
FLASH_S = 0.1
FIRST_DAY = datetime(2025, 1, 1, 18, tzinfo=UTC)
STEP = 40
"""by how many grey levels a picture is brighter than the one before, if a flash begins"""
LOUD = 0.05


def is_on(time_s: float) -> bool:
    """Whether a clip flashes and sounds."""
    beat = int(time_s * 4)
    return time_s * 4 - beat < FLASH_S * 4 and beat % 4 != 0


def flashing(size: tuple[int, int], time_s: float) -> av.VideoFrame:
    """White while it sounds."""
    if not is_on(time_s):
        return picture(size, time_s)
    white = np.full((size[1], size[0], 3), 255, dtype=np.uint8)
    return av.VideoFrame.from_ndarray(white, format="rgb24")


def beeping() -> NDArray[np.float32]:
    """Of a whole clip."""
    times_s = np.arange(round(CLIP_S * SOUND_RATE_HZ)) / SOUND_RATE_HZ
    gate = np.array([is_on(time_s) for time_s in times_s])
    return np.where(gate, 0.3 * np.sin(2 * np.pi * 800 * times_s), 0).astype(np.float32)


def fill(location: DiaryLocation, folder: Path, days: int) -> None:
    """One entry a day."""
    with Diary.open(location) as diary:
        for day in range(days):
            size, fps, rotation = KINDS[day % len(KINDS)]
            clip = folder / f"{day}.mp4"
            # Every clip has bytes of its own, or it would be the same one again.
            length_s = CLIP_S - (day // len(KINDS)) / 60
            sound = beeping()[: round(length_s * SOUND_RATE_HZ)]
            make_clip(clip, duration_s=length_s, size=size, fps=fps, sound=sound, rotation=rotation, draw=flashing)
            details = Details(recorded_at=FIRST_DAY + timedelta(days=day))
            diary.import_clip(clip, details, progress=unheard, token=CancelToken())
            clip.unlink()


def runs(is_high: NDArray[np.bool_]) -> Iterator[int]:
    """Where each run of True begins."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], is_high.astype(np.int8)])) == 1)
    yield from edges.tolist()


def flashes_ms(file: Path) -> list[float]:
    """When the reel turns white."""
    with av.open(str(file)) as container:
        frames = [
            (float(frame.time or 0), frame.to_ndarray(format="gray").mean()) for frame in container.decode(video=0)
        ]
    # A clip need not fill the picture, so that white is not all there is; but it comes from one picture to the next.
    steps = np.diff([light for _, light in frames], prepend=frames[0][1])
    return [frames[index][0] * 1000 for index in runs(steps > STEP)]


def beeps_ms(file: Path) -> list[float]:
    """When it begins to sound."""
    with av.open(str(file)) as container:
        parts = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    samples = np.abs(np.concatenate(parts))
    window = SOUND_RATE_HZ // 500
    loud = samples[: len(samples) // window * window].reshape(-1, window).max(axis=1) > LOUD
    return [index * window * 1000 / SOUND_RATE_HZ for index in runs(loud)]


def apart_ms(file: Path) -> tuple[list[float], list[float]]:
    """How much later than the nearest flash each tone begins: in the first tenth of the reel, and in the last."""
    flashes, beeps = np.array(flashes_ms(file)), beeps_ms(file)
    apart = [beep - float(flashes[np.argmin(np.abs(flashes - beep))]) for beep in beeps]
    tenth = max(len(apart) // 10, 1)
    return apart[:tenth], apart[-tenth:]


def spread(values: list[float]) -> str:
    """In a few numbers."""
    return f"median {np.median(values):+.0f} ms, from {min(values):+.0f} to {max(values):+.0f} ({len(values)})"


def peak_mb() -> int:
    """The most memory that this process has held. What `getrusage` says may be from before the program was loaded."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1000


def make(location: DiaryLocation, args: argparse.Namespace) -> None:
    """Choose and draw, in a process of its own."""
    started = time.monotonic()
    wishes = RecapWishes(location, Stretch.named("2025"), args.moment, keeps_hard_days=True)
    plan = plan_recap(wishes, progress=unheard, token=CancelToken())
    planned_s = time.monotonic() - started
    planned_mb = peak_mb()
    request = RecapRequest(
        location=location,
        moments=plan.moments,
        name="year",
        output=args.output,
        shape=args.shape,
        has_labels=True,
        is_muted=False,
        may_replace=True,
        loudness=Loudness(-14.0, -1.5),
    )
    result = render_recap(request, progress=unheard, token=CancelToken())
    drawn_s = time.monotonic() - started - planned_s
    told = {
        "moments": len(result.shown),
        "lasts": clock(result.duration_ms),
        "choosing, s a moment": round(planned_s / len(plan.moments), 2),
        "drawing, s a moment": round(drawn_s / len(result.shown), 2),
        "peak of choosing, MB": planned_mb,
        "peak, MB": peak_mb(),
        "warnings": list(result.warnings),
    }
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Fill, make, look."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=200)
    parser.add_argument("--shape", choices=["vertical", "landscape"], default="vertical")
    parser.add_argument("--moment", choices=["second", "sentence"], default="second")
    parser.add_argument("-o", "--output", type=Path, default=Path("year.mp4").absolute())
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reel-") as name:
        folder = Path(name)
        location = DiaryLocation(folder / "diary", folder / "state")
        fill(location, folder, args.days)
        child = get_context("spawn").Process(target=make, args=(location, args))
        child.start()
        child.join()
    first, last = apart_ms(args.output)
    sys.stdout.write(f"sound after picture, first tenth: {spread(first)}\n")
    sys.stdout.write(f"sound after picture, last tenth:  {spread(last)}\n")


if __name__ == "__main__":
    main()

"""Kills a recording program at random moments, and counts what is left of each take.

    python tests/benchmarks/kill_recorder.py --rounds 100 --at-once 3

Some are killed while they record, some while they finish, and some of the programs that recover are killed too.
Of every take: it opens and decodes, at most 1.5 s are missing, picture and sound agree within 80 ms, they end within
80 ms of each other, and recovering once more changes nothing.
"""

import argparse
import hashlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import av

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from capture.live import LiveCamera, LiveMicrophone
from capture.measuring import apart_ms
from duskreel.capture.events import Event, EventKind
from duskreel.capture.finishing import finish_take
from duskreel.capture.recorder import Recorder
from duskreel.capture.recovery import recover
from duskreel.capture.take import TakeFolder
from duskreel.library.diary import Diary, DiaryLocation

MOST_MISSING_MS = 1500
MOST_APART_MS = 80


@dataclass(frozen=True)
class Outcome:
    """One killed program."""

    kind: str
    true_ms: float
    kept_ms: float
    worst_offset_ms: float
    ends_apart_ms: float
    faults: tuple[str, ...]


def located(root: Path) -> DiaryLocation:
    return DiaryLocation(root / "diary", root / "state")


def record(root: Path, length_ms: int, width: int, height: int) -> None:
    """The victim: records, stops by itself, and finishes; prints the moment of its first picture."""
    base_ns = time.monotonic_ns()

    def tell(event: Event) -> None:
        if event.kind is EventKind.FIRST_PICTURE:
            sys.stdout.write(f"{time.monotonic_ns()}\n")
            sys.stdout.flush()

    with Diary.open(located(root)) as diary:
        camera, microphone = LiveCamera(base_ns, size=(width, height)), LiveMicrophone(base_ns)
        recorder = Recorder(camera, microphone, TakeFolder.of(diary), on_event=tell, limit_ms=length_ms)
        recorder.open()
        recorder.start()
        recorded = recorder.wait()
        finish_take(diary, recorded.take)
        recorder.close()


def bring_back(root: Path) -> None:
    with Diary.open(located(root)) as diary:
        recover(diary)


def started(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def one_round(seed: int, size: tuple[int, int]) -> Outcome:
    chance = random.Random(seed)  # noqa: S311 - to be the same each time
    is_finishing = chance.random() < 0.3
    length_ms = chance.randrange(1000, 4000) if is_finishing else 60_000
    alive_s = length_ms / 1000 + chance.uniform(0, 0.35) if is_finishing else chance.uniform(0.1, 20)
    root = Path(tempfile.mkdtemp(prefix="kill-"))
    try:
        victim = started("record", root, length_ms, *size)
        zero_ns = int(victim.stdout.readline())
        time.sleep(max(alive_s - (time.monotonic_ns() - zero_ns) / 1e9, 0))
        victim.send_signal(signal.SIGKILL)
        true_ms = min((time.monotonic_ns() - zero_ns) / 1e6, length_ms)
        victim.communicate()
        kind = "finishing" if is_finishing else "recording"
        if chance.random() < 0.4:
            kind += " and recovering"
            rescuer = started("recover", root)
            time.sleep(chance.uniform(0.3, 1.5))
            rescuer.send_signal(signal.SIGKILL)
            rescuer.communicate()
        return judged(root, kind, true_ms)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def judged(root: Path, kind: str, true_ms: float) -> Outcome:
    bring_back(root)
    before = snapshot(root / "diary")
    bring_back(root)
    faults = [] if snapshot(root / "diary") == before else ["recovering again changed something"]
    with Diary.open(located(root)) as diary:
        entries = diary.entries()
        left = TakeFolder.of(diary).names()
    if len(entries) > 1 or (left and not entries):
        faults.append(f"{len(entries)} entries, {left} left")
    kept_ms, offset_ms, ends_ms = 0.0, 0.0, 0.0
    if entries:
        clip = root / "diary" / entries[0].folder / entries[0].clip
        try:
            kept_ms, ends_ms = decoded_ms(clip)
            offset_ms = max(apart_ms(clip), default=0.0)
        except av.FFmpegError as error:
            faults.append(f"does not decode: {error}")
    if true_ms - kept_ms > MOST_MISSING_MS:
        faults.append(f"{true_ms - kept_ms:.0f} ms are missing")
    if max(offset_ms, ends_ms) > MOST_APART_MS:
        faults.append(f"picture and sound are {offset_ms:.0f} ms apart, their ends {ends_ms:.0f} ms")
    return Outcome(kind, true_ms, kept_ms, offset_ms, ends_ms, tuple(faults))


def decoded_ms(clip: Path) -> tuple[float, float]:
    """Where the picture ends, and how far from there the sound does; decodes everything."""
    ends = []
    for kind in ("video", "audio"):
        with av.open(str(clip)) as container:
            stream = getattr(container.streams, kind)[0]
            for packet in container.demux(stream):
                packet.decode()
            ends.append(float(stream.duration * stream.time_base) * 1000)
    return ends[0], abs(ends[0] - ends[1])


def snapshot(folder: Path) -> dict[str, str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--at-once", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", default="320x180")
    chosen = parser.parse_args()
    width, height = map(int, chosen.size.split("x"))
    with ThreadPoolExecutor(chosen.at_once) as pool:
        outcomes = list(
            pool.map(lambda seed: one_round(seed, (width, height)), range(chosen.seed, chosen.seed + chosen.rounds))
        )
    for kind in sorted({outcome.kind for outcome in outcomes}):
        these = [outcome for outcome in outcomes if outcome.kind == kind]
        missing = sorted(outcome.true_ms - outcome.kept_ms for outcome in these)
        sys.stdout.write(
            f"{kind}: {len(these)} killed; missing at most {missing[-1]:.0f} ms,"
            f" median {missing[len(missing) // 2]:.0f};"
            f" picture and sound at most {max(o.worst_offset_ms for o in these):.1f} ms apart,"
            f" ends {max(o.ends_apart_ms for o in these):.1f} ms\n"
        )
    faulty = [(number, outcome) for number, outcome in enumerate(outcomes, chosen.seed) if outcome.faults]
    for number, outcome in faulty:
        sys.stdout.write(f"round {number} ({outcome.kind}, {outcome.true_ms:.0f} ms): {'; '.join(outcome.faults)}\n")
    sys.exit(1 if faulty else 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["record"]:
        record(Path(sys.argv[2]), *map(int, sys.argv[3:6]))
    elif sys.argv[1:2] == ["recover"]:
        bring_back(Path(sys.argv[2]))
    else:
        main()

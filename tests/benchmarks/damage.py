"""What comes back from raw files that were cut, zeroed, or lost what was not synced, and from disks that are full.

    python tests/benchmarks/damage.py --cuts 500 --blocks 200 --power 100
    python tests/benchmarks/damage.py --tmpfs 40      (as root: small file systems that fill up while recording)

Each damaged file is recovered into a diary, decoded as a whole, and compared with what was in it up to the damage.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import av

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from capture.conftest import Stage
from capture.disks import UnsyncedDisk
from capture.measuring import offsets_ms
from duskreel.capture.clusters import survey
from duskreel.capture.finishing import finish_take
from duskreel.capture.recovery import recover
from duskreel.capture.take import HEAD, RAW, TakeState
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary, DiaryLocation

LENGTH_MS = 6000
BLOCK_BYTES = 4096
PICTURE_MS = 1000 / 30
MOST_APART_MS = 80


@contextmanager
def diary_in(root: Path) -> Iterator[Diary]:
    with Diary.open(DiaryLocation(root / "diary", root / "state")) as diary:
        yield diary


def model_take(root: Path) -> Path:
    """The folder of a take as it is when its recorder is killed at the very end."""
    with diary_in(root) as diary:
        recorded = Stage(diary).record(LENGTH_MS / 1000)
        recorded.take.note(state=TakeState.RECORDING, duration_ms=None, stopped_by="")
        recorded.take.release()
        raw = recorded.take.raw.read_bytes()
        recorded.take.raw.write_bytes(raw[: survey(BytesIO(raw)).clusters[-1].end])
        return recorded.take.folder


def recovered_ms(model: Path, raw: bytes, *, keeps_head: bool = True) -> tuple[float, str]:
    """How much of a damaged raw file becomes an entry, and what is wrong with that."""
    root = Path(tempfile.mkdtemp(prefix="damage-"))
    try:
        with diary_in(root) as diary:
            folder = root / "diary" / "recording" / model.name
            shutil.copytree(model, folder)
            (folder / RAW).write_bytes(raw)
            if not keeps_head:
                (folder / HEAD).unlink(missing_ok=True)
            entries = recover(diary).entries
            is_kept = not (folder / RAW).exists() or (folder / RAW).read_bytes() == raw
            fault = "" if is_kept else "the original was changed"
            if not entries:
                return 0.0, fault
            return entries[0].duration_ms, fault or faults_of(root / "diary" / entries[0].folder / entries[0].clip)
    finally:
        shutil.rmtree(root)


def faults_of(clip: Path) -> str:
    try:
        for kind in ("video", "audio"):
            with av.open(str(clip)) as container:
                for packet in container.demux(getattr(container.streams, kind)[0]):
                    packet.decode()
    except av.FFmpegError as error:
        return f"does not decode: {error}"
    apart_ms = max(map(abs, offsets_ms(clip)), default=0.0)
    return f"picture and sound {apart_ms:.0f} ms apart" if apart_ms > MOST_APART_MS else ""


def told(what: str, rounds: int, one: Callable[[int], tuple[float, str]]) -> bool:
    """Runs all rounds and says what came of them; True if nothing was wrong.

    Args:
        what: kind of damage.
        rounds: how many.
        one: number of the round -> what is missing beyond the damage in ms, and a fault.
    """
    outcomes = [one(number) for number in range(rounds)]
    missing = sorted(missing_ms for missing_ms, _ in outcomes)
    faults = [f"{number}: {fault}" for number, (_, fault) in enumerate(outcomes) if fault]
    if outcomes:
        sys.stdout.write(
            f"{what}: {rounds}; missing beyond the damage at most {missing[-1]:.0f} ms,"
            f" median {missing[rounds // 2]:.0f}; {len(faults)} faults\n"
        )
    sys.stdout.writelines(f"  {fault}\n" for fault in faults)
    return not faults


def cut(model: Path, whole: bytes) -> Callable[[int], tuple[float, str]]:
    clusters = survey(BytesIO(whole)).clusters

    def one(number: int) -> tuple[float, str]:
        offset = random.Random(number).randrange(len(whole))  # noqa: S311 - to be the same each time
        complete_ms = max((cluster.at_ms for cluster in clusters if cluster.start <= offset), default=0)
        kept_ms, fault = recovered_ms(model, whole[:offset])
        return max(complete_ms - kept_ms, 0.0), fault

    return one


def zeroed(model: Path, whole: bytes) -> Callable[[int], tuple[float, str]]:
    def one(number: int) -> tuple[float, str]:
        start = random.Random(number).randrange(len(whole) // BLOCK_BYTES) * BLOCK_BYTES  # noqa: S311 - likewise
        damaged = bytearray(whole)
        damaged[start : start + BLOCK_BYTES] = bytes(min(BLOCK_BYTES, len(whole) - start))
        kept_ms, fault = recovered_ms(model, bytes(damaged))
        return LENGTH_MS - kept_ms, fault

    return one


def power_failed(number: int) -> tuple[float, str]:
    """Everything since the last sync is gone; missing is counted from the moment of the failure."""
    root = Path(tempfile.mkdtemp(prefix="power-"))
    chance = random.Random(number)  # noqa: S311 - to be the same each time
    files: list[UnsyncedDisk] = []
    alive_s = chance.uniform(0.5, 12)

    def opened(path: Path) -> UnsyncedDisk:
        files.append(UnsyncedDisk(path))
        return files[0]

    try:
        with diary_in(root) as diary:
            made = Stage(diary, open_raw=opened)
            made.begin().play(alive_s)
            made.settle()
            synced = files[0].kept
            take = made.stop().take
            take.note(state=TakeState.RECORDING, duration_ms=None, stopped_by="")
            take.release()
            kept_ms, fault = recovered_ms(take.folder, synced, keeps_head=chance.random() < 0.5)
            return alive_s * 1000 - kept_ms, fault
    finally:
        shutil.rmtree(root)


def filled(number: int) -> tuple[float, str]:
    """A real file system of so many hundred KB, which fills up while recording; then there is room again."""
    root = Path(tempfile.mkdtemp(prefix="full-"))
    disk = root / "diary"
    disk.mkdir()
    kilobytes = 150 + number * 40
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(disk)], check=True)
    try:
        with diary_in(root) as diary:
            made = Stage(diary)
            made.begin(size=(320, 180)).play(20)
            recorded = made.stop()
            fault = "" if "full" in recorded.reason.sentence or not recorded.reason.sentence else recorded.reason.value
            reached_ms = recorded.tally.duration_ms if recorded.reason.sentence else 20_000
            try:
                finish_take(diary, recorded.take)
                fault = fault or ("finished on a full disk" if recorded.reason.sentence else "")
            except DiaryError:
                recorded.take.release()
            subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
            recover(diary)
            entries = diary.entries()
            if not entries:
                return float(reached_ms), fault
            clip = disk / entries[0].folder / entries[0].clip
            return reached_ms - entries[0].duration_ms, fault or faults_of(clip)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
        shutil.rmtree(root)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for kind in ("cuts", "blocks", "power", "tmpfs"):
        parser.add_argument(f"--{kind}", type=int, default=0)
    chosen = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="model-"))
    try:
        model = model_take(root)
        whole = (model / RAW).read_bytes()
        is_well = [
            told("cut at a random byte", chosen.cuts, cut(model, whole)),
            told("4 KiB zeroed", chosen.blocks, zeroed(model, whole)),
            told("power failed", chosen.power, power_failed),
            told("file system full", chosen.tmpfs, filled),
        ]
    finally:
        shutil.rmtree(root)
    sys.exit(0 if all(is_well) else 1)


if __name__ == "__main__":
    main()

"""Kills a backup into a folder at random moments, goes on each time, then restores it and compares every byte.

    python tests/benchmarks/backup.py --gigabytes 5 --kills 20

The diary is made of random bytes. Whenever a backup is done before it is killed, something is added to the diary,
something is changed and something deleted, and older snapshots are thinned, so that all of it is killed too. After each
kill every snapshot that is there must have all its objects. Counts what was copied more than once: objects that were
finished and were written again, and unfinished ones that had to be begun anew.
"""

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from duskreel.library.backup.incremental import FolderBackupRequest, back_up
from duskreel.library.backup.restoring import RestoreRequest, restore_backup
from duskreel.library.backup.store import BackupFolder, object_name
from duskreel.library.backup.thinning import KeepPolicy
from duskreel.library.backup.verifying import VerifyRequest, verify
from duskreel.library.diary import Diary
from duskreel.library.values import DiaryLocation
from duskreel.progress import CancelToken, unheard

BLOCK_BYTES = 16 << 20
LONGEST_S = 4.0
LONGER_EACH_TIME = 1.1
"""what is there already is read again by each new run, and must not use up its whole life"""


@dataclass
class Tally:
    """What the kills have cost."""

    kills: int = 0
    finished: int = 0
    twice_bytes: int = 0
    begun_anew_bytes: int = 0
    faults: list[str] = field(default_factory=list)
    written: dict[str, tuple[int, int]] = field(default_factory=dict)
    """of each object: inode and mtime, which change if it is written again"""


class MadeUpDiary:
    """A diary of random bytes that is lived in."""

    def __init__(self, location: DiaryLocation, chance: random.Random) -> None:
        self.location, self._chance = location, chance
        self._count = 0
        self._block = os.urandom(BLOCK_BYTES)
        with Diary.open(location):
            pass

    def grow(self, size_bytes: int) -> None:
        """Add entries until there is so much more."""
        while size_bytes > 0:
            clip_bytes = min(self._chance.randrange(1 << 20, 200 << 20), size_bytes)
            self._add_entry(clip_bytes)
            size_bytes -= clip_bytes

    def live_on(self) -> None:
        """A new entry, a changed sidecar, an entry in the bin."""
        folders = sorted((self.location.folder / "entries").glob("*/*/*"))
        (self._chance.choice(folders) / "entry.note").write_text(f"changed {self._count}", encoding="utf-8")
        binned = self._chance.choice(folders)
        (self.location.folder / "bin").mkdir(exist_ok=True)
        binned.rename(self.location.folder / "bin" / binned.name)
        self._add_entry(self._chance.randrange(1 << 20, 40 << 20))

    def _add_entry(self, clip_bytes: int) -> None:
        self._count += 1
        name = f"2026-{self._count % 12 + 1:02}-11 18.04.12 {self._count:04} ü"
        folder = self.location.folder / "entries" / "2026" / f"{self._count % 12 + 1:02}" / name
        folder.mkdir(parents=True)
        with (folder / "clip.mp4").open("wb") as clip:
            while clip.tell() < clip_bytes:
                start = self._chance.randrange(BLOCK_BYTES // 2)
                clip.write(self._block[start : start + clip_bytes - clip.tell()])
        (folder / "entry.note").write_text(f"{self._count}", encoding="utf-8")
        (folder / "poster.jpg").write_bytes(self._block[: self._chance.randrange(20_000)])
        for path in folder.iterdir():
            mtime_ns = int(1e18) + self._chance.randrange(int(5e17))
            os.utime(path, ns=(mtime_ns, mtime_ns))


def request(root: Path) -> FolderBackupRequest:
    return FolderBackupRequest(located(root), root / "backup", keep=KeepPolicy(0, 0, 0))


def located(root: Path) -> DiaryLocation:
    return DiaryLocation(root / "diary", root / "state")


def one_life(root: Path, alive_s: float, tally: Tally) -> float | None:
    """Back up until it is done or has worked so long; returns how long it took if it was done."""
    victim = subprocess.Popen([sys.executable, __file__, "victim", str(root)], stdout=subprocess.PIPE)
    victim.stdout.readline()
    began_s = time.monotonic()
    try:
        code = victim.wait(alive_s)
    except subprocess.TimeoutExpired:
        victim.kill()
        code = victim.wait()
    victim.stdout.close()
    if code > 0:
        tally.faults.append(f"a backup ended with {code}")
    tally.kills += code < 0
    tally.finished += code == 0
    count(root / "backup", tally)
    return time.monotonic() - began_s if code == 0 else None


def count(root: Path, tally: Tally) -> None:
    """Look at what is there after a life."""
    if not (root / "objects").is_dir():
        return
    tally.begun_anew_bytes += sum(path.stat().st_size for path in (root / "objects").glob("*.partial"))
    there = {path.name: path.stat() for path in (root / "objects").glob("*/*")}
    for name, status in there.items():
        seen = (status.st_ino, status.st_mtime_ns)
        if tally.written.get(name, seen) != seen:
            tally.twice_bytes += status.st_size
        tally.written[name] = seen
    folder = BackupFolder.open(root)
    for name in folder.snapshots():
        for file in folder.read(name).files:
            if object_name(file) not in there or there[object_name(file)].st_size != file.size_bytes:
                tally.faults.append(f"{name} has no whole {file.path}")


def state_of(folder: Path) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found[path.relative_to(folder).as_posix()] = (digest, path.stat().st_mtime_ns)
    return found


def run(root: Path, gigabytes: float, kills: int, seed: int) -> Tally:
    chance, tally = random.Random(seed), Tally()  # noqa: S311 - to be the same each time
    diary = MadeUpDiary(located(root), chance)
    diary.grow(int(gigabytes * (1 << 30)))
    longest_s = LONGEST_S
    while tally.kills < kills:
        took_s = one_life(root, chance.uniform(0, longest_s), tally)
        if took_s is None:
            longest_s *= LONGER_EACH_TIME
        else:
            longest_s = took_s
            diary.live_on()
    if one_life(root, 3_600, tally) is None:
        tally.faults.append("the last backup was not done")
    return tally


def proved(root: Path, tally: Tally) -> None:
    """Every byte of the backup, and of the diary that is made of it."""
    found = verify(VerifyRequest(root / "backup", root / "state"), progress=unheard, token=CancelToken())
    if found.damage or found.broken_snapshots:
        tally.faults.append(f"{len(found.damage)} objects are damaged")
    needed = {object_name(f) for name in BackupFolder.open(root / "backup").snapshots()
              for f in BackupFolder.open(root / "backup").read(name).files}  # fmt: skip
    left = {path.name for path in (root / "backup" / "objects").rglob("*") if path.is_file()} - needed
    if left:
        tally.faults.append(f"{len(left)} objects are left that nothing needs")
    request = RestoreRequest(root / "backup", root / "again", root / "state")
    restore_backup(request, progress=unheard, token=CancelToken())
    if state_of(root / "again") != state_of(root / "diary"):
        tally.faults.append("the restored diary is another one")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gigabytes", type=float, default=1.0)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="where there is room for three times as much")
    chosen = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="backup-", dir=chosen.folder))
    try:
        began_s = time.monotonic()
        tally = run(root, chosen.gigabytes, chosen.kills, chosen.seed)
        backed_up_s = time.monotonic()
        proved(root, tally)
        sys.stdout.write(
            f"{tally.kills} killed and {tally.finished} done in {backed_up_s - began_s:.0f} s,"
            f" proved in {time.monotonic() - backed_up_s:.0f} s;"
            f" {len(tally.written)} objects, {tally.twice_bytes} bytes of finished ones written again,"
            f" {tally.begun_anew_bytes / 1e6:.0f} MB of unfinished ones begun anew\n"
        )
        sys.stdout.writelines(f"{fault}\n" for fault in tally.faults)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    sys.exit(1 if tally.faults else 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["victim"]:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        back_up(request(Path(sys.argv[2])), progress=unheard, token=CancelToken())
    else:
        main()

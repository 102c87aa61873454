"""Two programs write the same diary while each is killed at random moments and started again; then what is left is
compared with what they were told had been done.

Each writer imports small clips, changes, deletes and restores entries and saves transcripts, and notes each deed in a
file of its own before it begins and after it is done. A deed that was done must be seen in the diary at the end, one
that was only begun may or may not; doctor must find nothing wrong, and the index must equal one that is made anew.
Run it by hand:

    PYTHONPATH=tests python tests/benchmarks/two_writers.py [--seconds 60] [--seed 1]
"""

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from clips import make_clip, tone
from duskreel.errors import DiaryError
from duskreel.library.diary import Details, Diary, DiaryLocation
from duskreel.library.entry import Entry, Segment, Transcript, Word
from duskreel.progress import CancelToken, unheard

CLIPS = 40
LIVES_S = (2.0, 8.0)
"""from the start of a program, which takes a second or two by itself, to its end"""


class Ledger:
    """What one writer has begun and done, one line each, on the disk before the next deed."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("a", encoding="utf-8")

    def note(self, *deed: object) -> None:
        """Write a line and wait for the disk."""
        self._file.write(json.dumps(deed) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def write(name: str, folder: Path, clips: list[Path], seed: int) -> None:
    """What a writer does until it is killed."""
    dice = random.Random(seed)  # noqa: S311 - variety, not secrecy
    ledger = Ledger(folder / f"{name}.ledger")
    with Diary.open(DiaryLocation(folder / "diary", folder / "state")) as diary:
        for turn in range(10**9):
            deed = dice.choice((_import, _tag, _tag, _say, _say, _delete, _restore))
            # The other writer may be at the same entry, or have imported the same clip: that is refused, not lost.
            with suppress(DiaryError):
                deed(diary, ledger, dice, f"{name}{seed}n{turn}", clips)


def _import(diary: Diary, ledger: Ledger, dice: random.Random, label: str, clips: list[Path]) -> None:
    ledger.note("begun", "import", label)
    entry = diary.import_clip(dice.choice(clips), Details(tags=(label,)), progress=unheard, token=CancelToken())
    ledger.note("done", "import", label, entry.id)


def _tag(diary: Diary, ledger: Ledger, dice: random.Random, label: str, _clips: list[Path]) -> None:
    entry = dice.choice(diary.entries() or [None])  # type: ignore[list-item]
    if entry is not None:
        ledger.note("begun", "tag", label, entry.id)
        diary.amend(entry.id, lambda found: replace(found, tags=(*found.tags, label)))
        ledger.note("done", "tag", label, entry.id)


def _say(diary: Diary, ledger: Ledger, dice: random.Random, label: str, _clips: list[Path]) -> None:
    entry = dice.choice(diary.entries() or [None])  # type: ignore[list-item]
    if entry is not None:
        words = (Word(label, 0, 300, 0.9),)
        ledger.note("begun", "say", label, entry.id, time.time())
        diary.save_transcript(
            entry, Transcript("base", "en", 0.9, datetime.now(UTC), (Segment(0, 300, words),), unknown={"by": label})
        )
        ledger.note("done", "say", label, entry.id, time.time())


def _delete(diary: Diary, ledger: Ledger, dice: random.Random, label: str, _clips: list[Path]) -> None:
    entries = diary.entries()
    if len(entries) > CLIPS // 3:
        entry = dice.choice(entries)
        ledger.note("begun", "delete", label, entry.id)
        diary.delete(entry)
        ledger.note("done", "delete", label, entry.id)


def _restore(diary: Diary, ledger: Ledger, dice: random.Random, label: str, _clips: list[Path]) -> None:
    binned = diary.binned()
    if binned:
        entry = dice.choice(binned)
        ledger.note("begun", "restore", label, entry.id)
        diary.restore(entry.id)
        ledger.note("done", "restore", label, entry.id)


def main() -> int:
    """Let them write, and look."""
    arguments = _arguments()
    if arguments.writer:
        write(arguments.writer, arguments.folder, sorted((arguments.folder / "clips").iterdir()), arguments.seed)
        return 0
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = Path(name)
        (folder / "clips").mkdir()
        for number in range(CLIPS):
            sound = tone(0.6, 300 + 10 * number)
            make_clip(folder / "clips" / f"{number}.mp4", duration_s=0.6, size=(64, 48), fps=10, sound=sound)
        kills = _let_write(folder, arguments.seconds, random.Random(arguments.seed))  # noqa: S311
        faults = _faults(folder)
    print(f"{kills} kills; {'nothing wrong' if not faults else f'{len(faults)} faults'}")  # noqa: T201
    print("\n".join(faults[:20]))  # noqa: T201
    return bool(faults)


def _let_write(folder: Path, seconds: float, dice: random.Random) -> int:
    """Start writers, and kill them at random moments, until time is up."""
    end_s = time.monotonic() + seconds
    kills = 0
    living: dict[str, tuple[subprocess.Popen[bytes], float]] = {}
    while time.monotonic() < end_s:
        for name in ("anna", "ben"):
            process, dies_s = living.get(name, (None, 0.0))
            if process is None or time.monotonic() >= dies_s:
                if process is not None:
                    process.kill()
                    process.wait()
                    kills += 1
                process = _started(folder, name, dice.randrange(10**9))
                living[name] = process, time.monotonic() + dice.uniform(*LIVES_S)
        time.sleep(0.01)
    for process, _ in living.values():
        process.kill()
        process.wait()
    return kills + len(living)


def _started(folder: Path, name: str, seed: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, __file__, "--folder", str(folder), "--writer", name, "--seed", str(seed)]
    return subprocess.Popen(command)


def _faults(folder: Path) -> list[str]:
    lines = [
        json.loads(line)
        for ledger in folder.glob("*.ledger")
        for line in ledger.read_text("utf-8").splitlines()
        if line.endswith("]")
    ]
    with Diary.open(DiaryLocation(folder / "diary", folder / "state")) as diary:
        everything = {entry.id: entry for entry in (*diary.entries(), *diary.binned())}
        print(f"{sum(line[0] == 'done' for line in lines)} deeds done, {len(everything)} entries")  # noqa: T201
        faults = [f"doctor: {problem}" for problem in diary.problems()]
        faults += _lost(lines, everything) + _lost_words(lines, everything, folder / "diary")
        (database,) = (folder / "state" / "index").glob("*.db")
        before = _rows(database)
        diary.reindex()
        faults += [] if _rows(database) == before else ["the index is not what it is when it is made anew"]
    with Diary.open(DiaryLocation(folder / "diary", folder / "other state")):
        (other,) = (folder / "other state" / "index").glob("*.db")
        faults += [] if _rows(other) == before else ["another computer would have another index"]
    return faults


def _lost(lines: list[list[Any]], everything: dict[str, Entry]) -> list[str]:
    """Tags and imports that were acknowledged and are nowhere."""
    faults = []
    for state, what, label, *rest in lines:
        if state == "done" and what in ("import", "tag"):
            entry = everything.get(rest[0])
            if entry is None or label not in entry.tags:
                faults.append(f"{what} {label} of {rest[0]} is lost")
    return faults


def _lost_words(lines: list[list[Any]], everything: dict[str, Entry], root: Path) -> list[str]:
    """Transcripts that were acknowledged, and that no later one can have replaced."""
    begun = {line[2]: line[4] for line in lines if line[:2] == ["begun", "say"]}
    of: dict[str, list[tuple[float, float, str]]] = {}
    for state, what, label, *rest in lines:
        if what == "say":
            done_s = rest[1] if state == "done" else float("inf")
            of.setdefault(rest[0], []).append((begun[label], done_s, label))
    faults = []
    for entry_id, said in of.items():
        acknowledged = [deed for deed in said if deed[1] != float("inf")]
        entry = everything.get(entry_id)
        if entry is None or not acknowledged:
            continue
        path = root / entry.folder / "transcript.json"
        found = json.loads(path.read_text("utf-8"))["by"] if path.exists() else ""
        last_begun_s = max(begun_s for begun_s, _, _ in acknowledged)
        allowed = {label for _, done_s, label in said if done_s >= last_begun_s}
        if found not in allowed:
            faults.append(f"the words of {entry_id} are “{found}”, and not one of {sorted(allowed)}")
    return faults


def _rows(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of ours, in an order of its own, with numbers of rows left out."""
    connection = sqlite3.connect(database)
    try:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours: Callable[[str], bool] = lambda name: "_fts" not in name and not name.startswith(("sqlite_", "_"))  # noqa: E731
        return {name: _table(connection, name) for name in sorted(filter(ours, tables)) if name != "words"}
    finally:
        connection.close()


def _table(connection: sqlite3.Connection, name: str) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})") if "number" not in row[1]]
    return sorted(connection.execute(f"SELECT {', '.join(columns)} FROM {name}"), key=repr)  # noqa: S608


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=None, help="where to try it")
    parser.add_argument("--writer", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

"""Two commands in turn, so that a busy machine troubles both alike."""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence


def compare(ours: Sequence[str], theirs: Sequence[str], *, peer: str, rounds: int) -> float:
    """Time whole processes, print every round and the medians.

    One round more is run first and not counted: afterwards the files are in memory, for both.

    Returns:
        The ratio of the medians, ours divided by theirs.
    """
    run(ours)
    run(theirs)
    times_s = []
    for _ in range(rounds):
        times_s.append((_timed(ours), _timed(theirs)))
        _tell(f"duskreel {times_s[-1][0]:6.2f} s   {peer} {times_s[-1][1]:6.2f} s")
    ours_s, theirs_s = (statistics.median(column) for column in zip(*times_s, strict=True))
    _tell(f"medians: duskreel {ours_s:.2f} s, {peer} {theirs_s:.2f} s, ratio {ours_s / theirs_s:.2f}")
    return ours_s / theirs_s


def run(command: Sequence[str]) -> None:
    """Run a command that must succeed, without its output."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def _timed(command: Sequence[str]) -> float:
    started_s = time.perf_counter()
    run(command)
    return time.perf_counter() - started_s


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()

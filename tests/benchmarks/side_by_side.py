"""Commands in turn, so that a busy machine troubles all of them alike."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MIB = 1024
"""in the kilobytes that Linux counts memory in"""


@dataclass(frozen=True)
class Cost:
    """What one run of a command takes."""

    wall_s: float
    cpu_s: float
    """of all its threads and children"""


def in_turn(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, Cost]:
    """Time whole processes, print every round.

    One round more is run first and not counted: afterwards the files are in memory, for all.

    Returns:
        The medians.
    """
    for command in commands.values():
        run(command)
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            costs[name].append(timed(command))
        tell("   ".join(f"{name} {found[-1].wall_s:6.2f} s" for name, found in costs.items()))
    return {name: _median(found) for name, found in costs.items()}


def compare(ours: Sequence[str], theirs: Sequence[str], *, peer: str, rounds: int) -> float:
    """Time two commands in turn and print the medians.

    Returns:
        The ratio of the times, ours divided by theirs.
    """
    costs = in_turn({"duskreel": ours, peer: theirs}, rounds)
    ratio = costs["duskreel"].wall_s / costs[peer].wall_s
    tell(f"medians: duskreel {costs['duskreel'].wall_s:.2f} s, {peer} {costs[peer].wall_s:.2f} s, ratio {ratio:.2f}")
    return ratio


def run(command: Sequence[str]) -> None:
    """Run a command that must succeed, without its output."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def timed(command: Sequence[str]) -> Cost:
    """Run a command that must succeed, once."""
    before, started_s = _children_cpu_s(), time.perf_counter()
    run(command)
    return Cost(time.perf_counter() - started_s, _children_cpu_s() - before)


def peak_memory_mib(command: Sequence[str]) -> int:
    """The most memory that a command has at once, in itself or in one of its children."""
    script = "import resource,subprocess,sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
    script += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    answer = subprocess.run([sys.executable, "-c", script, *command], check=True, capture_output=True, text=True)
    return int(answer.stdout) // MIB


def tell(line: str) -> None:
    """Print at once, also into a file."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(statistics.median(cost.wall_s for cost in costs), statistics.median(cost.cpu_s for cost in costs))


def _children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

"""Kill the program at random moments of importing, transcribing and exporting the sample clip, and see what is left.

After every kill the next command must work and clear up, no entry and no short may be half there, doctor must find
nothing wrong, and the same command must do its work when it is given again. Run it on demand, with a number of kills
for each job:

    PYTHONPATH=tests python tests/benchmarks/kill_matrix.py [--rounds 20] [--seed 1] [--jobs import export]
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from duskreel.paths import resource
from duskreel.progress import CancelToken
from duskreel.speech.models import find_model
from integration.program import Program, Said, faults, finished

HARMLESS = ("in the diary already", "There is already a file")
"""a killed command may have done all that mattered: then the same one is refused in these words"""


@dataclass(frozen=True)
class Job:
    """A command to kill, and what the diary holds before it."""

    name: str
    prepare: Callable[[Program], object]
    arguments: Callable[[Path], list[object]]
    """given the folder for shorts"""


@dataclass(frozen=True)
class Kill:
    """What came of one."""

    moment_s: float
    was_done: bool
    """the command ended before the kill"""
    notices: str
    faults: list[str]


def main() -> int:
    """Time every job once undisturbed, then kill it again and again."""
    arguments = _arguments()
    dice = random.Random(arguments.seed)  # noqa: S311 - moments to kill at are no secret
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        models = Path(name) / "models"
        find_model("base", models, token=CancelToken())
        transcribed = _transcribed(Path(name), models)
        for job in _jobs(transcribed):
            if job.name in arguments.jobs:
                kills = _kills(job, Path(name) / "round", models, arguments.rounds, dice)
                wrong += sum(bool(kill.faults) for kill in kills)
    _tell(f"\n{wrong} kills left something wrong")
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", nargs="+", default=["import", "transcribe", "export"])
    return parser.parse_args()


def _kills(job: Job, folder: Path, models: Path, rounds: int, dice: random.Random) -> list[Kill]:
    """So many kills that reached the command before it ended, each told of."""
    lasts_s = _undisturbed_s(job, folder, models)
    _tell(f"\n{job.name}, {lasts_s:.1f} s undisturbed")
    kills: list[Kill] = []
    while len(kills) < rounds:
        kill = _killed(job, folder, models, dice.uniform(0, lasts_s))
        if kill.was_done:
            # A busy machine gets less busy: later than this there is nothing to kill.
            lasts_s = min(lasts_s, kill.moment_s)
            continue
        kills.append(kill)
        _tell(f"  {kill.moment_s:6.2f} s  {'WRONG ' + '; '.join(kill.faults) if kill.faults else kill.notices}")
    swept = sum(bool(kill.notices) for kill in kills)
    _tell(f"  {len(kills)} killed, {swept} had something to clear up, {sum(bool(k.faults) for k in kills)} left faults")
    return kills


def _transcribed(folder: Path, models: Path) -> Path:
    """A transcript to export with, made once."""
    program = Program(folder / "first", models)
    _import(program)
    _must(program("transcribe", "latest"))
    (transcript,) = program.diary.glob("entries/*/*/*/transcript.json")
    return transcript


def _jobs(transcript: Path) -> list[Job]:
    sample = resource("sample.mp4")

    def with_words(program: Program) -> None:
        _import(program)
        (entry,) = program.diary.glob("entries/*/*/*")
        shutil.copy(transcript, entry)

    wishes = ["export", "latest", "--length", 30, "--captions", "karaoke", "--srt"]
    return [
        Job("import", lambda _: None, lambda _: ["import", sample]),
        Job("transcribe", _import, lambda _: ["transcribe", "latest"]),
        Job("export", with_words, lambda shorts: [*wishes, "-o", shorts / "short.mp4"]),
    ]


def _undisturbed_s(job: Job, folder: Path, models: Path) -> float:
    program, command = _ready(job, folder, models)
    started_s = time.monotonic()
    _must(program.process(*command))
    lasts_s = time.monotonic() - started_s
    shutil.rmtree(folder)
    return lasts_s


def _killed(job: Job, folder: Path, models: Path, moment_s: float) -> Kill:
    program, command = _ready(job, folder, models)
    process = program.start(*command)
    try:
        process.wait(timeout=moment_s)
    except subprocess.TimeoutExpired:
        process.kill()
    code = finished(process).code
    notices = program("list").err
    wrong = faults(program, folder / "shorts")
    again = program(*command)
    if again.code and not any(words in again.err for words in HARMLESS):
        wrong.append(f"again: {again.err.strip()}")
    wrong += faults(program, folder / "shorts")
    if not list(program.diary.glob("entries/*/*/*/clip.mp4")):
        wrong.append("there is no entry in the end")
    shutil.rmtree(folder)
    return Kill(moment_s, code >= 0, notices.strip(), wrong)


def _ready(job: Job, folder: Path, models: Path) -> tuple[Program, list[object]]:
    program = Program(folder / "home", models)
    (folder / "shorts").mkdir()
    job.prepare(program)
    return program, job.arguments(folder / "shorts")


def _import(program: Program) -> None:
    _must(program("import", resource("sample.mp4")))


def _must(said: Said) -> None:
    if said.code:
        raise AssertionError(said)


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

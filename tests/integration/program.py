"""The whole program as a user has it: its real entry point, with folders of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from duskreel.__main__ import run
from duskreel.atomic import TEMPORARY_SUFFIX
from duskreel.library.media import probe
from duskreel.paths import Places
from said import Said

PATIENCE_S = 120
"""after which a command counts as hanging"""
STOPPED = "Stopped. Nothing half done was left behind.\n"


STRIKER = """
import os, sys

number, event, part = int(sys.argv[1]), sys.argv[2], sys.argv[3]
del sys.argv[1:4]
moments = iter([True])

def watch(name, arguments):
    if name == event and any(part in str(argument) for argument in arguments[:2]) and next(moments, False):
        os.kill(os.getpid(), number)

sys.addaudithook(watch)
from duskreel.__main__ import main
main()
"""
"""runs the program, and sends its own process a signal right before Python does something for the first time"""


class Moment(NamedTuple):
    """A moment in the life of a process: an event of Python's (docs.python.org/3/library/audit_events.html)."""

    event: str
    part: str
    """that one of its first two arguments contains"""


class Program:
    """One user's Duskreel.

    Args:
        home: everything that it writes lies in here.
        models: where the speech models are, which are too large for every home to have its own.
        wrapper: a command to run every process with.
        extra_environment: for processes.
    """

    def __init__(
        self,
        home: Path,
        models: Path | None = None,
        wrapper: Sequence[str] = (),
        extra_environment: dict[str, str] | None = None,
    ) -> None:
        self.home = home
        self.places = Places(
            config=home / "config" / "duskreel",
            state=home / "state" / "duskreel",
            models=home / "data" / "duskreel" / "models",
            default_diary=home / "Videos" / "Duskreel",
        )
        self._wrapper = wrapper
        self._extra_environment = extra_environment or {}
        self.places.models.parent.mkdir(parents=True)
        if models is not None:
            self.places.models.symlink_to(models, target_is_directory=True)

    @property
    def diary(self) -> Path:
        """The diary's folder."""
        return self.places.default_diary

    def __call__(self, *arguments: object) -> Said:
        """Run one command in this process, which is fast; nothing below Python is caught."""
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err, _same_signals():
            code = run([str(argument) for argument in arguments], self.places)
        return Said(code, out.getvalue(), err.getvalue())

    def start(self, *arguments: object) -> "subprocess.Popen[str]":
        """Begin one command in a process of its own."""
        return self._started([sys.executable, "-m", "duskreel", *map(str, arguments)])

    def _started(self, command: Sequence[str]) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [*self._wrapper, *command],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def process(self, *arguments: object) -> Said:
        """Run one command in a process of its own."""
        return finished(self.start(*arguments))

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the user's who runs the tests."""
        folders = {f"XDG_{kind.upper()}_HOME": str(self.home / kind) for kind in ("config", "state", "data", "cache")}
        system = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
        return {**system, "HOME": str(self.home), "LC_ALL": "C.UTF-8", **folders, **self._extra_environment}

    def files(self) -> set[str]:
        """Everything in the diary, relative to it, but for the folders that it keeps empty ones or not."""
        found = (path.relative_to(self.diary).as_posix() for path in self.diary.rglob("*"))
        return {name for name in found if name not in ("incoming", "shorts", "bin")}

    def claims(self) -> list[Path]:
        """Notes about unfinished work."""
        return sorted(self.places.state.glob("partials/*.json"))

    def write_words(self, entry: dict[str, Any], *words: tuple[str, int, int]) -> None:
        """Give an entry, as `import --json` tells of it, a transcript written by hand: text, start and end in ms."""
        heard = [{"text": text, "start_ms": start, "end_ms": end, "probability": 0.9} for text, start, end in words]
        transcript = {
            "format": 1,
            "model": "hand",
            "language": "en",
            "language_probability": 1.0,
            "made_at": datetime.now(UTC).isoformat(),
            "segments": [{"start_ms": words[0][1], "end_ms": words[-1][2], "words": heard}],
        }
        (Path(entry["folder"]) / "transcript.json").write_text(json.dumps(transcript), encoding="utf-8")

    def struck(self, number: int, at: "Moment", *arguments: object) -> Said:
        """Run one command in a process that a signal reaches at a certain moment."""
        return finished(self._started([sys.executable, "-c", STRIKER, str(int(number)), *at, *map(str, arguments)]))


def until_it_exists(folder: Path, pattern: str, process: "subprocess.Popen[str]") -> Path:
    """Wait for a file to appear, and fail if the process ends before."""
    while (found := next(folder.glob(pattern), None)) is None:
        try:
            process.wait(timeout=0.005)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"it ended first: {finished(process)}")
    return found


def faults(program: Program, shorts: Path) -> list[str]:
    """What is not as it must be after a process was killed.

    The next command works and clears up, no entry and no short is half there, and doctor finds nothing wrong.
    """
    found = [said.err for said in (program("list"), program("doctor")) if said.code]
    for folder in program.diary.glob("entries/*/*/*"):
        missing = {"clip.mp4", "entry.json", "poster.jpg"} - {path.name for path in folder.iterdir()}
        found += [f"{folder.name} has no {name}" for name in missing]
    for path in shorts.glob("*.mp4"):
        with path.open("rb") as file:
            probe(file, path.name)
    left = [*program.diary.glob("incoming/*"), *program.claims()]
    left += [path for folder in (program.home, shorts) for path in folder.rglob("*") if _is_unfinished(path)]
    return found + [f"left: {path}" for path in left]


def _is_unfinished(path: Path) -> bool:
    return ".partial." in path.name or path.name.endswith(TEMPORARY_SUFFIX)


def finished(process: "subprocess.Popen[str]") -> Said:
    """Wait for a command to end, and make sure that it does."""
    try:
        out, err = process.communicate(timeout=PATIENCE_S)
    finally:
        process.kill()
    return Said(process.returncode, out, err)


@contextmanager
def _same_signals() -> Iterator[None]:
    """The test runner's own Ctrl-C stays."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

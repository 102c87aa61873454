"""How long it takes from the start of the program to the first painted picture of the camera, and what takes it.

Each round is a fresh process that enters through the command line like everybody's. The clock starts before the
process exists. A diary with entries is there already, and a film stands in for the camera unless real devices are asked
for. After the first picture the space bar is pressed, and the time until the recorder has its first picture is told
too; and the longest time for which the window could not have answered. Run it on demand:

    python tests/benchmarks/window_launch.py [--rounds 5] [--count 300] [--devices]

With PYTHONPATH naming another checkout's `src`, that one is measured.
"""

import json
import os
import sys
import time

# ruff: noqa: E402 - the clock starts before anything is imported
INTERPRETER_S = time.time()

import argparse
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

PARTS = {
    "interpreter": "the interpreter runs",
    "imports": "the program is loaded",
    "application": "Qt's application is there",
    "window": "the window is built",
    "seen": "the window is painted",
    "ready": "the camera is open",
    "picture": "the first picture is painted",
}
BEAT_MS = 2
SETTLING_MS = 2_500
"""after the first picture, the window may still be busy with what nobody has asked for yet"""
PATIENCE_S = 60


def main() -> None:
    """Launch again and again, and tell the medians."""
    arguments = _arguments()
    if arguments.child:
        _launch(arguments.child[0], Path(arguments.child[1]), is_real=arguments.devices)
        return
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        _plant(home, arguments.count)
        _round(home, is_real=arguments.devices)  # afterwards the files are in memory
        rounds = [_round(home, is_real=arguments.devices) for _ in range(arguments.rounds)]
    for part, sentence in PARTS.items():
        _tell(f"{_median(rounds, part):6.0f} ms  {sentence}")
    _tell(f"{_median(rounds, 'record'):6.0f} ms  from the space bar to the first recorded picture")
    for name, sentence in (("stall", "on the way"), ("later_stall", "after the first picture")):
        stalls = sorted(one[name] for one in rounds)
        _tell(f"{_median(rounds, name):6.0f} ms  longest stall {sentence} (worst {stalls[-1]:.0f} ms)")


def _median(rounds: list[dict[str, float]], part: str) -> float:
    return statistics.median(one[part] for one in rounds)


def _round(home: Path, *, is_real: bool) -> dict[str, float]:
    environment = {**os.environ, "DISPLAY": os.environ.get("DISPLAY", ":0")}
    if not is_real:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    options = ["--devices"] if is_real else []
    started_s = time.time()
    done = subprocess.run(
        [sys.executable, __file__, *options, "--child", repr(started_s), str(home)],
        env=environment, check=True, stdout=subprocess.PIPE, timeout=2 * PATIENCE_S,
    )  # fmt: skip
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    _tell("  ".join(f"{part} {value:.0f}" for part, value in told.items()))
    return told


def _plant(home: Path, count: int) -> None:
    from duskreel import settings as stored
    from duskreel.paths import resource
    from duskreel.settings import Settings
    from ui.many_entries import plant_many

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    plant_many(home / "diary", count)
    (home / "config").mkdir()
    film = replace(Settings(), camera=str(resource("sample.mp4")), counts_down=False, transcribes_by_itself=False)
    stored.save(film, home / "config")


def _launch(started_s: str, home: Path, *, is_real: bool) -> None:
    """In the fresh process: run the program, and take down when what happened."""
    begin_s = float(started_s)
    marks = {"interpreter": (INTERPRETER_S - begin_s) * 1000}

    def mark(part: str) -> None:
        marks.setdefault(part, (time.time() - begin_s) * 1000)

    from duskreel import __main__ as entrance
    from duskreel import settings as stored
    from duskreel.paths import Places

    if is_real:
        stored.save(replace(stored.load(home / "config"), camera=""), home / "config")
    _watch(mark, marks)
    places = Places(home / "config", home / "state", home / "models", home / "diary")
    entrance.run([], places)
    sys.stdout.write(json.dumps(marks) + "\n")


def _watch(mark: Callable[[str], None], marks: dict[str, float]) -> None:
    """Put a note into each station of the launch, without loading anything before the program does."""
    import duskreel.cli.commands as entrance

    opened = entrance._open_window

    def open_window(session: Any) -> int:
        from duskreel import app

        mark("imports")
        _note(app.Program, "__init__", before=lambda _: mark("application"), after=lambda _: mark("window"))
        _note(app.Program, "start", after=lambda program: setattr(program, "hand", Hand(program, mark, marks)))
        return opened(session)

    entrance._open_window = open_window


def _note(
    kind: type, name: str, *, before: Callable[[Any], None] = lambda _: None, after: Callable[[Any], None]
) -> None:
    original = getattr(kind, name)

    def noted(self: Any, *given: Any, **named: Any) -> Any:
        before(self)
        result = original(self, *given, **named)
        after(self)
        return result

    setattr(kind, name, noted)


class Hand:
    """Waits for the first picture, lets the window settle, starts a take, and leaves."""

    def __init__(self, program: Any, mark: Callable[[str], None], marks: dict[str, float]) -> None:
        from PySide6.QtCore import Qt, QTimer
        from PySide6.QtWidgets import QApplication

        from duskreel.capture.events import EventKind
        from duskreel.ui.record.studio import StudioState
        from duskreel.ui.widgets.preview import Preview

        self._program, self._mark, self._marks = program, mark, marks
        self._application = QApplication.instance()
        self._recording = EventKind.FIRST_PICTURE
        self._taken = StudioState.READY
        self._beats, self._longest_s = time.perf_counter(), 0.0
        self._pressed_s = 0.0
        # The take's first picture is told in the camera's thread; nothing is to wait for the window.
        program.studio._told.connect(self._hear, Qt.ConnectionType.DirectConnection)
        program.studio.state_changed.connect(lambda state: mark("ready") if state is StudioState.READY else None)
        _note(Preview, "paintEvent", after=self._painted)
        self._clock = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._beat)
        self._clock.start()
        QTimer.singleShot(PATIENCE_S * 1000, QApplication.quit)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest_s, self._beats = max(self._longest_s, now - self._beats - BEAT_MS / 1000), now
        if "record" in self._marks:
            # Unlike `quit`, without asking whether the take may end; it becomes an entry.
            self._application.exit()

    def _stall(self) -> float:
        self._beat()
        longest_s, self._longest_s = self._longest_s, 0.0
        return longest_s * 1000

    def _painted(self, preview: Any) -> None:
        from PySide6.QtCore import QTimer

        self._mark("seen")
        if not preview.picture.isNull() and "picture" not in self._marks:
            self._mark("picture")
            self._marks["stall"] = self._stall()
            QTimer.singleShot(SETTLING_MS, self._press)

    def _press(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        self._marks["later_stall"] = self._stall()
        self._pressed_s = time.time()
        QTest.keyClick(self._program.record_page, Qt.Key.Key_Space)

    def _hear(self, event: Any) -> None:
        if event.kind is self._recording:
            self._marks["record"] = (time.time() - self._pressed_s) * 1000


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=300, help="entries in the diary")
    parser.add_argument("--devices", action="store_true", help="the real camera and the real screen")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()

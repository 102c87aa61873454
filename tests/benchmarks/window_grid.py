"""Whether the diary page stays instant with thousands of entries.

Tells how long the first sight, a search and a filter take until they are painted, how long each painted frame takes
while the grid is scrolled by the wheel, and the longest time for which the window could not have answered. Painted
offscreen, where the cost is that of this program and not of a graphics driver. Run it on demand:

    python tests/benchmarks/window_grid.py [--count 5000] [--seconds 5] [--diary FOLDER]
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from duskreel.errors import DiaryError
from duskreel.library.entry import Mood
from duskreel.library.values import DiaryLocation
from duskreel.settings import Settings
from duskreel.ui import theme as themes
from duskreel.ui.diary.diary_page import DiaryPage
from duskreel.ui.diary.entry_grid import EntryGrid
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages
from duskreel.ui.preferences import Preferences
from ui.many_entries import LAST_DAY, plant_many

FRAME_MS = 16
BEAT_MS = 2
NOTCH = 120
PATIENCE_S = 60.0
WORDS = ("r", "ri", "riv", "rive", "river", "walk by the ri", "kitchen window", "a", "xylophone")


Frame = tuple[float, float]
"""how long painting took, and how long it would have taken on an idle machine, in ms"""


class Heart(QObject):
    """Beats while the window can answer; remembers the longest time without a beat."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_ms = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def forget(self) -> None:
        """Begin anew."""
        self._last, self.longest_ms = time.perf_counter(), 0.0

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000 - BEAT_MS)
        self._last = now


class Painted(QObject):
    """Notes when a widget was painted last."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.at = 0.0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Called before it is painted; what follows is part of the frame."""
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def main() -> None:
    """Make a diary, show it, and use it."""
    arguments = _arguments()
    app = QApplication([])
    themes.apply(app, themes.DARK)
    frames_ms = _time_frames()
    with tempfile.TemporaryDirectory() as name:
        folder = arguments.diary or Path(name) / "diary"
        if not arguments.diary:
            start = time.perf_counter()
            plant_many(folder, arguments.count)
            _say(f"made {arguments.count:,} entries in {time.perf_counter() - start:.1f} s")
        diary = DiaryThread(DiaryLocation(folder, Path(name) / "state"), _fail)
        preferences = Preferences(Settings(), Path(name) / "config", _fail)
        _open(diary)
        window = QMainWindow()
        page = DiaryPage(diary, preferences, Messages(window, themes.DARK), themes.DARK, lambda: LAST_DAY)
        window.setCentralWidget(page)
        window.resize(1352, 812)
        _use(window, page, diary, frames_ms, arguments.seconds)
        page.leave()
        diary.close()
        preferences.close()


def _use(window: QMainWindow, page: DiaryPage, diary: DiaryThread, frames_ms: list[Frame], seconds: float) -> None:
    heart = Heart()
    painted = Painted(page.grid.viewport())
    start = time.perf_counter()
    window.show()
    page.enter()
    _wait(lambda: page.grid.isVisible() and painted.at > 0)
    _say(f"first sight: {_since(start, painted.at)}, longest stall {heart.longest_ms:.0f} ms")
    _pause(500)
    heart.forget()
    _search(page, heart)
    heart.forget()
    _filter(page, painted)
    _say(f"filters: longest stall {heart.longest_ms:.0f} ms")
    _pause(300)
    _scroll(page, heart, frames_ms, seconds, lambda: None)
    _scroll(page, heart, frames_ms, seconds, diary.changed.emit)


def _search(page: DiaryPage, heart: Heart) -> None:
    painted = Painted(page.hits.viewport())
    nothing = Painted(page.nothing)
    took: list[float] = []
    for word in WORDS:
        page.filters.search.setText(word[:-1])
        _pause(500)
        before = time.perf_counter()
        QTest.keyClicks(page.filters.search, word[-1])
        _wait(lambda before=before: max(painted.at, nothing.at) > before + 0.1)
        took.append((max(painted.at, nothing.at) - before) * 1000)
    page.filters.clear()
    _pause(300)
    _say(
        f"search, from the key to the picture: median {sorted(took)[len(took) // 2]:.0f} ms, longest {max(took):.0f} ms"
        f" (of which 120 ms wait for the next key), longest stall {heart.longest_ms:.0f} ms"
    )


def _filter(page: DiaryPage, painted: Painted) -> None:
    took: list[float] = []
    model = page.grid.model()
    for mood in (*Mood, *Mood):
        before = time.perf_counter()
        count = model.rowCount()
        page.filters.moods[mood].click()
        _wait(lambda count=count, before=before: model.rowCount() != count and painted.at > before)
        took.append((painted.at - before) * 1000)
        _pause(100)
    _say(f"filter by mood: median {sorted(took)[len(took) // 2]:.0f} ms, longest {max(took):.0f} ms")


def _scroll(
    page: DiaryPage, heart: Heart, frames_ms: list[Frame], seconds: float, meanwhile: Callable[[], object]
) -> None:
    """Down and up again, a notch of the wheel per frame, and something once in a second."""
    frames_ms.clear()
    heart.forget()
    viewport = page.grid.viewport()
    middle = QPointF(viewport.rect().center())
    begin = time.perf_counter()
    done_s = 0
    for turn in cycle([-NOTCH] * 400 + [NOTCH] * 200):
        event = QWheelEvent(
            middle, viewport.mapToGlobal(middle), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(viewport, event)
        _pause(FRAME_MS)
        elapsed_s = time.perf_counter() - begin
        if int(elapsed_s) > done_s:
            done_s = int(elapsed_s)
            meanwhile()
        if elapsed_s > seconds:
            break
    for name, times in (("by the clock", 0), ("of processor time", 1)):
        took = sorted(frame[times] for frame in frames_ms)
        _say(
            f"scrolling, {len(took)} frames, {name}: median {took[len(took) // 2]:.1f} ms,"
            f" p99 {took[int(len(took) * 0.99)]:.1f} ms, longest {took[-1]:.1f} ms"
        )
    _say(f"scrolling: longest stall {heart.longest_ms:.0f} ms")


def _time_frames() -> list[Frame]:
    """Every painting of the grid takes down how long it took."""
    frames_ms: list[Frame] = []
    paint = EntryGrid.paintEvent

    def timed(grid: EntryGrid, event: QPaintEvent) -> None:
        start, start_cpu = time.perf_counter(), time.thread_time()
        paint(grid, event)
        frames_ms.append(((time.perf_counter() - start) * 1000, (time.thread_time() - start_cpu) * 1000))

    EntryGrid.paintEvent = timed  # type: ignore[method-assign]
    return frames_ms


def _open(diary: DiaryThread) -> None:
    is_open: list[bool] = []
    diary.open(lambda: is_open.append(True))
    _wait(lambda: bool(is_open))


def _wait(until: Callable[[], bool]) -> None:
    give_up = time.perf_counter() + PATIENCE_S
    while not until():
        if time.perf_counter() > give_up:
            raise TimeoutError
        _pause(BEAT_MS)


def _pause(duration_ms: int) -> None:
    """Let the window live. QTest.qWait would hold Python's lock meanwhile, and keep the other threads waiting."""
    loop = QEventLoop()
    QTimer.singleShot(duration_ms, loop.quit)
    loop.exec()


def _fail(error: DiaryError) -> None:
    raise SystemExit(error.what_happened)


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")


def _since(start: float, end: float) -> str:
    return f"{(end - start) * 1000:.0f} ms"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--diary", type=Path, help="one that is there already")
    return parser.parse_args()


if __name__ == "__main__":
    main()

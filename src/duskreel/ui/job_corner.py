"""The quiet place that shows what goes on in the background."""

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton, QVBoxLayout

from duskreel.timecode import clock
from duskreel.ui.background import Background, JobState
from duskreel.ui.theme import GRID_PX, Theme

SETTLED_FRACTION = 0.08
"""before this much is done, nobody can tell how long the rest takes"""


class JobCorner(QFrame):
    """A bar with a few words under it, and a way to cancel; not there while there is nothing to show."""

    def __init__(self, background: Background, theme: Theme) -> None:
        super().__init__()
        self._background, self._theme = background, theme
        self._since = QElapsedTimer()
        self._state: JobState | None = None
        self._build_ui()
        background.changed.connect(self.show_state)
        self.cancel.clicked.connect(self._cancel_running)

    def _build_ui(self) -> None:
        self.what, self.how_long = QLabel(), QLabel()
        for label in (self.what, self.how_long):
            label.setProperty("role", "small")
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.cancel = QPushButton("Stop")
        self.cancel.setProperty("role", "link")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, GRID_PX, 0, GRID_PX)
        rows.setSpacing(GRID_PX // 2)
        for widget in (self.what, self.bar, self.how_long, self.cancel):
            rows.addWidget(widget)
        self.hide()

    def show_state(self, state: JobState | None) -> None:
        """What runs now; None for nothing."""
        is_new = state is not None and (self._state is None or state.job is not self._state.job)
        self._state = state
        self.setVisible(state is not None)
        if state is None:
            return
        if is_new:
            self._since.start()
        waiting = f" (+{state.waiting})" if state.waiting else ""
        self.what.setText(f"{state.job.title}{waiting}")
        self.what.setFixedHeight(self.what.heightForWidth(self.what.width()))
        self.bar.setValue(round(state.fraction * 1000))
        self.bar.setAccessibleName(f"{state.job.title}: {state.fraction:.0%}")
        self.how_long.setText(time_left(state.fraction, self._since.elapsed()))
        self.setToolTip(f"{state.job.title}: {state.stage}" if state.stage else state.job.title)

    def _cancel_running(self) -> None:
        if self._state is not None:
            self._background.cancel(self._state.job)


def time_left(fraction: float, elapsed_ms: int) -> str:
    """How much longer something takes that has come so far in this time; empty while that is a guess."""
    if fraction < SETTLED_FRACTION:
        return ""
    left_ms = round(elapsed_ms * (1 - fraction) / fraction)
    return f"{clock(left_ms + 999)} left"

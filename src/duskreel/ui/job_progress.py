"""While something is being made that the user waits for."""

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from duskreel.ui.background import JobState
from duskreel.ui.buttons import plain_button
from duskreel.ui.job_corner import time_left
from duskreel.ui.making import Making
from duskreel.ui.theme import GRID_PX


class JobProgress(QWidget):
    """How far it is, how long it takes, and two ways to look away.

    Args:
        title: of what is made, for screen readers.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._since = QElapsedTimer()
        self._build_ui()

    def show_waiting(self, title: str = "") -> None:
        """It has been asked for and has not begun; `title` if it is another thing than the last one."""
        self._title = title or self._title
        self._since.invalidate()
        self.show_stage("Beginning…", 0.0)

    def show_of(self, making: Making, state: JobState) -> None:
        """It is being made, or something else is done first."""
        if not making.is_own(state.job):
            self.show_stage(f"First: {state.job.title.lower()}…", 0.0)
            return
        if not self._since.isValid():
            self._since.start()
        self.show_stage(f"{state.stage or 'Beginning'}…", state.fraction)
        self.left.setText(time_left(state.fraction, self._since.elapsed()))

    def show_stage(self, stage: str, fraction: float) -> None:
        """What is done now."""
        self.stage.setText(stage)
        self.left.setText("")
        self.bar.setValue(round(fraction * 1000))
        self.bar.setAccessibleName(f"{self._title}: {fraction:.0%}")

    def _build_ui(self) -> None:
        self.stage, self.left = QLabel(), QLabel()
        self.left.setProperty("role", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.cancel = plain_button("Stop")
        self.hide_away = plain_button("Go on in the background")
        words = QHBoxLayout()
        words.addWidget(self.stage)
        words.addStretch()
        words.addWidget(self.left)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID_PX)
        buttons.addStretch()
        buttons.addWidget(self.hide_away)
        buttons.addWidget(self.cancel)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID_PX)
        rows.addLayout(words)
        rows.addWidget(self.bar)
        rows.addLayout(buttons)

"""Three seconds to breathe before a recording."""

from PySide6.QtCore import QObject, QTimer, Signal

SECONDS = 3


class Countdown(QObject):
    """Counts from three to one, unless it is cancelled."""

    ticked = Signal(object)
    """with the number to show, or None when it is over"""
    finished = Signal()

    def __init__(self, *, interval_ms: int = 1_000) -> None:
        super().__init__()
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._tick)

    @property
    def is_running(self) -> bool:
        """Whether it counts."""
        return self._timer.isActive()

    def begin(self) -> None:
        """Count."""
        self._left = SECONDS
        self._timer.start()
        self.ticked.emit(self._left)

    def cancel(self) -> None:
        """Do not go on."""
        if self.is_running:
            self._timer.stop()
            self.ticked.emit(None)

    def _tick(self) -> None:
        self._left -= 1
        if self._left > 0:
            self.ticked.emit(self._left)
            return
        self.cancel()
        self.finished.emit()

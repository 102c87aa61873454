"""Python's collector of reference cycles, kept to the window's thread."""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 500


class Garbage(QObject):
    """Collects as often as Python would, but never in another thread.

    Left alone, the collector runs in whichever thread has just made an object: a closed dialog would be taken apart in
    the thread that looks for faces, and Qt ends the program when widgets and timers are deleted there.
    """

    def __init__(self) -> None:
        super().__init__()
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._collect)

    def start(self) -> None:
        """From now on, nobody else collects."""
        gc.disable()
        self._looking.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._looking.stop()
        gc.enable()

    def _collect(self) -> None:
        """The oldest generation that is due, as Python does it: the younger ones are part of it."""
        due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if any(due):
            gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))

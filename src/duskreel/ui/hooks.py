"""What reaches the window from outside its event loop: the system's signals, and bugs that nobody has caught."""

import signal
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

SIGNALS_EVERY_MS = 250


def end_with_signals(app: QApplication) -> None:
    """Ctrl-C in a terminal, and a system that shuts down, close the window without asking; a take is kept."""
    for number in (signal.SIGINT, signal.SIGTERM):
        # Not `quit`, which asks the window first, and the window asks the user. Through the event loop, since before
        # that runs `exit` does nothing.
        signal.signal(number, lambda _number, _frame: QTimer.singleShot(0, app, lambda: app.exit(0)))
    # Python looks at signals only while it runs; Qt's event loop would keep it waiting for the next event.
    clock = QTimer(app)
    clock.timeout.connect(lambda: None)
    clock.start(SIGNALS_EVERY_MS)


def tell_of_bugs(tell: Callable[[str], None]) -> None:
    """Bugs are told, with their traceback; the window stays open, since what is being recorded must go on.

    Args:
        tell: called from any thread.
    """

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(details)
        tell(details)

    def told_by_thread(found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            told(found.exc_type, found.exc_value, found.exc_traceback)

    sys.excepthook = told
    threading.excepthook = told_by_thread

"""The one Qt application object that a process may have."""

import sys
from functools import cache

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QGuiApplication

QUIET = (
    # Qt would warn of scripts that a bundled face does not have, although another font then steps in;
    "qt.text.font.db=false",
    # and of sound servers that are not here, although it then uses the one that is.
    "qt.multimedia.symbolsresolver=false",
    "qt.multimedia.ffmpeg.info=false",
    # which it says in no category of its own.
    "default.warning=false",
)


def hush() -> None:
    """Keep Qt from telling users what they need not know; before it looks for devices."""
    QLoggingCategory.setFilterRules("\n".join(QUIET))


@cache
def qt_application() -> QGuiApplication:
    """The window's own application object where there is one, else one that needs no display.

    Devices would be content with a QCoreApplication, but a process that has one can paint no captions any more.
    """
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    hush()
    # The offscreen platform needs no display. Elsewhere it would not know the system's fonts, and none is needed.
    platform = ["-platform", "offscreen"] if sys.platform.startswith("linux") else []
    return QGuiApplication(["duskreel", *platform])


def let_qt_look() -> None:
    """Let Qt learn of devices that come and go, in a program without an event loop of its own."""
    qt_application().processEvents()

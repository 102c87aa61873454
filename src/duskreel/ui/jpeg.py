"""JPEG files to pictures on the screen, in any thread."""

from io import BytesIO

from PIL import Image
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage


def decoded(jpeg: bytes, room: QSize, aspect: Qt.AspectRatioMode) -> QImage:
    """A picture scaled to a size, by `aspect`; a null one if it cannot be read.

    Not by QImageReader: it reads from a device of ours inside a lock of Qt's, and for that it needs Python's lock. A
    second thread that has Python's and asks for Qt's would wait for ever.
    """
    try:
        with Image.open(BytesIO(jpeg), formats=["JPEG"]) as picture:
            size = QSize(*picture.size).scaled(room, aspect)
            # The decoder makes a small picture of a large one in a fraction of the time.
            picture.draft("RGB", (size.width(), size.height()))
            scaled = picture.convert("RGB").resize((size.width(), size.height()), Image.Resampling.BILINEAR)
    except (OSError, ValueError):
        return QImage()
    return QImage(scaled.tobytes(), scaled.width, scaled.height, scaled.width * 3, QImage.Format.Format_RGB888).copy()

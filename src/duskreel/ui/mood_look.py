"""How moods look beyond the five: means between two of them, and what can be read on their colours."""

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from duskreel.library.entry import Mood
from duskreel.ui import icons
from duskreel.ui.theme import Theme, contrast

FACE_SHARE = 0.72
"""of the badge that it is painted on"""


def mean_colour(theme: Theme, mean: float | None) -> QColor:
    """The colour of a mean of moods, mixed of its two neighbours'."""
    if mean is None:
        return theme.mood(None)
    lower = min(int(mean), int(Mood.GOOD))
    share = mean - lower
    one, other = QColor(theme.moods[lower - 1]), QColor(theme.moods[lower])
    return QColor.fromRgbF(
        one.redF() + share * (other.redF() - one.redF()),
        one.greenF() + share * (other.greenF() - one.greenF()),
        one.blueF() + share * (other.blueF() - one.blueF()),
    )


def ink_on(theme: Theme, colour: QColor) -> str:
    """What can be read best on a mood's colour."""
    return max((theme.on_accent, "#ffffff"), key=lambda ink: contrast(ink, colour.name()))


def icon_name(mood: Mood | None) -> str:
    """Of the face that goes with a mood."""
    return "mood-none" if mood is None else f"mood-{int(mood)}"


def badge(theme: Theme, mood: Mood | None, colour: QColor, size_px: int) -> QPixmap:
    """A face on a disc of so many real pixels, painted once."""
    return _badge(icon_name(mood), colour.name(), ink_on(theme, colour) if mood else theme.text, size_px)


@lru_cache(maxsize=512)
def _badge(name: str, colour: str, ink: str, size_px: int) -> QPixmap:
    disc = QPixmap(size_px, size_px)
    disc.fill(Qt.GlobalColor.transparent)
    painter = QPainter(disc)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(0, 0, size_px, size_px)
    face = QRectF(0, 0, FACE_SHARE * size_px, FACE_SHARE * size_px)
    face.moveCenter(QRectF(0, 0, size_px, size_px).center())
    icons.paint(painter, name, face, QColor(ink))
    painter.end()
    return disc

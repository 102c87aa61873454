"""What the colours and faces of days mean."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from duskreel.library.entry import Mood
from duskreel.ui.icons import device_pixels
from duskreel.ui.mood_look import badge
from duskreel.ui.theme import GRID_PX, Theme

DISC_PX = 2 * GRID_PX + GRID_PX // 2


class Legend(QWidget):
    """The five moods and days without one, in a line.

    Args:
        mood_names: of the five.
        theme: of colours.
    """

    def __init__(self, mood_names: tuple[str, ...], theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        moods: list[tuple[Mood | None, str]] = [*zip(Mood, mood_names, strict=True), (None, "no mood")]
        for mood, name in moods:
            sign, label = QLabel(), QLabel(name)
            sign.setPixmap(_disc(theme, mood))
            sign.setFixedSize(QSize(DISC_PX, DISC_PX))
            label.setProperty("role", "small")
            row.addWidget(sign)
            row.addWidget(label)
            row.addSpacing(GRID_PX)
        row.addStretch()


def _disc(theme: Theme, mood: Mood | None) -> QPixmap:
    disc = QPixmap(badge(theme, mood, theme.mood(mood), device_pixels(DISC_PX)))
    disc.setDevicePixelRatio(disc.width() / DISC_PX)
    return disc

"""How captions may look, to choose from: a small sample of each style, by the painter that makes the captions."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QLinearGradient, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QToolButton

from duskreel.ui import icons
from duskreel.ui.theme import GRID_PX
from duskreel.ui.widgets.choice_row import ChoiceRow
from duskreel.ui.worker import Worker

if TYPE_CHECKING:
    from duskreel.export.painter import PaintedPage

OFF = None
STYLES = (("calm", "Calm"), ("karaoke", "Karaoke"), ("pop", "Word pop"), ("subtitle", "Subtitle"), (OFF, "Off"))
WORDS = {"calm": ("one day",), "karaoke": ("one", "day"), "pop": ("day",), "subtitle": ("one day",)}
SAMPLE = QSize(9 * GRID_PX, 6 * GRID_PX)
SCALE = 0.2
"""of a sample to the short itself: small, and still to be read"""
DUSK = ("#4a3f7a", "#a9647a")
"""behind the sample, from top to bottom, as an evening picture might be"""


class CaptionCards(ChoiceRow):
    """The value is a style's name, or None for no captions.

    Args:
        style: chosen at first; the first one where there is none of this name.
    """

    def __init__(self, style: str) -> None:
        known = [name for name, _ in STYLES]
        wanted = OFF if style == "off" else style
        super().__init__("Captions", STYLES, wanted if wanted in known else known[0], _card)
        for style_name in known:
            self.button(style_name).setIcon(_pictured(QImage() if style_name else _nothing(), self.devicePixelRatioF()))

    def paint_samples(self, worker: Worker) -> None:
        """Show what the styles look like, once the worker has painted it."""
        worker.run(_samples, self._show, owner=self)

    def _show(self, samples: "dict[str, PaintedPage]") -> None:
        for name, page in samples.items():
            rows, columns, _ = page.rgba.shape
            image = QImage(page.rgba.data, columns, rows, QImage.Format.Format_RGBA8888_Premultiplied)
            self.button(name).setIcon(_pictured(image, self.devicePixelRatioF()))


def _card(label: str) -> QAbstractButton:
    card = QToolButton()
    card.setText(label)
    card.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    card.setIconSize(SAMPLE)
    return card


def _samples() -> "dict[str, PaintedPage]":
    from duskreel.export.preview import sample_of

    return {name: sample_of(name, *words) for name, words in WORDS.items()}


def _pictured(caption: QImage, ratio: float) -> QIcon:
    """A caption in the middle of an evening."""
    pixmap = QPixmap(SAMPLE * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    evening = QLinearGradient(0, 0, 0, SAMPLE.height())
    evening.setColorAt(0, QColor(DUSK[0]))
    evening.setColorAt(1, QColor(DUSK[1]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(evening)
    painter.drawRoundedRect(QRectF(0, 0, SAMPLE.width(), SAMPLE.height()), GRID_PX, GRID_PX)
    area = QRectF(0, 0, caption.width() * SCALE, caption.height() * SCALE)
    area.moveCenter(QRectF(0, 0, SAMPLE.width(), SAMPLE.height()).center())
    painter.drawImage(area, caption)
    painter.end()
    return QIcon(pixmap)


def _nothing() -> QImage:
    """The sign for no captions, as large as a caption is."""
    return icons.picture("minus", "#ffffff", round(3 * GRID_PX / SCALE)).toImage()

"""What is to be known before something is made, said without raising the voice."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from duskreel.ui.icons import device_pixels, picture
from duskreel.ui.theme import GRID_PX, Theme

SIGN_PX = 20


class Remarks(QWidget):
    """Sentences beside a sign; not there while there are none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sign, self._words = QLabel(), QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        row.addWidget(self._sign, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, stretch=1)
        self.hide()

    def tell(self, sentences: Sequence[str], *, is_refusal: bool) -> None:
        """Say these; a refusal has another sign."""
        name, colour = ("warning", self._theme.danger) if is_refusal else ("info", self._theme.muted)
        image = picture(name, colour, device_pixels(SIGN_PX))
        image.setDevicePixelRatio(image.width() / SIGN_PX)
        self._sign.setPixmap(image)
        self._words.setText("\n".join(sentences))
        self.setVisible(bool(sentences))

    def text(self) -> str:
        """What is said."""
        return self._words.text()

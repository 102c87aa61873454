"""The calm panel for what is missing: what it is, and what can be done about it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from duskreel.ui.buttons import plain_button
from duskreel.ui.icons import device_pixels, picture
from duskreel.ui.messages import Action
from duskreel.ui.theme import GRID_PX, Theme

ICON_PX = 7 * GRID_PX
WIDEST_PX = 60 * GRID_PX


class Panel(QFrame):
    """An icon, a line, a sentence and perhaps a button, in the middle of whatever room there is.

    Args:
        icon: name of the icon.
        title: what it is, in a few words.
        text: what to do about it; may be empty.
        theme: for the icon.
        action: a button under the text; None for none.
    """

    def __init__(self, icon: str, title: str, text: str, theme: Theme, action: Action | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._do = action.do if action else None
        self._build_ui()
        self.button.clicked.connect(self._act)
        self.show_what(icon, title, text, action)

    def show_what(self, icon: str, title: str, text: str, action: Action | None = None) -> None:
        """Say something else; arguments as for the constructor."""
        self._do = action.do if action else None
        image = picture(icon, self._theme.muted, device_pixels(ICON_PX))
        image.setDevicePixelRatio(image.width() / ICON_PX)
        self._sign.setPixmap(image)
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.button.setText(action.label if action else "")
        self.button.setVisible(action is not None)
        self.setAccessibleName(f"{title} {text}".strip())

    def _build_ui(self) -> None:
        self._sign, self.title, self.text = QLabel(), QLabel(), QLabel()
        self.title.setProperty("role", "title")
        self.text.setProperty("role", "muted")
        for label in (self.title, self.text):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._sign.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button: QPushButton = plain_button("")
        column = QWidget()
        column.setMaximumWidth(WIDEST_PX)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addStretch()
        for widget, gap in ((self._sign, 2), (self.title, 1), (self.text, 3)):
            rows.addWidget(widget)
            rows.addSpacing(gap * GRID_PX)
        rows.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch()
        across = QHBoxLayout(self)
        across.setContentsMargins(3 * GRID_PX, 3 * GRID_PX, 3 * GRID_PX, 3 * GRID_PX)
        across.addStretch()
        across.addWidget(column, stretch=1)
        across.addStretch()

    def _act(self) -> None:
        if self._do is not None:
            self._do()

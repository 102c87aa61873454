"""The first page of the dialog: what a reel is, and what this one is to be like."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from duskreel.ui.reel.reel_options import ReelOptions
from duskreel.ui.theme import GRID_PX

WHAT_IT_IS = (
    "A reel looks back with one short moment of each day. Duskreel looks through the clips for good ones; then you"
    " see them all, and may exchange each or leave its day out."
)
PROMISE = "What you keep out of memories stays out. The file is made on this computer and goes nowhere."


class OptionsPage(QWidget):
    """A few words and the choices."""

    def __init__(self) -> None:
        super().__init__()
        self.options = ReelOptions()
        words, promise = QLabel(WHAT_IT_IS), QLabel(PROMISE)
        promise.setProperty("role", "small")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(3 * GRID_PX)
        for widget in (words, self.options, promise):
            if isinstance(widget, QLabel):
                widget.setWordWrap(True)
            rows.addWidget(widget)
        rows.addStretch()

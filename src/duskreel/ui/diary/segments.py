"""A switch between a few ways to see the same thing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton


class Segments(QFrame):
    """Labels side by side, of which one is chosen.

    Args:
        name: of the whole, for those who cannot see it.
        labels: in order; the first is chosen.
    """

    chosen = Signal(str)
    """with the label, when the user chooses"""

    def __init__(self, name: str, labels: tuple[str, ...]) -> None:
        super().__init__()
        self.setProperty("role", "segments")
        self.setAccessibleName(name)
        self.buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(3)
        for label in labels:
            button = self.buttons[label] = QPushButton(label)
            button.setProperty("role", "segment")
            button.setCheckable(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(self._choose)
            group.addButton(button)
            row.addWidget(button)
        self.set_chosen(labels[0])

    def set_chosen(self, label: str) -> None:
        """Show another choice; `chosen` is not emitted."""
        self.buttons[label].setChecked(True)

    def _choose(self) -> None:
        self.chosen.emit(next(label for label, button in self.buttons.items() if button.isChecked()))

"""A row of buttons of which exactly one is chosen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from duskreel.ui.theme import GRID_PX


class Chip(QPushButton):
    """A round button with a few words; as wide when it is not chosen as when it is, and then its words are bold."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.setProperty("role", "chip")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """With room for bold words."""
        usual, bold = super().sizeHint(), QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        width = QFontMetrics(bold).horizontalAdvance(self.text()) + 4 * GRID_PX
        return QSize(max(usual.width(), width), usual.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As `sizeHint`: words are not cut."""
        return self.sizeHint()


class ChoiceRow(QWidget):
    """Buttons beside each other; the arrow keys go from one to the next.

    Args:
        name: for screen readers.
        choices: values with their labels.
        value: the one that is chosen at first.
        build: makes the button of a label.
    """

    chosen = Signal()
    """by the user; `value` tells which one"""

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[object, str]],
        value: object,
        build: Callable[[str], QAbstractButton] = Chip,
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        # As high as its buttons want to be: the style sheet's least height of a button would let them shrink.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._values = [value for value, _ in choices]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        for number, (_, label) in enumerate(choices):
            button = build(label)
            button.setAccessibleName(f"{name}: {label}")
            button.setCheckable(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch()
        self.choose(value)
        self._group.idClicked.connect(lambda _: self.chosen.emit())

    @property
    def value(self) -> object:
        """Of the chosen button."""
        return self._values[self._group.checkedId()]

    def choose(self, value: object) -> None:
        """Choose without telling anybody."""
        self.button(value).setChecked(True)

    def button(self, value: object) -> QAbstractButton:
        """The one that stands for a value."""
        return self._group.button(self._values.index(value))

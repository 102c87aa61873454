"""Fields for settings, named for screen readers."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QDoubleSpinBox

from duskreel.ui.theme import GRID_PX

MOST_SECONDS = 5.0


@dataclass(frozen=True)
class Choice:
    """One of several: what is kept, and what is read."""

    value: str
    label: str


class QuietComboBox(QComboBox):
    """Does not change when somebody scrolls the page over it."""

    def wheelEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Left to the page."""
        event.ignore()  # type: ignore[attr-defined]


class QuietSpinBox(QDoubleSpinBox):
    """Likewise."""

    def wheelEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Left to the page."""
        event.ignore()  # type: ignore[attr-defined]


def choice_box(name: str, choices: Sequence[Choice], chosen: str) -> QComboBox:
    """A list to choose from; the first one where `chosen` is not among them."""
    box = QuietComboBox()
    box.setAccessibleName(name)
    fill(box, choices, chosen)
    return box


def fill(box: QComboBox, choices: Sequence[Choice], chosen: str) -> None:
    """Offer these instead of what was offered."""
    box.clear()
    for choice in choices:
        box.addItem(choice.label, choice.value)
    choose(box, chosen)


def choose(box: QComboBox, chosen: str) -> None:
    """Show this one of what is offered, without telling anybody."""
    box.setCurrentIndex(max(box.findData(chosen), 0))


def seconds_box(name: str, value_ms: int) -> QDoubleSpinBox:
    """A time in seconds, to the twentieth."""
    box = QuietSpinBox()
    box.setAccessibleName(name)
    box.setRange(0.0, MOST_SECONDS)
    box.setSingleStep(0.05)
    box.setDecimals(2)
    box.setSuffix(" s")
    box.setValue(value_ms / 1000)
    # The style sheet's padding does not reach the field inside.
    box.lineEdit().setTextMargins(GRID_PX, 0, 0, 0)
    return box

"""What a reel is to be like: decided before its moments are chosen, and open to second thoughts."""

from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from duskreel.export.recap import Shape
from duskreel.memories.recap import MomentKind
from duskreel.ui.widgets.choice_row import ChoiceRow
from duskreel.ui.widgets.rows import fill_table, in_a_row


@dataclass(frozen=True)
class ReelWishes:
    """What the user wants."""

    shape: Shape
    kind: MomentKind
    keeps_hard_days: bool
    has_labels: bool
    is_muted: bool
    has_captions: bool


class ReelOptions(QWidget):
    """A row for each of them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shape = ChoiceRow("Shape", (("vertical", "Upright"), ("landscape", "Wide")), "vertical")
        self.kind = ChoiceRow("Of each day", (("second", "A second"), ("sentence", "A sentence")), "second")
        self.hard_days = ChoiceRow("Hard days", ((True, "Keep"), (False, "Leave out")), value=True)
        self.labels = QCheckBox("The date in a corner")
        self.sound = QCheckBox("Sound")
        self.captions = QCheckBox("What is said, written on it")
        for box in (self.labels, self.sound):
            box.setChecked(True)
        for box in (self.labels, self.sound, self.captions):
            box.toggled.connect(self.changed)
        for row in (self.shape, self.kind, self.hard_days):
            row.chosen.connect(self.changed)
        fill_table(
            self,
            (
                ("Of each day", self.kind),
                ("Hard days", self.hard_days),
                ("Shape", self.shape),
                ("With", in_a_row(self.labels, self.sound, self.captions)),
            ),
        )

    @property
    def wishes(self) -> ReelWishes:
        """As chosen now."""
        return ReelWishes(
            shape=cast("Shape", self.shape.value),
            kind=cast("MomentKind", self.kind.value),
            keeps_hard_days=bool(self.hard_days.value),
            has_labels=self.labels.isChecked(),
            is_muted=not self.sound.isChecked(),
            has_captions=self.captions.isChecked(),
        )

"""What can be done about a finding, as buttons of which one is chosen, or none yet."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QWidget

from duskreel.library.review_notes import CHOICES, Choice
from duskreel.ui.icons import SIZE_PX, icon, picture
from duskreel.ui.share.finding_wording import CHOICE_ICONS, LABELS
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.choice_row import Chip
from duskreel.ui.widgets.flow import FlowLayout

SIGN_PX = 14
"""with larger ones, the five would need two rows"""


class ChoiceChips(QWidget):
    """The arrow keys go from one to the next; pressing the chosen one takes the choice back.

    Args:
        about: what it is about, for screen readers.
        theme: of the icons.
    """

    chosen = Signal(object)
    """with the `Choice`, or None"""

    def __init__(self, about: str, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(f"What to do about {about}")
        self._choice: Choice | None = None
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        row = FlowLayout(spacing_px=GRID_PX // 2)
        self.setLayout(row)
        self._chips: dict[Choice, Chip] = {}
        for number, (choice, label, meaning) in enumerate(LABELS):
            self._chips[choice] = chip = Chip(label)
            chip.setIcon(_sign(choice, theme))
            chip.setIconSize(QSize(SIGN_PX, SIGN_PX))
            chip.setCheckable(True)
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            chip.setAccessibleName(f"{label}: {about}")
            chip.setToolTip(f"{meaning} ({number + 1})")
            self._group.addButton(chip, number)
            row.addWidget(chip)
            # While more cards come, there is less room than there will be; chips would be cut for that moment.
            chip.ensurePolished()
            self.setMinimumHeight(chip.sizeHint().height())
        self._group.idClicked.connect(lambda number: self._press(LABELS[number][0]))

    @property
    def choice(self) -> Choice | None:
        """The one that is chosen."""
        return self._choice

    def show_choice(self, choice: Choice | None) -> None:
        """Choose without telling anybody."""
        self._choice = choice
        for each, chip in self._chips.items():
            chip.setChecked(each == choice)

    def press(self, number: int) -> None:
        """Choose by place, from 1."""
        if 1 <= number <= len(CHOICES):
            self._group.button(number - 1).click()

    def button(self, choice: Choice) -> Chip:
        """The one that stands for a choice."""
        return self._chips[choice]

    def _press(self, choice: Choice) -> None:
        self.show_choice(None if choice == self._choice else choice)
        self.chosen.emit(self._choice)


def _sign(choice: Choice, theme: Theme) -> QIcon:
    """What it does; a tick where it is chosen, since a frame may also mean the focus."""
    sign = QIcon(icon(CHOICE_ICONS[choice], theme.text))
    sign.addPixmap(picture("check", theme.chosen, 2 * SIZE_PX), QIcon.Mode.Normal, QIcon.State.On)
    return sign

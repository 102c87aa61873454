"""What can be done with several entries at once, over the list in which they are chosen."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from duskreel.memories.wording import entries
from duskreel.ui.buttons import icon_button, plain_button
from duskreel.ui.theme import GRID_PX, Theme


class PickedBar(QFrame):
    """Says how many entries are chosen, and offers what can be done with them.

    Args:
        parent: at whose lower edge it lies.
        theme: of colours.
    """

    star_asked = Signal()
    bin_asked = Signal()
    more_asked = Signal()
    left = Signal()
    came_or_went = Signal()
    """it covers more or less of what lies below it"""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self.count = QLabel()
        self.star = plain_button("Star", "star-filled", theme)
        self.bin = plain_button("Move to the bin", "bin", theme)
        self.more = plain_button("More", "more", theme)
        self.more.setAccessibleName("More that can be done with the chosen entries")
        self.leave = icon_button("close", "Choose none (Esc)", theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID_PX, GRID_PX, GRID_PX, GRID_PX)
        row.setSpacing(GRID_PX)
        for widget in (self.count, self.star, self.bin, self.more, self.leave):
            row.addWidget(widget)
        for button, asked in (
            (self.star, self.star_asked),
            (self.bin, self.bin_asked),
            (self.more, self.more_asked),
            (self.leave, self.left),
        ):
            button.clicked.connect(asked)
        self.hide()

    def show_count(self, count: int) -> None:
        """Be there while something is chosen."""
        self.count.setText(f"{entries(count)} chosen")
        self.setAccessibleName(self.count.text())
        is_new = self.isHidden() is (count > 0)
        if is_new:
            self._give_keys_back()
            self.setVisible(count > 0)
        self.place()
        if is_new:
            self.came_or_went.emit()

    @property
    def covered_px(self) -> int:
        """How much of the lower edge it lies on."""
        return 0 if self.isHidden() else self.height() + 2 * GRID_PX

    def menu_place(self) -> QPoint:
        """Where on the screen a menu of more belongs."""
        return self.more.mapToGlobal(QPoint(0, 0))

    def place(self) -> None:
        """In the middle of the lower edge."""
        around = self.parentWidget()
        if around is not None:
            self.adjustSize()
            left = max((around.width() - self.width()) // 2, 0)
            self.move(left, around.height() - self.height() - 2 * GRID_PX)
            self.raise_()

    def _give_keys_back(self) -> None:
        """To the list, so that they do not go on to whatever comes next when this is gone."""
        around, focused = self.parentWidget(), self.focusWidget()
        if around is not None and focused is not None and focused.hasFocus():
            around.setFocus(Qt.FocusReason.OtherFocusReason)

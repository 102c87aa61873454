"""Tags as chips, and a field to add one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QWidget

from duskreel.ui.icons import icon
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.flow import FlowLayout

FIELD_WIDTH_PX = 18 * GRID_PX


class TagField(QWidget):
    """Shows tags. A click on one takes it away; Enter or a comma adds what is in the field."""

    changed = Signal(object)
    """with the tuple of tags, when the user changes it"""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tags: tuple[str, ...] = ()
        self._chips: list[QPushButton] = []
        self._build_ui()
        self.field.returnPressed.connect(self.add_typed)
        self.field.textEdited.connect(self._split_at_comma)

    @property
    def tags(self) -> tuple[str, ...]:
        """As shown."""
        return self._tags

    @property
    def chips(self) -> list[QPushButton]:
        """One for each tag."""
        return self._chips

    def set_tags(self, tags: tuple[str, ...]) -> None:
        """Show others; `changed` is not emitted, and what is being typed stays."""
        if tags == self._tags and len(self._chips) == len(tags):
            return
        self._tags = tags
        had_focus = any(chip.hasFocus() for chip in self._chips)
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [self._built_chip(tag) for tag in tags]
        self._flow.set_order([*self._chips, self.field])
        for chip in self._chips:
            chip.show()
        if had_focus:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    def add_typed(self) -> None:
        """Make a tag of what is in the field."""
        typed = " ".join(self.field.text().strip(" ,#").split())
        self.field.clear()
        if typed and typed.casefold() not in (tag.casefold() for tag in self._tags):
            self._change((*self._tags, typed))

    def _build_ui(self) -> None:
        self._flow = FlowLayout()
        self.setLayout(self._flow)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Add a tag")
        self.field.setAccessibleName("Add a tag")
        self.field.setProperty("role", "chip")
        self.field.setFixedWidth(FIELD_WIDTH_PX)
        self._flow.set_order([self.field])
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _built_chip(self, tag: str) -> QPushButton:
        chip = QPushButton(tag)
        chip.setProperty("role", "chip")
        chip.setIcon(icon("close", self._theme.muted))
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setAccessibleName(f"Take the tag {tag} away")
        chip.setToolTip(f"Take “{tag}” away")
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        chip.clicked.connect(lambda: self._change(tuple(each for each in self._tags if each != tag)))
        return chip

    def _split_at_comma(self, text: str) -> None:
        if "," in text:
            self.add_typed()

    def _change(self, tags: tuple[str, ...]) -> None:
        self.set_tags(tags)
        self.changed.emit(tags)

"""A dialog with more lines than a message holds: what would be done, what was found, why something was left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QSizePolicy, QWidget

from duskreel.ui.buttons import main_button, plain_button
from duskreel.ui.dialog_layout import lay_out
from duskreel.ui.theme import GRID_PX

USUAL = QSize(80 * GRID_PX, 60 * GRID_PX)


@dataclass(frozen=True)
class Section:
    """Lines under a heading."""

    heading: str
    """"" for none"""
    lines: tuple[str, ...]


def sections(*parts: tuple[str, Iterable[str]]) -> list[Section]:
    """Those of headings and lines that have lines."""
    made = [Section(heading, tuple(lines)) for heading, lines in parts]
    return [section for section in made if section.lines]


class ListDialog(QDialog):
    """Lines that can be scrolled through and copied, and perhaps a question about them.

    Args:
        parent: over which it is shown.
        heading: a short sentence.
        detail: what is to be known before the lines; "" for none.
        parts: the lines.
        yes: what the main button says; "" for none. Who presses it accepts the dialog.
        no: what the other one says.
    """

    def __init__(
        self,
        parent: QWidget,
        heading: str,
        detail: str,
        parts: Sequence[Section],
        *,
        yes: str = "",
        no: str = "Close",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.lines = _lines(parts)
        self.lines.setAccessibleName(heading)
        self.no = plain_button(no)
        self.no.clicked.connect(self.reject)
        buttons = [self.no]
        if yes:
            self.yes = main_button(yes)
            self.yes.clicked.connect(self.accept)
            buttons.append(self.yes)
        self.no.setDefault(True)
        self.lines.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        lay_out(self, heading, [*([_label(detail)] if detail else []), self.lines], buttons)
        self.resize(USUAL.boundedTo(parent.window().size() - QSize(8 * GRID_PX, 8 * GRID_PX)))
        self.lines.setFocus()


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _lines(parts: Sequence[Section]) -> QPlainTextEdit:
    shown = QPlainTextEdit()
    shown.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    shown.setTabChangesFocus(True)
    bold, plain = QTextCharFormat(), QTextCharFormat()
    bold.setFontWeight(QFont.Weight.DemiBold)
    cursor = QTextCursor(shown.document())
    for number, part in enumerate(parts):
        if number:
            cursor.insertText("\n\n", plain)
        if part.heading:
            cursor.insertText(f"{part.heading}\n", bold)
        cursor.insertText("\n".join(part.lines), plain)
    shown.moveCursor(QTextCursor.MoveOperation.Start)
    return shown

"""What a series asks, day by day: to write, to add to, to put into another order."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from duskreel.memories.series import MOST_DAYS
from duskreel.ui.buttons import icon_button
from duskreel.ui.theme import GRID_PX, Theme

QUESTIONS = Qt.ItemDataRole.UserRole
LIST_LINES, EDITOR_LINES = 4, 3
NOTHING_YET = "nothing yet"


class SeriesDays(QWidget):
    """A list of days, and below it the questions of the one that is chosen there.

    Args:
        prompts: of each day; none at all becomes one empty day to write into.
        theme: for the icons.
    """

    changed = Signal()

    def __init__(self, prompts: tuple[tuple[str, ...], ...], theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._build_ui()
        self._connect()
        for questions in prompts or ((),):
            self._insert(self.list.count(), "\n".join(questions))
        self.list.setCurrentRow(0)

    @property
    def prompts(self) -> tuple[tuple[str, ...], ...]:
        """The questions of each day that has one."""
        return tuple(questions for questions in self._days if questions)

    @property
    def has_gaps(self) -> bool:
        """Whether a day that has a question comes after one that has none."""
        return () in self._days[: len(self.prompts)]

    @property
    def _days(self) -> list[tuple[str, ...]]:
        return [_questions(self.list.item(row)) for row in range(self.list.count())]

    # ---- building

    def _build_ui(self) -> None:
        self.list = QListWidget()
        self.list.setObjectName("rows")
        # Rows that are measured before they are dressed stay too low.
        self.list.ensurePolished()
        self.list.setAccessibleName("Days of questions")
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(LIST_LINES * self.list.fontMetrics().lineSpacing() + 5 * GRID_PX)
        self.add = self._built_tool("plus", "Add a day", "Alt+N")
        self.remove = self._built_tool("bin", "Remove this day", "Alt+Backspace")
        self.earlier = self._built_tool("chevron-up", "Move this day up", "Alt+Up")
        self.later = self._built_tool("chevron-down", "Move this day down", "Alt+Down")
        tools = QVBoxLayout()
        tools.setSpacing(0)
        for button in (self.add, self.remove, self.earlier, self.later):
            tools.addWidget(button)
        tools.addStretch()
        above = QHBoxLayout()
        above.setSpacing(GRID_PX)
        above.addWidget(self.list, stretch=1)
        above.addLayout(tools)
        self.editor = QPlainTextEdit()
        self.editor.setTabChangesFocus(True)
        self.editor.setPlaceholderText("What to talk about on this day; one question in a line")
        self.editor.setMinimumHeight(EDITOR_LINES * self.editor.fontMetrics().lineSpacing() + 3 * GRID_PX)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID_PX)
        rows.addLayout(above, stretch=3)
        rows.addWidget(self.editor, stretch=2)

    def _built_tool(self, name: str, label: str, keys: str) -> QToolButton:
        button = icon_button(name, label, self._theme)
        shown = QKeySequence(keys)
        button.setToolTip(f"{label} ({shown.toString(QKeySequence.SequenceFormat.NativeText)})")
        # A button's own shortcut would be told to nobody while it is disabled, and be typed into the editor.
        QShortcut(shown, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(button.click)
        return button

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show_day)
        self.editor.textChanged.connect(self._take_text)
        moves: tuple[tuple[QToolButton, Callable[[], object]], ...] = (
            (self.add, self._add_day),
            (self.remove, self._remove_day),
            (self.earlier, lambda: self._move(-1)),
            (self.later, lambda: self._move(1)),
        )
        for button, do in moves:
            button.clicked.connect(do)

    # ---- what the user does

    def _add_day(self) -> None:
        """After the one that is chosen."""
        row = self.list.currentRow() + 1
        self._insert(row, "")
        self.list.setCurrentRow(row)
        self._tell()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove_day(self) -> None:
        self.list.takeItem(self.list.currentRow())
        if not self.list.count():
            self._insert(0, "")
            self.list.setCurrentRow(0)
        self._tell()

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        text = self.list.item(row).data(QUESTIONS)
        other = self.list.item(row + step)
        self.list.item(row).setData(QUESTIONS, other.data(QUESTIONS))
        other.setData(QUESTIONS, text)
        self.list.setCurrentRow(row + step)
        self._tell()

    def _take_text(self) -> None:
        self.list.currentItem().setData(QUESTIONS, self.editor.toPlainText())
        self._tell()

    # ---- what is shown

    def _insert(self, row: int, text: str) -> None:
        item = QListWidgetItem()
        item.setData(QUESTIONS, text)
        self.list.insertItem(row, item)
        self._number()

    def _tell(self) -> None:
        self._number()
        self._show_day(self.list.currentRow())
        self.changed.emit()

    def _number(self) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            questions = _questions(item)
            more = f"  (+{len(questions) - 1})" if len(questions) > 1 else ""
            item.setText(f"Day {row + 1}: {questions[0] if questions else NOTHING_YET}{more}")

    def _show_day(self, row: int) -> None:
        if row < 0:
            return
        text = self.list.item(row).data(QUESTIONS)
        if self.editor.toPlainText() != text:
            self.editor.blockSignals(True)
            self.editor.setPlainText(text)
            self.editor.blockSignals(False)
        self.editor.setAccessibleName(f"Questions of day {row + 1}, one in a line")
        last = self.list.count() - 1
        self.add.setEnabled(last + 1 < MOST_DAYS)
        self.remove.setEnabled(last > 0 or bool(text))
        for button, is_able, name in ((self.earlier, row > 0, "up"), (self.later, row < last, "down")):
            button.setEnabled(is_able)
            button.setAccessibleName(f"Move day {row + 1} {name}")


def _questions(item: QListWidgetItem) -> tuple[str, ...]:
    """One in a line."""
    lines = (line.strip() for line in item.data(QUESTIONS).splitlines())
    return tuple(line for line in lines if line)

"""A dialog to write a series of one's own, or to change it."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QLineEdit, QSpinBox, QWidget

from duskreel.memories.series import MOST_DAYS, Series
from duskreel.ui.buttons import main_button, plain_button
from duskreel.ui.dialog_layout import lay_out
from duskreel.ui.record.series_days import SeriesDays
from duskreel.ui.theme import GRID_PX, Theme

WIDTH_PX = 68 * GRID_PX
LONGEST_NAME = 100
USUAL_DAYS = 10
ENDLESS = "as many as there will be"
TOLD_STAYS = "What you have told already keeps its day and its question."
MOVES_UP = "A day without a question is left out, and those after it move up."


class SeriesEditor(QDialog):
    """Asks for a name, how many days, and what to talk about on each.

    Args:
        parent: over which it lies.
        series: as it is before.
        heading: what is being done.
        yes: the button that does it.
        theme: for the icons.
        is_begun: whether there is an entry of it.
    """

    wanted = Signal(object)
    """with the Series, its id and what is not asked for as they were"""

    def __init__(
        self, parent: QWidget, series: Series, heading: str, yes: str, theme: Theme, *, is_begun: bool = False
    ) -> None:
        super().__init__(parent)
        self._before = series
        self.setWindowTitle(heading)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH_PX)
        self.days_of_questions = SeriesDays(series.prompts, theme)
        self._build_ui(heading, yes, is_begun=is_begun)
        self._connect()
        self._show_state()

    @property
    def series(self) -> Series:
        """What was said so far."""
        return replace(
            self._before,
            name=" ".join(self.name.text().split()),
            description=self.about.text().strip(),
            days=self.days.value() or None,
            prompts=self.days_of_questions.prompts,
        )

    def _build_ui(self, heading: str, yes: str, *, is_begun: bool) -> None:
        self.name, self.about = QLineEdit(self._before.name), QLineEdit(self._before.description)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText("Ten mornings")
        self.about.setPlaceholderText("A sentence, if you like")
        self.about.setCursorPosition(0)
        self.days = QSpinBox()
        self.days.setRange(0, MOST_DAYS)
        self.days.setSpecialValueText(ENDLESS)
        self.days.setValue(self._before.days or 0)
        # The style sheet's padding does not reach the field inside.
        self.days.lineEdit().setTextMargins(GRID_PX + GRID_PX // 2, 0, 0, 0)
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID_PX)
        form.setVerticalSpacing(GRID_PX + GRID_PX // 2)
        for label, field in (("Name", self.name), ("About it", self.about), ("Days", self.days)):
            field.setAccessibleName(label)
            form.addRow(label, field)
        self.remark = QLabel()
        self.remark.setProperty("role", "small")
        self.remark.setWordWrap(True)
        self._stays = TOLD_STAYS if is_begun else ""
        self.no, self.yes = plain_button("Cancel"), main_button(yes)
        self.yes.setDefault(True)
        lay_out(self, heading, (form, self.days_of_questions, self.remark), (self.no, self.yes))

    def _connect(self) -> None:
        self.name.textChanged.connect(self._show_state)
        self.days.valueChanged.connect(self._show_state)
        self.days_of_questions.changed.connect(self._show_state)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        self.accepted.connect(lambda: self.wanted.emit(self.series))

    def _show_state(self) -> None:
        self.yes.setEnabled(bool(self.series.name))
        moves_up = MOVES_UP if self.days_of_questions.has_gaps else ""
        self.remark.setText(" ".join(filter(None, (moves_up, how_asked(self.series), self._stays))))


def how_asked(series: Series) -> str:
    """What becomes of the questions where there are not as many days of them as days."""
    asked = len(series.prompts)
    if not asked:
        return "Without a question of its own, a day has one of the usual ones."
    if series.days is not None and asked > series.days:
        return f"What comes after day {series.days} is not asked."
    if series.days is None or asked < series.days:
        return f"After day {asked}, they begin again from the first."
    return ""

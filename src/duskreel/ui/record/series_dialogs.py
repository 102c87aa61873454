"""A series of one's own, and how far one came with one that is told."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from duskreel.library.entry import Entry
from duskreel.memories.series import MOST_DAYS, Series
from duskreel.memories.wording import long_day
from duskreel.ui.buttons import main_button, plain_button
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.icons import icon, picture
from duskreel.ui.poster import scaled
from duskreel.ui.theme import GRID_PX, Theme

WIDTH_PX = 60 * GRID_PX
POSTER_SIZE = QSize(36 * GRID_PX, 20 * GRID_PX + GRID_PX // 4)
FACE_PX = 24
USUAL_DAYS = 10
ENDLESS = "as many as there will be"


class NewSeriesDialog(QDialog):
    """Asks for a name, how many days, and what to talk about.

    Args:
        parent: over which it lies.
    """

    wanted = Signal(object)
    """with the Series, still without an id"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("A series of your own")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH_PX)
        self._build_ui()
        self._connect()

    @property
    def series(self) -> Series:
        """What was said so far."""
        lines = (line.strip() for line in self.questions.toPlainText().splitlines())
        return Series(
            "",
            " ".join(self.name.text().split()),
            days=self.days.value() or None,
            prompts=tuple((line,) for line in lines if line),
        )

    def _build_ui(self) -> None:
        heading = QLabel("A series of your own")
        heading.setProperty("role", "lead")
        self.name = QLineEdit()
        self.name.setMaxLength(100)
        self.name.setPlaceholderText("Ten mornings")
        self.days = QSpinBox()
        self.days.setRange(0, MOST_DAYS)
        self.days.setSpecialValueText(ENDLESS)
        self.days.setValue(USUAL_DAYS)
        # The style sheet's padding does not reach the field inside.
        self.days.lineEdit().setTextMargins(GRID_PX + GRID_PX // 2, 0, 0, 0)
        self.questions = QPlainTextEdit()
        self.questions.setTabChangesFocus(True)
        self.questions.setPlaceholderText("One question in a line. They go round; none at all is fine, too.")
        form = QFormLayout()
        form.setSpacing(2 * GRID_PX)
        for label, field in (("Name", self.name), ("Days", self.days), ("Questions", self.questions)):
            field.setAccessibleName(label)
            form.addRow(label, field)
        self.cancel, self.begin = plain_button("Cancel"), main_button("Begin")
        self.begin.setEnabled(False)
        self.begin.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.begin)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(3 * GRID_PX, 3 * GRID_PX, 3 * GRID_PX, 2 * GRID_PX)
        rows.setSpacing(2 * GRID_PX)
        rows.addWidget(heading)
        rows.addLayout(form)
        rows.addLayout(buttons)

    def _connect(self) -> None:
        self.name.textChanged.connect(lambda: self.begin.setEnabled(bool(self.series.name)))
        self.cancel.clicked.connect(self.reject)
        self.begin.clicked.connect(self.accept)
        self.accepted.connect(lambda: self.wanted.emit(self.series))


class LookBackDialog(QDialog):
    """The first day of a series beside the last one.

    Args:
        parent: over which it lies.
        series: that is told.
        ends: its first entry and its last.
        diary: for their pictures.
        mood_names: awful to great.
        theme: of colours.
    """

    watch_wanted = Signal(object)
    """with the Entry"""

    def __init__(
        self,
        parent: QWidget,
        series: Series,
        ends: tuple[Entry, Entry],
        diary: DiaryThread,
        mood_names: tuple[str, ...],
        theme: Theme,
    ) -> None:
        super().__init__(parent)
        self._diary, self._mood_names, self._theme = diary, mood_names, theme
        self.setWindowTitle("How far you came")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_ui(series, ends)

    def _build_ui(self, series: Series, ends: tuple[Entry, Entry]) -> None:
        heading = QLabel(series.name)
        heading.setProperty("role", "lead")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        columns = QHBoxLayout()
        columns.setSpacing(3 * GRID_PX)
        for entry in ends:
            columns.addLayout(self._built_end(entry))
        self.done_button = main_button("Close")
        self.done_button.clicked.connect(self.accept)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(3 * GRID_PX, 3 * GRID_PX, 3 * GRID_PX, 2 * GRID_PX)
        rows.setSpacing(2 * GRID_PX)
        rows.addWidget(heading)
        rows.addLayout(columns)
        rows.addWidget(self.done_button, alignment=Qt.AlignmentFlag.AlignRight)
        self.done_button.setFocus()

    def _built_end(self, entry: Entry) -> QVBoxLayout:
        name = f"Day {entry.series.day}" if entry.series else ""
        poster, day, at = QLabel(), QLabel(name), QLabel(long_day(entry.recorded_at.date()))
        poster.setFixedSize(POSTER_SIZE)
        poster.setAlignment(Qt.AlignmentFlag.AlignCenter)
        at.setProperty("role", "small")
        watch = plain_button("Watch", "play", self._theme)
        watch.setAccessibleName(f"Watch {name.lower()}")
        watch.clicked.connect(lambda: self._watch(entry))
        rows = QVBoxLayout()
        rows.setSpacing(GRID_PX)
        for widget in (poster, day, at):
            rows.addWidget(widget)
        rows.addLayout(self._built_mood(entry))
        rows.addWidget(watch, alignment=Qt.AlignmentFlag.AlignLeft)
        self._show_poster(entry, poster)
        return rows

    def _built_mood(self, entry: Entry) -> QHBoxLayout:
        face, name = QLabel(), QLabel("no mood said" if entry.mood is None else self._mood_names[entry.mood - 1])
        sign = "mood-none" if entry.mood is None else f"mood-{int(entry.mood)}"
        colour = self._theme.muted if entry.mood is None else self._theme.mood(entry.mood).name()
        face.setPixmap(picture(sign, colour, FACE_PX))
        row = QHBoxLayout()
        row.setSpacing(GRID_PX)
        row.addWidget(face)
        row.addWidget(name, stretch=1)
        return row

    def _show_poster(self, entry: Entry, label: QLabel) -> None:
        ratio = self.devicePixelRatioF()

        def show(image: QImage) -> None:
            if image.isNull():
                label.setPixmap(icon("film", self._theme.muted).pixmap(FACE_PX))
                return
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(ratio)
            label.setPixmap(pixmap)

        self._diary.ask(lambda diary: scaled(diary.poster(entry) or b"", POSTER_SIZE, ratio), show, owner=self)

    def _watch(self, entry: Entry) -> None:
        self.accept()
        self.watch_wanted.emit(entry)

"""How far one came with a series that is told."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from duskreel.library.entry import Entry
from duskreel.memories.series import Series
from duskreel.memories.wording import long_day
from duskreel.ui.buttons import main_button, plain_button
from duskreel.ui.dialog_layout import lay_out
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.icons import icon, picture
from duskreel.ui.poster import scaled
from duskreel.ui.theme import GRID_PX, Theme

POSTER_SIZE = QSize(36 * GRID_PX, 20 * GRID_PX + GRID_PX // 4)
FACE_PX = 24


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
        columns = QHBoxLayout()
        columns.setSpacing(3 * GRID_PX)
        for entry in ends:
            columns.addLayout(self._built_end(entry))
        self.done_button = main_button("Close")
        self.done_button.clicked.connect(self.accept)
        lay_out(self, series.name, (columns,), (self.done_button,))
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

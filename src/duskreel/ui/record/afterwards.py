"""What is asked after a take: a mood, a few words, perhaps a title. All of it may be left out."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeySequence, QPainter, QPainterPath, QPixmap, QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from duskreel.library.entry import Entry, Mood
from duskreel.library.values import Details
from duskreel.timecode import clock
from duskreel.ui.buttons import main_button, plain_button
from duskreel.ui.icons import device_pixels
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.feeling_picker import FeelingPicker
from duskreel.ui.widgets.mood_picker import MoodPicker

WIDEST_PX = 112 * GRID_PX
STILL_HEIGHT_PX = 18 * GRID_PX
CORNER_PX = 12
SAVING, SAVED = "Saving…", "Saved in your diary"


class Afterwards(QScrollArea):
    """The questions, in the middle of the page.

    Args:
        mood_names: of the five moods, awful to great.
        feelings: all words there are.
        theme: of colours.
    """

    keep_wanted = Signal()
    retake_wanted = Signal()

    def __init__(self, mood_names: tuple[str, ...], feelings: tuple[str, ...], theme: Theme) -> None:
        super().__init__()
        self.moods = MoodPicker(mood_names, theme)
        self.feelings = FeelingPicker(feelings, theme, is_centred=True)
        self._theme = theme
        self._build_ui()
        self._connect()

    def begin(self, still: QImage, duration_ms: int, series_line: str = "") -> None:
        """Ask about a take that is still being saved.

        Args:
            still: its last picture, as the user has seen it; may be null.
            duration_ms: of the take.
            series_line: as ``Five days after a layoff, day 3``; "" where it belongs to none.
        """
        self.moods.set_mood(None)
        self.feelings.set_chosen(())
        self._suggest(None)
        self.title.clear()
        self.belongs.setText(series_line.replace("&", "&&"))
        self.belongs.setChecked(True)
        self.belongs.setVisible(bool(series_line))
        self._still.setVisible(not still.isNull())
        if not still.isNull():
            self._still.setPixmap(_rounded(still, device_pixels(STILL_HEIGHT_PX)))
        self._duration_ms = duration_ms
        self._tell(SAVING)
        self.retake.setEnabled(False)
        self.verticalScrollBar().setValue(0)

    def show_saved(self, entry: Entry) -> None:
        """Nothing can be lost any more."""
        self._duration_ms = entry.duration_ms
        self._tell(SAVED)
        self.retake.setEnabled(True)

    @property
    def answers(self) -> Details:
        """What was said so far."""
        return Details(title=self.title.text().strip(), mood=self.moods.mood, feelings=self.feelings.chosen)

    @property
    def leaves_series(self) -> bool:
        """Whether it shall not belong to its series after all."""
        return not self.belongs.isChecked()

    def _build_ui(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._still, self._saved = QLabel(), QLabel()
        self._saved.setProperty("role", "muted")
        question = QLabel("How do you feel?")
        question.setProperty("role", "title")
        self.belongs = QCheckBox()
        self.belongs.setToolTip("Untick it to keep this on its own; the day stays open")
        self.title = QLineEdit()
        self.title.setPlaceholderText("A title, if you like")
        self.title.setAccessibleName("Title")
        self.title.setFixedWidth(50 * GRID_PX)
        self.keep, self.retake = main_button("Keep"), plain_button("Retake")
        self.keep.setToolTip("Keep (Ctrl+Enter)")
        column = QWidget()
        column.setMaximumWidth(WIDEST_PX)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        centre = Qt.AlignmentFlag.AlignHCenter
        for widget, gap in ((self._still, 1), (self._saved, 0), (self.belongs, 3), (question, 1)):
            rows.addWidget(widget, alignment=centre)
            rows.addSpacing(gap * GRID_PX)
        rows.addWidget(self.moods)
        rows.addSpacing(2 * GRID_PX)
        rows.addWidget(self.feelings)
        rows.addSpacing(3 * GRID_PX)
        rows.addWidget(self.title, alignment=centre)
        rows.addSpacing(3 * GRID_PX)
        rows.addLayout(self._built_buttons())
        self.setWidget(_centred(column))

    def _built_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID_PX)
        row.addStretch()
        row.addWidget(self.retake)
        row.addWidget(self.keep)
        row.addStretch()
        return row

    def _connect(self) -> None:
        self.moods.chosen.connect(self._suggest)
        self.keep.clicked.connect(self.keep_wanted)
        self.retake.clicked.connect(self.retake_wanted)
        self.title.returnPressed.connect(self.keep_wanted)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.keep_wanted)

    def _suggest(self, mood: Mood | None) -> None:
        self.feelings.suggest_for(mood)

    def _tell(self, what: str) -> None:
        self._saved.setText(f"{what} · {clock(self._duration_ms)}")


def _centred(column: QWidget) -> QWidget:
    """In the middle of what can be seen, or from its top where that is too low."""
    ground = QWidget()
    across = QHBoxLayout()
    across.addStretch()
    across.addWidget(column, stretch=100)
    across.addStretch()
    down = QVBoxLayout(ground)
    down.setContentsMargins(3 * GRID_PX, 2 * GRID_PX, 3 * GRID_PX, 2 * GRID_PX)
    down.addStretch()
    down.addLayout(across)
    down.addStretch()
    return ground


def _rounded(image: QImage, height_px: int) -> QPixmap:
    """Small, with round corners, and mirrored as the preview was."""
    small = image.scaledToHeight(height_px, Qt.TransformationMode.SmoothTransformation)
    found = QPixmap(small.size())
    found.fill(QColor(0, 0, 0, 0))
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    corner_px = CORNER_PX * height_px / STILL_HEIGHT_PX
    path = QPainterPath()
    path.addRoundedRect(QRectF(found.rect()), corner_px, corner_px)
    painter.setClipPath(path)
    painter.translate(found.width(), 0)
    painter.scale(-1, 1)
    painter.drawImage(0, 0, small)
    painter.end()
    found.setDevicePixelRatio(height_px / STILL_HEIGHT_PX)
    return found

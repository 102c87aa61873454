"""The diary before its first entry: what this is for, and how to begin."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from duskreel.library.entry import Mood
from duskreel.ui.buttons import main_button, plain_button
from duskreel.ui.mood_look import badge
from duskreel.ui.poster import CORNER_PX
from duskreel.ui.theme import GRID_PX, Theme

TITLE = "Your days will gather here"
TEXT = (
    "After a hard day, or a good one, talk to the camera for a minute and say how you feel. "
    "It stays on this computer, and only you can see it."
)
TEXT_WIDTH_PX = 64 * GRID_PX
TILE = QSize(11 * GRID_PX, 11 * GRID_PX * 9 // 16)


class EmptyDiary(QWidget):
    """An invitation."""

    record_asked = Signal()
    import_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.record = main_button("Record your first entry")
        self.imports = plain_button("Import videos you have…", "import", theme)
        self.imports.setToolTip("Films, a folder of them, or a ZIP file such as Day One’s export")
        title, text = QLabel(TITLE), QLabel(TEXT)
        title.setProperty("role", "display")
        text.setProperty("role", "muted")
        text.setWordWrap(True)
        text.setFixedWidth(TEXT_WIDTH_PX)
        text.ensurePolished()
        text.setMinimumHeight(text.heightForWidth(TEXT_WIDTH_PX))
        rows = QVBoxLayout(self)
        rows.addStretch(2)
        for widget, gap in ((_Tiles(theme), 4), (title, 2), (text, 4), (self.record, 1), (self.imports, 0)):
            if isinstance(widget, QLabel):
                widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            rows.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
            rows.addSpacing(gap * GRID_PX)
        rows.addStretch(3)
        self.record.clicked.connect(self.record_asked)
        self.imports.clicked.connect(self.import_asked)
        self.setFocusProxy(self.record)


class _Tiles(QWidget):
    """Five days in their colours: what will be here one day."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Five tiles side by side."""
        return QSize(len(Mood) * (TILE.width() + 2 * GRID_PX) - 2 * GRID_PX, TILE.height() + GRID_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Cards with a coloured edge, as entries have."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for mood in Mood:
            tile = QRect((mood - 1) * (TILE.width() + 2 * GRID_PX), 0, TILE.width(), TILE.height())
            colour = self._theme.mood(mood)
            painter.setBrush(colour)
            painter.drawRoundedRect(tile.translated(0, GRID_PX // 2), CORNER_PX, CORNER_PX)
            painter.setBrush(QColor(self._theme.raised))
            painter.drawRoundedRect(QRectF(tile), CORNER_PX, CORNER_PX)
            face = QRect(0, 0, 3 * GRID_PX, 3 * GRID_PX)
            face.moveCenter(tile.center())
            painter.drawPixmap(face, badge(self._theme, mood, colour, round(face.width() * self.devicePixelRatioF())))
        painter.end()

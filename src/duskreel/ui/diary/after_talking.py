"""How it felt after talking, in a line: how often lighter, the same, heavier. No score, and nothing to reach."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from duskreel.library.entry import Mood
from duskreel.memories.mood_wording import HEAVIER_IS_FINE, KINDS, NEITHER_SAID, after_talking, times
from duskreel.memories.moods import Afterwards
from duskreel.ui.theme import GRID_PX, Theme

BAR_PX = GRID_PX
COLUMN_PX = 20 * GRID_PX


class AfterTalking(QFrame):
    """Three counts with a bar below each.

    Args:
        theme: of colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "card")
        colours = (theme.mood(Mood.GOOD), QColor(theme.line), theme.mood(Mood.BAD))
        self._counts = {kind: QLabel() for kind in KINDS}
        self._bars = {kind: _Bar(colour, theme) for kind, colour in zip(KINDS, colours, strict=True)}
        self.note = QLabel()
        self._build_ui()

    def show_counts(self, after: Afterwards) -> None:
        """Show other counts."""
        for kind, count in zip(KINDS, (after.lighter, after.same, after.heavier), strict=True):
            self._counts[kind].setText(f"{kind.capitalize()}: {times(count) if count else '–'}")
            self._bars[kind].show_share(count / after.total if after.total else 0.0)
        self._columns.setVisible(bool(after.total))
        note = NEITHER_SAID if not after.total else HEAVIER_IS_FINE if after.heavier else ""
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.setAccessibleName(after_talking(after))

    def _build_ui(self) -> None:
        heading = QLabel("After talking")
        heading.setProperty("role", "small")
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self._columns = QWidget()
        across = QHBoxLayout(self._columns)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(3 * GRID_PX)
        for kind in KINDS:
            column = QVBoxLayout()
            column.setSpacing(GRID_PX // 2)
            column.addWidget(self._counts[kind])
            column.addWidget(self._bars[kind])
            across.addLayout(column)
        row = QHBoxLayout()
        row.setSpacing(4 * GRID_PX)
        row.addWidget(self._columns, alignment=Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.note, stretch=1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX + GRID_PX // 2)
        rows.setSpacing(GRID_PX // 2)
        rows.addWidget(heading)
        rows.addLayout(row)


class _Bar(QWidget):
    """A share of the whole."""

    def __init__(self, colour: QColor, theme: Theme) -> None:
        super().__init__()
        self._colour, self._theme, self._share = colour, theme, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """Another one, 0.0 to 1.0."""
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All are alike."""
        return QSize(COLUMN_PX, BAR_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """What is full, on what could be."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        for colour, width in (
            (QColor(self._theme.hairline), whole.width()),
            (self._colour, self._share * whole.width()),
        ):
            if width:
                painter.setBrush(colour)
                painter.drawRoundedRect(QRectF(0, 0, max(width, BAR_PX), BAR_PX), BAR_PX / 2, BAR_PX / 2)
        painter.end()

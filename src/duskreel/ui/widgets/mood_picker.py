"""Five moods to choose from, by colour, face and name at once."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from duskreel.library.entry import Mood
from duskreel.ui import icons
from duskreel.ui.theme import GRID_PX, Theme, contrast, sized

CIRCLE_PX = 9 * GRID_PX
FACE_PX = 6 * GRID_PX
BADGE_PX = 3 * GRID_PX
RING_GAP_PX = 4
FADED = 0.7
SMALLEST_WIDTH_PX = 12 * GRID_PX


class MoodButton(QAbstractButton):
    """One mood: a face in a circle, and its name below."""

    def __init__(self, mood: Mood, name: str, theme: Theme) -> None:
        super().__init__()
        self.mood = mood
        self._theme = theme
        self._is_faded = False
        self.setText(name)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({int(mood)})")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The circle with room for the ring of the focus, and a line of text."""
        metrics = self.fontMetrics()
        width = max(metrics.horizontalAdvance(self.text()) + 2 * GRID_PX, SMALLEST_WIDTH_PX)
        return QSize(width, CIRCLE_PX + 3 * GRID_PX + metrics.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Where it is narrow, the name ends in an ellipsis."""
        return QSize(SMALLEST_WIDTH_PX, self.sizeHint().height())

    def set_faded(self, *, is_faded: bool) -> None:
        """Step back, because another one is chosen."""
        self._is_faded = is_faded
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """With a tick when it is chosen, and a ring when it has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRectF(0, 0, CIRCLE_PX, CIRCLE_PX)
        circle.moveCenter(QPointF(self.width() / 2, CIRCLE_PX / 2 + GRID_PX))
        self._paint_face(painter, circle)
        if self.isChecked():
            self._paint_tick(painter, circle)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.focus), 2))
            painter.drawEllipse(circle.adjusted(-RING_GAP_PX, -RING_GAP_PX, RING_GAP_PX, RING_GAP_PX))
        self._paint_name(painter, circle)
        painter.end()

    def _paint_face(self, painter: QPainter, circle: QRectF) -> None:
        """Pale colours could not be seen as lines on a light ground, so that the colour is the ground of the face."""
        is_quiet = self._is_faded and not self.underMouse()
        painter.setOpacity(FADED if is_quiet else 1.0)
        colour = self._theme.mood(self.mood)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(circle)
        face = QRectF(0, 0, FACE_PX, FACE_PX)
        face.moveCenter(circle.center())
        icons.paint(painter, f"mood-{int(self.mood)}", face, self._ink(colour))
        painter.setOpacity(1.0)

    def _paint_tick(self, painter: QPainter, circle: QRectF) -> None:
        badge = QRectF(0, 0, BADGE_PX, BADGE_PX)
        badge.moveBottomRight(circle.bottomRight() + QPointF(2, 2))
        painter.setPen(QPen(QColor(self._theme.ground), 2))
        painter.setBrush(QColor(self._theme.text))
        painter.drawEllipse(badge)
        inside = badge.adjusted(5, 5, -5, -5)
        icons.paint(painter, "check", inside, QColor(self._theme.ground))

    def _paint_name(self, painter: QPainter, circle: QRectF) -> None:
        font = sized(self.font(), "body")
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(QColor(self._theme.text if self.isChecked() else self._theme.muted))
        top = circle.bottom() + GRID_PX
        name = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(0, top, self.width(), self.height() - top), Qt.AlignmentFlag.AlignHCenter, name)

    def _ink(self, colour: QColor) -> QColor:
        """What can be seen best on the mood's own colour."""
        inks = (self._theme.on_accent, "#ffffff")
        return QColor(max(inks, key=lambda ink: contrast(ink, colour.name())))


class MoodPicker(QWidget):
    """Choose one of five moods, or none: choosing the same again takes it back.

    Args:
        names: of the five moods, awful to great.
        theme: of colours.
        keys: whether 1 to 5 choose; False for a second picker in the same window.
    """

    chosen = Signal(object)
    """with the Mood or None, when the user chooses"""

    def __init__(self, names: tuple[str, ...], theme: Theme, *, keys: bool = True) -> None:
        super().__init__()
        self._mood: Mood | None = None
        self.buttons = [MoodButton(mood, name, theme) for mood, name in zip(Mood, names, strict=True)]
        self._build_ui()
        for button in self.buttons:
            button.clicked.connect(self._choose)
            if keys:
                shortcut = QShortcut(QKeySequence(str(int(button.mood))), self)
                shortcut.activated.connect(button.click)

    @property
    def mood(self) -> Mood | None:
        """What is chosen."""
        return self._mood

    def set_mood(self, mood: Mood | None) -> None:
        """Show another choice; `chosen` is not emitted."""
        self._mood = mood
        for button in self.buttons:
            button.setChecked(button.mood is mood)
            button.set_faded(is_faded=mood is not None and button.mood is not mood)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The arrows go from mood to mood."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        focused = next((place for place, button in enumerate(self.buttons) if button.hasFocus()), None)
        step = steps.get(Qt.Key(event.key()))
        if focused is None or step is None:
            super().keyPressEvent(event)
            return
        self.buttons[(focused + step) % len(self.buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def _build_ui(self) -> None:
        self.setAccessibleName("Mood")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        row.addStretch()
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch()

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, MoodButton):
            self.set_mood(None if button.mood is self._mood else button.mood)
            self.chosen.emit(self._mood)

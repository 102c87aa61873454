"""A chart of moods over months: a sign for each day, and a quiet line through them."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)

from duskreel.library.entry import Mood
from duskreel.memories.days import Month
from duskreel.memories.mood_wording import mood_day
from duskreel.memories.moods import MoodDay, Stretch, calm_line, reach_days, runs
from duskreel.ui.diary.day_field import DayField
from duskreel.ui.diary.mood_axes import Axes
from duskreel.ui.mood_look import badge, mean_colour
from duskreel.ui.theme import GRID_PX, Theme, contrast, sized

NAMES_PX = 14 * GRID_PX
BELOW_PX = 4 * GRID_PX
FACE_PX = 3 * GRID_PX
LEAST_DOT_PX, MOST_DOT_PX = 7.0, 2.5 * GRID_PX
DOT_PER_DAY = 1.6
"""days of the same mood overlap a little rather than being too small to see"""
LEAST_FACE_PX = 2 * GRID_PX
LINE_PX = 3
NEAR_PX = 2 * GRID_PX
LEAST_CONTRAST = 3.0
"""of a sign on its ground; a fainter one gets an edge (WCAG 2.2, 1.4.11)"""
NOTHING = "No mood was said in these months."


class MoodField(DayField):
    """The chart. Arrows go from day to day among those that have a mood; Enter and a click open the day.

    Args:
        mood_names: of the five moods.
        theme: of colours.
    """

    chosen = Signal(object)
    """with the date of a day that has entries"""
    turn_asked = Signal(int)
    """earlier (-1) or later (1)"""

    def __init__(self, mood_names: tuple[str, ...], theme: Theme) -> None:
        super().__init__(mood_names, theme)
        self._days: Sequence[MoodDay] = ()
        self._stretch = Stretch(Month(2000, 1), Month(2000, 1))
        self._lines: list[tuple[list[MoodDay], list[float]]] = []
        self._at = -1

    def show_days(self, days: Sequence[MoodDay], stretch: Stretch) -> None:
        """Show these days.

        Args:
            days: all that have a mood, oldest first; those outside the stretch only lead the line to its edges.
            stretch: which months are in sight.
        """
        within = reach_days(stretch.length_days)
        was = self.at
        self._stretch = stretch
        self._days = [day for day in days if stretch.holds(day.date)]
        self._lines = [
            (run, calm_line(run, within)) for run in runs(days) if any(stretch.holds(day.date) for day in run)
        ]
        same = next((number for number, day in enumerate(self._days) if was and day.date == was.date), None)
        self._at = len(self._days) - 1 if same is None else same
        self._tell()
        self.update()

    @property
    def at(self) -> MoodDay | None:
        """The day with the focus; None if there is none at all."""
        return self._days[self._at] if 0 <= self._at < len(self._days) else None

    def place(self, day: MoodDay) -> QPoint:
        """The middle of a day's sign."""
        return self._axes().place(day.date, day.mean).toPoint()

    def day_at(self, point: QPoint) -> MoodDay | None:
        """The day whose sign is nearest to a point, if one is near at all."""
        apart = {number: (self.place(day) - point).manhattanLength() for number, day in enumerate(self._days)}
        nearest = min(apart, key=lambda number: apart[number], default=None)
        return None if nearest is None or apart[nearest] > NEAR_PX else self._days[nearest]

    def words_at(self, point: QPoint) -> str:
        """A day that has a mood."""
        day = self.day_at(point)
        return mood_day(day, self._mood_names) if day else ""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Whatever there is."""
        return QSize(100 * GRID_PX, 40 * GRID_PX)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """In the smallest window."""
        return QSize(40 * GRID_PX, 20 * GRID_PX)

    # ---- painting

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Faces at the side, months below, the line, and the days above it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), "small"))
        axes = self._axes()
        self._paint_moods(painter, axes)
        self._paint_months(painter, axes)
        if not self._days:
            self._paint_nothing(painter, axes)
        self._paint_lines(painter, axes)
        for day in self._days:
            self._paint_day(painter, axes, day)
        self._paint_focus(painter, axes)
        painter.end()

    def _paint_moods(self, painter: QPainter, axes: Axes) -> None:
        metrics = QFontMetrics(painter.font())
        for mood in Mood:
            height = round(axes.height(mood))
            painter.setPen(QPen(QColor(self._theme.hairline), 1))
            painter.drawLine(QPointF(axes.area.left(), height), QPointF(axes.area.right(), height))
            face = QRect(0, height - FACE_PX // 2, FACE_PX, FACE_PX)
            pixels = round(FACE_PX * self.devicePixelRatioF())
            painter.drawPixmap(face, badge(self._theme, mood, self._theme.mood(mood), pixels))
            room = QRectF(FACE_PX + GRID_PX, height - FACE_PX / 2, NAMES_PX - FACE_PX - 2 * GRID_PX, FACE_PX)
            name = metrics.elidedText(self._mood_names[mood - 1], Qt.TextElideMode.ElideRight, int(room.width()))
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_months(self, painter: QPainter, axes: Axes) -> None:
        below = axes.area.bottom() + FACE_PX / 2
        for name in axes.month_names():
            painter.setPen(QPen(QColor(self._theme.hairline), 1))
            painter.drawLine(QPointF(name.left, axes.area.top()), QPointF(name.left, below + GRID_PX))
            painter.setPen(QColor(self._theme.muted))
            room = QRectF(name.left + GRID_PX / 2, below, max(self.width() - name.left, 0), BELOW_PX - GRID_PX)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, name.text)

    def _paint_nothing(self, painter: QPainter, axes: Axes) -> None:
        painter.setFont(sized(self.font(), "lead"))
        room = painter.boundingRect(axes.area, Qt.AlignmentFlag.AlignCenter, NOTHING)
        painter.fillRect(room.adjusted(-2 * GRID_PX, -GRID_PX, 2 * GRID_PX, GRID_PX), QColor(self._theme.ground))
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, NOTHING)

    def _paint_lines(self, painter: QPainter, axes: Axes) -> None:
        pen = QPen(QColor(self._theme.muted), LINE_PX)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.save()
        painter.setPen(pen)
        painter.setClipRect(axes.area.adjusted(0, -GRID_PX, 0, GRID_PX))
        for run, medians in self._lines:
            points = [axes.place(day.date, value) for day, value in zip(run, medians, strict=True)]
            painter.drawPolyline(QPolygonF(points))
        painter.restore()

    def _paint_day(self, painter: QPainter, axes: Axes, day: MoodDay) -> None:
        middle, side = axes.place(day.date, day.mean), self._dot_px(axes)
        area = QRectF(0, 0, side, side)
        area.moveCenter(middle)
        colour = mean_colour(self._theme, day.mean)
        if side >= LEAST_FACE_PX:
            pixels = round(side * self.devicePixelRatioF())
            painter.drawPixmap(area.toRect(), badge(self._theme, day.mood, colour, pixels))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setBrush(colour)
        is_faint = contrast(colour.name(), self._theme.ground) < LEAST_CONTRAST
        painter.setPen(QPen(QColor(self._theme.line) if is_faint else colour, 1))
        painter.drawEllipse(area)

    def _paint_focus(self, painter: QPainter, axes: Axes) -> None:
        at = self.at
        if not self.hasFocus():
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.focus), 2))
        if at is None:
            painter.drawRoundedRect(axes.area, GRID_PX, GRID_PX)
            return
        side = self._dot_px(axes) / 2 + 4
        painter.drawEllipse(axes.place(at.date, at.mean), side, side)

    def _dot_px(self, axes: Axes) -> float:
        return min(max(axes.day_px * DOT_PER_DAY, LEAST_DOT_PX), MOST_DOT_PX)

    def _axes(self) -> Axes:
        margin = FACE_PX / 2
        area = QRectF(NAMES_PX, margin, self.width() - NAMES_PX - margin, self.height() - BELOW_PX - 2 * margin)
        return Axes(area, self._stretch)

    # ---- what happens

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Left and right by a day that has a mood, Home and End to the first and last, the page keys turn."""
        key = Qt.Key(event.key())
        last = len(self._days) - 1
        places = {
            Qt.Key.Key_Left: max(self._at - 1, 0),
            Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        turns = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in places:
            self._go(min(places[key], last))
        elif key in turns:
            self.turn_asked.emit(turns[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at is not None:
            self.chosen.emit(self.at.date)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The ring is seen."""
        super().focusInEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Opens the day."""
        day = self.day_at(event.position().toPoint())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go(list(self._days).index(day))
            self.chosen.emit(day.date)

    def _go(self, number: int) -> None:
        self._at = number
        self._tell()
        self.update()

    def _tell(self) -> None:
        at = self.at
        where = "" if at is None else f"{self._at + 1} of {len(self._days)}. Arrow keys go from day to day."
        self.setAccessibleDescription(where)
        self.announce(NOTHING if at is None else mood_day(at, self._mood_names))

"""A year in pixels: twelve rows of days, each in the colour and with the face of its mood."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from duskreel.memories.days import LONGEST_MONTH, MONTHS, Day, Month
from duskreel.memories.wording import entries
from duskreel.ui.diary.calendar_view import MARGIN_PX, described
from duskreel.ui.diary.day_field import DayField
from duskreel.ui.diary.legend import Legend
from duskreel.ui.icons import picture
from duskreel.ui.mood_look import icon_name, ink_on, mean_colour
from duskreel.ui.theme import GRID_PX, Theme, sized

NAMES_PX = 6 * GRID_PX
NUMBERS_PX = 3 * GRID_PX
GAP_PX = GRID_PX // 2
MOST_PIXEL_PX = 5 * GRID_PX
CORNER_PX = GRID_PX // 2
FACE_SHARE = 0.7


class YearField(DayField):
    """The pixels. Arrows go from day to day; Enter and a click open the month.

    Args:
        mood_names: of the five moods.
        theme: of colours.
    """

    chosen = Signal(object)
    """with a Month"""
    year_asked = Signal(int)

    def __init__(self, mood_names: tuple[str, ...], theme: Theme) -> None:
        super().__init__(mood_names, theme)
        self.year = 0
        self._days: Mapping[date, Day] = {}
        self._today = self._at = date.min

    def show_year(self, year: int, days: Mapping[date, Day], today: date) -> None:
        """Show a year; arguments as for `CalendarView.show_month`."""
        self.year, self._days, self._today = year, days, today
        if self._at.year != year:
            known = [day for day in days if day.year == year]
            self._at = max(known, default=today if today.year == year else date(year, 1, 1))
        self._tell()
        self.update()

    @property
    def at(self) -> date:
        """The day with the focus."""
        return self._at

    def place(self, day: date) -> QRect:
        """Where a day of the year is."""
        side = self._pixel_px()
        step = side + GAP_PX
        return QRect(NAMES_PX + (day.day - 1) * step, NUMBERS_PX + (day.month - 1) * step, side, side)

    def day_at(self, point: QPoint) -> date | None:
        """The day at a point."""
        step = self._pixel_px() + GAP_PX
        month, number = (point.y() - NUMBERS_PX) // step + 1, (point.x() - NAMES_PX) // step + 1
        is_inside = 1 <= month <= MONTHS and 1 <= number <= Month(self.year, min(max(month, 1), MONTHS)).length
        return date(self.year, month, number) if is_inside else None

    def words_at(self, point: QPoint) -> str:
        """A day, whether it has entries or not."""
        day = self.day_at(point)
        return described(day, self._days.get(day), self._mood_names) if day else ""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as the pixels may become."""
        step = MOST_PIXEL_PX + GAP_PX
        return QSize(NAMES_PX + LONGEST_MONTH * step, NUMBERS_PX + MONTHS * step)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """In the smallest window."""
        step = GRID_PX + GRID_PX + GAP_PX
        return QSize(NAMES_PX + LONGEST_MONTH * step, NUMBERS_PX + MONTHS * step)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Names of months, numbers of days, and the pixels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), "small"))
        painter.setPen(QColor(self._theme.muted))
        january, side = date(self.year, 1, 1), self._pixel_px()
        for number in (1, *range(5, LONGEST_MONTH, 5), LONGEST_MONTH):
            left = self.place(january.replace(day=number)).left()
            painter.drawText(QRect(left, 0, side, NUMBERS_PX - GAP_PX), Qt.AlignmentFlag.AlignCenter, str(number))
        for month in range(1, MONTHS + 1):
            top = self.place(january.replace(month=month)).top()
            painter.drawText(QRect(0, top, NAMES_PX, side), Qt.AlignmentFlag.AlignVCenter, f"{date(2001, month, 1):%b}")
        for month in range(1, MONTHS + 1):
            for number in range(1, Month(self.year, month).length + 1):
                self._paint_pixel(painter, date(self.year, month, number))
        painter.end()

    def _paint_pixel(self, painter: QPainter, day: date) -> None:
        area, known = self.place(day), self._days.get(day)
        painter.setPen(Qt.PenStyle.NoPen)
        if known is None:
            painter.setBrush(QColor(self._theme.surface))
            painter.drawRoundedRect(area, CORNER_PX, CORNER_PX)
        else:
            colour = mean_colour(self._theme, known.mean)
            painter.setBrush(colour)
            painter.drawRoundedRect(area, CORNER_PX, CORNER_PX)
            side = round(area.width() * FACE_SHARE)
            face = QRect(0, 0, side, side)
            face.moveCenter(area.center())
            ink = ink_on(self._theme, colour) if known.mood is not None else self._theme.text
            painter.drawPixmap(face, picture(icon_name(known.mood), ink, round(side * self.devicePixelRatioF())))
        self._paint_ring(painter, area, day)

    def _paint_ring(self, painter: QPainter, area: QRect, day: date) -> None:
        has_focus = self.hasFocus() and day == self._at
        if has_focus or day == self._today:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.focus if has_focus else self._theme.text), 2))
            painter.drawRoundedRect(QRectF(area).adjusted(-1, -1, 1, 1), CORNER_PX + 1, CORNER_PX + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Left and right by a day, up and down by a month, the page keys by a year."""
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        months = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        years = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in steps:
            self._go(date.fromordinal(min(max(self._at.toordinal() + steps[key], 1), date.max.toordinal())))
        elif key in months:
            month = Month.of(self._at).moved(months[key])
            self._go(date(month.year, month.number, min(self._at.day, month.length)))
        elif key in years:
            self.year_asked.emit(min(max(self.year + years[key], date.min.year), date.max.year))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(Month.of(self._at))
        else:
            super().keyPressEvent(event)

    def _go(self, day: date) -> None:
        self._at = day
        if day.year != self.year:
            self.year_asked.emit(day.year)
        self._tell()
        self.update()

    def _tell(self) -> None:
        self.announce(described(self._at, self._days.get(self._at), self._mood_names))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Opens the month of the day."""
        day = self.day_at(event.position().toPoint())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go(day)
            self.chosen.emit(Month.of(day))

    def _pixel_px(self) -> int:
        across = (self.width() - NAMES_PX) // LONGEST_MONTH - GAP_PX
        down = (self.height() - NUMBERS_PX) // MONTHS - GAP_PX
        return max(min(across, down, MOST_PIXEL_PX), 4)


class YearView(QWidget):
    """The field with what it means below. Signals and `show_year` as of `YearField`."""

    chosen = Signal(object)
    year_asked = Signal(int)

    def __init__(self, mood_names: tuple[str, ...], theme: Theme) -> None:
        super().__init__()
        self.field = YearField(mood_names, theme)
        self._summary = QLabel()
        self._summary.setProperty("role", "muted")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN_PX, GRID_PX, MARGIN_PX, 2 * GRID_PX)
        rows.setSpacing(2 * GRID_PX)
        rows.addWidget(self._summary)
        rows.addWidget(self.field, stretch=1)
        rows.addWidget(Legend(mood_names, theme))
        self.field.chosen.connect(self.chosen)
        self.field.year_asked.connect(self.year_asked)

    def show_year(self, year: int, days: Mapping[date, Day], today: date) -> None:
        """Show a year."""
        known = [day for at, day in days.items() if at.year == year]
        count = sum(day.count for day in known)
        on_days = "1 day" if len(known) == 1 else f"{len(known)} days"
        self._summary.setText(f"{entries(count)} on {on_days}" if known else "Nothing was recorded in this year.")
        self.field.show_year(year, days, today)

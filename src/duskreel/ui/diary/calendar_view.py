"""A month as a page of a calendar: each day with the mood that its entries had on average."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QLocale, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from duskreel.memories.days import Day, Month
from duskreel.memories.mood_wording import of_five
from duskreel.memories.wording import entries, long_day
from duskreel.ui.diary.legend import Legend
from duskreel.ui.mood_look import badge, mean_colour
from duskreel.ui.theme import GRID_PX, Theme, sized

DAYS_IN_WEEK = 7
MOST_WEEKS = 6
CORNER_PX = GRID_PX + GRID_PX // 2
MOST_DISC_PX = 6 * GRID_PX
LOW_PX = 9 * GRID_PX
MARGIN_PX = 4 * GRID_PX
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def first_weekday() -> int:
    """On which day weeks begin where the user lives; 0 is Monday."""
    return QLocale.system().firstDayOfWeek().value - 1


class DayButton(QAbstractButton):
    """One day of the month, or an empty place."""

    def __init__(self, theme: Theme, mood_names: tuple[str, ...]) -> None:
        super().__init__()
        self._theme, self._mood_names = theme, mood_names
        self.date: date | None = None
        self._day: Day | None = None
        self._is_today = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_day(self, day: date | None, known: Day | None, today: date) -> None:
        """Be another day.

        Args:
            day: None for an empty place.
            known: what its entries were like; None if it has none.
            today: is marked.
        """
        self.date, self._day, self._is_today = day, known, day == today
        self.setVisible(day is not None)
        self.setCursor(Qt.CursorShape.PointingHandCursor if known else Qt.CursorShape.ArrowCursor)
        words = described(day, known, self._mood_names) if day else ""
        self.setAccessibleName(f"{words}, today" if self._is_today else words)
        self.setToolTip(words if known else "")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The arrows are the calendar's, which knows where the weeks are."""
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for a number above a face."""
        return QSize(12 * GRID_PX, 9 * GRID_PX)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """In the smallest window."""
        return QSize(6 * GRID_PX, 6 * GRID_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A card where there are entries, and only the number where there are none."""
        if self.date is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(QColor(self._theme.hairline), 1))
        if self._day is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.raised if self.underMouse() else self._theme.surface))
        painter.drawRoundedRect(card, CORNER_PX, CORNER_PX)
        self._paint_number(painter, card, self.date)
        if self._day is not None:
            self._paint_day(painter, card, self._day)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.focus), 2))
            painter.drawRoundedRect(card, CORNER_PX, CORNER_PX)
        painter.end()

    def _paint_number(self, painter: QPainter, card: QRectF, day: date) -> None:
        font = sized(self.font(), "small")
        is_marked = self._is_today or self._day is not None
        font.setWeight(QFont.Weight.DemiBold if is_marked else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.text if is_marked else self._theme.muted))
        metrics = painter.fontMetrics()
        number = str(day.day)
        place = QRectF(card.left() + GRID_PX, card.top() + GRID_PX // 2, 0, metrics.height())
        place.setWidth(metrics.horizontalAdvance(number) + 2)
        if self._is_today:
            pill = place.adjusted(-GRID_PX // 2, -1, metrics.horizontalAdvance(" today") + GRID_PX, 1)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.line), 1))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            painter.setPen(QColor(self._theme.text))
            number = f"{number} today"
        painter.drawText(place.topLeft() + QPointF(0, metrics.ascent()), number)

    def _paint_day(self, painter: QPainter, card: QRectF, day: Day) -> None:
        is_low = card.height() < LOW_PX
        side = min(round(min(card.width() / 2, card.height() - (2 if is_low else 6) * GRID_PX)), MOST_DISC_PX)
        place = QRect(0, 0, side, side)
        place.moveCenter(QPointF(card.center().x(), card.center().y() + GRID_PX / 2).toPoint())
        if is_low:
            # There is no room between the number and the count: beside them there is.
            place.moveCenter(QPointF(card.right() - GRID_PX - side / 2, card.center().y()).toPoint())
        colour = mean_colour(self._theme, day.mean)
        painter.drawPixmap(place, badge(self._theme, day.mood, colour, round(side * self.devicePixelRatioF())))
        if day.count > 1:
            painter.setFont(sized(self.font(), "small"))
            painter.setPen(QColor(self._theme.muted))
            line = card.adjusted(GRID_PX, 0, -GRID_PX, -GRID_PX // 2)
            edge = Qt.AlignmentFlag.AlignLeft if is_low else Qt.AlignmentFlag.AlignRight
            painter.drawText(line, edge | Qt.AlignmentFlag.AlignBottom, f"× {day.count}")


class CalendarView(QWidget):
    """One month.

    Args:
        mood_names: of the five moods.
        theme: of colours.
        today: is marked.
    """

    chosen = Signal(object)
    """with the date of a day that has entries"""
    month_asked = Signal(object)
    """with another Month"""

    def __init__(self, mood_names: tuple[str, ...], theme: Theme, today: date) -> None:
        super().__init__()
        self._today = today
        self.month = Month.of(today)
        self._days: Mapping[date, Day] = {}
        self._at: date | None = None
        self._first_weekday = first_weekday()
        self.cells = [DayButton(theme, mood_names) for _ in range(MOST_WEEKS * DAYS_IN_WEEK)]
        self._legend = Legend(mood_names, theme)
        self._build_ui()
        for cell in self.cells:
            cell.clicked.connect(self._choose)

    def show_month(self, month: Month, days: Mapping[date, Day], today: date) -> None:
        """Show a month.

        Args:
            month: which.
            days: every day that has entries.
            today: is marked.
        """
        self.month, self._days, self._today = month, days, today
        weeks = month.weeks(self._first_weekday)
        numbers = [number for week in weeks for number in week]
        numbers += [0] * (len(self.cells) - len(numbers))
        for cell, number in zip(self.cells, numbers, strict=True):
            day = date(month.year, month.number, number) if number else None
            cell.show_day(day, days.get(day) if day else None, today)
        for row in range(MOST_WEEKS):
            self._grid.setRowStretch(row + 1, 1 if row < len(weeks) else 0)
        self._lead_to(self._chosen_cell(self._at))

    def focus_day(self, wanted: date | None = None) -> None:
        """Put the focus on a day, or on the last one that has entries."""
        chosen = self._chosen_cell(wanted)
        self._lead_to(chosen)
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows go from day to day, the page keys from month to month, and Enter opens."""
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        key = Qt.Key(event.key())
        focused = next((cell for cell in self.cells if cell.hasFocus()), None)
        if key in pages:
            self.month_asked.emit(self.month.moved(pages[key]))
        elif key in steps and focused is not None and focused.date is not None:
            self._walk(focused.date, steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focused is not None:
            focused.click()
        else:
            super().keyPressEvent(event)

    def _build_ui(self) -> None:
        self._grid = QGridLayout()
        self._grid.setSpacing(GRID_PX // 2)
        for column in range(DAYS_IN_WEEK):
            name = QLabel(WEEKDAYS[(self._first_weekday + column) % DAYS_IN_WEEK])
            name.setProperty("role", "small")
            name.setContentsMargins(GRID_PX, 0, 0, 0)
            self._grid.addWidget(name, 0, column)
            self._grid.setColumnStretch(column, 1)
        for number, cell in enumerate(self.cells):
            self._grid.addWidget(cell, 1 + number // DAYS_IN_WEEK, number % DAYS_IN_WEEK)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN_PX, GRID_PX, MARGIN_PX, 2 * GRID_PX)
        rows.setSpacing(2 * GRID_PX)
        rows.addLayout(self._grid, stretch=1)
        rows.addWidget(self._legend)

    def _chosen_cell(self, wanted: date | None) -> DayButton:
        days = [cell for cell in self.cells if cell.date is not None]
        known = [cell for cell in days if cell.date in self._days]
        return next((cell for cell in days if wanted is not None and cell.date == wanted), (known or days)[-1])

    def _lead_to(self, chosen: DayButton) -> None:
        """The tab key leads to one day, from which arrows lead to the others."""
        self._at = chosen.date
        self.setFocusProxy(chosen)
        for cell in self.cells:
            is_it = cell is chosen
            cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_it else Qt.FocusPolicy.ClickFocus)

    def _walk(self, day: date, step: int) -> None:
        ordinal = min(max(day.toordinal() + step, date.min.toordinal()), date.max.toordinal())
        target = date.fromordinal(ordinal)
        if Month.of(target) != self.month:
            self.month_asked.emit(Month.of(target))
        self.focus_day(target)

    def _choose(self) -> None:
        cell = self.sender()
        if isinstance(cell, DayButton) and cell.date in self._days:
            self.chosen.emit(cell.date)


def described(day: date, known: Day | None, mood_names: tuple[str, ...]) -> str:
    """A day in words."""
    if known is None:
        return f"{long_day(day)}: no entry"
    if known.mood is None or known.mean is None:
        return f"{long_day(day)}: {entries(known.count)}"
    return f"{long_day(day)}: {entries(known.count)}, mood: {mood_names[known.mood - 1]}, {of_five(known.mean)}"

"""What the diary page is to show: text to look for, moods, a feeling, a tag, stars, and days."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from html import escape

from PySide6.QtCore import QDate, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QApplication, QDateEdit, QDialog, QFormLayout, QLineEdit, QMenu, QPushButton, QWidget

from duskreel.library.entry import Mood
from duskreel.library.query import HELP, Query, both, parse
from duskreel.library.values import EntryFilter
from duskreel.memories.days import Month, this_week
from duskreel.memories.wording import period
from duskreel.ui.buttons import SMALL_ICON_PX, main_button, plain_button
from duskreel.ui.dialog_layout import lay_out
from duskreel.ui.diary.calendar_view import first_weekday
from duskreel.ui.icons import device_pixels, icon
from duskreel.ui.mood_look import badge
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.flow import FlowLayout

PAUSE_MS = 120
"""in typing, after which it is looked for"""
SEARCH_WIDTH_PX = 36 * GRID_PX
MOST_LABELS = 40
"""in a menu; the search finds the others too"""
NOTHING = EntryFilter()
NO_QUERY = Query()


class FilterBar(QWidget):
    """Conditions side by side. The search field, `search`, stands wherever the page puts it; it takes words to look for
    and conditions in the language of `library.query`, which hold together with those of the bar.

    Args:
        mood_names: of the five moods.
        theme: of colours.
        today: what day it is.
    """

    changed = Signal()
    """other conditions"""
    text_changed = Signal()
    """another text, and a pause in typing"""

    def __init__(self, mood_names: tuple[str, ...], theme: Theme, today: Callable[[], date]) -> None:
        super().__init__()
        self._theme, self._today, self._mood_names = theme, today, mood_names
        self._wanted = NOTHING
        self._told = NO_QUERY
        self._has_dates = True
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._build_ui()
        self._connect()
        self._show_state()

    @property
    def wanted(self) -> EntryFilter:
        """All conditions, chosen and typed, except the words."""
        return both(self._wanted, self.query.wanted)

    @property
    def written(self) -> str:
        """All conditions and the words as one query, for keeping; "" for nothing."""
        return " ".join(part for part in (str(Query(self._wanted)), self.search.text().strip()) if part)

    def use(self, query: str) -> None:
        """Look for this, and nothing else."""
        self._wanted = NOTHING
        self.search.setText(query)
        self._pause.stop()
        self._show_state()
        self._tell(has_changed=True)

    @property
    def query(self) -> Query:
        """What is typed, as it is understood so far."""
        return parse(self.search.text(), is_typing=True)

    @property
    def text(self) -> str:
        """The words to look for; empty for nothing."""
        return self.query.words

    @property
    def is_active(self) -> bool:
        """Whether anything is left out."""
        return self._wanted != NOTHING or bool(self.search.text().strip())

    def offer(self, feelings: Sequence[str], tags: Sequence[str]) -> None:
        """Fill the menus with what occurs in the diary."""
        self._fill(self.feeling, "feeling", feelings)
        self._fill(self.tag, "tag", tags)
        self._show_state()

    def set_days(self, first: date | None, last: date | None) -> None:
        """Show only these days; None for an open end."""
        self._want(replace(self._wanted, first_day=first, last_day=last))

    def show_dates(self, *, is_shown: bool) -> None:
        """Calendars show all days, so that there the dates are out of place."""
        self._has_dates = is_shown
        self._show_state()

    def clear(self) -> None:
        """Show everything."""
        had_text, has_changed = bool(self.text), self._wanted != NOTHING
        self.search.clear()
        self._pause.stop()
        self._wanted = NOTHING
        self._show_state()
        self._tell(has_changed=has_changed, has_other_text=had_text)

    def _build_ui(self) -> None:
        self._build_search()
        self._flow = FlowLayout()
        self.setLayout(self._flow)
        self.moods = {mood: self._built_mood(mood, self._mood_names[mood - 1]) for mood in Mood}
        self.starred = _chip("Starred")
        self.starred.setAccessibleName("Starred")
        self.starred.setIcon(icon("star", self._theme.text))
        self.feeling, self.tag, self.days = (MenuChip(name, self._theme) for name in ("Feeling", "Tag", "Days"))
        self._fill(self.feeling, "feeling", ())
        self._fill(self.tag, "tag", ())
        self._fill_days()
        self.cleared = plain_button("Clear filters", "close", self._theme)
        self.cleared.setProperty("role", "link")
        self.cleared.setObjectName("quiet")
        self._flow.set_order(
            [*self.moods.values(), self.starred, self.feeling, self.tag, self.days, self.cleared],
        )

    def _build_search(self) -> None:
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setPlaceholderText("Search your words")
        self.search.setToolTip(help_text())
        self.search.setAccessibleName("Search your words")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(SEARCH_WIDTH_PX // 2)
        self.search.setMaximumWidth(SEARCH_WIDTH_PX)
        sign = QAction(icon("search", self._theme.muted), "", self.search)
        self.search.addAction(sign, QLineEdit.ActionPosition.LeadingPosition)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.search)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self.search.clear)

    def _built_mood(self, mood: Mood, name: str) -> QPushButton:
        chip = _chip(name)
        face = QPixmap(badge(self._theme, mood, self._theme.mood(mood), device_pixels(SMALL_ICON_PX)))
        chip.setIcon(QIcon(face))
        chip.setAccessibleName(name)
        return chip

    def _connect(self) -> None:
        for chip in self.moods.values():
            chip.clicked.connect(self._take_moods)
        self.starred.clicked.connect(lambda: self._want(replace(self._wanted, starred=self.starred.isChecked())))
        self.cleared.clicked.connect(self.clear)
        self.search.textChanged.connect(self._typed)
        self._pause.timeout.connect(self._tell)

    def _tell(self, *, has_changed: bool = False, has_other_text: bool = False) -> None:
        """Say what is different from what was told last."""
        before, self._told = self._told, self.query
        if has_changed or before.wanted != self._told.wanted:
            self.changed.emit()
        if has_other_text or before.terms != self._told.terms:
            self.text_changed.emit()

    def _typed(self) -> None:
        self._show_state()
        # Showing everything again needs no thought.
        self._pause.start(PAUSE_MS if self.search.text().strip() else 0)

    def _take_moods(self) -> None:
        chosen = frozenset(mood for mood, chip in self.moods.items() if chip.isChecked())
        self._want(replace(self._wanted, moods=chosen))

    def _want(self, wanted: EntryFilter) -> None:
        if wanted == self._wanted:
            self._show_state()
            return
        self._wanted = wanted
        self._show_state()
        self.changed.emit()

    def _fill(self, chip: "MenuChip", field: str, words: Sequence[str]) -> None:
        chosen: str = getattr(self._wanted, field)
        chip.choices.clear()
        group = QActionGroup(chip.choices)
        for word in ("", *words[:MOST_LABELS]):
            action = chip.choices.addAction(word.replace("&", "&&") or f"Any {field}")
            action.setData(word)
            action.setCheckable(True)
            action.triggered.connect(partial(self._take_label, field, word))
            group.addAction(action)
        chip.setEnabled(bool(words) or bool(chosen))

    def _take_label(self, field: str, word: str) -> None:
        if field == "feeling":
            self._want(replace(self._wanted, feeling=word))
        else:
            self._want(replace(self._wanted, tag=word))

    def _fill_days(self) -> None:
        menu = self.days.choices
        menu.addAction("All time").triggered.connect(partial(self.set_days, None, None))
        menu.addAction("This week").triggered.connect(lambda: self.set_days(*this_week(self._today(), first_weekday())))
        menu.addAction("This month").triggered.connect(self._take_month)
        menu.addAction("This year").triggered.connect(self._take_year)
        menu.addSeparator()
        menu.addAction("From one day to another…").triggered.connect(self._ask_for_days)

    def _take_month(self) -> None:
        month = Month.of(self._today())
        self.set_days(month.first_day, month.last_day)

    def _take_year(self) -> None:
        year = self._today().year
        self.set_days(date(year, 1, 1), date(year, 12, 31))

    def _ask_for_days(self) -> None:
        first = self._wanted.first_day or Month.of(self._today()).first_day
        dialog = DaysDialog(self, first, self._wanted.last_day or self._today())
        dialog.chosen.connect(self.set_days)
        dialog.open()

    def _show_state(self) -> None:
        wanted = self._wanted
        for mood, chip in self.moods.items():
            chip.setChecked(mood in wanted.moods)
        self.starred.setChecked(wanted.starred)
        self.feeling.show_choice(wanted.feeling, "Feeling")
        self.tag.show_choice(wanted.tag, "Tag")
        has_days = wanted.first_day is not None or wanted.last_day is not None
        self.days.show_choice(period(wanted.first_day, wanted.last_day) if has_days else "", "All time")
        self.days.setVisible(self._has_dates)
        self.cleared.setVisible(self.is_active)


def help_text() -> str:
    """The language of the search field, as a small table."""
    rows = "".join(f"<tr><td><b>{_shown(how)}</b>&nbsp;&nbsp;</td><td>{_shown(what)}</td></tr>" for how, what in HELP)
    return f"<p>Type words, or conditions such as</p><table cellspacing='4'>{rows}</table>"


def _shown(text: str) -> str:
    return escape(text).replace("   ", "<br>")


class MenuChip(QPushButton):
    """A chip that opens a menu, and says what was chosen there."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__(name)
        self.choices = QMenu(self)
        self.setProperty("role", "chip")
        self.setIcon(icon("chevron-down", theme.muted))
        self.setIconSize(QSize(2 * GRID_PX, 2 * GRID_PX))
        # The arrow follows the label; the menu is none of it.
        self.choices.setLayoutDirection(QApplication.layoutDirection())
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: self.choices.popup(self.mapToGlobal(self.rect().bottomLeft())))

    def show_choice(self, chosen: str, otherwise: str) -> None:
        """Say what is chosen and look like it, or say what could be."""
        self.setText((chosen or otherwise).replace("&", "&&"))
        self.setCheckable(bool(chosen))
        self.setChecked(bool(chosen))
        self.setAccessibleName(f"{otherwise}: {chosen}" if chosen else otherwise)
        for action in self.choices.actions():
            action.setChecked((action.data() or "").casefold() == chosen.casefold())


class DaysDialog(QDialog):
    """Two days to choose.

    Args:
        parent: over which it opens.
        first: shown at the beginning.
        last: as well.
    """

    chosen = Signal(object, object)
    """with the first and the last day"""

    def __init__(self, parent: QWidget, first: date, last: date) -> None:
        super().__init__(parent)
        self.setWindowTitle("Show days")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.first, self.last = _day_field(first), _day_field(last)
        form = QFormLayout()
        form.setSpacing(2 * GRID_PX)
        for label, field in (("From", self.first), ("To", self.last)):
            field.setAccessibleName(label)
            form.addRow(label, field)
        self.no, self.yes = plain_button("Cancel"), main_button("Show")
        self.yes.setDefault(True)
        lay_out(self, "Show days", (form,), (self.no, self.yes))
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        self.accepted.connect(self._choose)

    def _choose(self) -> None:
        days = [_python_date(field.date()) for field in (self.first, self.last)]
        self.chosen.emit(min(days), max(days))


def _day_field(day: date) -> QDateEdit:
    field = QDateEdit(QDate(day.year, day.month, day.day))
    field.setCalendarPopup(True)
    field.setDisplayFormat("d MMM yyyy")
    return field


def _python_date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())


def _chip(label: str) -> QPushButton:
    # Styles leave hardly any room between icon and text.
    chip = QPushButton(f" {label}")
    chip.setProperty("role", "chip")
    chip.setCheckable(True)
    chip.setIconSize(QSize(SMALL_ICON_PX, SMALL_ICON_PX))
    chip.setCursor(Qt.CursorShape.PointingHandCursor)
    return chip

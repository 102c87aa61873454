"""The diary: all entries by day, by month, by year and by mood, and whatever is looked for among them."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from duskreel.library.values import EntryFilter
from duskreel.memories.days import Month
from duskreel.memories.recap import Stretch
from duskreel.memories.wording import entries, month_name
from duskreel.ui.buttons import plain_button
from duskreel.ui.diary.bin_view import BinView
from duskreel.ui.diary.calendar_view import CalendarView
from duskreel.ui.diary.diary_header import DAYS, MONTH, MOODS, YEAR, DiaryHeader
from duskreel.ui.diary.empty_diary import EmptyDiary
from duskreel.ui.diary.entry_actions import EntryActions
from duskreel.ui.diary.entry_grid import MARGIN_PX, EntryGrid
from duskreel.ui.diary.entry_list import EntryList
from duskreel.ui.diary.filter_bar import FilterBar
from duskreel.ui.diary.hit_list import HitList
from duskreel.ui.diary.lookup import MOST_HITS, Lookup
from duskreel.ui.diary.memory_corner import MemoryCorner
from duskreel.ui.diary.mood_view import MoodView
from duskreel.ui.diary.posters import Posters
from duskreel.ui.diary.reel_offer import ReelOffer
from duskreel.ui.diary.saved_searches import SavedSearches
from duskreel.ui.diary.year_view import YearView
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Action, Messages
from duskreel.ui.page import Page
from duskreel.ui.preferences import Preferences
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.panel import Panel


def local_today() -> date:
    """The day on this computer's clock."""
    return datetime.now().astimezone().date()


class DiaryPage(Page):
    """Everything that was ever recorded.

    Args:
        diary: whose entries.
        preferences: the names of moods.
        messages: where a deletion can be undone.
        theme: of colours.
        today: what day it is.
    """

    opened = Signal(object)
    """with the Entry to be shown"""
    opened_at = Signal(object, int)
    """with the Entry and the time in ms at which searched words are said"""
    reel_asked = Signal(object)
    """with the Stretch of days that a reel is wanted of"""
    share_asked = Signal(object)
    """with the Entry whose sharing was put off"""
    record_asked = Signal()
    import_asked = Signal()

    def __init__(
        self,
        diary: DiaryThread,
        preferences: Preferences,
        messages: Messages,
        theme: Theme,
        today: Callable[[], date] = local_today,
    ) -> None:
        super().__init__()
        self._diary, self._theme, self._today = diary, theme, today
        self._view = DAYS
        self._is_seen = False
        self._is_stale = True
        self._starts_over = False
        self._month = Month.of(today())
        self._make_parts(preferences, messages)
        messages.keep_clear_of(self.grid.bar)
        self._build_ui()
        self._connect()
        self._place_title()

    # ---- what the window asks

    def enter(self) -> None:
        """Shows what has changed meanwhile."""
        self._is_seen = True
        if self._is_stale:
            self.refresh()
        self.memories.keep_up()

    def leave(self) -> None:
        """Changes wait until the page is seen again."""
        self._is_seen = False

    def find(self) -> None:  # type: ignore[override]
        """Go and type what to look for. Hides a function of QWidget that looks up a window by its number."""
        self._leave_bin()
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    def refresh(self) -> None:
        """Ask the diary anew."""
        self._is_stale = False
        self.moods.forget()
        self._lookup.list()
        self.memories.refresh()
        self._diary.ask(
            lambda diary: (diary.feelings(), diary.tags()),
            lambda labels: self.filters.offer(*labels),
            owner=self,
            topic="diary page: labels",
        )
        if self.filters.text:
            self._lookup.search()
        if self._stack.currentWidget() is self.bin:
            self.bin.refresh()

    # ---- building

    def _make_parts(self, preferences: Preferences, messages: Messages) -> None:
        theme, mood_names = self._theme, preferences.now.mood_names
        self._posters = Posters(self._diary.poster)
        self._entries = EntryList(mood_names)
        self.deeds = EntryActions(self._diary, messages, theme, self, mood_names)
        self.grid = EntryGrid(self._entries, self._posters, theme)
        self.hits = HitList(self._posters, theme, "Found")
        self.calendar = CalendarView(mood_names, theme, self._today())
        self.year = YearView(mood_names, theme)
        self.moods = MoodView(self._diary, mood_names, messages, theme)
        self.memories = MemoryCorner(self._diary, preferences, messages, theme, self._today)
        self.empty = EmptyDiary(theme)
        self.nothing = Panel("search", "", "", theme)
        self.nothing.setFocusProxy(self.nothing.button)
        self.bin = BinView(self._diary, messages, self._posters, theme)
        self.filters = FilterBar(mood_names, theme, self._today)
        self.saved = SavedSearches(self._diary, lambda: self.filters.written, messages, theme)
        self.reel = ReelOffer(self._diary, theme)
        self._lookup = Lookup(self._diary, self.filters)
        self.header = DiaryHeader(self.filters.search, self.saved, theme)

    def _build_ui(self) -> None:
        self.to_bin = plain_button("Bin", "bin", self._theme)
        self.to_bin.setProperty("role", "link")
        self.to_bin.setObjectName("quiet")
        self._stack = QStackedWidget()
        blank = QWidget()
        for widget in (
            blank, self.grid, self.hits, self.calendar, self.year, self.moods, self.empty, self.nothing, self.bin
        ):  # fmt: skip
            self._stack.addWidget(widget)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 3 * GRID_PX, 0, 0)
        rows.setSpacing(2 * GRID_PX)
        rows.addWidget(self.header)
        rows.addWidget(self._built_filter_row())
        rows.addWidget(self.memories)
        rows.addWidget(self._stack, stretch=1)

    def _built_filter_row(self) -> QWidget:
        self._filter_row = QWidget()
        row = QHBoxLayout(self._filter_row)
        row.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        row.setSpacing(2 * GRID_PX)
        row.addWidget(self.filters, stretch=1)
        row.addWidget(self.reel.button, alignment=Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        row.addWidget(self.to_bin, alignment=Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        return self._filter_row

    def _connect(self) -> None:
        self._diary.changed.connect(self._note_change)
        self.filters.changed.connect(self._filter)
        self.filters.text_changed.connect(self._lookup.search)
        self._lookup.listed.connect(self._show_list)
        self._lookup.searched.connect(self._show_hits)
        self.filters.search.returnPressed.connect(self._enter_list)
        self.saved.chosen.connect(self._use_search)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.filters.search)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._enter_list)
        self.header.views.chosen.connect(self._show_view)
        for view in (self.calendar, self.year, self.moods):
            view.chosen.connect(self._choose_place)
        self.calendar.month_asked.connect(self._show_month)
        self.year.year_asked.connect(lambda year: self._show_month(Month(year, self._month.number)))
        self.moods.turn_asked.connect(self._turn)
        self.moods.changed.connect(self._place_title)
        self.header.earlier.clicked.connect(lambda: self._turn(-1))
        self.header.later.clicked.connect(lambda: self._turn(1))
        self.header.now.clicked.connect(lambda: self._show_month(Month.of(self._today())))
        self._connect_entries()

    def _connect_entries(self) -> None:
        self.grid.chosen.connect(self.deeds.open)
        self.grid.star_asked.connect(self.deeds.star)
        self.grid.bin_asked.connect(self.deeds.bin)
        self.grid.menu_asked.connect(self.deeds.menu)
        self.grid.month_changed.connect(self._name_month)
        self.hits.chosen.connect(self.deeds.open_hit)
        self.deeds.opened.connect(self.opened)
        self.deeds.opened_at.connect(self.opened_at)
        self.memories.opened.connect(self.opened)
        self.memories.opened_at.connect(self.opened_at)
        self.memories.thought.look_asked.connect(self.share_asked)
        self.empty.record_asked.connect(self.record_asked)
        self.empty.import_asked.connect(self.import_asked)
        self.reel.asked.connect(self.reel_asked)
        self.to_bin.clicked.connect(self._enter_bin)
        self.bin.left.connect(self._leave_bin)

    # ---- asking

    def _note_change(self) -> None:
        if self._is_seen:
            self.refresh()
        else:
            self._is_stale = True

    def _show_list(self) -> None:
        self._show_days()
        self._show_what_there_is()

    def _show_days(self) -> None:
        if self._starts_over:
            self._starts_over = False
            self.grid.start_over()
        self._entries.show(self._lookup.glances_of_days)

    def _filter(self) -> None:
        self._starts_over = True
        if self._lookup.is_current:
            self._show_list()
        else:
            self._lookup.list()
        if self.filters.text:
            self._lookup.search()

    def _show_hits(self) -> None:
        self.hits.show_hits(self._lookup.found.hits)
        self._show_what_there_is()

    def _use_search(self, query: str) -> None:
        self._view = DAYS
        self.header.views.set_chosen(DAYS)
        self.filters.use(query)

    # ---- showing

    def _show_what_there_is(self) -> None:
        """Put the right thing in sight, after anything has changed."""
        if self._stack.currentWidget() is self.bin or not self._lookup.is_listed:
            return
        shown = self._fitting()
        is_empty = shown is self.empty
        self.header.show_ways(are_shown=not is_empty)
        self.filters.setVisible(not is_empty)
        self.filters.show_dates(is_shown=self._view == DAYS or bool(self.filters.text))
        today = self._today()
        if shown is self.calendar:
            self.calendar.show_month(self._month, self._lookup.days, today)
        elif shown is self.year:
            self.year.show_year(self._month.year, self._lookup.days, today)
        elif shown is self.moods:
            self.moods.show_moods(self._month, self._lookup.wanted)
        fields: dict[QWidget, QWidget] = {self.year: self.year.field, self.moods: self.moods.field}
        self._bring_up(shown, fields.get(shown, shown))
        self.memories.allow(may_be_seen=shown is self.grid and self.filters.wanted == EntryFilter())
        self.reel.offer(self._days_in_sight(shown))

    def _days_in_sight(self, shown: QWidget) -> Stretch | None:
        """What a reel would be made of; None where the page shows neither a month nor a year."""
        month, year = self._month, self._month.year
        if shown is self.calendar:
            return Stretch(month.first_day, month.last_day, f"{year:04}-{month.number:02}")
        return Stretch(date(year, 1, 1), date(year, 12, 31), f"{year:04}") if shown is self.year else None

    def _bring_up(self, shown: QWidget, with_keys: QWidget) -> None:
        """Put something in sight; if the keys belonged to what was there before, they now belong to this."""
        focused = self.focusWidget()
        had_keys = self.hasFocus() or (focused is not None and self._stack.isAncestorOf(focused))
        if shown is not self._stack.currentWidget():
            self._stack.setCurrentWidget(shown)
            self.setFocusProxy(with_keys)
            if had_keys:
                with_keys.setFocus(Qt.FocusReason.OtherFocusReason)
        self._place_title()

    def _fitting(self) -> QWidget:
        if self.filters.text:
            return self.hits if self.hits.hits else self._nothing_found()
        if not self._lookup.glances and self.filters.wanted == EntryFilter():
            return self.empty
        if self._view == MONTH:
            return self.calendar
        if self._view == YEAR:
            return self.year
        if self._view == MOODS:
            return self.moods
        return self.grid if self._entries.glances else self._nothing_found()

    def _nothing_found(self) -> Panel:
        action = Action("Clear filters", self.filters.clear)
        if self.filters.text:
            text = f"No entry has the words “{self.filters.text}”. Fewer or shorter words find more."
        else:
            text = "No entry is like that. There may be one on another day, or with another mood."
        self.nothing.show_what("search", "Nothing found", text, action)
        return self.nothing

    def _place_title(self) -> None:
        shown = self._stack.currentWidget()
        if shown is self.grid:
            self.header.say(month_name(self._month), entries(len(self._entries.glances)))
        elif shown is self.hits:
            count = len(self.hits.hits)
            said = f"the best {count}" if count == MOST_HITS else entries(count)
            also = ", ".join(f"“{meant}”" for _, meant in self._lookup.found.instead)
            self.header.say("Found", f"{said}, also with {also}" if also else said)
        elif shown is self.calendar:
            self.header.say(month_name(self._month), turns=True)
        elif shown is self.year:
            self.header.say(str(self._month.year), turns=True)
        elif shown is self.moods:
            self.header.say(self.moods.title, turns=self.moods.turns)
        else:
            names = ((self.bin, "Bin"), (self.nothing, self.nothing.title.text()))
            self.header.say(next((name for widget, name in names if widget is shown), "Diary"))

    def _name_month(self, month: Month) -> None:
        if self._stack.currentWidget() is self.grid or self._view == DAYS:
            self._month = month
            self._place_title()

    # ---- going about

    def _show_view(self, view: str) -> None:
        self._view = view
        self.header.views.set_chosen(view)
        if self.filters.text:
            self.filters.search.clear()
        if self._stack.currentWidget() is self.bin:
            self._stack.setCurrentIndex(0)
        self._show_what_there_is()

    def _show_month(self, month: Month) -> None:
        self._month = month
        self._show_what_there_is()

    def _turn(self, by: int) -> None:
        if self._view == MOODS:
            self._show_month(self.moods.turned(by))
        else:
            self._show_month(self._month.moved(by if self._view == MONTH else 12 * by))

    def _choose_place(self, place: date | Month) -> None:
        if isinstance(place, Month):
            self._month = place
            self._show_view(MONTH)
            self.calendar.focus_day()
        else:
            self.filters.set_days(place, place)
            self._show_view(DAYS)
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter_list(self) -> None:
        shown = self._stack.currentWidget()
        if shown in (self.grid, self.hits):
            shown.setFocus(Qt.FocusReason.TabFocusReason)

    def _enter_bin(self) -> None:
        self.header.show_ways(are_shown=False)
        self._filter_row.hide()
        self.memories.allow(may_be_seen=False)
        self._bring_up(self.bin, self.bin.list)
        self.bin.refresh()
        self.bin.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_bin(self) -> None:
        if self._stack.currentWidget() is not self.bin:
            return
        self._filter_row.show()
        self._stack.setCurrentIndex(0)
        self._show_what_there_is()

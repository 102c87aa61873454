"""The head of the diary page: where one is, how to go on from there, and how to look at it."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from duskreel.ui.buttons import icon_button, plain_button
from duskreel.ui.diary.entry_grid import MARGIN_PX
from duskreel.ui.diary.segments import Segments
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.elided_label import ElidedLabel

HEIGHT_PX = 5 * GRID_PX
NARROWEST_SEARCH_PX = 9 * GRID_PX
"""in the smallest window, where twelve months have arrows beside them"""
DAYS, MONTH, YEAR, MOODS = VIEWS = ("Days", "Month", "Year", "Moods")


class DiaryHeader(QWidget):
    """A title with arrows beside it, the search field and the switch.

    Args:
        search: the field, which belongs to the filters.
        saved: the button beside it, with the saved searches.
        theme: for the icons.
    """

    def __init__(self, search: QLineEdit, saved: QWidget, theme: Theme) -> None:
        super().__init__()
        self._search, self._saved = search, saved
        self.title, self.count = ElidedLabel(), QLabel()
        self.title.setProperty("role", "title")
        self.count.setProperty("role", "muted")
        self.earlier = icon_button("chevron-left", "Earlier", theme)
        self.later = icon_button("chevron-right", "Later", theme)
        self.now = plain_button("Today")
        self.views = Segments("Show", VIEWS)
        self._build_ui()

    def say(self, title: str, count: str = "", *, turns: bool = False) -> None:
        """Name what is shown.

        Args:
            title: its name.
            count: how much there is of it.
            turns: whether there is something before and after it.
        """
        self.title.setText(title)
        self.count.setText(count)
        for widget in (self.earlier, self.later, self.now):
            widget.setVisible(turns)

    def show_ways(self, *, are_shown: bool) -> None:
        """Search and views are of no use where there is nothing to see."""
        self._search.setVisible(are_shown)
        self._saved.setVisible(are_shown)
        self.views.setVisible(are_shown)

    def _build_ui(self) -> None:
        # The same height in all views, so that nothing below jumps.
        self.setFixedHeight(HEIGHT_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        row.setSpacing(GRID_PX)
        for widget in (self.earlier, self.title, self.later, self.now, self.count):
            row.addWidget(widget)
        row.addStretch()
        # Names of views are not cut; what is typed can be moved along, and has all the room that is left. The title
        # gives way last: some systems' letters are wide.
        self._search.setMinimumWidth(NARROWEST_SEARCH_PX)
        self._search.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.views.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        row.addWidget(self._search, stretch=2)
        row.addWidget(self._saved)
        row.addSpacing(GRID_PX)
        row.addWidget(self.views)

"""A quiet button: tell a series, go on with one, or leave it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QToolButton

from duskreel.memories.series import Progress, Series
from duskreel.ui.buttons import SMALL_ICON_PX
from duskreel.ui.icons import icon
from duskreel.ui.record.series_desk import SeriesDesk
from duskreel.ui.theme import Theme

NONE = "No series"

Tell = Callable[[Series | None], object]


class SeriesChooser(QToolButton):
    """Opens a menu of all series; filled while one is being told.

    Args:
        desk: knows them.
        theme: for the icons.
    """

    chosen = Signal(object)
    """with the Series to be told, or None"""
    looked_back = Signal(object)
    """with a finished Series whose first and last day are to be seen side by side"""
    new_asked = Signal()
    copy_asked = Signal(object)
    """with a Series that one of the user's own is to begin from"""
    change_asked = Signal(object)
    """with a Series of the user's own"""
    removal_asked = Signal(object)
    """with a Series of the user's own"""

    def __init__(self, desk: SeriesDesk, theme: Theme) -> None:
        super().__init__()
        self._desk, self._theme = desk, theme
        self.list = QMenu(self)
        self.setProperty("role", "switch")
        self.setIcon(icon("series", theme.text))
        self.setIconSize(QSize(SMALL_ICON_PX, SMALL_ICON_PX))
        self.setCheckable(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A click must leave the space bar to the recording.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMenu(self.list)
        desk.changed.connect(self.show_known)
        self.show_known()

    def show_known(self) -> None:
        """As the desk knows it."""
        line = self._desk.line
        self.setChecked(bool(line))
        self.setToolTip(f"Series: {line}" if line else "Tell a series, day by day")
        self.setAccessibleName(f"Series: {line or 'none'}")
        if not self.list.isVisible():
            self._fill()

    def _fill(self) -> None:
        menu, running = self.list, self._desk.running
        menu.clear()
        menu.setToolTipsVisible(True)
        self._add(NONE, self.chosen.emit, None, is_on=running is None)
        menu.addSeparator()
        offered = [item for item in self._desk.known if not item[0].is_removed]
        # What has been begun is looked for first.
        for series, progress in sorted(offered, key=lambda item: not item[1].is_begun):
            if progress.next_day is not None:
                is_on = running is not None and running[0].id == series.id
                action = self._add(_label(series, progress), self.chosen.emit, series, is_on=is_on)
                action.setToolTip(series.description)
        finished = [series for series, progress in offered if progress.next_day is None]
        if finished:
            menu.addSeparator()
        for series in finished:
            self._add(f"How far you came: {series.name}", self.looked_back.emit, series)
        menu.addSeparator()
        menu.addAction("A series of your own…").triggered.connect(lambda: self.new_asked.emit())
        own = [series for series, _ in offered if series.is_own]
        self._add_deeds("Begin from a copy of", [series for series, _ in offered], self.copy_asked.emit, "…")
        self._add_deeds("Change", own, self.change_asked.emit, "…")
        self._add_deeds("Remove", own, self.removal_asked.emit, "")

    def _add_deeds(self, label: str, series: Sequence[Series], do: Tell, asks: str) -> None:
        """A menu of its own for something that can be done to several series; none where there are none."""
        if series:
            menu = self.list.addMenu(label)
            for each in series:
                self._add(f"{each.name}{asks}", do, each, menu=menu)

    def _add(
        self, label: str, tell: Tell, series: Series | None, *, is_on: bool = False, menu: QMenu | None = None
    ) -> QAction:
        sign = icon("check", self._theme.text) if is_on else QIcon()
        action = (menu or self.list).addAction(sign, label.replace("&", "&&"))
        action.triggered.connect(lambda: tell(series))
        return action


def _label(series: Series, progress: Progress) -> str:
    if not progress.is_begun:
        return series.name
    return f"{series.name}: go on with day {progress.next_day}"

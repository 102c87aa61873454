"""What the user does about series on the record page: begin one, leave it, look back, and care for one's own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from duskreel.library.entry import Entry
from duskreel.memories import series_file
from duskreel.memories.series import Series, copied, first_and_last
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Action, Messages
from duskreel.ui.preferences import Preferences
from duskreel.ui.record.series_chooser import SeriesChooser
from duskreel.ui.record.series_desk import SeriesDesk
from duskreel.ui.record.series_dialogs import LookBackDialog
from duskreel.ui.record.series_editor import USUAL_DAYS, SeriesEditor
from duskreel.ui.theme import Theme


class SeriesTelling(QObject):
    """Answers the chooser.

    Args:
        page: over whose window dialogs lie.
        diary: with entries and series.
        preferences: which one is being told.
        messages: tells.
        theme: of icons and colours.
    """

    watch_asked = Signal(object)
    """with an Entry that the user wants to see again"""

    def __init__(
        self, page: QWidget, diary: DiaryThread, preferences: Preferences, messages: Messages, theme: Theme
    ) -> None:
        super().__init__(page)
        self._page, self._diary, self._preferences = page, diary, preferences
        self._messages, self._theme = messages, theme
        self.desk = SeriesDesk(diary, preferences)
        self.desk.setParent(self)
        self.chooser = SeriesChooser(self.desk, theme)
        self.chooser.chosen.connect(self._tell)
        self.chooser.looked_back.connect(self._look_back)
        self.chooser.new_asked.connect(self._ask_for_new)
        self.chooser.copy_asked.connect(self._ask_for_copy)
        self.chooser.change_asked.connect(self._ask_for_change)
        self.chooser.removal_asked.connect(self._remove)
        self.desk.finished.connect(self._say_it_is_told)

    def _tell(self, series: Series | None) -> None:
        self.desk.choose(series.id if series else "")
        if series is None:
            return
        self._preferences.change(shows_prompts=True)
        self.desk.refresh()
        if series.description and not self.desk.has_begun(series):
            self._messages.say(series.description)

    def _say_it_is_told(self, series: Series) -> None:
        self.desk.choose("")
        self._messages.say(
            f"That was the last day of “{series.name}”.",
            Action("See how far you came", partial(self._look_back, series)),
        )

    def _ask_for_new(self) -> None:
        self._ask(Series("", "", days=USUAL_DAYS), "A series of your own", "Begin", self._add)

    def _ask_for_copy(self, series: Series) -> None:
        copy = copied(series, [each for each, _ in self.desk.known])
        self._ask(copy, f"A series of your own, from “{series.name}”", "Begin", self._add)

    def _ask_for_change(self, series: Series) -> None:
        self._ask(series, f"Change “{series.name}”", "Save", self._change, is_begun=self.desk.has_begun(series))

    def _ask(
        self, series: Series, heading: str, yes: str, do: Callable[[Series], object], *, is_begun: bool = False
    ) -> None:
        dialog = SeriesEditor(self._page.window(), series, heading, yes, self._theme, is_begun=is_begun)
        dialog.wanted.connect(do)
        dialog.open()

    def _add(self, series: Series) -> None:
        now = datetime.now(UTC)
        self._diary.ask(lambda diary: series_file.add(diary, series, now), self._tell, owner=self)

    def _change(self, series: Series) -> None:
        self._write(series, f"“{series.name}” is changed.")

    def _remove(self, series: Series) -> None:
        """No entry is touched, and the series can be brought back, so that nothing needs to be asked."""
        undo = Action("Undo", partial(self._write, series, f"“{series.name}” is back."))
        gone = f"The series “{series.name}” is gone. Its entries stay as they are."
        self._write(replace(series, is_removed=True), gone, undo)

    def _write(self, series: Series, told: str, action: Action | None = None) -> None:
        now = datetime.now(UTC)

        def written(_: object) -> None:
            self.desk.refresh()
            self._messages.say(told, action)

        self._diary.ask(lambda diary: series_file.change(diary, series, now), written, owner=self)

    def _look_back(self, series: Series) -> None:
        self._diary.ask(
            lambda diary: first_and_last(series.id, diary.entries()),
            lambda ends: self._show_ends(series, ends),
            owner=self,
        )

    def _show_ends(self, series: Series, ends: tuple[Entry, Entry] | None) -> None:
        if ends is None:
            self._messages.say(f"“{series.name}” has a single day so far.")
            return
        names = self._preferences.now.mood_names
        dialog = LookBackDialog(self._page.window(), series, ends, self._diary, names, self._theme)
        dialog.watch_wanted.connect(self.watch_asked)
        dialog.open()

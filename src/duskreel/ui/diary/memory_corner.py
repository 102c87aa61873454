"""What comes back today, above the days: asked of the diary, shown one at a time, and gone when it is not wanted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from duskreel.library.entry import Entry
from duskreel.memories.memory_wording import called
from duskreel.memories.recall import OFF, Recalled, recall
from duskreel.memories.remembering import HardDays
from duskreel.settings import Settings
from duskreel.ui.diary.entry_grid import MARGIN_PX
from duskreel.ui.diary.memory_strip import PICTURE, MemoryStrip
from duskreel.ui.diary.second_thought import SecondThought
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Action, Messages
from duskreel.ui.poster import scaled
from duskreel.ui.preferences import Preferences
from duskreel.ui.theme import GRID_PX, Theme


class MemoryCorner(QWidget):
    """The strip with what it shows; takes no room where there is nothing.

    Args:
        diary: where memories come from.
        preferences: whether any are wanted, and what becomes of hard days.
        messages: where hiding one can be undone.
        theme: of colours.
        today: what day it is.
    """

    opened = Signal(object)
    """with the Entry to be shown"""
    opened_at = Signal(object, int)
    """with the Entry and the time in ms at which it was said"""

    def __init__(
        self,
        diary: DiaryThread,
        preferences: Preferences,
        messages: Messages,
        theme: Theme,
        today: Callable[[], date],
    ) -> None:
        super().__init__()
        self._diary, self._preferences, self._messages, self._today = diary, preferences, messages, today
        self._recalled: list[Recalled] = []
        self._asked_for: set[str] = set()
        self._asked_on: date | None = None
        self._at = 0
        self._may_be_seen = False
        self._wanted_as = _choice(preferences.now)
        self.thought = SecondThought(diary, theme, today)
        self.strip = MemoryStrip(preferences.now.mood_names, theme)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        rows.setSpacing(GRID_PX)
        rows.addWidget(self.thought)
        rows.addWidget(self.strip)
        self.hide()
        self._connect()

    def refresh(self) -> None:
        """Ask the diary anew."""
        settings, today = self._preferences.now, self._today()
        self._asked_on = today
        # Whoever wants no memories has asked for this one.
        self.thought.refresh()
        if settings.memories == OFF or settings.memories_closed_on == today.isoformat():
            self._take([])
            return
        hard_days = HardDays.of(settings.memories)
        self._diary.ask(
            lambda diary: recall(diary, today, hard_days), self._take, owner=self, topic="diary page: memories"
        )

    def keep_up(self) -> None:
        """Ask again if it is another day by now."""
        if self._asked_on not in (None, self._today()):
            self.refresh()

    def allow(self, *, may_be_seen: bool) -> None:
        """Whether this is the place for it: it belongs above all days, and not above what was looked for."""
        self._may_be_seen = may_be_seen
        self._show_or_hide()

    @property
    def now(self) -> Recalled | None:
        """The one in sight."""
        return self._recalled[self._at] if self._recalled else None

    def _connect(self) -> None:
        strip = self.strip
        strip.watch_asked.connect(self._watch)
        strip.look_asked.connect(self._look)
        strip.hide_asked.connect(self._keep_out)
        strip.next_asked.connect(self._go_on)
        strip.closed.connect(self._close_for_today)
        self.thought.changed.connect(self._show_or_hide)
        self._preferences.changed.connect(self._follow)

    def _follow(self, settings: Settings) -> None:
        if _choice(settings) != self._wanted_as:
            self._wanted_as = _choice(settings)
            self._asked_for.clear()
            self.refresh()

    def _take(self, recalled: list[Recalled]) -> None:
        was = self.now
        self._recalled = [each.unveiled() if each.memory.entry.id in self._asked_for else each for each in recalled]
        ids = [each.memory.entry.id for each in self._recalled]
        self._at = ids.index(was.memory.entry.id) if was and was.memory.entry.id in ids else 0
        if self.now != was:
            self._show()
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        self.strip.setVisible(self.now is not None)
        self.setVisible(self._may_be_seen and (self.now is not None or self.thought.entry is not None))

    def _show(self) -> None:
        now = self.now
        if now is None:
            return
        self.strip.show_memory(now, has_others=len(self._recalled) > 1)
        if not now.memory.is_veiled:
            self._fetch_picture(now.memory.entry)

    def _fetch_picture(self, entry: Entry) -> None:
        ratio = self.devicePixelRatioF()

        def fetched(image: QImage) -> None:
            now = self.now
            if now is not None and now.memory.entry.id == entry.id and not now.memory.is_veiled:
                self.strip.show_picture(image)

        self._diary.ask(
            lambda diary: scaled(diary.poster(entry) or b"", PICTURE, ratio),
            fetched,
            owner=self,
            topic="diary page: picture of a memory",
        )

    def _watch(self) -> None:
        now = self.now
        if now is None:
            return
        if now.memory.said is not None:
            self.opened_at.emit(now.memory.entry, now.memory.said.at_ms)
        else:
            self.opened.emit(now.memory.entry)

    def _look(self) -> None:
        now = self.now
        if now is None:
            return
        self._asked_for.add(now.memory.entry.id)
        self._recalled[self._at] = now.unveiled()
        self._show()
        self.strip.watch.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        self._at = (self._at + 1) % len(self._recalled)
        self._show()

    def _keep_out(self) -> None:
        now = self.now
        if now is None:
            return
        entry_id = now.memory.entry.id
        name = "It" if now.memory.is_veiled else called(now.memory.entry)

        def undo() -> None:
            self._diary.change(lambda diary: diary.amend(entry_id, _shown_again))

        self._diary.change(
            lambda diary: diary.amend(entry_id, _kept_out),
            lambda _: self._messages.say(f"{name} stays out of memories.", Action("Undo", undo)),
            owner=self,
        )

    def _close_for_today(self) -> None:
        self._preferences.change(memories_closed_on=self._today().isoformat())
        undo = Action("Undo", lambda: self._preferences.change(memories_closed_on=""))
        self._messages.say("No memories until tomorrow.", undo)


def _choice(settings: Settings) -> tuple[str, str]:
    return settings.memories, settings.memories_closed_on


def _kept_out(entry: Entry) -> Entry:
    return replace(entry, hidden_from_memories=True)


def _shown_again(entry: Entry) -> Entry:
    return replace(entry, hidden_from_memories=False)

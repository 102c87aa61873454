"""What was thrown away, and the way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.values import SearchHit
from duskreel.ui.buttons import plain_button
from duskreel.ui.diary.hit_list import MARGIN_PX, HitList
from duskreel.ui.diary.posters import Posters
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.panel import Panel


class BinView(QWidget):
    """A list of binned entries.

    Args:
        diary: whose bin it is.
        messages: told of what came back.
        posters: where pictures come from.
        theme: of colours.
    """

    left = Signal()
    """the user wants to go back to the diary"""

    def __init__(self, diary: DiaryThread, messages: Messages, posters: Posters, theme: Theme) -> None:
        super().__init__()
        self._diary, self._messages = diary, messages
        self.list = HitList(posters, theme, "Entries in the bin")
        self.back = plain_button("Back to the diary", "chevron-left", theme)
        self.bring_back = plain_button("Bring back", "undo", theme)
        self.nothing = Panel("bin", "The bin is empty", "What you delete waits here, in case you miss it.", theme)
        self._build_ui()
        self._connect()

    def refresh(self) -> None:
        """Look into the bin."""
        self._diary.ask(Diary.binned, self._show, owner=self, topic="bin")

    def _build_ui(self) -> None:
        hint = QLabel("Choose an entry to bring it back. Nothing goes from here by itself.")
        hint.setProperty("role", "muted")
        bar = QHBoxLayout()
        bar.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        bar.setSpacing(2 * GRID_PX)
        bar.addWidget(self.back)
        bar.addWidget(hint, stretch=1)
        bar.addWidget(self.bring_back)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.nothing)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID_PX)
        rows.addLayout(bar)
        rows.addWidget(self._stack, stretch=1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.bring_back.clicked.connect(self._restore_current)
        self.list.chosen.connect(self._show_choice)
        self.list.selectionModel().currentChanged.connect(self._show_choice)

    def _show(self, entries: list[Entry]) -> None:
        self.list.show_hits([SearchHit(entry, "") for entry in entries])
        self._stack.setCurrentWidget(self.list if entries else self.nothing)
        self.bring_back.setVisible(bool(entries))
        if entries:
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        self._show_choice()

    def _show_choice(self) -> None:
        self.bring_back.setEnabled(self.list.current() is not None)

    def _restore_current(self) -> None:
        hit = self.list.current()
        if hit is not None:
            self._diary.change(lambda diary: diary.restore(hit.entry.id), self._restored, owner=self)

    def _restored(self, entry: Entry) -> None:
        name = f"“{entry.title}”" if entry.title else "The entry"
        self._messages.say(f"{name} is back in the diary.")
        self.refresh()

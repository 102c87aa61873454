"""What was thrown away, and the way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from duskreel.library.binning import Binned
from duskreel.library.bulk import Amended
from duskreel.library.diary import Diary
from duskreel.library.values import SearchHit
from duskreel.memories.wording import entries
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
        messages: told of what came back or went for good, after it was asked about.
        posters: where pictures come from.
        theme: of colours.
    """

    left = Signal()
    """the user wants to go back to the diary"""

    def __init__(self, diary: DiaryThread, messages: Messages, posters: Posters, theme: Theme) -> None:
        super().__init__()
        self._diary, self._messages = diary, messages
        self.list = HitList(posters, theme, "Entries in the bin", picks=True)
        self.back = plain_button("Back to the diary", "chevron-left", theme)
        self.bring_back = plain_button("Bring back", "undo", theme)
        self.delete = plain_button("Delete for good", "bin", theme)
        self.empty = plain_button("Empty the bin", "bin", theme)
        self._content: list[Binned] = []
        self.nothing = Panel("bin", "The bin is empty", "What you delete waits here, in case you miss it.", theme)
        self._build_ui()
        self._connect()

    def refresh(self) -> None:
        """Look into the bin."""
        self._diary.ask(Diary.bin_content, self._show, owner=self, topic="bin")

    def chosen(self) -> list[Binned]:
        """What is chosen, newest first."""
        rows = {index.row() for index in self.list.selectionModel().selectedIndexes()}
        return [binned for row, binned in enumerate(self._content) if row in rows]

    def _build_ui(self) -> None:
        self.hint = QLabel("Choose what to bring back or delete.")
        self.hint.setProperty("role", "small")
        self.hint.setWordWrap(True)
        bar = QHBoxLayout()
        bar.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        bar.setSpacing(GRID_PX)
        bar.addWidget(self.back)
        bar.addSpacing(GRID_PX)
        bar.addWidget(self.hint, stretch=1)
        bar.addStretch()
        for button in (self.bring_back, self.delete, self.empty):
            bar.addWidget(button)
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
        self.bring_back.clicked.connect(self._restore_chosen)
        self.delete.clicked.connect(lambda: self._ask_about(self.chosen()))
        self.empty.clicked.connect(lambda: self._ask_about(self._content))
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(lambda: self._ask_about(self.chosen()))
        self.list.selectionModel().selectionChanged.connect(self._show_choice)

    def _show(self, content: list[Binned]) -> None:
        self._content = content
        self.list.show_hits([SearchHit(binned.entry, "") for binned in content])
        self._stack.setCurrentWidget(self.list if content else self.nothing)
        for widget in (self.hint, self.bring_back, self.delete, self.empty):
            widget.setVisible(bool(content))
        if content:
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        self._show_choice()

    def _show_choice(self) -> None:
        for button in (self.bring_back, self.delete):
            button.setEnabled(bool(self.chosen()))

    def _restore_chosen(self) -> None:
        ids = [binned.entry.id for binned in self.chosen()]
        if ids:
            self._diary.change(lambda diary: diary.restore_all(ids), self._restored, owner=self)

    def _restored(self, amended: Amended) -> None:
        for error in amended.refused[:1]:
            self._messages.fail(error)
        restored = amended.entries
        if len(restored) == 1:
            name = f"“{restored[0].title}”" if restored[0].title else "The entry"
            self._messages.say(f"{name} is back in the diary.")
        elif restored:
            self._messages.say(f"{entries(len(restored))} are back in the diary.")
        self.refresh()

    def _ask_about(self, doomed: list[Binned]) -> None:
        if not doomed:
            return
        room_mb = round(sum(binned.size_bytes for binned in doomed) / 1_000_000)
        room = f"{room_mb:,} MB" if room_mb else "less than 1 MB"
        self._messages.confirm(
            f"Delete {entries(len(doomed))} for good?",
            f"That makes {room} of room. Nothing but a backup brings them back.",
            "Delete for good",
            lambda: self._delete(doomed),
        )

    def _delete(self, doomed: list[Binned]) -> None:
        self._diary.change(lambda diary: diary.delete_for_good(doomed), self._deleted, owner=self)

    def _deleted(self, count: int) -> None:
        self._messages.say(f"{entries(count)} deleted for good.")
        self.refresh()

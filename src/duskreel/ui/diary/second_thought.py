"""What somebody wanted to think about again, above the days: asked of the diary, and never more than a line."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from duskreel.errors import DiaryError
from duskreel.library.entry import Entry
from duskreel.library.review_notes import ReviewNotes
from duskreel.memories.wording import long_day
from duskreel.ui.buttons import plain_button
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.icons import device_pixels, picture
from duskreel.ui.theme import GRID_PX, Theme

SIGN_PX = 3 * GRID_PX


class SecondThought(QFrame):
    """One entry whose sharing was put off, the longest waiting first; not there where there is none.

    Args:
        diary: that knows.
        theme: of the icon.
        today: what day it is.
    """

    look_asked = Signal(object)
    """at sharing this Entry"""
    changed = Signal()
    """there is one now, or none"""

    def __init__(self, diary: DiaryThread, theme: Theme, today: Callable[[], date]) -> None:
        super().__init__()
        self._diary, self._theme, self._today = diary, theme, today
        self._entry: Entry | None = None
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._build_ui()
        self.look.clicked.connect(self._look)
        self.not_any_more.clicked.connect(self._forget)
        self.hide()

    @property
    def entry(self) -> Entry | None:
        """The one in sight."""
        return self._entry

    def refresh(self) -> None:
        """Ask the diary anew."""
        today = self._today()
        self._diary.ask(
            lambda diary: diary.to_think_about(today), self._take, owner=self, topic="diary page: second thought"
        )

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """A long title ends where its room does."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._show()

    def _take(self, entries: list[Entry]) -> None:
        self._entry = entries[0] if entries else None
        self._show()
        self.setVisible(self._entry is not None)
        self.changed.emit()

    def _show(self) -> None:
        if self._entry is None:
            return
        text = f"You wanted to think again about sharing {_named(self._entry)}."
        room = max(self.line.width(), 8 * GRID_PX)
        self.line.setText(self.line.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))
        self.line.setToolTip(text if self.line.text() != text else "")
        self.setAccessibleName(text)

    def _build_ui(self) -> None:
        sign, self.line = QLabel(), QLabel()
        image = picture("share", self._theme.muted, device_pixels(SIGN_PX))
        image.setDevicePixelRatio(image.width() / SIGN_PX)
        sign.setPixmap(image)
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        # It is cut to the room that there is, and must not ask for more.
        self.line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.look = plain_button("Look again")
        self.not_any_more = plain_button("Not any more")
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID_PX, GRID_PX, GRID_PX, GRID_PX)
        row.setSpacing(GRID_PX)
        row.addWidget(sign)
        row.addSpacing(GRID_PX)
        row.addWidget(self.line, stretch=1)
        row.addWidget(self.look)
        row.addWidget(self.not_any_more)

    def _look(self) -> None:
        entry = self._entry
        if entry is not None:
            self._answered(entry, self.look_asked.emit)

    def _forget(self) -> None:
        if self._entry is not None:
            self._answered(self._entry, lambda _: None)

    def _answered(self, entry: Entry, then: Callable[[Entry], object]) -> None:
        """It has asked once, and does not again."""

        def failed(error: DiaryError) -> None:
            self.line.setText(str(error))

        self._diary.change(lambda diary: diary.amend(entry.id, _not_asked), then, failed=failed, owner=self)


def _named(entry: Entry) -> str:
    return f"“{entry.title}”" if entry.title else f"the entry of {long_day(entry.recorded_at.date())}"


def _not_asked(entry: Entry) -> Entry:
    notes = replace(entry.review or ReviewNotes(), ask_again_on=None)
    return replace(entry, review=None if notes == ReviewNotes() else notes)

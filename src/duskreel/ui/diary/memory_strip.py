"""One memory in a line: a picture, a sentence, and what can be done. Silent where there is none."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from duskreel.memories.memory_wording import place_in_clip, what_came_since
from duskreel.memories.recall import Recalled
from duskreel.memories.wording import long_day
from duskreel.ui.buttons import icon_button, plain_button
from duskreel.ui.icons import device_pixels, picture
from duskreel.ui.theme import GRID_PX, Theme

PICTURE = QSize(12 * GRID_PX, 12 * GRID_PX * 9 // 16)
SIGN_PX = 4 * GRID_PX


class MemoryStrip(QFrame):
    """Shows one of a few memories.

    Args:
        mood_names: of the five moods.
        theme: for icons.
    """

    watch_asked = Signal()
    look_asked = Signal()
    """a hard day is to be seen after all"""
    hide_asked = Signal()
    """this one shall not come back"""
    next_asked = Signal()
    closed = Signal()

    def __init__(self, mood_names: tuple[str, ...], theme: Theme) -> None:
        super().__init__()
        self._mood_names, self._theme = mood_names, theme
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.poster, self.line, self.detail = QLabel(), QLabel(), QLabel()
        self.watch = plain_button("Watch", "play", theme)
        self.look = plain_button("Look", "visible", theme)
        self.not_this = plain_button("Not this one")
        self.another = icon_button("chevron-right", "Another memory", theme)
        self.close_today = icon_button("close", "Close memories for today", theme)
        self._build_ui()
        self._connect()

    def show_memory(self, recalled: Recalled, *, has_others: bool) -> None:
        """Show one. Of a veiled one neither its picture nor its words."""
        memory = recalled.memory
        parts = () if memory.is_veiled else self._parts(recalled)
        detail = " · ".join(part for part in parts if part)
        self._shown = (recalled.line, detail)
        self._elide()
        self.detail.setVisible(bool(detail))
        self.setAccessibleName(f"Memory. {recalled.line} {detail}".strip())
        self.watch.setVisible(not memory.is_veiled)
        self.look.setVisible(memory.is_veiled)
        self.another.setVisible(has_others)
        for button in (self.watch, self.look, self.not_this):
            button.setAccessibleName(f"{button.text()}: {recalled.line}")
        self.show_picture(QImage())

    def show_picture(self, image: QImage) -> None:
        """Its poster; where there is none, a sign."""
        if image.isNull():
            sign = picture("calendar", self._theme.muted, device_pixels(SIGN_PX))
            sign.setDevicePixelRatio(sign.width() / SIGN_PX)
            self.poster.setPixmap(sign)
            return
        found = QPixmap.fromImage(image)
        found.setDevicePixelRatio(found.width() / PICTURE.width())
        self.poster.setPixmap(found)

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """A long sentence ends where its room does."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._elide()

    def _parts(self, recalled: Recalled) -> tuple[str, ...]:
        memory = recalled.memory
        mood = memory.entry.mood
        return (
            long_day(memory.day),
            place_in_clip(memory),
            "" if mood is None else self._mood_names[mood - 1],
            what_came_since(memory.since, self._mood_names),
        )

    def _elide(self) -> None:
        for label, text in zip((self.line, self.detail), self._shown, strict=True):
            room = max(label.width(), 8 * GRID_PX)
            label.setText(label.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))
            label.setToolTip(text if label.text() != text else "")

    def _build_ui(self) -> None:
        self._shown = ("", "")
        self.poster.setFixedSize(PICTURE)
        self.poster.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.setProperty("role", "body")
        self.detail.setProperty("role", "small")
        words = QVBoxLayout()
        words.setSpacing(GRID_PX // 2)
        words.addStretch()
        for label in (self.line, self.detail):
            label.setTextFormat(Qt.TextFormat.PlainText)
            # It is cut to the room that there is, and must not ask for more.
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            words.addWidget(label)
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID_PX, GRID_PX, GRID_PX, GRID_PX)
        row.setSpacing(GRID_PX)
        row.addWidget(self.poster)
        row.addSpacing(GRID_PX)
        row.addLayout(words, stretch=1)
        for button in (self.watch, self.look, self.not_this, self.another, self.close_today):
            row.addWidget(button)

    def _connect(self) -> None:
        self.watch.clicked.connect(self.watch_asked)
        self.look.clicked.connect(self.look_asked)
        self.not_this.clicked.connect(self.hide_asked)
        self.another.clicked.connect(self.next_asked)
        self.close_today.clicked.connect(self.closed)

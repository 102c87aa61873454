"""The live preview with everything to steer it: play, scrub, frame by hand, and see what the platforms cover."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from duskreel.errors import DiaryError
from duskreel.export.outline import Outline
from duskreel.export.presets import SafeZone
from duskreel.timecode import clock
from duskreel.ui.buttons import SMALL_ICON_PX, icon_button
from duskreel.ui.icons import icon
from duskreel.ui.share.framing_choice import FramingChoice
from duskreel.ui.share.framing_handle import FramingHandle
from duskreel.ui.share.preview_player import PreviewPlayer
from duskreel.ui.share.short_preview import ShortPreview
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.scrub_bar import ScrubBar

JUMP_MS = 1_000
"""by which an arrow key goes back and on in time"""


class PreviewColumn(QWidget):
    """Shows what the player plays.

    Args:
        player: of the short.
        framing: moved by dragging the picture or the handle under it.
        theme: of everything painted.
    """

    def __init__(self, player: PreviewPlayer, framing: FramingChoice, theme: Theme) -> None:
        super().__init__()
        self.player, self._framing, self._theme = player, framing, theme
        self._duration_ms = 0
        self._zone: SafeZone | None = None
        self._share, self._is_sideways = 0.0, True
        self._is_held = False
        self._build_ui()
        self._connect()

    def show_outline(self, outline: Outline, zone: SafeZone) -> None:
        """Follow this short; `zone` is what its platform leaves free."""
        self._duration_ms, self._zone = outline.duration_ms, zone
        self.scrub.set_duration(outline.duration_ms)
        self._show_zone()
        self.player.follow(outline)

    def hold_framing(self, *, is_held: bool) -> None:
        """While a short is made, and when it is, the picture shows that short and can be moved no more."""
        self._is_held = is_held
        self._offer_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """What no part of it has a use for: the arrows go back and on."""
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
        else:
            self.player.seek(self.player.time_ms + way * JUMP_MS)

    def _build_ui(self) -> None:
        self.picture = ShortPreview(self._theme)
        self.handle = FramingHandle(self._theme)
        self.back = QPushButton("Back to the face")
        self.back.setProperty("role", "link")
        self.play = icon_button("play", "Play", self._theme)
        self.scrub = ScrubBar(self._theme)
        self.scrub.setAccessibleName("Place in the short")
        self.times = QLabel()
        self.times.setProperty("role", "small")
        self.covers = icon_button("grid-guide", "Show what the platform’s own buttons cover", self._theme)
        self.covers.setCheckable(True)
        transport = QHBoxLayout()
        transport.setSpacing(GRID_PX)
        for widget in (self.play, self.scrub, self.times, self.covers):
            transport.addWidget(widget)
        framing = QHBoxLayout()
        framing.setSpacing(GRID_PX)
        framing.addWidget(self.handle, stretch=1)
        framing.addWidget(self.back)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID_PX // 2)
        rows.addWidget(self.picture, stretch=1)
        rows.addLayout(framing)
        rows.addLayout(transport)
        self.handle.hide()
        self._show_framing()

    def _connect(self) -> None:
        player = self.player
        player.ready.connect(self._show_room)
        player.failed.connect(self._show_failure)
        player.pictured.connect(self._show_picture)
        player.moved.connect(self._show_time)
        player.started.connect(self._show_playing)
        player.stopped.connect(self._show_playing)
        self.picture.toggle_wanted.connect(player.toggle)
        self.picture.size_wanted.connect(self._fit)
        self.picture.moved_by.connect(lambda way: self._framing.move_to(self._framing.position + way))
        self.play.clicked.connect(player.toggle)
        self.scrub.sought.connect(player.seek)
        self.covers.toggled.connect(self._show_zone)
        self.handle.placed.connect(self._framing.move_to)
        self.back.clicked.connect(lambda: self._framing.choose("face"))
        self._framing.changed.connect(self._show_framing)

    def _show_room(self, room: object) -> None:
        self._share, self._is_sideways = getattr(room, "share", 0.0), getattr(room, "is_sideways", True)
        self.handle.give_room(self._share, is_sideways=self._is_sideways)
        self.handle.setVisible(bool(self._share))
        self._offer_room()

    def _offer_room(self) -> None:
        self.picture.give_room(0.0 if self._is_held else self._share, is_sideways=self._is_sideways)
        self.handle.setEnabled(not self._is_held)
        self._show_framing()

    def _show_failure(self, error: DiaryError) -> None:
        self.picture.show_note(error.what_happened)

    def _show_picture(self, image: QImage) -> None:
        self.picture.show_picture(image)

    def _show_time(self, time_ms: int) -> None:
        self.scrub.set_place(time_ms)
        self.times.setText(f"{clock(time_ms)} / {clock(self._duration_ms)}")

    def _show_playing(self) -> None:
        name, label = ("pause", "Pause") if self.player.is_playing else ("play", "Play")
        self.play.setIcon(icon(name, self._theme.text))
        self.play.setIconSize(QSize(SMALL_ICON_PX, SMALL_ICON_PX))
        self.play.setAccessibleName(label)
        self.play.setToolTip(f"{label} (Space)")

    def _show_zone(self) -> None:
        self.picture.show_zone(self._zone if self.covers.isChecked() else None)

    def _show_framing(self) -> None:
        self.handle.show_position(self._framing.position)
        self.back.setVisible(bool(self._share) and not self._is_held and self._framing.by == "hand")
        self.player.know(self._framing.faces)
        self.player.frame_at(self._framing.wish)

    def _fit(self, size: QSize) -> None:
        self.player.fit(size)

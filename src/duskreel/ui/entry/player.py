"""A clip with everything that is needed to watch it."""

from collections.abc import Sequence
from typing import BinaryIO

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from duskreel.edit.timeline import Timeline
from duskreel.errors import DiaryError
from duskreel.timecode import Span, clock
from duskreel.ui.buttons import icon_button
from duskreel.ui.icons import icon
from duskreel.ui.theme import GRID_PX, Theme, sized
from duskreel.ui.video.playback import Playback
from duskreel.ui.video.video_picture import VideoPicture
from duskreel.ui.widgets.roomy_panel import RoomyPanel
from duskreel.ui.widgets.scrub_bar import ScrubBar

STEP_MS = 5_000
RATES = (0.75, 1.0, 1.25, 1.5, 2.0)
VOLUME_STEPS = 20
CHIP_EDGES_PX = 4 * GRID_PX
UNSEEN = "The clip cannot be shown"
DAMAGED = "The file may be damaged. A backup may have it whole."
NO_SPEAKERS = "No sound"


class Player(QWidget):
    """Picture, bar and buttons. Space is left to the page; the arrow keys work wherever the focus is in here."""

    moved = Signal(int)
    """to another place of the clip, in milliseconds"""
    left_out_changed = Signal(bool, bool)
    """whether to play without cuts, and without pauses"""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.playback = Playback()
        self.playback.setParent(self)
        self._build_ui()
        self._connect()

    def open(self, file: BinaryIO, duration_ms: int, at_ms: int) -> None:
        """Show a clip; see `Playback.open`."""
        self._show_trouble(None)
        self._show_ability(is_able=True)
        self.playback.open(file, duration_ms, at_ms)

    def prepare(self, size: QSize, duration_ms: int) -> None:
        """Make room for a clip that is about to be opened: its size in pixels and its length."""
        self.playback.close()
        self._show_trouble(None)
        self._show_ability(is_able=False)
        self.picture.set_aspect(size)
        self.picture.show_image(QImage())
        self._duration_ms = duration_ms
        self.bar.set_duration(duration_ms)
        self.show_place(0)

    def show_poster(self, image: QImage) -> None:
        """Something to see until the clip is there."""
        self.picture.show_poster(image)

    def show_trouble(self, error: DiaryError) -> None:
        """The clip cannot be seen; all else still can."""
        self.playback.close()
        self._show_trouble(error)

    def set_cuts(self, cuts: Sequence[Span]) -> None:
        """What the bar shows as left out."""
        self.bar.set_left_out(cuts)

    def leave_out_all_but(self, timeline: Timeline | None) -> None:
        """See `Playback`."""
        self.playback.leave_out_all_but(timeline)

    def show_place(self, place_ms: int) -> None:
        """On the bar and in figures."""
        self.bar.set_place(place_ms)
        self.time.setText(f"{clock(place_ms)} / {clock(self._duration_ms)}")

    def set_highest(self, height_px: int) -> None:
        """The picture may take so much room."""
        self.picture.set_highest(height_px)

    def _build_ui(self) -> None:
        self._duration_ms = 0
        self.picture: VideoPicture = VideoPicture(self._theme)
        self.trouble = RoomyPanel("warning", "", "", self._theme)
        self.trouble.setProperty("role", "card")
        self.trouble.hide()
        self.bar: ScrubBar = ScrubBar(self._theme)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID_PX)
        rows.addWidget(self.picture)
        rows.addWidget(self.trouble)
        rows.addWidget(self.bar)
        self._controls = QWidget()
        controls = QVBoxLayout(self._controls)
        controls.setContentsMargins(0, 0, 0, 0)
        controls.setSpacing(GRID_PX)
        controls.addLayout(self._built_buttons())
        controls.addLayout(self._built_choices())
        rows.addWidget(self._controls)

    def _built_buttons(self) -> QHBoxLayout:
        self.back = icon_button("chevron-left", "Five seconds back", self._theme)
        self.play = icon_button("play", "Play", self._theme)
        self.on = icon_button("chevron-right", "Five seconds on", self._theme)
        self.time = QLabel()
        self.time.setProperty("role", "muted")
        self.rate = QComboBox()
        self.rate.setAccessibleName("Speed")
        self.rate.setToolTip("Speed")
        self.rate.setProperty("role", "small")
        for rate in RATES:
            self.rate.addItem(f"{rate:g}×", rate)
        self.rate.setCurrentIndex(RATES.index(1.0))
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, VOLUME_STEPS)
        self.volume.setValue(VOLUME_STEPS)
        self.volume.setFixedWidth(9 * GRID_PX)
        self.volume.setAccessibleName("Volume")
        self.volume.setToolTip("Volume")
        self.no_speakers = QLabel(NO_SPEAKERS)
        self.no_speakers.setProperty("role", "small")
        self.no_speakers.setToolTip("The clip plays without sound. Connect a loudspeaker or headphones to hear it.")
        self.no_speakers.hide()
        self._volume_sign = QLabel()
        self._volume_sign.setPixmap(icon("volume", self._theme.muted).pixmap(20, 20))
        row = QHBoxLayout()
        row.setSpacing(GRID_PX // 2)
        for button in (self.back, self.play, self.on):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        row.addSpacing(GRID_PX // 2)
        row.addWidget(self.time)
        row.addStretch()
        for widget in (self.no_speakers, self._volume_sign, self.volume):
            row.addWidget(widget)
        row.addSpacing(GRID_PX)
        row.addWidget(self.rate)
        return row

    def _built_choices(self) -> QHBoxLayout:
        self.without_cuts = self._built_choice("Without cuts", "Play what is left once the cut words are gone")
        self.without_pauses = self._built_choice("Without pauses", "Play as a short with trimmed pauses sounds")
        self.length = QLabel()
        self.length.setProperty("role", "small")
        row = QHBoxLayout()
        row.setSpacing(GRID_PX)
        row.addWidget(self.without_cuts)
        row.addWidget(self.without_pauses)
        row.addStretch()
        row.addWidget(self.length)
        return row

    def _built_choice(self, label: str, tip: str) -> QPushButton:
        chip = QPushButton(label)
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setToolTip(tip)
        # The label is bold while it is on, and its neighbour must not move for it.
        bold = sized(chip.font(), "body")
        bold.setBold(True)
        chip.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(label) + CHIP_EDGES_PX)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        return chip

    def _connect(self) -> None:
        playback = self.playback
        playback.frame_shown.connect(self.picture.show_frame)
        playback.moved.connect(self.show_place)
        playback.moved.connect(self.moved)
        playback.playing_changed.connect(self._show_playing)
        playback.failed.connect(self._fail)
        playback.speakers_changed.connect(self._show_speakers)
        self.picture.clicked.connect(playback.toggle)
        self.play.clicked.connect(playback.toggle)
        self.bar.sought.connect(playback.seek)
        self.back.clicked.connect(lambda: self.step(-STEP_MS))
        self.on.clicked.connect(lambda: self.step(STEP_MS))
        self.rate.currentIndexChanged.connect(lambda index: playback.set_rate(RATES[index]))
        self.volume.valueChanged.connect(lambda step: playback.set_volume(step / VOLUME_STEPS))
        for chip in (self.without_cuts, self.without_pauses):
            chip.toggled.connect(self._tell_left_out)
        for key, step_ms in ((Qt.Key.Key_Left, -STEP_MS), (Qt.Key.Key_Right, STEP_MS)):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step_ms=step_ms: self.step(step_ms))

    def step(self, by_ms: int) -> None:
        """Go on, or back."""
        self.playback.seek(self.playback.place_ms + by_ms)

    def _tell_left_out(self) -> None:
        self.left_out_changed.emit(self.without_cuts.isChecked(), self.without_pauses.isChecked())

    def _show_playing(self, is_playing: bool) -> None:
        label = "Pause" if is_playing else "Play"
        self.play.setIcon(icon(label.lower(), self._theme.text))
        self.play.setAccessibleName(label)
        self.play.setToolTip(f"{label} (Space)")

    def _show_speakers(self, are_there: bool) -> None:
        self.no_speakers.setVisible(not are_there)
        for widget in (self.volume, self._volume_sign):
            widget.setVisible(are_there)

    def _show_ability(self, *, is_able: bool) -> None:
        for widget in (self.play, self.back, self.on, self.bar, self.rate, self.without_cuts, self.without_pauses):
            widget.setEnabled(is_able)

    def _fail(self, sentence: str) -> None:
        reason = self.playback.reason
        self.show_trouble(DiaryError(sentence, f"The disk does not give it: {reason}." if reason else DAMAGED))

    def _show_trouble(self, error: DiaryError | None) -> None:
        self.trouble.setVisible(error is not None)
        for widget in (self.picture, self._controls):
            widget.setVisible(error is None)
        if error is not None:
            self.trouble.show_what("camera-off", UNSEEN, f"{error.what_happened} {error.what_to_do}")

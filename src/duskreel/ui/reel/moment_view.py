"""The moment of one day: to be watched, exchanged, and left out."""

from collections.abc import Sequence
from typing import BinaryIO

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from duskreel.edit.timeline import Timeline
from duskreel.errors import DiaryError
from duskreel.memories.wording import long_day
from duskreel.timecode import clock
from duskreel.ui.buttons import plain_button
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.icons import icon
from duskreel.ui.reel.draft import Draft
from duskreel.ui.reel.moment_pictures import MomentPictures, Scene
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.video.playback import Playback
from duskreel.ui.video.video_picture import VideoPicture

WIDTH_PX = 42 * GRID_PX
PICTURE = QSize(WIDTH_PX, WIDTH_PX * 9 // 16)
LOWEST_NOTES_PX = 7 * GRID_PX
NO_OTHER = "There is no other moment of this day."
LOOKING = "Looking for another moment…"


class MomentView(QWidget):
    """The picture of a moment, which plays, and what can be done about it.

    Args:
        diary: whose clips.
        pictures: of moments that stand still; asked for one at a time.
        theme: of colours and icons.
    """

    another_asked = Signal()
    toggle_asked = Signal()

    def __init__(self, diary: DiaryThread, pictures: MomentPictures, theme: Theme) -> None:
        super().__init__()
        self._diary, self._pictures, self._theme = diary, pictures, theme
        self._scene: Scene | None = None
        self._showing = 0
        self.playback = Playback()
        self.playback.setParent(self)
        self._build_ui()
        self._connect()

    def show_day(self, draft: Draft, row: int) -> None:
        """Show what a draft has in a row; nothing for -1."""
        day = draft.days[row] if row >= 0 else None
        entry = draft.entry_of(day) if day else None
        scene = Scene(day.moment, entry) if day and entry else None
        for button in (self.play, self.another):
            button.setEnabled(scene is not None)
        self.toggle.setEnabled(day is not None)
        self.toggle.setText("Take in" if day and day.is_left_out else "Leave out")
        self.note.setText(_place_told(draft, row) if day else "")
        if scene != self._scene:
            self._show_scene(scene)

    def play_moment(self) -> None:
        """Play it from its beginning, or pause."""
        scene = self._scene
        if scene is None:
            return
        if self.playback.is_open:
            self.playback.toggle()
            return
        showing = self._showing

        def opened(file: BinaryIO) -> None:
            if self._showing != showing or self.playback.is_open:
                file.close()
                return
            self.playback.leave_out_all_but(Timeline((scene.moment.span,)))
            self.playback.open(file, scene.entry.duration_ms, scene.moment.span.start_ms)
            self.playback.play()

        def failed(error: DiaryError) -> None:
            if self._showing == showing:
                self.note.setText(str(error))

        # Without an owner: a file that comes too late has to be closed.
        self._diary.ask(lambda diary: diary.open_clip(scene.entry), opened, failed=failed)

    def pause(self) -> None:
        """Stop where it is."""
        self.playback.pause()

    def close_clip(self) -> None:
        """Let go of the clip."""
        self._showing += 1
        self.playback.close()

    def show_looking(self, *, is_looking: bool, note: str = "") -> None:
        """Another moment is being looked for, or was."""
        self.another.setEnabled(not is_looking)
        self.note.setText(LOOKING if is_looking else note or self.note.text())

    def show_remarks(self, remarks: Sequence[str]) -> None:
        """What is to be said about the moments and their choice."""
        text = "\n".join(remarks)
        if text != self.remarks.toPlainText():
            self.remarks.setPlainText(text)
        for widget in (self._remarks_title, self.remarks):
            widget.setVisible(bool(remarks))

    def _show_scene(self, scene: Scene | None) -> None:
        self.close_clip()
        self._scene = scene
        self._show_playing(is_playing=False)
        self.picture.show_image(QImage())
        if scene is None:
            self.place.setText("")
            return
        start_ms, end_ms = scene.moment.span
        day = long_day(scene.moment.day)
        self.place.setText(f"{day}, {clock(start_ms)} to {clock(end_ms)} of {clock(scene.entry.duration_ms)}")
        self.picture.setAccessibleName(f"The moment of {day}")
        self._pictures.want([scene], PICTURE, self.devicePixelRatioF())
        self._show_picture(scene.key)

    def _show_picture(self, key: object) -> None:
        if self._scene is None or key != self._scene.key or self.playback.is_open:
            return
        found = self._pictures.get(key, PICTURE, self.devicePixelRatioF())
        if found is not None and not found.isNull():
            self.picture.show_image(found.toImage())

    def _show_playing(self, is_playing: bool) -> None:
        label = "Pause" if is_playing else "Play"
        self.play.setText(label)
        self.play.setIcon(icon(label.lower(), self._theme.text))

    def _build_ui(self) -> None:
        self.setFixedWidth(WIDTH_PX)
        self.picture = VideoPicture(self._theme)
        self.picture.setFixedHeight(PICTURE.height())
        self.place, self.note = QLabel(), QLabel()
        for label in (self.place, self.note):
            label.setProperty("role", "small")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.play = plain_button("Play", "play", self._theme)
        self.another = plain_button("Another one")
        self.another.setAccessibleName("Another moment of this day")
        self.another.setToolTip("Another moment of this day (A)")
        self.toggle = plain_button("Leave out")
        self.toggle.setToolTip("Leave this day out, or take it in again (Space)")
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID_PX)
        buttons.addWidget(self.play)
        buttons.addWidget(self.another, stretch=1)
        buttons.addWidget(self.toggle, stretch=1)
        self._remarks_title = QLabel("Notes")
        self._remarks_title.setProperty("role", "muted")
        self.remarks = QPlainTextEdit(readOnly=True)
        self.remarks.setAccessibleName("Notes about the moments")
        self.remarks.setTabChangesFocus(True)
        self.remarks.setMinimumHeight(LOWEST_NOTES_PX)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID_PX)
        rows.addWidget(self.picture)
        rows.addWidget(self.place)
        rows.addLayout(buttons)
        for widget in (self.note, self._remarks_title):
            rows.addWidget(widget)
        rows.addWidget(self.remarks, stretch=1)
        rows.addStretch()
        self.show_remarks(())

    def _connect(self) -> None:
        self.playback.frame_shown.connect(self.picture.show_frame)
        self.playback.playing_changed.connect(self._show_playing)
        self.playback.failed.connect(self.note.setText)
        self.picture.clicked.connect(self.play_moment)
        self.play.clicked.connect(self.play_moment)
        self.another.clicked.connect(self.another_asked)
        self.toggle.clicked.connect(self.toggle_asked)
        self._pictures.loaded.connect(self._show_picture)


def _place_told(draft: Draft, row: int) -> str:
    if not draft.has_looked(row):
        return ""
    number, count = draft.place_of(row)
    return f"Moment {number} of {count}" if count > 1 else NO_OTHER

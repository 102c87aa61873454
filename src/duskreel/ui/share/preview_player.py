"""Plays a short that is not made yet: a clock here, the pictures in a thread of their own."""

from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from PySide6.QtCore import QElapsedTimer, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from duskreel.edit.framing import Face
from duskreel.errors import DiaryError
from duskreel.export.design import Design
from duskreel.export.outline import Outline
from duskreel.export.presets import Framing
from duskreel.library.media import probe
from duskreel.timecode import Span
from duskreel.ui.worker import Worker

if TYPE_CHECKING:
    # They load MoviePy and OpenCV, which the window does without until a short is looked at.
    from duskreel.export.pictures import Source
    from duskreel.export.preview import Preview

TICK_MS = 33
"""a picture of the short lasts that long; where drawing takes longer, some are passed over"""


class PreviewPlayer(QObject):
    """Shows moments of a short, one after the other or as they are asked for. The sound is another's matter.

    Args:
        open_clip: called in the thread.
        name: of the clip, for the user.
    """

    ready = Signal(object)
    """with the `Room` of the upright window"""
    failed = Signal(object)
    """with the DiaryError"""
    pictured = Signal(QImage)
    moved = Signal(int)
    """to a moment of the short, in ms"""
    started = Signal(int)
    """to play from this moment, also where it played elsewhere before"""
    stopped = Signal()
    closed = Signal()

    def __init__(self, open_clip: Callable[[], BinaryIO], name: str) -> None:
        super().__init__()
        self._open_clip, self._name = open_clip, name
        self._worker = Worker("short preview", self._stop_failed)
        self._source: Source | None = None
        self._preview: Preview | None = None
        self._design: Design | None = None
        self._duration_ms = self._time_ms = self._started_at_ms = 0
        self._framing: Framing = "centre"
        self._faces: tuple[Face, ...] = ()
        self._everybody: tuple[Face, ...] = ()
        self._until_ms: int | None = None
        self._size = QSize(2, 2)
        self._is_drawing = self._is_outdated = False
        self._is_closing = self._is_closed = False
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    @property
    def time_ms(self) -> int:
        """The moment that is shown."""
        return self._time_ms

    @property
    def is_playing(self) -> bool:
        """Whether time goes on."""
        return self._timer.isActive()

    @property
    def is_closed(self) -> bool:
        """Whether it has let go of the clip."""
        return self._is_closed

    def open(self) -> None:
        """Open the clip; `ready` or `failed` follows."""
        self._worker.run(self._open, self.ready.emit)

    def follow(self, outline: Outline) -> None:
        """Show this short from now on."""
        if outline.design == self._design:
            return
        has_same_times = self._design is not None and outline.design.timeline == self._design.timeline
        self._design = outline.design
        self._worker.run(lambda: self._follow(outline), topic="outline")
        self._duration_ms = outline.duration_ms
        if has_same_times:
            # The sound goes on as it is.
            self._draw()
        else:
            self.seek(min(self._time_ms, self._duration_ms))

    def frame_at(self, framing: Framing) -> None:
        """Move the upright window."""
        self._framing = framing
        self._draw()

    def know(self, faces: tuple[Face, ...]) -> None:
        """These faces are in the clip."""
        if faces != self._faces:
            self._faces = faces
            self._tell_faces()

    def know_everybody(self, faces: tuple[Face, ...]) -> None:
        """These were found by who looked for everybody, for what is blurred."""
        if faces != self._everybody:
            self._everybody = faces
            self._tell_faces()
            self._draw()

    def _tell_faces(self) -> None:
        faces, everybody = self._faces, self._everybody
        self._worker.run(lambda: self._know(faces, everybody), topic="faces")

    def fit(self, size: QSize) -> None:
        """Draw for an area of so many real pixels."""
        self._size = size
        self._draw()

    def toggle(self) -> None:
        """Play, or pause; from the beginning again after the end."""
        if self.is_playing:
            self.pause()
        elif self._duration_ms:
            self.seek(0 if self._time_ms >= self._duration_ms else self._time_ms)
            self._timer.start()
            self.started.emit(self._time_ms)

    def play_part(self, part: Span) -> None:
        """Play a stretch of the short, and stop at its end."""
        self.seek(part.start_ms)
        if not self.is_playing:
            self._timer.start()
            self.started.emit(self._time_ms)
        self._until_ms = part.end_ms

    def pause(self) -> None:
        """Stay at this moment."""
        if self.is_playing:
            self._timer.stop()
            self.stopped.emit()

    def seek(self, time_ms: int) -> None:
        """Go to a moment."""
        self._until_ms = None
        self._started_at_ms = self._time_ms = min(max(time_ms, 0), self._duration_ms)
        self._clock.start()
        self.moved.emit(self._time_ms)
        self._draw()
        if self.is_playing:
            self.started.emit(self._time_ms)

    def close(self) -> None:
        """Let go of the clip. Does not wait; `closed` follows."""
        if self._is_closing:
            return
        self._is_closing = True
        self.pause()
        self._worker.run(self._let_go, self._close_worker)

    def _close_worker(self, _: object) -> None:
        self._worker.close()
        self._is_closed = True
        self.closed.emit()

    def _tick(self) -> None:
        self._time_ms = min(self._started_at_ms + self._clock.elapsed(), self._duration_ms)
        self.moved.emit(self._time_ms)
        self._draw()
        if self._time_ms >= (self._duration_ms if self._until_ms is None else self._until_ms):
            self.pause()

    def _draw(self) -> None:
        """Ask for the picture of now; while one is being drawn, only the newest wish is kept."""
        if self._is_closing:
            return
        if self._is_drawing:
            self._is_outdated = True
            return
        self._is_drawing, self._is_outdated = True, False
        time_ms, framing, size = self._time_ms, self._framing, self._size
        self._worker.run(lambda: self._drawn(time_ms, framing, size), self._show)

    def _show(self, image: QImage | None) -> None:
        self._is_drawing = False
        if image is not None:
            self.pictured.emit(image)
        if self._is_outdated:
            self._draw()

    def _stop_failed(self, error: DiaryError) -> None:
        self._is_drawing = False
        self.pause()
        self.failed.emit(error)

    # ---- in the thread

    def _open(self) -> object:
        from duskreel.export.pictures import room_of
        from duskreel.export.preview import Preview

        self._source = open_source(self._open_clip, self._name)
        self._preview = Preview(self._source)
        return room_of(self._source.info)

    def _follow(self, outline: Outline) -> None:
        if self._preview is not None:
            self._preview.follow(outline.design)

    def _know(self, faces: tuple[Face, ...], everybody: tuple[Face, ...]) -> None:
        if self._preview is not None:
            self._preview.know(faces, everybody)

    def _drawn(self, time_ms: int, framing: Framing, size: QSize) -> QImage | None:
        if self._preview is None:
            return None
        pixels = self._preview.on_screen(time_ms, framing, size.width(), size.height())
        image = QImage(pixels.data, size.width(), size.height(), pixels.strides[0], QImage.Format.Format_RGB32)
        return image.copy()

    def _let_go(self) -> None:
        preview, self._preview = self._preview, None
        if preview is not None:
            preview.close()
        if self._source is not None:
            self._source.file.close()


def open_source(open_clip: Callable[[], BinaryIO], name: str) -> "Source":
    """Open a clip and look into it. Not for the window's thread.

    Raises:
        DiaryError: it is missing or damaged.
    """
    from duskreel.export.pictures import Source

    file = open_clip()
    try:
        return Source(file, name, probe(file, name))
    except DiaryError:
        file.close()
        raise

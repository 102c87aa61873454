"""Playing a clip: the player, what it leaves out, and the end of it."""

from typing import BinaryIO

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer, QtAudio, QVideoFrame, QVideoSink

from duskreel.edit.timeline import Timeline
from duskreel.ui.video.clip_device import OpenClip

TICK_MS = 33
"""how often the place is looked at while playing: about once a picture"""
AHEAD_MS = 40
"""a cut is left this much before its beginning, because the sound of the next moments is already on its way"""
SEEK_PAUSE_MS = 50
"""while a handle is dragged, the player is sent to a new place no more often than this"""
UNPLAYABLE = "No picture could be read from it."


class Playback(QObject):
    """Plays one clip at a time.

    Every place is in milliseconds of the clip, also where stretches are left out.
    """

    moved = Signal(int)
    """to a new place, by playing or by seeking"""
    playing_changed = Signal(bool)
    frame_shown = Signal(QVideoFrame)
    failed = Signal(str)
    """with a sentence: it cannot be played, or no further"""
    speakers_changed = Signal(bool)
    """whether there is anything to hear it with"""

    def __init__(self) -> None:
        super().__init__()
        self._timeline: Timeline | None = None
        self._clip: OpenClip | None = None
        self._player: QMediaPlayer | None = None
        self._place_ms = self._duration_ms = 0
        self._wished_ms: int | None = None
        self._is_at_end = False
        self._volume, self._rate = 1.0, 1.0
        self._ticks = QTimer(self)
        self._ticks.setInterval(TICK_MS)
        self._ticks.timeout.connect(self._tick)
        self._seeks = QTimer(self)
        self._seeks.setInterval(SEEK_PAUSE_MS)
        self._seeks.setSingleShot(True)
        self._seeks.timeout.connect(self._seek_now)

    def open(self, file: BinaryIO, duration_ms: int, at_ms: int = 0) -> None:
        """Show a clip's picture, without playing it yet; whatever was open before is closed.

        Args:
            file: seekable; closed by `close`.
            duration_ms: of the clip.
            at_ms: where to begin.
        """
        self.close()
        player = self._made_player()
        self._duration_ms = duration_ms
        self._place_ms = min(max(at_ms, 0), max(duration_ms - 1, 0))
        self._wished_ms = self._place_ms or None
        self._is_at_end = False
        self._clip = OpenClip(file)
        player.setSourceDevice(self._clip.device, QUrl("clip"))
        player.pause()
        self._move(self._place_ms)

    def close(self) -> None:
        """Let go of the clip."""
        self._ticks.stop()
        self._seeks.stop()
        self._wished_ms = None
        clip, self._clip = self._clip, None
        if self._player is None or clip is None:
            return
        # It stops by itself then; `stop` would wait for its threads without letting them have the interpreter.
        self._player.setSource(QUrl())
        clip.close()

    @property
    def is_open(self) -> bool:
        """Whether there is a clip."""
        return self._clip is not None

    @property
    def reason(self) -> str:
        """Why the file could not be read, as the system says it; "" if it could."""
        return self._clip.failure if self._clip is not None else ""

    @property
    def is_playing(self) -> bool:
        """Whether it is going on."""
        return self._player is not None and self._player.isPlaying()

    @property
    def place_ms(self) -> int:
        """Where it is."""
        return self._place_ms

    def play(self) -> None:
        """Go on; from the beginning if it was at the end."""
        if self._player is None or self._clip is None:
            return
        if self._is_at_end or self._place_ms >= self._last_shown_ms():
            self.seek(0)
        self._leave_out()
        self._seek_now()
        self._player.play()

    def pause(self) -> None:
        """Stop where it is."""
        if self.is_playing and self._player is not None:
            self._player.pause()

    def toggle(self) -> None:
        """Play or pause."""
        self.pause() if self.is_playing else self.play()

    def seek(self, place_ms: int) -> None:
        """Go to another place."""
        place_ms = min(max(place_ms, 0), self._duration_ms)
        self._is_at_end = place_ms >= self._duration_ms > 0
        self._wished_ms = place_ms
        self._move(place_ms)
        if not self._seeks.isActive():
            self._seek_now()

    def leave_out_all_but(self, timeline: Timeline | None) -> None:
        """Play only this; None for everything."""
        self._timeline = timeline

    def set_volume(self, volume: float) -> None:
        """As loud as 0 to 1 sounds to people."""
        self._volume = volume
        if self._player is not None and (output := self._player.audioOutput()) is not None:
            output.setVolume(_linear(volume))

    def set_rate(self, rate: float) -> None:
        """1 for as fast as it was said."""
        self._rate = rate
        if self._player is not None:
            self._player.setPlaybackRate(rate)

    @property
    def has_speakers(self) -> bool:
        """Whether there is anything to hear it with."""
        return bool(QMediaDevices.audioOutputs())

    def _made_player(self) -> QMediaPlayer:
        """The player, made when the first clip is opened: the window has to appear before."""
        if self._player is not None:
            return self._player
        player = self._player = QMediaPlayer(self)
        self._sink = QVideoSink(self)
        player.setVideoSink(self._sink)
        player.setPlaybackRate(self._rate)
        self._sink.videoFrameChanged.connect(self._show_frame)
        player.playingChanged.connect(self._tell_playing)
        player.mediaStatusChanged.connect(self._follow_status)
        player.errorOccurred.connect(lambda _error, _text: self._fail())
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._use_speakers)
        self._use_speakers()
        return player

    def _use_speakers(self) -> None:
        """A player without an output plays on in silence; one with an output that is gone may stand still."""
        if self._player is None:
            return
        self._output = QAudioOutput(self) if self.has_speakers else None
        self._player.setAudioOutput(self._output)  # type: ignore[arg-type]  # the stubs do not know that None is allowed
        self.set_volume(self._volume)
        self.speakers_changed.emit(self.has_speakers)

    def _show_frame(self, frame: QVideoFrame) -> None:
        if frame.isValid():
            self.frame_shown.emit(frame)

    def _tell_playing(self, is_playing: bool) -> None:
        self._ticks.start() if is_playing else self._ticks.stop()
        self.playing_changed.emit(is_playing)

    def _follow_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is QMediaPlayer.MediaStatus.InvalidMedia:
            self._fail()
        elif status is QMediaPlayer.MediaStatus.LoadedMedia and self._wished_ms is not None:
            self._seek_now()
        elif status is QMediaPlayer.MediaStatus.EndOfMedia:
            self._is_at_end = True
            self._move(self._duration_ms)

    def _fail(self) -> None:
        if self._clip is not None:
            self.failed.emit(UNPLAYABLE)

    def _tick(self) -> None:
        if self._player is None or self._wished_ms is not None:
            return
        self._move(self._player.position())
        self._leave_out()

    def _leave_out(self) -> None:
        """Jump over what is not to be played."""
        if self._timeline is None or not self._timeline.kept:
            return
        if all(self._timeline.to_output(self._place_ms + ahead_ms) is not None for ahead_ms in (0, AHEAD_MS)):
            return
        following = next((span.start_ms for span in self._timeline.kept if span.start_ms > self._place_ms), None)
        if following is not None:
            self.seek(following)
        elif self._place_ms >= self._last_shown_ms():
            self.pause()

    def _last_shown_ms(self) -> int:
        kept = self._timeline.kept if self._timeline is not None else ()
        return kept[-1].end_ms if kept else max(self._duration_ms, 1)

    def _move(self, place_ms: int) -> None:
        self._place_ms = min(place_ms, self._duration_ms)
        self.moved.emit(self._place_ms)

    def _seek_now(self) -> None:
        if self._player is None or self._wished_ms is None or not self._player.isSeekable():
            return
        if self._player.playbackState() is QMediaPlayer.PlaybackState.StoppedState:
            self._player.pause()
        self._player.setPosition(self._wished_ms)
        self._wished_ms = None
        self._seeks.start()


def _linear(volume: float) -> float:
    scale = QtAudio.VolumeScale
    return QtAudio.convertVolume(volume, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)

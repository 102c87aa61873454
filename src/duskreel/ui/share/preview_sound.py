"""The sound of a short that is not made yet, with its cuts and what it hides, as loud as it was recorded."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import BinaryIO, Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices

from duskreel.edit.concealing import HiddenSound
from duskreel.edit.timeline import Timeline
from duskreel.errors import Cancelled
from duskreel.export.presets import SOUND_RATE_HZ
from duskreel.progress import CancelToken
from duskreel.ui.share.preview_player import open_source
from duskreel.ui.worker import Worker, ignore

BYTES_PER_MS = SOUND_RATE_HZ // 1000 * 2 * 2
"""two channels of 16 bits"""
LONGEST_MS = 300_000
"""what is longer is looked at in silence: its sound would fill the memory"""


class Speakers(Protocol):
    """What plays samples."""

    def start(self, device: QIODevice, /) -> object:
        """Play from where the device stands."""

    def stop(self) -> None:
        """Fall silent at once."""


def system_speakers() -> Speakers | None:
    """The ones that the user has chosen in the system; None where there are none."""
    device = QMediaDevices.defaultAudioOutput()
    if device.isNull():
        return None
    form = QAudioFormat()
    form.setSampleRate(SOUND_RATE_HZ)
    form.setChannelCount(2)
    form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return QAudioSink(device, form)


class PreviewSound(QObject):
    """Keeps the samples of a short ready. Silent where there are no speakers, or until it has decoded them.

    Args:
        open_clip: called in a thread of its own.
        name: of the clip, for the user.
        speakers: found when the first sound is to be played.
    """

    def __init__(
        self,
        open_clip: Callable[[], BinaryIO],
        name: str,
        speakers: Callable[[], Speakers | None] = system_speakers,
    ) -> None:
        super().__init__()
        self._open_clip, self._name, self._find_speakers = open_clip, name, speakers
        self._speakers: Speakers | None = None
        self._worker = Worker("short sound", ignore)
        self._timeline: Timeline | None = None
        self._hidden: tuple[HiddenSound, ...] = ()
        self._buffer = QBuffer(self)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._is_playing = False

    @property
    def is_ready(self) -> bool:
        """Whether there is anything to be heard."""
        return self._buffer.size() > 0

    def follow(self, timeline: Timeline, hidden: Sequence[HiddenSound] = ()) -> None:
        """Play what this keeps of the clip, without what is hidden, once it is decoded."""
        if timeline == self._timeline and tuple(hidden) == self._hidden:
            return
        # The same timeline with another word hidden is another sound: what is being decoded is given up by identity.
        timeline = replace(timeline)
        self._timeline, self._hidden = timeline, tuple(hidden)
        self._load(QByteArray())
        if timeline.duration_ms <= LONGEST_MS:
            token = CancelToken(lambda: self._timeline is not timeline)
            # The first time, finding speakers takes as long as several pictures: before they are needed, and here.
            self._worker.run(QMediaDevices.defaultAudioOutput)
            # A clip whose sound cannot be decoded is looked at in silence; the export tells about it.
            self._worker.run(
                lambda: self._decoded(timeline, tuple(hidden), token), self._load, failed=ignore, topic="sound"
            )

    def play_from(self, time_ms: int) -> None:
        """Play from this moment of the short."""
        self.stop()
        if not self.is_ready:
            return
        self._speakers = self._speakers or self._find_speakers()
        if self._speakers is not None:
            self._buffer.seek(min(time_ms * BYTES_PER_MS, self._buffer.size()))
            self._speakers.start(self._buffer)
            self._is_playing = True

    def stop(self) -> None:
        """Fall silent."""
        if self._is_playing and self._speakers is not None:
            self._speakers.stop()
        self._is_playing = False

    def close(self) -> None:
        """Give up what is being decoded. Does not wait."""
        self.stop()
        self._timeline = None
        self._worker.run(lambda: None, self._close_worker)

    def _close_worker(self, _: object) -> None:
        self._worker.close()

    def _load(self, samples: QByteArray) -> None:
        self.stop()
        self._buffer.close()
        self._buffer.setData(samples)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)

    def _decoded(self, timeline: Timeline, hidden: Sequence[HiddenSound], token: CancelToken) -> QByteArray:
        from duskreel.export.preview import heard

        try:
            source = open_source(self._open_clip, self._name)
            try:
                return QByteArray(heard(source, timeline, token, hidden).tobytes())
            finally:
                source.file.close()
        except Cancelled:
            return QByteArray()

"""The recorder: a state machine between two devices and one file, which knows no window."""

import contextlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from duskreel.atomic import cannot_write, sync_folder
from duskreel.capture.clock import ASLEEP_AFTER_NS, NS_PER_MS, TakeClock
from duskreel.capture.disk_file import DiskFile, OpenRaw, SystemFile
from duskreel.capture.encoding import usual_encoder_threads
from duskreel.capture.events import Event, EventKind, StopReason
from duskreel.capture.sources import Picture, PictureSource, Sound, SoundSource, SourceEnd
from duskreel.capture.space import SpaceWatch, expected_bytes_per_second
from duskreel.capture.take import Take, TakeFolder, TakeState
from duskreel.capture.watching import FreezeWatch, Level, SilenceWatch, level_of
from duskreel.capture.writer import Tally, Writer
from duskreel.errors import DiaryError
from duskreel.library.values import Details

EXPECTED_SIZE = (1280, 720)
EXPECTED_FPS = 30
_NO_DETAILS = Details()


class RecorderState(Enum):
    """What the recorder is doing."""

    CLOSED = "closed"
    READY = "ready"
    """the devices deliver; nothing is recorded"""
    WAITING = "waiting"
    """started, and no picture has come yet"""
    RECORDING = "recording"
    PAUSED = "paused"
    STOPPING = "stopping"


_WRITING = (RecorderState.WAITING, RecorderState.RECORDING, RecorderState.PAUSED, RecorderState.STOPPING)


@dataclass(frozen=True)
class Recorded:
    """A take that has ended and waits to be finished. The caller owns `take`: finish, discard or release it."""

    take: Take
    reason: StopReason
    tally: Tally
    first_on_disk_ms: int | None
    """from the start to the first pictures on the disk; None where there were none"""


class Recorder:
    """Records takes, one after the other, from one camera and perhaps one microphone.

    Every method may be called from any thread. Callbacks are called from the threads of the devices and of the
    writer, and must be quick.

    Args:
        camera: not yet started.
        microphone: not yet started; None for a silent film.
        folder: where takes are put.
        on_event: told what the user should know.
        on_picture: gets every picture, recording or not.
        on_level: gets the loudness of every block of sound, recording or not.
        limit_ms: a take stops by itself when it is this long.
        now_ns: the monotonic clock.
        now: the wall clock, with offset.
        open_raw: makes the file.
        encoder_threads: as many as help, unless given. Each holds back one picture.
    """

    def __init__(
        self,
        camera: PictureSource,
        microphone: SoundSource | None,
        folder: TakeFolder,
        *,
        on_event: Callable[[Event], None],
        on_picture: Callable[[Picture], None] = lambda _: None,
        on_level: Callable[[Level], None] = lambda _: None,
        limit_ms: int | None = None,
        now_ns: Callable[[], int] = time.monotonic_ns,
        now: Callable[[], datetime] = lambda: datetime.now(UTC).astimezone(),
        open_raw: OpenRaw = SystemFile,
        encoder_threads: int | None = None,
    ) -> None:
        self._camera, self._microphone, self._folder = camera, microphone, folder
        self._on_event, self._on_picture, self._on_level = on_event, on_picture, on_level
        self._limit_ms, self._now_ns, self._now, self._open_raw = limit_ms, now_ns, now, open_raw
        self._encoder_threads = encoder_threads or usual_encoder_threads()
        self._lock = threading.RLock()
        self._state = RecorderState.CLOSED
        self._clock = TakeClock()
        self._freeze, self._silence = FreezeWatch(), SilenceWatch()
        self._camera_end: SourceEnd | None = None
        self._microphone_end: SourceEnd | None = None
        self._last_at_ns = self._interval_ns = self._heard_ns = 0
        self._size = EXPECTED_SIZE
        self._started_ns = 0
        self._reason = StopReason.USER
        self._take: Take | None = None
        self._writer: Writer | None = None
        self._writing: Future[Tally] | None = None

    @property
    def state(self) -> RecorderState:
        """What it is doing."""
        return self._state

    @property
    def elapsed_ms(self) -> int:
        """How long the take is; pauses do not count."""
        return self._clock.length_ns(self._now_ns()) // NS_PER_MS

    def open(self) -> None:
        """Start the devices: preview and level begin.

        Raises:
            DiaryError: one of them cannot be opened; neither is left open.
        """
        self._state = RecorderState.READY
        try:
            self._camera.start(self._take_picture, self._camera_ended)
            if self._microphone:
                self._microphone.start(self._take_sound, self._microphone_ended)
        except DiaryError:
            self.close()
            raise

    def start(self, details: Details = _NO_DETAILS) -> None:
        """Begin a take; its time runs from the next picture on.

        Args:
            details: what the user has said so far; it survives a crash together with the take.

        Raises:
            DiaryError: another program records into this diary, there is too little room, or the disk fails.
        """
        with self._lock:
            if self._state is not RecorderState.READY:
                return
            with contextlib.ExitStack() as undo:
                undo.enter_context(self._folder.recording())
                space = SpaceWatch(self._folder.free_bytes, expected_bytes_per_second(*self._size, EXPECTED_FPS))
                space.refuse_if_short()
                self._begin(space, details, undo)
        if self._camera_end is not None:
            self._camera_ended(self._camera_end)

    def pause(self) -> None:
        """Leave out what follows; nothing happens if it is not recording."""
        with self._lock:
            if self._state is RecorderState.RECORDING:
                self._clock.pause(self._now_ns())
                self._state = RecorderState.PAUSED

    def resume(self) -> None:
        """Go on where it was paused; nothing happens if it is not paused."""
        with self._lock:
            if self._state is RecorderState.PAUSED:
                self._clock.resume(self._now_ns())
                self._state = RecorderState.RECORDING

    def mark(self, at_ns: int | None = None) -> int | None:
        """Note that what is being said is not for sharing. It survives a crash together with the take.

        Waits for the disk; where that fails, the entry knows of the mark all the same.

        Args:
            at_ns: when it was asked for, by the monotonic clock; now unless given.

        Returns:
            The time of the take in ms, in a pause that of its beginning; None if nothing was recorded then.
        """
        at_ns = self._now_ns() if at_ns is None else at_ns
        with self._lock:
            take, at_ms = self._take, self._clock.take_ms(at_ns)
            if at_ms is None and self._state is RecorderState.PAUSED:
                at_ms = self._clock.length_ns(at_ns) // NS_PER_MS
            if take is None or at_ms is None or self._state not in _WRITING:
                return None
        with contextlib.suppress(DiaryError):
            take.mark(at_ms)
        return at_ms

    def stop(self, reason: StopReason = StopReason.USER) -> None:
        """End the take now. `wait` says when everything is written. The first reason counts."""
        self._stop_at(self._now_ns(), reason)

    def wait(self, timeout_s: float | None = None) -> Recorded | None:
        """Wait until the take has ended and its raw file is closed.

        Returns:
            None if that takes longer than `timeout_s`.

        Raises:
            RuntimeError: no take was started.
        """
        if self._writing is None or self._take is None:
            raise RuntimeError("no take was started")
        try:
            tally = self._writing.result(timeout_s)
        except TimeoutError:
            return None
        first_ns = tally.first_on_disk_ns
        first_ms = None if first_ns is None else (first_ns - self._started_ns) // NS_PER_MS
        return Recorded(self._take, self._reason, tally, first_ms)

    def close(self) -> None:
        """Stop what is being recorded, and let go of the devices. `wait` still gives the take."""
        self.stop()
        if self._writing is not None:
            self._writing.exception()
        self._camera.stop()
        if self._microphone:
            self._microphone.stop()
        self._state = RecorderState.CLOSED

    def _begin(self, space: SpaceWatch, details: Details, undo: contextlib.ExitStack) -> None:
        microphone = self._microphone.label if self._microphone else ""
        take = self._folder.begin(self._camera.label, microphone, self._now(), details)
        disk = self._opened(take)
        self._clock = TakeClock()
        self._reason = StopReason.USER
        self._take, self._started_ns = take, self._now_ns()
        writer = self._writer = Writer(
            disk,
            self._clock,
            has_sound=self._microphone is not None,
            space=space,
            now_ns=self._now_ns,
            on_trouble=self.stop,
            on_event=self._tell,
            on_head=take.keep_head,
            encoder_threads=self._encoder_threads,
        )
        ended = undo.pop_all()
        self._state = RecorderState.WAITING
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._writing = thread.submit(lambda: self._write(writer, take, ended))
        thread.shutdown(wait=False)

    def _opened(self, take: Take) -> DiskFile:
        try:
            disk = DiskFile(self._open_raw(take.raw), self._now_ns)
            sync_folder(take.folder)
        except OSError as error:
            take.remove()
            take.release()
            raise cannot_write(take.raw, error) from error
        return disk

    def _write(self, writer: Writer, take: Take, ended: contextlib.ExitStack) -> Tally:
        """The writer's thread."""
        try:
            with ended:
                tally = writer.run()
                self._stop_at(self._now_ns(), StopReason.ENCODER_FAILED)
                # On a full disk there may be no room for this; recovery does without it.
                with contextlib.suppress(DiaryError):
                    take.note(state=TakeState.FINISHING, duration_ms=tally.duration_ms, stopped_by=self._reason.value)
        finally:
            self._state = RecorderState.READY
        self._tell(EventKind.STOPPED)
        return tally

    def _stop_at(self, at_ns: int, reason: StopReason) -> None:
        with self._lock:
            if self._state not in _WRITING or self._state is RecorderState.STOPPING or self._writer is None:
                return
            self._reason = reason
            self._clock.pause(at_ns)
            self._state = RecorderState.STOPPING
            self._writer.finish()

    def _take_picture(self, picture: Picture) -> None:
        self._on_picture(picture)
        if self._freeze.is_to_be_told(picture):
            self._tell(EventKind.CAMERA_FROZEN)
        with self._lock:
            is_first = self._state is RecorderState.WAITING
            if is_first:
                self._clock.begin(picture.at_ns)
                self._heard_ns = picture.at_ns
                self._state = RecorderState.RECORDING
            self._leave_out_sleep(picture.at_ns)
            self._size = picture.size
            self._interval_ns, self._last_at_ns = picture.at_ns - self._last_at_ns, picture.at_ns
            is_behind = self._record(picture)
        if is_first:
            self._tell(EventKind.FIRST_PICTURE)
        if is_behind:
            self._tell(EventKind.ENCODER_BEHIND)

    def _leave_out_sleep(self, at_ns: int) -> None:
        """A lid that was closed is a pause: on some systems the monotonic clock goes on meanwhile."""
        last_ns, self._heard_ns = self._heard_ns, max(at_ns, self._heard_ns)
        if self._state is RecorderState.RECORDING and at_ns - last_ns > ASLEEP_AFTER_NS:
            self._clock.pause(last_ns)
            self._clock.resume(at_ns)

    def _record(self, picture: Picture) -> bool:
        """Returns whether the encoder has just fallen behind."""
        at_ms = self._clock.take_ms(picture.at_ns)
        if self._state is not RecorderState.RECORDING or at_ms is None or self._writer is None:
            return False
        if self._is_over(picture.at_ns):
            return False
        return self._writer.offer_picture(picture, at_ms)

    def _is_over(self, at_ns: int) -> bool:
        """End the take if it is as long as it may be at this moment; sound alone can bring it there too."""
        over_ns = 0 if self._limit_ms is None else self._clock.length_ns(at_ns) - self._limit_ms * NS_PER_MS
        if self._limit_ms is None or over_ns < 0:
            return False
        self._stop_at(at_ns - over_ns, StopReason.LENGTH_LIMIT)
        return True

    def _take_sound(self, sound: Sound) -> None:
        level = level_of(sound)
        self._on_level(level)
        if self._silence.is_to_be_told(level, sound.at_ns):
            self._tell(EventKind.MICROPHONE_SILENT)
        with self._lock:
            self._leave_out_sleep(sound.at_ns)
            if self._writer is not None and self._state in _WRITING:
                self._writer.offer_sound(sound)
            if self._state is RecorderState.RECORDING:
                self._is_over(sound.at_ns)

    def _camera_ended(self, end: SourceEnd) -> None:
        with self._lock:
            self._camera_end = end
            if end is SourceEnd.FINISHED:
                # A file ends with the time that its last picture is shown, not when the end was noticed.
                self._stop_at(self._last_at_ns + self._interval_ns, StopReason.SOURCE_FINISHED)
            elif self._microphone is None or self._state is RecorderState.WAITING:
                self.stop(StopReason.CAMERA_LOST)
            elif self._microphone_end is not None:
                self.stop(StopReason.CAMERA_AND_MICROPHONE_LOST)
        if end is SourceEnd.LOST:
            self._tell(EventKind.CAMERA_LOST)

    def _microphone_ended(self, end: SourceEnd) -> None:
        with self._lock:
            self._microphone_end = end
            if self._camera_end is not None:
                self.stop(StopReason.CAMERA_AND_MICROPHONE_LOST)
        if end is SourceEnd.LOST:
            self._tell(EventKind.MICROPHONE_LOST)

    def _tell(self, kind: EventKind) -> None:
        self._on_event(Event(kind, self._sentence(kind)))

    def _sentence(self, kind: EventKind) -> str:
        microphone = self._microphone.label if self._microphone else ""
        sentences = {
            EventKind.CAMERA_LOST: f"The camera “{self._camera.label}” is gone; its last picture stays on.",
            EventKind.CAMERA_FROZEN: f"The picture of “{self._camera.label}” does not change any more.",
            EventKind.MICROPHONE_LOST: f"The microphone “{microphone}” is gone; there is no sound from here on.",
            EventKind.MICROPHONE_SILENT: f"“{microphone}” hears nothing at all. Is it switched off?",
            EventKind.ENCODER_BEHIND: "This computer is too busy to record every picture; close other programs.",
            EventKind.DISK_SHORT: "The disk has room for less than 15 more minutes.",
            EventKind.STOPPED: self._reason.sentence,
        }
        return sentences.get(kind, "")


def discard(take: Take) -> None:
    """Throw a take away because the user has asked for it, and only then."""
    take.remove()
    take.release()

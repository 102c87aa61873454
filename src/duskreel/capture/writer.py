"""The writer thread: takes what camera and microphone deliver, and is alone in touching the container."""

import contextlib
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import av

from duskreel.capture.clock import ASLEEP_AFTER_NS, NS_PER_MS, NS_PER_S, TakeClock
from duskreel.capture.clusters import head_of
from duskreel.capture.disk_file import DiskFile
from duskreel.capture.encoding import RawTake, Written
from duskreel.capture.events import EventKind, StopReason
from duskreel.capture.soundtrack import Samples, SoundTrack
from duskreel.capture.sources import Picture, Sound
from duskreel.capture.space import Room, SpaceWatch
from duskreel.picture.planes import Planes, size_of

QUEUE_PICTURES = 90
"""three seconds; what is more than that would fill the memory of a machine that is too slow anyway"""
BEHIND_PICTURES = QUEUE_PICTURES // 3
THIN_OUT_PICTURES = QUEUE_PICTURES * 2 // 3
HOLD_AFTER_NS = NS_PER_S
"""a picture is repeated after this, so that a camera's absence costs no more than one picture a second"""
SOUND_LATE_NS = NS_PER_S
"""a microphone that has delivered nothing for this long gets silence in its place"""
LAST_SOUND_S = 0.5
"""how long the end waits for sound that is still on its way"""
_TICK_S = 0.1


@dataclass(frozen=True)
class Tally:
    """What came of a take."""

    duration_ms: int
    pictures: int
    """written, held ones included"""
    skipped: int
    """left out because the encoder was behind"""
    held: int
    """written again because none came"""
    size_bytes: int
    first_on_disk_ns: int | None
    """when the first pictures had been given to the system, by the monotonic clock"""


@dataclass(frozen=True)
class _Queued:
    planes: Planes
    at_ns: int
    at_ms: int


class Writer:
    """One take's way to the disk. `offer_…` and `finish` may be called from any thread; `run` is the thread.

    Args:
        disk: empty.
        clock: of the take.
        has_sound: whether there is a microphone.
        space: of the disk.
        now_ns: the monotonic clock.
        on_trouble: a reason to stop the take; called from the writer's thread.
        on_event: something to tell; called from the writer's thread.
        on_head: gets the beginning of the raw file once it is certain.
        encoder_threads: each holds back one picture.
    """

    def __init__(
        self,
        disk: DiskFile,
        clock: TakeClock,
        *,
        has_sound: bool,
        space: SpaceWatch,
        now_ns: Callable[[], int],
        on_trouble: Callable[[StopReason], None],
        on_event: Callable[[EventKind], None],
        on_head: Callable[[bytes], None],
        encoder_threads: int,
    ) -> None:
        self._disk, self._clock, self._space, self._now_ns = disk, clock, space, now_ns
        self._track = SoundTrack(clock) if has_sound else None
        self._on_trouble, self._on_event, self._on_head = on_trouble, on_event, on_head
        self._encoder_threads = encoder_threads
        self._raw: RawTake | None = None
        self._changed = threading.Condition()
        self._queue: deque[_Queued | Sound] = deque()
        self._waiting_pictures = 0
        self._is_behind = False
        self._is_thinning = False
        self._is_ending = False
        self._is_short_told = False
        self._last: _Queued | None = None
        self._newest_ns = 0
        self._early_sound: list[Samples] = []
        self._skipped = self._held = 0
        self._first_on_disk_ns: int | None = None

    def offer_picture(self, picture: Picture, at_ms: int) -> bool:
        """Queue a picture for this time of the take. If the encoder is far behind, pictures are thinned out evenly.

        Returns:
            True if the encoder has just fallen behind, which the user should know.
        """
        with self._changed:
            is_news = self._falls_behind()
            if self._is_left_out():
                self._skipped += 1
            else:
                self._waiting_pictures += 1
                self._queue.append(_Queued(picture.planes, picture.at_ns, at_ms))
                self._changed.notify()
        return is_news

    def _falls_behind(self) -> bool:
        """True once for each time that the encoder does; it has caught up when nothing waits."""
        was_behind = self._is_behind
        self._is_behind = self._waiting_pictures >= (1 if was_behind else BEHIND_PICTURES)
        return self._is_behind and not was_behind

    def _is_left_out(self) -> bool:
        is_crowded = self._waiting_pictures >= THIN_OUT_PICTURES
        self._is_thinning = is_crowded and not self._is_thinning
        return self._is_thinning or self._waiting_pictures >= QUEUE_PICTURES

    def offer_sound(self, sound: Sound) -> None:
        """Queue a block of sound. Sound is small and is never left out."""
        with self._changed:
            self._queue.append(sound)
            self._changed.notify()

    def finish(self) -> None:
        """Nothing more will be offered that matters: write what is there, and end `run`. The clock has ended."""
        with self._changed:
            self._is_ending = True
            self._changed.notify()

    def run(self) -> Tally:
        """Write until `finish`; the whole life of the container.

        Returns:
            What was written. Trouble with disk or encoder is told to `on_trouble`, and ends in the same way.
        """
        try:
            self._write_until_end()
        except av.FFmpegError:
            self._on_trouble(StopReason.ENCODER_FAILED)
        written = self._raw.written if self._raw else Written()
        duration_ms = max(round(self._clock.length_ns(0) / NS_PER_MS), written.last_ms + 1) if self._raw else 0
        # What the encoder refused or the disk has no room for is lost; what is on the disk stays as it is.
        with contextlib.suppress(av.FFmpegError):
            self._end_sound(duration_ms)
            if self._raw:
                self._raw.finish()
        self._note_first_write()
        self._disk.close()
        return Tally(
            duration_ms, written.pictures, self._skipped, self._held, self._disk.size_bytes, self._first_on_disk_ns
        )

    def _write_until_end(self) -> None:
        patience = LAST_SOUND_S
        while True:
            item = self._next()
            if item is None and self._is_ending:
                patience -= _TICK_S
                if patience <= 0 or not self._awaits_sound():
                    return
            if isinstance(item, _Queued):
                self._write_picture(item)
            elif isinstance(item, Sound):
                self._write_sound(item)
                if self._is_ending and self._is_long_after_the_end(item):
                    # Whatever is missing by now does not come any more, however much the microphone still hears.
                    return
            else:
                self._stand_in(self._now_ns())
            self._note_first_write()
            if not self._is_disk_well():
                return

    def _next(self) -> _Queued | Sound | None:
        with self._changed:
            if not self._queue and not (self._is_ending and not self._awaits_sound()):
                self._changed.wait(_TICK_S)
            if not self._queue:
                return None
            item = self._queue.popleft()
            self._newest_ns = max(self._newest_ns, item.at_ns)
            if isinstance(item, _Queued):
                self._waiting_pictures -= 1
            return item

    def _is_long_after_the_end(self, sound: Sound) -> bool:
        end_ns = self._clock.runs[-1].end_ns if self._clock.has_begun else None
        return end_ns is None or sound.at_ns > end_ns + LAST_SOUND_S * NS_PER_S

    def _awaits_sound(self) -> bool:
        return self._track is not None and self._raw is not None and not self._track.reaches(self._clock.length_ns(0))

    def _write_picture(self, picture: _Queued) -> None:
        if self._raw is None:
            self._raw = RawTake(
                self._disk,
                size_of(picture.planes),
                has_sound=self._track is not None,
                threads=self._encoder_threads,
            )
            for samples in self._early_sound:
                self._raw.add_sound(samples)
        self._raw.add_picture(picture.planes, picture.at_ms)
        self._last = picture
        self._fill_sound(picture.at_ns)

    def _write_sound(self, sound: Sound) -> None:
        if self._track is None:
            return
        samples = self._track.add(sound)
        if self._raw:
            self._raw.add_sound(samples)
        else:
            # The clock began with a picture that is still in the queue.
            self._early_sound.append(samples)
        if not self._waiting_pictures:
            self._hold(sound.at_ns)

    def _stand_in(self, now_ns: int) -> None:
        """Nothing came for a while: keep both streams going, unless the machine was asleep."""
        if now_ns - self._newest_ns < ASLEEP_AFTER_NS:
            self._hold(now_ns)
            self._fill_sound(now_ns)

    def _hold(self, now_ns: int) -> None:
        at_ms = self._clock.take_ms(now_ns)
        if self._raw is None or self._last is None or at_ms is None:
            return
        if at_ms - self._raw.written.last_ms >= HOLD_AFTER_NS // NS_PER_MS:
            self._held += self._raw.add_picture(self._last.planes, at_ms)

    def _fill_sound(self, now_ns: int) -> None:
        if self._track and self._raw:
            self._raw.add_sound(self._track.fill_until(now_ns - SOUND_LATE_NS))

    def _end_sound(self, duration_ms: int) -> None:
        if self._track and self._raw:
            self._raw.add_sound(self._track.finish(duration_ms * NS_PER_MS))

    def _is_disk_well(self) -> bool:
        """Sync and look at the disk every now and then; tell what is wrong."""
        if self._disk.failure is None and self._disk.sync_if_due():
            self._look_at_space()
        if self._disk.failure is None:
            return True
        self._on_trouble(StopReason.DISK_FULL if self._disk.is_full else StopReason.DISK_FAILED)
        return False

    def _look_at_space(self) -> None:
        recorded_s = self._clock.length_ns(self._now_ns()) / NS_PER_S
        room = self._space.look(self._disk.size_bytes, recorded_s)
        if room is Room.LOW:
            self._on_trouble(StopReason.DISK_LOW)
        elif room is Room.SHORT and not self._is_short_told:
            self._is_short_told = True
            self._on_event(EventKind.DISK_SHORT)

    def _note_first_write(self) -> None:
        # The first write is the header, the second one a cluster with pictures.
        if self._first_on_disk_ns is None and self._disk.write_count > 1 and self._disk.failure is None:
            self._first_on_disk_ns = self._now_ns()
            self._on_head(head_of(self._disk.head))

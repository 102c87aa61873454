"""A camera, on a device or in the network, through OpenCV, in a thread of its own."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event, Thread
from urllib.parse import urlsplit

from duskreel.capture.delivery import Delivery, SourceThread
from duskreel.capture.modes import ENOUGH_FPS, CameraMode, ModeMemory, modes_to_try
from duskreel.capture.sources import Picture, SourceEnd
from duskreel.capture.video_capture import Capture, FrameReader, Opener, is_network_address, open_capture
from duskreel.errors import DiaryError

OPENING_PATIENCE_S = 60.0
"""Media Foundation has been seen to take this long: opencv issue 17687"""
LOST_AFTER_S = 2.0
NETWORK_LOST_AFTER_S = 5.0
"""a moment without wireless network is no reason to give up"""
FIRST_PICTURE_PATIENCE_S = 4.0
"""exposure and focus settle before some cameras give anything"""
MOST_FAILED_READS = 25
PAUSE_AFTER_FAILED_READ_S = 0.02
TRIAL_S = 0.6
TRIALS_PATIENCE_S = 6.0
AS_FAST_SHARE = 0.7
"""of the fastest rate: a mode that is not slower than this is not worth giving up its size for"""
WATCH_EVERY_S = 0.1
STALE_READ_S = 0.005
LONGEST_DRAINING_S = 1.0
"""a backend that has queued frames gives them at once; whoever waits for a read has the present"""
_NS = 1_000_000_000


@dataclass(frozen=True)
class CameraAddress:
    """What to open, and how to speak of it."""

    address: str
    """a device path, a device number, or a URL"""
    label: str
    modes: tuple[CameraMode, ...] = ()
    """what it claims to offer, if it can be asked"""

    @classmethod
    def of_url(cls, url: str) -> "CameraAddress":
        """A camera in the network; names and passwords in the URL are not shown."""
        return cls(url, urlsplit(url).hostname or "network camera")

    @property
    def key(self) -> str:
        """Under which its mode is remembered: another camera may get the same path."""
        return f"{self.address} {self.label}"


@dataclass(frozen=True)
class _Opened:
    capture: Capture
    pixel_format: str
    mode: CameraMode | None


class OpenCvCamera:
    """A `PictureSource`. Stamps each picture when it arrives; sizes may change midway.

    Args:
        address: what to open.
        wanted: size and rate to try first, as the user asked for them.
        memory: of what worked the last time; None to find out anew.
        opener: of the device, for tests without one.
        lost_after_s: without a picture for this long, the camera is lost; None for what is usual.
    """

    def __init__(
        self,
        address: CameraAddress,
        *,
        wanted: CameraMode | None = None,
        memory: ModeMemory | None = None,
        opener: Opener = open_capture,
        lost_after_s: float | None = None,
    ) -> None:
        self._address = address
        self._wanted = wanted
        self._memory = memory
        self._opener = opener
        usual_s = NETWORK_LOST_AFTER_S if is_network_address(address.address) else LOST_AFTER_S
        self._lost_after_s = usual_s if lost_after_s is None else lost_after_s
        self._thread: SourceThread[Picture] = SourceThread(
            "camera", OPENING_PATIENCE_S, lambda: self._cannot_open("does not answer")
        )
        self._waiting_since_ns: int | None = None

    @property
    def label(self) -> str:
        """The camera's name, or the host of its URL."""
        return self._address.label

    def start(self, on_picture: Callable[[Picture], None], on_end: Callable[[SourceEnd], None]) -> None:
        """As for `PictureSource`; returns when the camera is open and its mode chosen, before the first picture."""
        self._thread.start(self._run, on_picture, on_end)

    def stop(self) -> None:
        """As for `PictureSource`."""
        self._thread.stop()

    def _run(self, delivery: Delivery[Picture], opened: Event, stopping: Event) -> None:
        found = self._open_best(stopping)
        # The first picture may take a while longer than the ones that follow.
        self._waiting_since_ns = time.monotonic_ns() + round((FIRST_PICTURE_PATIENCE_S - self._lost_after_s) * _NS)
        opened.set()
        if found is None:
            return
        Thread(target=self._watch, args=(delivery, stopping), name="camera watch", daemon=True).start()
        try:
            self._deliver(found, delivery, stopping)
        finally:
            if not stopping.is_set():
                delivery.end(SourceEnd.LOST)
            stopping.set()
            found.capture.release()

    def _deliver(self, opened: _Opened, delivery: Delivery[Picture], stopping: Event) -> None:
        """Until it is stopped, or too many reads in a row have failed."""
        frames = FrameReader(opened.pixel_format)
        if is_network_address(self._address.address):
            _drain(opened.capture)
        failed = 0
        while not stopping.is_set() and failed < MOST_FAILED_READS:
            is_read, array = opened.capture.read()
            at_ns = time.monotonic_ns()
            planes = frames.planes_of(array) if is_read and array is not None else None
            if planes is None:
                failed += 1
                stopping.wait(PAUSE_AFTER_FAILED_READ_S)
                continue
            failed = 0
            # Whoever takes the picture may take its time, which is not the camera's fault.
            self._waiting_since_ns = None
            delivery.give(Picture(planes, at_ns))
            self._waiting_since_ns = time.monotonic_ns()

    def _watch(self, delivery: Delivery[Picture], stopping: Event) -> None:
        """A read can hang in the driver for as long as it likes, so that somebody else must look at the clock."""
        while not stopping.wait(WATCH_EVERY_S):
            since_ns = self._waiting_since_ns
            if since_ns is not None and time.monotonic_ns() - since_ns > self._lost_after_s * _NS:
                stopping.set()
                delivery.end(SourceEnd.LOST)

    def _open_best(self, stopping: Event) -> _Opened | None:
        """The remembered mode if it still works; else the first that is fast enough; else the fastest.

        Raises:
            DiaryError: no mode can be opened.
        """
        if is_network_address(self._address.address):
            return self._open(None)
        remembered = self._memory.recall(self._address.key) if self._memory and not self._wanted else None
        tried: list[tuple[float, CameraMode]] = []
        give_up_s = time.monotonic() + TRIALS_PATIENCE_S
        for mode in modes_to_try(self._address.modes, self._wanted or remembered):
            if stopping.is_set():
                return None
            opened = self._open(mode)
            if mode == remembered:
                _, actual = _measured(opened, 0.0)
                if actual == (mode.width, mode.height):
                    return opened
            rate_fps, actual = _measured(opened, TRIAL_S)
            if actual is not None and rate_fps >= ENOUGH_FPS:
                self._remember(replace(mode, width=actual[0], height=actual[1]))
                return opened
            opened.capture.release()
            tried.append((rate_fps, mode))
            if time.monotonic() > give_up_s:
                break
        # In the dark, cameras expose for longer: then all modes are slow, and none of that is worth remembering.
        fastest_fps = max(rate_fps for rate_fps, _ in tried)
        return self._open(next(mode for rate_fps, mode in tried if rate_fps >= AS_FAST_SHARE * fastest_fps))

    def _open(self, mode: CameraMode | None) -> _Opened:
        found = self._opener(self._address.address, mode)
        if found is None:
            raise self._cannot_open("cannot be opened")
        return _Opened(*found, mode)

    def _remember(self, mode: CameraMode) -> None:
        if self._memory is not None and self._wanted is None:
            self._memory.remember(self._address.key, mode)

    def _cannot_open(self, what: str) -> DiaryError:
        if is_network_address(self._address.address):
            return DiaryError(
                f"The camera at {self.label} {what}.",
                "Check that the phone is on, in the same network, and that the address is the one it shows.",
            )
        return DiaryError(
            f"The camera “{self.label}” {what}.",
            "Close other programs that may be using it, or plug it in again.",
        )


def _measured(opened: _Opened, trial_s: float) -> tuple[float, tuple[int, int] | None]:
    """Pictures per second as they really come, and the size of the last one."""
    frames = FrameReader(opened.pixel_format)
    patience_ns = time.monotonic_ns() + round(FIRST_PICTURE_PATIENCE_S * _NS)
    times: list[int] = []
    size = None
    failed = 0
    while (now_ns := time.monotonic_ns()) < patience_ns and (not times or now_ns - times[0] < trial_s * _NS):
        is_read, array = opened.capture.read()
        planes = frames.planes_of(array) if is_read and array is not None else None
        if planes is None:
            failed += 1
            if failed >= MOST_FAILED_READS:
                break
            time.sleep(PAUSE_AFTER_FAILED_READ_S)
            continue
        failed = 0
        times.append(time.monotonic_ns())
        size = Picture(planes, times[-1]).size
    if len(times) < 2:
        return 0.0, size
    return (len(times) - 1) * _NS / max(times[-1] - times[0], 1), size


def _drain(capture: Capture) -> None:
    """Pass over what was queued while the stream was being opened, or it would all be stamped as of now."""
    until = time.monotonic() + LONGEST_DRAINING_S
    before = time.monotonic()
    while before < until:
        capture.read()
        after = time.monotonic()
        if after - before > STALE_READ_S:
            return
        before = after

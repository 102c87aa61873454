"""The bridge between the recorder, which knows no window, and the page, which must never wait."""

import time
from dataclasses import replace
from enum import Enum

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QMediaDevices

from duskreel.capture.choosing import CAMERA_MEMORY, Wanted
from duskreel.capture.devices import cameras, microphones
from duskreel.capture.events import Event, EventKind
from duskreel.capture.modes import ModeMemory
from duskreel.errors import DiaryError
from duskreel.library.entry import Entry
from duskreel.library.values import Details, DiaryLocation
from duskreel.paths import Places
from duskreel.settings import NO_MICROPHONE, Settings
from duskreel.ui.preferences import Preferences
from duskreel.ui.record.coaching import Coaching
from duskreel.ui.record.feed import Feed
from duskreel.ui.record.permissions import NOT_ALLOWED_TO_LISTEN, Permissions
from duskreel.ui.record.take_keeper import Devices, ListCameras, ListMicrophones, TakeKeeper
from duskreel.ui.worker import Worker

ROOM_EVERY_MS = 5_000
NO_DETAILS = Details()


class StudioState(Enum):
    """What the studio is doing."""

    CLOSED = "closed"
    OPENING = "opening"
    READY = "ready"
    """the devices deliver; nothing is recorded"""
    STARTING = "starting"
    RECORDING = "recording"
    PAUSED = "paused"
    FINISHING = "finishing"
    """the take has ended and is becoming an entry"""


TAKING = (StudioState.STARTING, StudioState.RECORDING, StudioState.PAUSED, StudioState.FINISHING)
"""from the start of a take until it is an entry"""


class Studio(QObject):
    """Owns devices and recorder. All methods belong to the window's thread, and none waits but `close`.

    Args:
        location: of the diary that takes go to.
        places: the camera's best mode is remembered in the state folder.
        preferences: which devices; followed when they change.
        permissions: to use camera and microphone.
        list_cameras: asks the system; tests have cameras of their own.
        list_microphones: likewise.
    """

    state_changed = Signal(object)
    """with the new `StudioState`"""
    pictured = Signal(QImage)
    """the newest picture in the size of `show_at`, not mirrored"""
    heard = Signal(object)
    """with a `Level`, thirty times a second"""
    hinted = Signal(str)
    """what could be better; "" when nothing could any more"""
    happened = Signal(object)
    """with an `Event` of the recorder that has something to say"""
    could_not_open = Signal(object)
    """with a DiaryError: there is no picture"""
    could_not_take = Signal(object)
    """with a DiaryError: a take could not begin, or could not become an entry and waits on the disk"""
    took = Signal(object)
    """with the new Entry"""
    marked = Signal()
    """what was just said is noted as not for sharing"""
    devices_changed = Signal(object)
    """with `Devices`"""
    room_changed = Signal(int)
    """seconds that the disk has room for"""
    _told = Signal(object)

    def __init__(
        self,
        location: DiaryLocation,
        places: Places,
        preferences: Preferences,
        *,
        permissions: Permissions | None = None,
        list_cameras: ListCameras = cameras,
        list_microphones: ListMicrophones = microphones,
    ) -> None:
        super().__init__()
        self._preferences = preferences
        self._permissions = permissions or Permissions()
        self._state = StudioState.CLOSED
        self.devices = Devices()
        self._is_wanted = False
        self._opened_with = Wanted()
        self._may_listen = True
        self.feed = Feed()
        self._coach = Coaching(self.feed, self.could_not_open.emit)
        self._worker = Worker("studio", self.could_not_take.emit)
        self._keeper = TakeKeeper(
            location,
            ModeMemory(places.state / CAMERA_MEMORY),
            self.feed,
            self._told.emit,
            list_cameras=list_cameras,
            list_microphones=list_microphones,
        )
        # Made before anybody else asks Qt for devices: it watches for new ones in the thread that is the first to.
        self._system = QMediaDevices(self)
        self._room = QTimer(self)
        self._room.setInterval(ROOM_EVERY_MS)
        self._connect()

    @property
    def state(self) -> StudioState:
        """What it is doing."""
        return self._state

    @property
    def is_taking(self) -> bool:
        """From the start of a take until it is an entry."""
        return self._state in TAKING

    @property
    def elapsed_ms(self) -> int:
        """How long the take is by now, without pauses."""
        return self._keeper.elapsed_ms

    @property
    def has_sound(self) -> bool:
        """Whether there is a microphone."""
        return self.devices.microphone_id != NO_MICROPHONE

    def show_at(self, size: QSize) -> None:
        """How large pictures are wanted, in real pixels; they keep their aspect. An empty size stops them."""
        self.feed.show_at(size)

    def open(self) -> None:
        """Open the devices that the preferences name; `state_changed` or `could_not_open` follows.

        May be called before there is a window, so that the camera starts while the window is being built.
        """
        self._is_wanted = True
        if self._state is StudioState.CLOSED or (self._state is StudioState.READY and self.feed.is_stale):
            self._become(StudioState.OPENING)
            self._permissions.ask(self._open_with)

    def let_go(self) -> None:
        """Close the devices. A take that is being recorded ends and becomes an entry first."""
        self._is_wanted = False
        self._coach.stop()
        self._room.stop()
        if self._state in (StudioState.STARTING, StudioState.RECORDING, StudioState.PAUSED):
            self._become(StudioState.FINISHING)
        self._worker.run(self._keeper.close, self._let_go, failed=self._not_finished, owner=self)

    def close(self) -> None:
        """As `let_go`, for good. Waits until a take that was being recorded is an entry."""
        self.let_go()
        self._coach.close()
        self._worker.finish()

    def start(self, details: Details = NO_DETAILS) -> None:
        """Begin a take, of which so much is known already."""
        if self._state is StudioState.READY:
            self._become(StudioState.STARTING)
            self._worker.run(lambda: self._keeper.start(details), self._started, failed=self._not_started, owner=self)

    def pause(self) -> None:
        """Leave out what follows."""
        if self._state is StudioState.RECORDING:
            self._become(StudioState.PAUSED)
            self._worker.run(self._keeper.pause)

    def resume(self) -> None:
        """Go on."""
        if self._state is StudioState.PAUSED:
            self._become(StudioState.RECORDING)
            self._worker.run(self._keeper.resume)

    def mark(self) -> None:
        """Note that what is being said now is not for sharing; `marked` follows."""
        if self._state in (StudioState.RECORDING, StudioState.PAUSED):
            # Now, and not when the disk has time for it.
            at_ns = time.monotonic_ns()
            self._worker.run(lambda: self._keeper.mark(at_ns), self._tell_mark, owner=self)

    def stop(self) -> None:
        """End the take and make an entry of it; `took` or `could_not_take` follows."""
        if self._state in (StudioState.STARTING, StudioState.RECORDING, StudioState.PAUSED):
            self._become(StudioState.FINISHING)
            self._worker.run(self._keeper.stop)
            self._finish()

    def refresh_devices(self) -> None:
        """Look what is plugged in; a camera that was waited for is opened."""
        self._worker.run(self._keeper.listed, self._listed, owner=self, topic="list")

    def _connect(self) -> None:
        self.feed.pictured.connect(self.pictured)
        self.feed.heard.connect(self.heard)
        self._coach.hinted.connect(self.hinted)
        self._told.connect(self._tell)
        self._preferences.changed.connect(self._follow)
        self._system.videoInputsChanged.connect(self.refresh_devices)
        self._system.audioInputsChanged.connect(self.refresh_devices)
        self._room.timeout.connect(self._look_at_room)

    def _become(self, state: StudioState) -> None:
        if state is not self._state:
            self._state = state
            self._coach.listens_only = state is not StudioState.READY
            self.state_changed.emit(state)

    # ---- devices

    def _open_with(self, refusal: DiaryError | None, *, may_listen: bool) -> None:
        """Permission is given, or `refusal` says what is missing."""
        self._may_listen = may_listen
        if not self._is_wanted:
            self._become(StudioState.CLOSED)
        elif refusal is not None:
            self._not_opened(refusal)
        else:
            wanted = self._opened_with = _wanted(self._preferences.now, may_listen=may_listen)
            self._worker.run(lambda: self._keeper.open(wanted), self._opened, failed=self._not_opened, owner=self)

    def _opened(self, devices: Devices) -> None:
        if not self._may_listen:
            devices = replace(devices, notices=(*devices.notices, NOT_ALLOWED_TO_LISTEN))
        self.devices = devices
        self.devices_changed.emit(devices)
        if self._is_wanted:
            self._become(StudioState.READY)
            self._coach.start()
            self._room.start()
            self._look_at_room()
            self._follow(self._preferences.now)

    def _not_opened(self, error: DiaryError) -> None:
        self._become(StudioState.CLOSED)
        self.could_not_open.emit(error)
        self.refresh_devices()

    def _let_go(self, entry: Entry | None) -> None:
        if entry is not None:
            self.took.emit(entry)
        self._become(StudioState.CLOSED)
        if self._is_wanted:
            self.open()

    def _reopen(self) -> None:
        self._become(StudioState.OPENING)
        self._permissions.ask(self._open_with)

    def _follow(self, settings: Settings) -> None:
        """Other devices are wanted; while something is recorded, that can wait."""
        is_other = _wanted(settings, may_listen=self._may_listen) != self._opened_with
        if is_other and self._is_wanted and self._state in (StudioState.READY, StudioState.CLOSED):
            self._reopen()

    def _listed(self, found: Devices) -> None:
        camera_is_new = {one.id for one in found.cameras} - {one.id for one in self.devices.cameras}
        sound_is_new = {one.id for one in found.microphones} - {one.id for one in self.devices.microphones}
        self.devices = replace(self.devices, cameras=found.cameras, microphones=found.microphones)
        self.devices_changed.emit(self.devices)
        if not self._is_wanted:
            return
        if self._state is StudioState.CLOSED and camera_is_new:
            self.open()
        elif self._state is StudioState.READY and self._is_missed(camera_is_new, sound_is_new):
            self._reopen()

    def _is_missed(self, cameras_: set[str], microphones_: set[str]) -> bool:
        """Whether what is new is what the user has chosen, or better than nothing."""
        wanted = self._opened_with
        is_camera = wanted.camera in cameras_ or (bool(cameras_) and self.feed.is_stale)
        is_sound = wanted.microphone in microphones_ or (bool(microphones_) and not self.has_sound)
        return is_camera or (is_sound and wanted.microphone != NO_MICROPHONE)

    # ---- takes

    def _started(self, _: object) -> None:
        if self._state is StudioState.STARTING:
            self._become(StudioState.RECORDING)

    def _not_started(self, error: DiaryError) -> None:
        self._become(StudioState.READY)
        self.could_not_take.emit(error)

    def _finish(self) -> None:
        self._worker.run(self._keeper.finish, self._finished, failed=self._not_finished, owner=self)

    def _finished(self, entry: Entry | None) -> None:
        if entry is not None:
            self.took.emit(entry)
        if self._state is StudioState.FINISHING:
            self._become(StudioState.READY if self._is_wanted else StudioState.CLOSED)
        self._follow(self._preferences.now)

    def _not_finished(self, error: DiaryError) -> None:
        self.could_not_take.emit(error)
        self._become(StudioState.READY if self._is_wanted else StudioState.CLOSED)

    def _tell(self, event: Event) -> None:
        if event.kind is EventKind.STOPPED and self._state in (StudioState.RECORDING, StudioState.PAUSED):
            # It has stopped by itself: the disk is full, or the camera is gone.
            self._become(StudioState.FINISHING)
            self._finish()
        if event.sentence:
            self.happened.emit(event)

    def _tell_mark(self, at_ms: int | None) -> None:
        if at_ms is not None:
            self.marked.emit()

    def _look_at_room(self) -> None:
        self._worker.run(self._keeper.seconds_left, self._tell_room, owner=self, topic="room")

    def _tell_room(self, seconds: int | None) -> None:
        if seconds is not None:
            self.room_changed.emit(seconds)


def _wanted(settings: Settings, *, may_listen: bool) -> Wanted:
    microphone = settings.microphone if may_listen else NO_MICROPHONE
    return Wanted(settings.camera, microphone, settings.video_quality)

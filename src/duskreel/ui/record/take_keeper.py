"""Everything about a take that makes somebody wait, from opening the devices to the finished entry."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace

from duskreel.capture.choosing import Chosen, Wanted, choose
from duskreel.capture.devices import CameraDevice, MicrophoneDevice, cameras, microphones
from duskreel.capture.events import Event
from duskreel.capture.finishing import finish_take
from duskreel.capture.modes import ModeMemory
from duskreel.capture.recorder import EXPECTED_FPS, EXPECTED_SIZE, Recorder
from duskreel.capture.sleep import kept_awake
from duskreel.capture.space import SpaceWatch, expected_bytes_per_second
from duskreel.capture.take import TakeFolder
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.folder import DiaryFolder
from duskreel.library.values import Details, DiaryLocation
from duskreel.settings import NO_MICROPHONE
from duskreel.ui.record.feed import Feed

ListCameras = Callable[[], list[CameraDevice]]
ListMicrophones = Callable[[], list[MicrophoneDevice]]


@dataclass(frozen=True)
class Devices:
    """What is plugged in, and what of it is open."""

    cameras: tuple[CameraDevice, ...] = ()
    microphones: tuple[MicrophoneDevice, ...] = ()
    camera_id: str = ""
    microphone_id: str = NO_MICROPHONE
    camera_name: str = ""
    notices: tuple[str, ...] = ()
    """sentences on what is not as the user wanted it"""


class TakeKeeper:
    """Owns the recorder. Every method blocks, and all are called in the same thread.

    Args:
        location: of the diary that takes go to.
        memory: of what worked with each camera.
        feed: gets pictures and loudness.
        on_event: told what happens, in other threads.
        list_cameras: asks the system; tests have cameras of their own.
        list_microphones: likewise.
    """

    def __init__(
        self,
        location: DiaryLocation,
        memory: ModeMemory,
        feed: Feed,
        on_event: Callable[[Event], None],
        *,
        list_cameras: ListCameras = cameras,
        list_microphones: ListMicrophones = microphones,
    ) -> None:
        self._location, self._memory, self._feed, self._on_event = location, memory, feed, on_event
        self._list_cameras, self._list_microphones = list_cameras, list_microphones
        self._wanted = Wanted()
        self._recorder: Recorder | None = None
        self._folder: TakeFolder | None = None
        self._is_unfinished = False
        self._awake = ExitStack()

    def listed(self) -> Devices:
        """What is plugged in."""
        return Devices(tuple(self._list_cameras()), tuple(self._list_microphones()))

    def open(self, wanted: Wanted) -> Devices:
        """Open the devices, after closing others. Where the microphone cannot be opened, it goes without.

        Raises:
            DiaryError: there is no picture to be had, or no diary to record into.
        """
        self.close()
        self._wanted = wanted
        found = self.listed()
        chosen = choose(wanted, found.cameras, found.microphones, self._memory)
        self._folder = self._folder or _take_folder(self._location)
        chosen = self._opened(chosen, found)
        return replace(
            found,
            camera_id=chosen.camera_id,
            microphone_id=chosen.microphone_id,
            camera_name=chosen.pictures.label,
            notices=chosen.notices,
        )

    def start(self, details: Details) -> None:
        """Begin a take.

        Args:
            details: what is known of the entry already.

        Raises:
            DiaryError: as for `Recorder.start`, and where a camera that has gone cannot be opened again.
        """
        if self._recorder is None or self._feed.is_stale:
            self.open(self._wanted)
        assert self._recorder is not None  # noqa: S101 - `open` raises otherwise
        self._recorder.start(details)
        self._is_unfinished = True
        self._awake.enter_context(kept_awake("recording a diary entry"))

    def pause(self) -> None:
        """As for `Recorder`."""
        if self._recorder is not None:
            self._recorder.pause()

    def resume(self) -> None:
        """As for `Recorder`."""
        if self._recorder is not None:
            self._recorder.resume()

    def mark(self, at_ns: int) -> int | None:
        """As for `Recorder`."""
        return self._recorder.mark(at_ns) if self._recorder is not None else None

    def stop(self) -> None:
        """As for `Recorder`; a `STOPPED` event follows."""
        if self._recorder is not None:
            self._recorder.stop()

    def finish(self) -> Entry | None:
        """Make an entry of the take that has ended; None if there is none, or it was finished already.

        Raises:
            DiaryError: as for `finish_take`.
        """
        if self._recorder is None or not self._is_unfinished:
            return None
        self._is_unfinished = False
        self._awake.close()
        recorded = self._recorder.wait()
        if recorded is None:
            return None
        with Diary.open(self._location) as diary:
            return finish_take(diary, recorded.take)

    def close(self) -> Entry | None:
        """Let go of the devices; a take that is being recorded becomes an entry first, as for `finish`."""
        if self._recorder is None:
            return None
        self._recorder.close()
        try:
            return self.finish()
        finally:
            self._recorder = None
            self._feed.clear()

    @property
    def elapsed_ms(self) -> int:
        """How long the take is by now. From any thread."""
        recorder = self._recorder
        return recorder.elapsed_ms if recorder is not None else 0

    def seconds_left(self) -> int | None:
        """How much longer there is room on the disk; None before anything was opened."""
        if self._folder is None:
            return None
        newest = self._feed.newest
        rate = expected_bytes_per_second(*(newest.size if newest else EXPECTED_SIZE), EXPECTED_FPS)
        recorded_bytes = rate * self.elapsed_ms // 1000 if self._is_unfinished else 0
        return SpaceWatch(self._folder.free_bytes, rate).seconds_left(recorded_bytes)

    def _opened(self, chosen: Chosen, found: Devices) -> Chosen:
        try:
            self._open(chosen)
        except DiaryError as error:
            if chosen.sound is None:
                raise
            # Each device is tried once more, without sound: it is the camera that matters.
            silent = replace(self._wanted, microphone=NO_MICROPHONE)
            without = choose(silent, found.cameras, found.microphones, self._memory)
            self._open(without)
            return replace(without, notices=(*chosen.notices, error.what_happened))
        return chosen

    def _open(self, chosen: Chosen) -> None:
        assert self._folder is not None  # noqa: S101 - `open` has just seen to it
        recorder = Recorder(
            chosen.pictures,
            chosen.sound,
            self._folder,
            on_event=self._on_event,
            on_picture=self._feed.take_picture,
            on_level=self._feed.take_level,
        )
        recorder.open()
        self._recorder = recorder


def _take_folder(location: DiaryLocation) -> TakeFolder:
    """Without opening the index, which a first picture need not wait for."""
    folder, _ = DiaryFolder.open(location.folder)
    return TakeFolder(location.folder, location.state / "locks", folder.library_id)

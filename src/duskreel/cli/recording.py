"""Commands about takes: make one, and bring back what a crash left."""

import queue
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import click
from rich.live import Live
from rich.text import Text

from duskreel.capture.events import Event, StopReason
from duskreel.capture.finishing import finish_take
from duskreel.capture.recorder import Recorded, Recorder
from duskreel.capture.sources import PictureSource, SoundSource
from duskreel.capture.take import TakeFolder
from duskreel.capture.watching import Level
from duskreel.cli.making import transcribe_now
from duskreel.cli.parameters import MOOD, SECONDS
from duskreel.cli.session import Session, diary_command
from duskreel.cli.wording import entry_json, headline
from duskreel.errors import DiaryError
from duskreel.library.entry import Mood, SeriesDay
from duskreel.library.values import Details
from duskreel.settings import NO_MICROPHONE
from duskreel.timecode import clock, from_seconds

METER_WIDTH = 24
LOOK_EVERY_S = 0.1
MARK_KEY = "m"


@click.command()
@click.option("--seconds", "length_s", type=SECONDS, help="Stop by itself after so long.")
@click.option("--camera", metavar="DEVICE|URL|FILE", help="A device path or name, a phone's address, or a file.")
@click.option("--microphone", metavar="NAME|none", help="A part of its name, or none.")
@click.option("--mood", type=MOOD, help="How it felt, 1 (awful) to 5 (great).")
@click.option("--title", default="")
@click.option("--series", "series_name", metavar="NAME", help="Go on with a series; “duskreel series” lists them.")
@click.option("--words/--no-words", default=True, show_default=True, help="Write down what was said, afterwards.")
@diary_command
def record(
    session: Session,
    length_s: float | None,
    camera: str | None,
    microphone: str | None,
    mood: Mood | None,
    title: str,
    series_name: str | None,
    words: bool,
) -> None:
    """Record camera and microphone until Enter, Ctrl-C or --seconds, and keep it as an entry."""
    from duskreel.capture.sleep import kept_awake

    details = Details(title=title, mood=mood)
    if series_name is not None:
        details = _in_series(session, series_name, details)
    pictures, sound = _sources(session, camera, microphone)
    console = _Console(session, f"{pictures.label}, {sound.label if sound else 'no microphone'}")
    with session.diary() as diary:
        recorder = Recorder(
            pictures,
            sound,
            TakeFolder.of(diary),
            on_event=console.events.put,
            on_level=console.hear,
            limit_ms=None if length_s is None else from_seconds(length_s),
        )
        with kept_awake("recording a diary entry"):
            recorded = _recorded(session, recorder, console, details)
        if recorded.reason is not StopReason.USER and recorded.reason.sentence:
            session.complain(recorded.reason.sentence)
        with session.progress("Keeping the take") as progress:
            entry = finish_take(diary, recorded.take, progress=progress)
        session.give(entry_json(diary, entry))
    session.say(f"Kept {headline(entry, session.settings.mood_names)}, id {entry.id}")
    if words and sound:
        transcribe_now(session, entry)


def _in_series(session: Session, name: str, details: Details) -> Details:
    """Say what the next day of a series is about, and note it."""
    from duskreel.memories import series_file
    from duskreel.memories.series import choose, progress

    with session.diary() as diary:
        found = choose(name, series_file.known(diary.location.folder))
        day = progress(found, diary.entries()).next_day
    if day is None:
        raise DiaryError(
            f"Every day of “{found.name}” has been told.", f"“duskreel series show {found.id}” shows how far you came."
        )
    questions = found.questions(day)
    session.say("\n".join([found.called(day), *(f"  {question}" for question in questions)]))
    return replace(details, prompt=questions[0] if questions else "", series=SeriesDay(found.id, day))


def _sources(session: Session, camera: str | None, microphone: str | None) -> tuple[PictureSource, SoundSource | None]:
    from duskreel.capture.camera import CameraAddress, OpenCvCamera
    from duskreel.capture.choosing import CAMERA_MEMORY
    from duskreel.capture.devices import find_camera
    from duskreel.capture.file_source import file_sources
    from duskreel.capture.modes import ModeMemory
    from duskreel.capture.video_capture import is_network_address

    if camera is not None and Path(camera).is_file():
        pictures, own_sound = file_sources(Path(camera))
        return pictures, own_sound if microphone is None else _microphone(microphone)
    is_address = camera is not None and is_network_address(camera)
    address = CameraAddress.of_url(camera) if camera and is_address else find_camera(camera).address
    memory = ModeMemory(session.places.state / CAMERA_MEMORY)
    return OpenCvCamera(address, wanted=None, memory=memory), _microphone(microphone)


def _microphone(name: str | None) -> SoundSource | None:
    from duskreel.capture.devices import find_microphone
    from duskreel.capture.microphone import QtMicrophone

    return None if name == NO_MICROPHONE else QtMicrophone(find_microphone(name))


@dataclass
class _Console:
    """What is shown while recording: which devices, for how long, and how loud it is."""

    session: Session
    devices: str
    events: "queue.SimpleQueue[Event]" = field(default_factory=queue.SimpleQueue)
    peak: float = 0.0

    def hear(self, level: Level) -> None:
        """Called from the microphone's thread."""
        self.peak = max(level.peak, self.peak * 0.8)

    @contextmanager
    def shown(self) -> Iterator[Live | None]:
        """A line that is drawn over and over on a terminal; nothing elsewhere."""
        if not self.session.err.is_terminal:
            yield None
            return
        self.session.err.print(f"Recording from {self.devices}. Enter or Ctrl-C stops.")
        self.session.err.print("m and Enter marks what you have just said as not for sharing.")
        with Live(console=self.session.err, transient=True, auto_refresh=False) as live:
            yield live

    def update(self, live: Live | None, elapsed_ms: int) -> None:
        while not self.events.empty():
            self.session.complain(self.events.get().sentence)
        if live:
            # A third of a decade per step would leave whispers invisible on a linear scale.
            filled = round(METER_WIDTH * min(self.peak, 1.0) ** 0.4)
            meter = "█" * filled + "░" * (METER_WIDTH - filled)
            live.update(Text(f"● {clock(elapsed_ms)}  {meter}"), refresh=True)


def _recorded(session: Session, recorder: Recorder, console: _Console, details: Details) -> Recorded:
    from duskreel.qt_application import let_qt_look

    keys = _Keys()
    recorder.open()
    try:
        recorder.start(details)
        with console.shown() as live:
            while (recorded := recorder.wait(timeout_s=LOOK_EVERY_S)) is None:
                let_qt_look()
                console.update(live, recorder.elapsed_ms)
                typed = keys.line()
                if typed is not None and typed.strip().lower() == MARK_KEY:
                    _mark(session, recorder)
                elif session.interruption.is_asked or typed is not None:
                    recorder.stop()
            console.update(None, recorder.elapsed_ms)
    finally:
        recorder.close()
    # It meant “stop recording”; what follows is to be finished.
    session.interruption.is_asked = False
    return recorded


def _mark(session: Session, recorder: Recorder) -> None:
    at_ms = recorder.mark()
    if at_ms is not None:
        session.err.print(f"Marked at {clock(at_ms)}: not for sharing")


class _Keys:
    """What is typed while recording, without waiting for it."""

    def __init__(self) -> None:
        self._typed = ""

    def line(self) -> str | None:
        """A line that was ended with Enter since the last time; None if there is none, or nobody types."""
        if not sys.stdin.isatty():
            return None
        if sys.platform == "win32":
            return self._line_of_keys()
        ready, _, _ = select.select([sys.stdin], [], [], 0)
        return sys.stdin.readline() or None if ready else None

    def _line_of_keys(self) -> str | None:
        """On Windows the console gives single keys."""
        import msvcrt

        while msvcrt.kbhit():  # type: ignore[attr-defined, unused-ignore]
            key = msvcrt.getwch()  # type: ignore[attr-defined, unused-ignore]
            if key in "\r\n":
                line, self._typed = self._typed, ""
                return line
            self._typed += key
        return None


@click.command()
@diary_command
def recover(session: Session) -> None:
    """Bring back takes that a crash left unfinished; they also come back by themselves."""
    from duskreel.capture import recovery

    with session.diary(recovers=False) as diary, session.progress("Looking for unfinished takes") as progress:
        found = recovery.recover(diary, thorough=True, progress=progress, token=session.token)
        session.give([entry_json(diary, entry) for entry in found.entries])
    for entry in found.entries:
        session.say(f"Brought back {headline(entry, session.settings.mood_names)}, id {entry.id}")
    for notice in found.notices:
        session.complain(notice)
    if not found.entries and not found.notices:
        session.say("There is no unfinished take.")
    if found.notices:
        raise DiaryError(f"{len(found.notices)} takes could not be brought back.", "They are kept where they are.")

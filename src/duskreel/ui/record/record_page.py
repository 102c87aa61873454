"""The first page: see yourself, talk, say how you feel, done."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from duskreel import prompts
from duskreel.capture.events import Event, EventKind
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.values import Details
from duskreel.prompts import PromptDeck
from duskreel.settings import Settings
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Action, Messages
from duskreel.ui.page import Page
from duskreel.ui.preferences import Preferences
from duskreel.ui.record.afterwards import Afterwards
from duskreel.ui.record.countdown import Countdown
from duskreel.ui.record.record_controls import RecordControls
from duskreel.ui.record.series_telling import SeriesTelling
from duskreel.ui.record.stage import Stage
from duskreel.ui.record.studio import Studio, StudioState
from duskreel.ui.record.take_keeper import Devices
from duskreel.ui.theme import GRID_PX, Theme

CLOCK_EVERY_MS = 200
STAYING = (EventKind.CAMERA_LOST, EventKind.MICROPHONE_LOST, EventKind.DISK_SHORT)
"""what stays true until the end of the take"""
NO_SOUND = "There is no microphone: your voice will not be recorded."


class RecordPage(Page):
    """Preview, take, and the questions afterwards.

    Args:
        diary: of which a take becomes an entry.
        preferences: what is shown, and which devices.
        messages: tells and asks.
        theme: of colours.
        studio: may already be opening its devices.
    """

    recording_changed = Signal(bool)
    """True from the start of a take until it is an entry"""
    watch_asked = Signal(object)
    """with an Entry that the user wants to see again"""
    kept = Signal(object)
    """with the Entry, with its mood and its words, when the user is done with it"""

    def __init__(
        self, diary: DiaryThread, preferences: Preferences, messages: Messages, theme: Theme, *, studio: Studio
    ) -> None:
        super().__init__()
        self._diary, self._preferences, self._messages = diary, preferences, messages
        self._theme, self._studio = theme, studio
        self._deck = PromptDeck(prompts.load(), date.today())  # noqa: DTZ011 - the user's own day
        self._telling = SeriesTelling(self, diary, preferences, messages, theme)
        self._desk = self._telling.desk
        self._countdown = Countdown()
        self._entry: Entry | None = None
        self._series_line = ""
        self._keeps = self._discards = self._is_recording = self._is_entered = False
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_EVERY_MS)
        self._build_ui()
        self._connect()
        self._follow(preferences.now)
        self._show_devices(studio.devices)
        self._show_state(studio.state)

    def enter(self) -> None:
        """The camera wakes up."""
        self._is_entered = True
        self._ask_for_pictures()
        self._studio.open()
        self._desk.refresh()

    def leave(self) -> None:
        """The camera rests. What was said about the last take is kept."""
        self._is_entered = False
        self._countdown.cancel()
        if self.is_asking:
            self._keep()
        self._studio.show_at(QSize())
        self._studio.let_go()
        self._stage.show_picture(QImage())

    def reason_to_stay(self) -> str:
        """While something is recorded or saved."""
        if not self._studio.is_taking:
            return ""
        return "A recording is going on. It would end here, and be kept."

    @property
    def is_asking(self) -> bool:
        """Whether the questions about a take are shown."""
        return self._pages.currentWidget() is self._afterwards

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that no field and no button has used."""
        key = Qt.Key(event.key())
        if event.isAutoRepeat() or self.is_asking or key not in self._keys:
            super().keyPressEvent(event)
            return
        self._keys[key]()

    # ---- building

    def _build_ui(self) -> None:
        now = self._preferences.now
        self._stage = Stage(self._theme, self._studio.open)
        self._controls = RecordControls(self._theme, self._telling.chooser)
        self._afterwards = Afterwards(now.mood_names, now.feelings, self._theme)
        front = QWidget()
        rows = QVBoxLayout(front)
        rows.setContentsMargins(3 * GRID_PX, 3 * GRID_PX, 3 * GRID_PX, 2 * GRID_PX)
        rows.setSpacing(2 * GRID_PX)
        rows.addWidget(self._stage, stretch=1)
        rows.addWidget(self._controls)
        self._pages = QStackedWidget()
        self._pages.addWidget(front)
        self._pages.addWidget(self._afterwards)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Record")
        self._keys = {
            Qt.Key.Key_Space: self._start_or_stop,
            Qt.Key.Key_P: self._pause_or_resume,
            Qt.Key.Key_Escape: self._escape,
            Qt.Key.Key_N: self._another_prompt,
            Qt.Key.Key_M: self._studio.mark,
        }

    def _connect(self) -> None:
        studio, stage, controls = self._studio, self._stage, self._controls
        self._messages.keep_clear_of(controls, self._afterwards.retake, self._afterwards.keep)
        studio.state_changed.connect(self._show_state)
        studio.pictured.connect(stage.show_picture)
        studio.heard.connect(controls.meter.hear)
        studio.hinted.connect(stage.hint.say)
        studio.happened.connect(self._tell)
        studio.could_not_open.connect(self._show_problem)
        studio.could_not_take.connect(self._give_up_take)
        studio.took.connect(self._take_entry)
        studio.devices_changed.connect(self._show_devices)
        studio.room_changed.connect(controls.show_room)
        studio.marked.connect(stage.tell_mark)
        stage.preview.resized.connect(self._ask_for_pictures)
        stage.prompt.another_wanted.connect(self._another_prompt)
        stage.prompt.hiding_wanted.connect(lambda: self._preferences.change(shows_prompts=False))
        controls.record.clicked.connect(self._start_or_stop)
        controls.pause.clicked.connect(self._pause_or_resume)
        controls.discard.clicked.connect(self._escape)
        controls.mark.clicked.connect(studio.mark)
        controls.camera_chosen.connect(lambda chosen: self._preferences.change(camera=chosen))
        controls.microphone_chosen.connect(lambda chosen: self._preferences.change(microphone=chosen))
        controls.prompts.toggled.connect(lambda is_on: self._preferences.change(shows_prompts=is_on))
        controls.guide.toggled.connect(lambda is_on: self._preferences.change(shows_frame_guide=is_on))
        self._afterwards.keep_wanted.connect(self._keep)
        self._afterwards.retake_wanted.connect(self._ask_to_retake)
        self._countdown.ticked.connect(stage.preview.show_number)
        self._countdown.finished.connect(self._start)
        self._desk.changed.connect(self._show_prompt)
        self._diary.changed.connect(self._ask_how_far)
        self._telling.watch_asked.connect(self.watch_asked)
        self._clock.timeout.connect(lambda: controls.show_elapsed(studio.elapsed_ms))
        self._preferences.changed.connect(self._follow)

    # ---- showing

    def _follow(self, now: Settings) -> None:
        self._controls.prompts.setChecked(now.shows_prompts)
        self._controls.guide.setChecked(now.shows_frame_guide)
        self._stage.preview.show_guide(is_shown=now.shows_frame_guide)
        self._show_prompt()

    def _show_prompt(self) -> None:
        is_wanted = self._preferences.now.shows_prompts
        self._stage.show_prompt(self._prompt if is_wanted else None, self._desk.heading)

    @property
    def _prompt(self) -> str | None:
        """The series' own question, or one that goes with any day."""
        return self._desk.question or (self._deck.now.text if self._deck.now else None)

    def _show_state(self, state: StudioState) -> None:
        self._controls.show_state(state)
        if state is StudioState.READY:
            self._say_what_is_missing()
            self._show_prompt()
        elif state is StudioState.CLOSED:
            self._controls.meter.rest()
        if state in (StudioState.RECORDING, StudioState.PAUSED):
            self._clock.start()
        else:
            self._clock.stop()
        if state is StudioState.FINISHING and not self.is_asking:
            self._ask()
        self._announce(is_recording=self._studio.is_taking)

    def _announce(self, *, is_recording: bool) -> None:
        if is_recording is not self._is_recording:
            self._is_recording = is_recording
            self.recording_changed.emit(is_recording)

    def _show_devices(self, devices: Devices) -> None:
        self._controls.show_devices(devices)
        if self._studio.state is StudioState.READY:
            self._say_what_is_missing()

    def _say_what_is_missing(self) -> None:
        missing = list(self._studio.devices.notices)
        if not self._studio.has_sound:
            missing.append(NO_SOUND)
        self._stage.tell(" ".join(missing), stays=not self._studio.has_sound)

    def _show_problem(self, error: DiaryError) -> None:
        self._countdown.cancel()
        self._stage.show_problem(error)

    def _tell(self, event: Event) -> None:
        if event.kind is EventKind.STOPPED:
            # The questions are shown by now, and this is to be read all the same.
            self._messages.tell(event.sentence)
        elif event.kind is EventKind.CAMERA_LOST and not self._studio.is_taking:
            name = self._studio.devices.camera_name
            self._show_problem(DiaryError(f"The camera “{name}” is gone.", "Plug it in again; the picture comes back."))
        else:
            self._stage.tell(event.sentence, stays=event.kind in STAYING)

    def _ask_for_pictures(self) -> None:
        is_seen = self._is_entered and not self.is_asking
        preview = self._stage.preview
        self._studio.show_at(preview.size() * preview.devicePixelRatioF() if is_seen else QSize())

    # ---- what the user does

    def _start_or_stop(self) -> None:
        if self._studio.is_taking:
            self._studio.stop()
        elif self._countdown.is_running:
            self._countdown.cancel()
        elif self._studio.state is StudioState.READY:
            self._entry, self._keeps, self._discards = None, False, False
            if self._preferences.now.counts_down:
                self._countdown.begin()
            else:
                self._start()

    def _start(self) -> None:
        """Record, and note what it is about."""
        self._series_line = self._desk.line
        is_asked = self._preferences.now.shows_prompts
        self._studio.start(Details(prompt=self._prompt or "" if is_asked else "", series=self._desk.day))

    def _pause_or_resume(self) -> None:
        if self._studio.state is StudioState.PAUSED:
            self._studio.resume()
        else:
            self._studio.pause()

    def _escape(self) -> None:
        if self._countdown.is_running:
            self._countdown.cancel()
        elif self._studio.is_taking:
            self._studio.stop()
            self._messages.confirm(
                "Discard this recording?",
                "It goes to the bin; you can bring it back.",
                "Discard",
                self._discard,
                no="Keep",
            )

    def _another_prompt(self) -> None:
        if self._desk.question:
            self._desk.turn()
        else:
            self._deck.turn()
        self._show_prompt()

    def _ask_how_far(self) -> None:
        """Not while a take is asked about, which may yet go to the bin and give its day back."""
        if self._is_entered and not self.is_asking and not self._studio.is_taking:
            self._desk.refresh()

    # ---- afterwards

    def _ask(self) -> None:
        self._afterwards.begin(self._stage.preview.picture, self._studio.elapsed_ms, self._series_line)
        self._pages.setCurrentWidget(self._afterwards)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask_for_pictures()

    def _take_entry(self, entry: Entry) -> None:
        """The take is an entry: nothing can be lost any more."""
        self._entry = entry
        self._afterwards.show_saved(entry)
        self._diary.ask(lambda diary: diary.find(entry.id), lambda _: self._diary.changed.emit())
        if self._discards:
            self._discard()
        elif self._keeps:
            self._keep()

    def _give_up_take(self, error: DiaryError) -> None:
        self._messages.fail(error)
        self._back_to_preview()

    def _keep(self) -> None:
        entry, said, leaves_series = self._entry, self._afterwards.answers, self._afterwards.leaves_series
        if entry is None:
            self._keeps = True
            return
        self._entry = None
        self._diary.change(
            lambda diary: _told(diary, entry, said, leaves_series=leaves_series),
            self.kept.emit,
            failed=lambda error: self._ask_again(entry, error),
            owner=self,
        )
        self._back_to_preview()

    def _ask_again(self, entry: Entry, error: DiaryError) -> None:
        """What was said could not be saved. It is still in its fields, unless the next take has begun."""
        self._messages.fail(error)
        is_free = self._entry is None and not self._studio.is_taking and not self._countdown.is_running
        if self._is_entered and is_free:
            self._entry = entry
            self._pages.setCurrentWidget(self._afterwards)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._ask_for_pictures()

    def _ask_to_retake(self) -> None:
        self._messages.confirm(
            "Record it again?",
            "This take goes to the bin; you can bring it back.",
            "Retake",
            self._discard,
            no="Keep it",
        )

    def _discard(self) -> None:
        entry = self._entry
        if entry is None:
            self._discards = True
            return
        self._entry = None
        self._diary.change(lambda diary: diary.delete(entry), lambda _: self._offer_undo(entry), owner=self)
        self._back_to_preview()

    def _offer_undo(self, entry: Entry) -> None:
        def restore() -> None:
            self._diary.change(lambda diary: diary.restore(entry.id), lambda _: self._messages.say("It is back."))

        self._messages.say("The take is in the bin.", Action("Undo", restore))

    def _back_to_preview(self) -> None:
        self._pages.setCurrentIndex(0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask_for_pictures()
        if self._is_entered:
            self._deck.turn()
            self._desk.rewind()
            self._studio.open()
            self._desk.refresh()


def _told(diary: Diary, entry: Entry, said: Details, *, leaves_series: bool) -> Entry:
    """The entry with what the user has said about it; untouched where that is nothing."""
    if said == Details() and not leaves_series:
        return diary.find(entry.id)

    def told(now: Entry) -> Entry:
        series = None if leaves_series else now.series
        return replace(now, title=said.title, mood=said.mood, feelings=said.feelings, series=series)

    return diary.amend(entry.id, told)

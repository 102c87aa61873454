"""Why an entry has no words to read, and what comes of it."""

from PySide6.QtCore import QObject, Signal

from duskreel.paths import Places
from duskreel.speech.models import usable_names
from duskreel.speech.work import TranscribeRequest
from duskreel.ui.background import Background, Job, JobState
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.entry.open_entry import OpenEntry
from duskreel.ui.entry.transcript_panel import TranscriptPanel
from duskreel.ui.messages import Action
from duskreel.ui.preferences import Preferences

WAITING = "Waiting to be written down"
NOT_YET = "Not written down yet"
STAYS_HERE = "It is done on this machine, and stays on it."


class WordsState(QObject):
    """Tells in the transcript's place what it is waiting for.

    Args:
        model: the entry.
        panel: where it is told.
        diary: in whose thread the models are looked for.
        preferences: which of them is used.
        background: where transcriptions run and wait.
        places: where the models are.
    """

    words_asked = Signal()
    """to have them written down now"""

    def __init__(
        self,
        model: OpenEntry,
        panel: TranscriptPanel,
        diary: DiaryThread,
        preferences: Preferences,
        background: Background,
        places: Places,
    ) -> None:
        super().__init__()
        self._model, self._panel, self._diary = model, panel, diary
        self._preferences, self._background, self._places = preferences, background, places
        self._has_model = True
        self._asked_id = ""
        background.changed.connect(self._follow)

    def show(self) -> None:
        """Say why there are no words."""
        if not self._model.is_open or not self._model.is_read:
            return
        if (trouble := self._model.trouble) is not None:
            self._panel.show_panel("warning", trouble.what_happened, trouble.what_to_do)
        elif self._model.transcript is not None:
            again = Action("Listen again", self.words_asked.emit)
            self._panel.show_panel(
                "microphone-off", "No words in here", "Nobody speaks, as far as could be heard.", again
            )
        else:
            self._show_waiting()
            self._look_for_model()

    def _show_waiting(self) -> None:
        running = self._background.running
        if running is not None and self._is_ours(running):
            self._panel.show_progress("Getting ready", 0.0)
        elif self._asked_id == self._model.entry.id or any(self._is_ours(job) for job in self._background.waiting):
            self._panel.show_panel("text", WAITING, "It is next in line.")
        elif not self._has_model:
            name = self._preferences.now.speech_model
            self._panel.show_panel(
                "text",
                "The words cannot be written down yet",
                f"The speech model “{name}” is not on this machine. Settings help you get it, or choose another one.",
            )
        else:
            title = WAITING if running is not None and _is_transcription(running) else NOT_YET
            self._panel.show_panel("text", title, STAYS_HERE, Action("Write it down now", self._ask))

    def _ask(self) -> None:
        self._asked_id = self._model.entry.id
        self.words_asked.emit()
        self._show_waiting()

    def _follow(self, state: JobState | None) -> None:
        if state is None:
            self._asked_id = ""
        if not self._model.is_open or not self._model.is_read or self._model.transcript is not None:
            return
        if state is not None and self._is_ours(state.job):
            self._panel.show_progress(state.stage or "Getting ready", state.fraction)
        elif self._model.trouble is None:
            self._show_waiting()

    def _is_ours(self, job: Job) -> bool:
        return _is_transcription(job) and job.inputs.entry_id == self._model.entry.id

    def _look_for_model(self) -> None:
        """In the diary's thread, since it looks into folders."""
        folder, name = self._places.models, self._preferences.now.speech_model

        def found(names: list[str]) -> None:
            has_model = name in names
            if has_model != self._has_model:
                self._has_model = has_model
                self.show()

        self._diary.ask(lambda _diary: usable_names(folder), found, owner=self, topic="usable models")


def _is_transcription(job: Job) -> bool:
    return isinstance(job.inputs, TranscribeRequest)

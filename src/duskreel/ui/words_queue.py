"""Has everything written down that waits for it, one entry after the other."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Transcript
from duskreel.paths import Places
from duskreel.settings import Settings
from duskreel.speech.work import TranscribeRequest, transcribe_entry
from duskreel.ui.background import Background, Job
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.preferences import Preferences

TITLE = "Writing down what you said"


class WordsQueue(QObject):
    """What waits is derived from the diary each time, so that a crash forgets nothing.

    Args:
        diary: where entries wait.
        preferences: whether to begin by itself, and with which model and language.
        background: does the work.
        on_failure: told of what could not be done.
        places: where the models are.
    """

    def __init__(
        self,
        diary: DiaryThread,
        preferences: Preferences,
        background: Background,
        on_failure: Callable[[DiaryError], object],
        places: Places,
    ) -> None:
        super().__init__()
        self._diary, self._preferences, self._background = diary, preferences, background
        self._on_failure, self._places = on_failure, places
        self._given_up: set[str] = set()
        self._job: Job | None = None
        self._asked_for: list[tuple[Entry, bool]] = []
        self._tried_with = _means(preferences.now)
        diary.changed.connect(self.look)
        preferences.changed.connect(self._follow)

    @property
    def entry_id(self) -> str:
        """Of the entry that is being listened to, or waits for its turn in the background; empty for none."""
        return str(self._job.inputs.entry_id) if self._job is not None else ""

    def look(self) -> None:
        """Begin with the newest entry that waits, unless something is being written down already."""
        if self._preferences.now.transcribes_by_itself and self._job is None:
            self._diary.ask(Diary.waiting_for_transcript, self._begin_newest, topic="waiting for words")

    def ask_for(self, entry: Entry, *, replaces_corrections: bool = False) -> None:
        """Write this one down next, also if it has words already, because the user asks for it."""
        if self._job is None:
            self._submit(entry, replaces_corrections=replaces_corrections)
        else:
            self._asked_for.append((entry, replaces_corrections))

    def _begin_newest(self, waiting: list[Entry]) -> None:
        left = [entry for entry in waiting if entry.id not in self._given_up]
        if left and self._job is None:
            self._submit(left[-1], replaces_corrections=False)

    def _submit(self, entry: Entry, *, replaces_corrections: bool) -> None:
        now = self._preferences.now
        request = TranscribeRequest(
            location=self._diary.location,
            entry_id=entry.id,
            model_name=now.speech_model,
            models_folder=self._places.models,
            language=None if now.language == "auto" else now.language,
            replace_corrections=replaces_corrections,
        )
        self._job = Job(
            TITLE,
            transcribe_entry,
            request,
            done=self._written,
            failed=partial(self._failed, entry),
            stopped=partial(self._give_up, entry),
        )
        self._background.submit(self._job)

    def _written(self, _transcript: Transcript) -> None:
        self._job = None
        self._diary.changed.emit()
        self._next_asked_for()

    def _failed(self, entry: Entry, error: DiaryError) -> None:
        self._on_failure(error)
        self._give_up(entry)

    def _give_up(self, entry: Entry) -> None:
        # Trying again and again would keep the machine busy with what cannot work, or what the user has stopped; the
        # next start may.
        self._job = None
        self._given_up.add(entry.id)
        self._next_asked_for()
        self.look()

    def _next_asked_for(self) -> None:
        if self._job is None and self._asked_for:
            entry, replaces_corrections = self._asked_for.pop(0)
            self._submit(entry, replaces_corrections=replaces_corrections)

    def _follow(self, settings: Settings) -> None:
        """Another model or language may do what the last one could not."""
        if _means(settings) != self._tried_with:
            self._tried_with = _means(settings)
            self._given_up.clear()
            self.look()


def _means(settings: Settings) -> tuple[object, ...]:
    return settings.speech_model, settings.language, settings.transcribes_by_itself

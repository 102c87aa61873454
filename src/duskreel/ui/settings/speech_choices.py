"""Which speech model and which language, in the settings; and how to get another model."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget
from shiboken6 import isValid

from duskreel.paths import Places
from duskreel.progress import CancelToken, Progress
from duskreel.speech.models import DOWNLOADABLE, download_model, import_model, usable_names
from duskreel.ui.background import Background, Job
from duskreel.ui.buttons import plain_button
from duskreel.ui.cards import form
from duskreel.ui.dialogs import ask_for_folder
from duskreel.ui.fields import Choice, choice_box, choose, fill
from duskreel.ui.preferences import Preferences
from duskreel.ui.theme import GRID_PX
from duskreel.ui.worker import Worker

LANGUAGES = {
    "auto": "Told from the sound",
    "ar": "Arabic",
    "zh": "Chinese",
    "cs": "Czech",
    "da": "Danish",
    "nl": "Dutch",
    "en": "English",
    "fi": "Finnish",
    "fr": "French",
    "de": "German",
    "el": "Greek",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "es": "Spanish",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
}
"""those that Whisper base does passably"""
MODEL_FOLDER = "Choose a folder with a Whisper model in CTranslate2’s format"


@dataclass(frozen=True)
class ModelRequest:
    """A model to be brought in: by name from the hub, or from a folder."""

    name: str
    models_folder: Path
    source: Path | None = None


def bring_model(request: ModelRequest, /, *, progress: Progress, token: CancelToken) -> str:
    """As a job in another process; returns the model's name.

    Raises:
        DiaryError: it cannot be fetched or is no model.
        Cancelled: nothing is left.
    """
    if request.source is not None:
        return import_model(request.source, request.models_folder, token=token).name
    return download_model(request.name, request.models_folder, progress=progress, token=token).name


class SpeechChoices(QWidget):
    """Model, language, and whether words are written down without being asked.

    Args:
        preferences: read and changed here.
        background: fetches models.
        say: told when one is here, which may be long after this widget is gone.
        worker: looks at the disk.
        places: where models are.
    """

    def __init__(
        self,
        preferences: Preferences,
        background: Background,
        say: Callable[[str], object],
        worker: Worker,
        places: Places,
    ) -> None:
        super().__init__()
        self._preferences, self._background, self._say = preferences, background, say
        self._worker, self._places = worker, places
        self._here: list[str] = []
        self._build_ui()
        self._connect()

    def refresh(self) -> None:
        """Look which models are here, and what was chosen elsewhere."""
        now = self._preferences.now
        choose(self.language, now.language)
        self.by_itself.setChecked(now.transcribes_by_itself)
        self._worker.run(lambda: usable_names(self._places.models), self._show, owner=self, topic="models")

    def _build_ui(self) -> None:
        now = self._preferences.now
        self.model = choice_box("Model", [Choice(now.speech_model, now.speech_model)], now.speech_model)
        languages = [Choice(code, name) for code, name in LANGUAGES.items()]
        self.language = choice_box("Language", languages, now.language)
        self.by_itself = QCheckBox("Write down what was said by itself, after a recording")
        self.by_itself.setChecked(now.transcribes_by_itself)
        self.more = plain_button("Get another model")
        self._menu = QMenu(self)
        self.more.setMenu(self._menu)
        note = QLabel("Larger models make fewer mistakes and take longer. All of them work on this computer alone.")
        note.setProperty("role", "small")
        note.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(2 * GRID_PX)
        line.addWidget(self.more)
        line.addWidget(note, stretch=1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2 * GRID_PX)
        rows.addWidget(form([("Model", self.model), ("Language", self.language)], self.by_itself))
        rows.addLayout(line)

    def _connect(self) -> None:
        change = self._preferences.change
        self.model.activated.connect(lambda: change(speech_model=self.model.currentData()))
        self.language.activated.connect(lambda: change(language=self.language.currentData()))
        self.by_itself.toggled.connect(lambda is_on: change(transcribes_by_itself=is_on))

    def _show(self, here: list[str]) -> None:
        self._here = here
        chosen = self._preferences.now.speech_model
        missing = [] if chosen in here else [Choice(chosen, f"{chosen} (not here)")]
        fill(self.model, [*(Choice(name, name) for name in here), *missing], chosen)
        self._menu.clear()
        for name, size_bytes in DOWNLOADABLE.items():
            if name not in here:
                label = f"Download “{name}” ({round(size_bytes / 1e6):,} MB) from Hugging Face"
                self._menu.addAction(label, partial(self._bring, ModelRequest(name, self._places.models)))
        self._menu.addSeparator()
        self._menu.addAction("From a folder…", lambda: ask_for_folder(self, MODEL_FOLDER, self._import))

    def _import(self, folder: str) -> None:
        self._bring(ModelRequest(Path(folder).name, self._places.models, Path(folder)))

    def _bring(self, request: ModelRequest) -> None:
        title = f"Bringing in “{request.name}”"
        self._background.submit(Job(title, bring_model, request, done=self._brought, yields=False))

    def _brought(self, name: str) -> None:
        self._say(f"The model “{name}” is here, and is used from now on.")
        self._preferences.change(speech_model=name)
        if isValid(self):
            self.refresh()

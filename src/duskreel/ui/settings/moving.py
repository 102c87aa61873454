"""Moving house, in the settings: clips from elsewhere in, and everything out as plain files."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from duskreel.errors import DiaryError
from duskreel.memories.plain_copy import PlainCopy, PlainCopyRequest, write_plain_copy
from duskreel.ui.background import Background, Job
from duskreel.ui.buttons import plain_button
from duskreel.ui.dialogs import FolderQuestion, ask_for_folder, ask_for_videos
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.list_dialog import ListDialog, sections
from duskreel.ui.main_window import MainWindow
from duskreel.ui.messages import Action
from duskreel.ui.preferences import Preferences
from duskreel.ui.settings.rows import across, muted
from duskreel.ui.theme import GRID_PX

TEXT = (
    "Videos, folders and Day One’s ZIP files can also be dropped anywhere on this window. As plain files, with a page"
    " to read it by, your diary opens in any browser."
)


class Moving(QWidget):
    """Buttons for both ways.

    Args:
        diary: that is moved.
        background: writes plain files.
        preferences: know what moods are called.
        window: that is open when it is asked; told of what came of it.
        choose_folder: asks for a folder and calls back; for tests without a dialog.
    """

    files_chosen = Signal(list)
    """paths of files or of a folder that shall come in"""

    def __init__(
        self,
        diary: DiaryThread,
        background: Background,
        preferences: Preferences,
        window: Callable[[], MainWindow],
        *,
        choose_folder: FolderQuestion = ask_for_folder,
    ) -> None:
        super().__init__()
        self._diary, self._background, self._preferences, self._window = diary, background, preferences, window
        self._choose_folder = choose_folder
        self._build_ui()
        self.videos.clicked.connect(lambda: ask_for_videos(self, self.files_chosen.emit))
        self.folder.clicked.connect(self._ask_for_folder)
        self.plain.clicked.connect(self._ask_where)

    def _build_ui(self) -> None:
        self.videos = plain_button("Import videos or a ZIP…")
        self.folder = plain_button("Import a folder…")
        self.plain = plain_button("Everything as plain files…")
        self.videos.setToolTip("A ZIP file may be Day One’s JSON export, or hold videos")
        self.folder.setToolTip("With everything in it: films, another diary, or plain files that Duskreel wrote")
        self.plain.setToolTip("Copy the whole diary into a folder: films, words, and a page to read it by")
        told = muted()
        told.setText(TEXT)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID_PX)
        rows.addWidget(told)
        rows.addLayout(across(self.videos, self.folder, self.plain))

    def _ask_for_folder(self) -> None:
        self._choose_folder(self, "Import a folder", lambda folder: self.files_chosen.emit([folder]))

    def _ask_where(self) -> None:
        self._choose_folder(self, "Where shall the plain files go?", self.write_plain_files)

    def write_plain_files(self, chosen: str) -> None:
        """Begin; the corner of the window shows how far it is."""
        try:
            target = own_folder(Path(chosen))
        except DiaryError as error:
            self._window().messages.fail(error)
            return
        settings = self._preferences.now
        request = PlainCopyRequest(self._diary.location, target, settings.mood_names, settings.mood_colours)
        self._background.submit(
            Job("Writing everything as plain files", write_plain_copy, request, done=self._written, yields=False)
        )

    def _written(self, made: PlainCopy) -> None:
        messages = self._window().messages
        entries = "1 entry is" if made.entries == 1 else f"{made.entries:,} entries are"
        folder = QUrl.fromLocalFile(str(made.folder))
        messages.tell(
            f"{entries} in “{made.folder.name}” ({max(made.size_bytes / 1e6, 1):,.0f} MB), copied and checked.",
            "Open index.html there to read it.",
            Action("Show in folder", lambda: QDesktopServices.openUrl(folder)),
        )
        if made.missing:
            parts = sections(("", made.missing))
            text = f"{len(made.missing):,} {'thing' if len(made.missing) == 1 else 'things'} could not be copied whole."
            show = Action("Show the list", lambda: ListDialog(self._window(), text, "", parts).open())
            messages.tell(text, "", show)


def own_folder(chosen: Path) -> Path:
    """The folder itself if it is empty; otherwise a new one in it, named by the day.

    Raises:
        DiaryError: it cannot be read.
    """
    try:
        if not any(chosen.iterdir()):
            return chosen
    except OSError as error:
        raise DiaryError(f"{chosen} cannot be read: {error.strerror}.", "Choose another folder.") from error
    name = f"Duskreel {datetime.now(UTC).astimezone():%Y-%m-%d}"
    names = (name, *(f"{name} {number}" for number in range(2, 1000)))
    return next(path for each in names if not (path := chosen / each).exists())

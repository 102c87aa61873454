"""Where backups of the diary go, and making them, in the settings."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from duskreel.errors import DiaryError
from duskreel.library.backup import remembering, store
from duskreel.library.backup.incremental import FolderBackup, FolderBackupRequest, back_up
from duskreel.library.backup.kept import refuse_inside, takes_told
from duskreel.library.backup.remembering import BackupPlace
from duskreel.library.backup.zipped import Backup, BackupRequest, write_backup
from duskreel.library.diary import Diary
from duskreel.ui.background import Background, Job
from duskreel.ui.buttons import plain_button
from duskreel.ui.dialogs import FolderQuestion, ask_for_folder, ask_for_new_file
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.settings.rows import across, muted
from duskreel.ui.theme import GRID_PX
from duskreel.ui.worker import is_gone

TITLE = "Backing up your diary"
OWN_FOLDER = "Duskreel backup"
"""made in a folder that holds other things"""
NO_BACKUP = "No backup folder is chosen yet. A folder on another disk is best; only what is new is copied each time."


class BackingUp(QWidget):
    """The folder that backups go to, and buttons.

    Args:
        diary: that is backed up.
        background: makes backups.
        say: told when one is done, which may be long after this widget is gone.
        choose_folder: asks for a folder and calls back; for tests without a dialog.
    """

    def __init__(
        self,
        diary: DiaryThread,
        background: Background,
        say: Callable[[str], object],
        *,
        choose_folder: FolderQuestion = ask_for_folder,
    ) -> None:
        super().__init__()
        self._diary, self._background, self._say = diary, background, say
        self._choose_folder = choose_folder
        self._place: BackupPlace | None = None
        self._build_ui()
        self.backup_now.clicked.connect(self._back_up_now)
        self.choose.clicked.connect(self._ask_for_folder)
        self.backup.clicked.connect(self._ask_where)

    def refresh(self) -> None:
        """Where backups go now, and when the last one was made."""
        self._diary.ask(_place_of, self._show_place, owner=self, topic="backup place")

    def _build_ui(self) -> None:
        self.backup_now = plain_button("Back up now")
        self.choose = plain_button("Choose a backup folder…")
        self.backup = plain_button("Into one file…")
        self.backup_now.setToolTip("Copy what is new into the backup folder")
        self.choose.setToolTip("On another disk, if you have one")
        self.backup.setToolTip("Everything in one ZIP file, which any program can open")
        self.kept = muted()
        self.kept.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID_PX)
        rows.addWidget(self.kept)
        rows.addLayout(across(self.backup_now, self.choose, self.backup))
        self._show_place(None)

    def _show_place(self, place: BackupPlace | None) -> None:
        self._place = place
        self.kept.setText(NO_BACKUP if place is None else _described(place))
        self.backup_now.setEnabled(place is not None)
        self.choose.setText("Choose a backup folder…" if place is None else "Another folder…")

    def _ask_for_folder(self) -> None:
        self._choose_folder(self, "Choose a folder for backups", self._take_folder)

    def _take_folder(self, chosen: str) -> None:
        def choose(diary: Diary) -> BackupPlace:
            place = remembering.found_in(_own_folder(Path(chosen)))
            refuse_inside(place.folder, diary.location.folder)
            remembering.choose(diary.location.state, diary.library_id, place)
            return place

        self._diary.ask(choose, self._show_place, owner=self)

    def _back_up_now(self) -> None:
        under_way = (*self._background.waiting, self._background.running)
        if self._place is None or any(job is not None and job.work is back_up for job in under_way):
            return
        request = FolderBackupRequest(self._diary.location, self._place.folder)
        self._background.submit(Job(TITLE, back_up, request, done=self._kept, yields=False))

    def _kept(self, made: FolderBackup) -> None:
        self._tell(" ".join([_summary(made), *made.remarks]), made.unfinished_takes, made.takes_going_on)
        if not is_gone(self):
            self._diary.ask(_place_of, self._show_place, owner=self, topic="backup place")

    def _ask_where(self) -> None:
        suggested = f"Duskreel {datetime.now(UTC).astimezone():%Y-%m-%d}.zip"
        ask_for_new_file(self, "Back up the diary", str(Path.home() / suggested), self.back_up)

    def back_up(self, target: str) -> None:
        """Begin; the corner of the window shows how far it is."""
        file = Path(target)
        if file.suffix.lower() != ".zip":
            file = file.with_name(f"{file.name}.zip")
        request = BackupRequest(self._diary.location, file)
        self._background.submit(Job(TITLE, write_backup, request, done=self._backed_up, yields=False))

    def _backed_up(self, backup: Backup) -> None:
        size_mb = backup.size_bytes / 1e6
        told = f"{backup.files:,} files ({size_mb:,.0f} MB) are in {backup.file.name}, and checked."
        self._tell(told, backup.unfinished_takes, backup.takes_going_on)

    def _tell(self, told: str, unfinished_takes: int, takes_going_on: int) -> None:
        self._say(" ".join([told, *takes_told(unfinished_takes, takes_going_on)]))


def _place_of(diary: Diary) -> BackupPlace | None:
    return remembering.recall(diary.location.state, diary.library_id)


def _own_folder(chosen: Path) -> Path:
    """The folder itself if it is empty or a backup already; otherwise one of our own in it."""
    try:
        is_others = any(chosen.iterdir()) and not store.is_backup(chosen)
    except OSError as error:
        raise DiaryError(f"{chosen} cannot be read: {error.strerror}.", "Choose another folder.") from error
    return chosen / OWN_FOLDER if is_others else chosen


def _described(place: BackupPlace) -> str:
    if place.last_at is None:
        return f"Backups go to {place.folder}. None has been made yet."
    when = place.last_at.astimezone().strftime("%Y-%m-%d at %H:%M")
    snapshots = "1 state of the diary is" if place.snapshots == 1 else f"{place.snapshots} states of the diary are"
    return f"Backups go to {place.folder}. The last one was on {when}; {snapshots} kept there."


def _summary(made: FolderBackup) -> str:
    if made.unreadable:
        return f"The backup is made, but {len(made.unreadable)} files could not be read: {made.unreadable[0]}"
    if not made.is_new:
        return "Nothing has changed since the last backup."
    files = "1 new file" if made.copied_files == 1 else f"{made.copied_files:,} new files"
    return f"Your diary is backed up: {files} ({made.copied_bytes / 1e6:,.0f} MB) copied to {made.folder.name}."

"""Backing the diary up, checking it, and building its index anew, in the settings."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from duskreel.library.backup import Backup, BackupRequest, write_backup
from duskreel.library.diary import Diary
from duskreel.library.values import Problem
from duskreel.ui.background import Background, Job
from duskreel.ui.buttons import plain_button
from duskreel.ui.dialogs import ask_for_new_file
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.theme import GRID_PX

MOST_PROBLEMS_SHOWN = 5


class DiaryCare(QWidget):
    """Three buttons and what came of them.

    Args:
        diary: that is looked after.
        background: makes backups.
        say: told when one is done, which may be long after this widget is gone.
    """

    def __init__(self, diary: DiaryThread, background: Background, say: Callable[[str], object]) -> None:
        super().__init__()
        self._diary, self._background, self._say = diary, background, say
        self._build_ui()
        self.backup.clicked.connect(self._ask_where)
        self.check.clicked.connect(self._check)
        self.reindex.clicked.connect(self._reindex)

    @property
    def folder(self) -> Path:
        """Where the diary is."""
        return self._diary.location.folder

    def refresh(self) -> None:
        """How much is in it now."""
        self._diary.ask(lambda diary: len(diary.entries()), self._show_count, owner=self, topic="count")

    def _build_ui(self) -> None:
        self.backup = plain_button("Back up…")
        self.check = plain_button("Check")
        self.reindex = plain_button("Build the index anew")
        self.backup.setToolTip("Everything in one file, which any program can open")
        self.check.setToolTip("Look at every entry on the disk")
        self.reindex.setToolTip("From the files alone, if something seems to be missing")
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID_PX)
        for button in (self.backup, self.check, self.reindex):
            buttons.addWidget(button)
        buttons.addStretch()
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setProperty("role", "muted")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID_PX)
        rows.addLayout(buttons)
        rows.addWidget(self.told)

    def _show_count(self, count: int) -> None:
        self.told.setText(f"{count:,} {'entry' if count == 1 else 'entries'}")

    def _ask_where(self) -> None:
        suggested = f"Duskreel {datetime.now(UTC).astimezone():%Y-%m-%d}.zip"
        ask_for_new_file(self, "Back up the diary", str(Path.home() / suggested), self.back_up)

    def back_up(self, target: str) -> None:
        """Begin; the corner of the window shows how far it is."""
        file = Path(target)
        if file.suffix.lower() != ".zip":
            file = file.with_name(f"{file.name}.zip")
        request = BackupRequest(self._diary.location, file)
        self._background.submit(Job("Backing up your diary", write_backup, request, done=self._backed_up, yields=False))

    def _backed_up(self, backup: Backup) -> None:
        size_mb = backup.size_bytes / 1e6
        self._say(f"{backup.files:,} files ({size_mb:,.0f} MB) are in {backup.file.name}, and checked.")

    def _check(self) -> None:
        self.told.setText("Looking…")
        self._diary.ask(Diary.problems, self._show_problems, owner=self)

    def _show_problems(self, problems: list[Problem]) -> None:
        if not problems:
            self.told.setText("Everything is as it should be.")
            return
        lines = [f"{problem.where}: {problem.what} {problem.what_to_do}" for problem in problems[:MOST_PROBLEMS_SHOWN]]
        left = len(problems) - len(lines)
        self.told.setText(
            "\n".join([*lines, f"… and {left} more; “duskreel doctor” lists them." if left else ""]).strip()
        )

    def _reindex(self) -> None:
        self.told.setText("Reading every entry…")
        self._diary.change(Diary.reindex, self._show_count, owner=self)

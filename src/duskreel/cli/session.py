"""What every command has in common: where the diary is, how to speak, and how to be interrupted."""

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duskreel.cli.wording import headline, visible
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.folder import has_takes
from duskreel.library.values import DiaryLocation
from duskreel.paths import Places
from duskreel.progress import CancelToken, Progress, unheard
from duskreel.settings import Settings

if TYPE_CHECKING:
    # The window opens without a word, and the sooner the less is loaded before it.
    from rich.console import Console

UNLIMITED_WIDTH = 1_000
"""of a table that is written to a file or a pipe, where nothing is cut off"""
WIDEST_TITLE = 40
"""beside a progress bar, which is to keep some room"""


@dataclass
class Interruption:
    """Ctrl-C: the first one asks the work to stop cleanly, a second one stops it at once."""

    is_asked: bool = False

    def install(self) -> None:
        """Take over the signals that mean “stop”."""
        signal.signal(signal.SIGINT, self._on_signal)
        signal.signal(signal.SIGTERM, self._on_signal)

    @property
    def token(self) -> CancelToken:
        """For long work."""
        return CancelToken(lambda: self.is_asked)

    def _on_signal(self, _number: int, _frame: object) -> None:
        if self.is_asked:
            raise KeyboardInterrupt
        self.is_asked = True


@dataclass
class Session:
    """One run of one command."""

    places: Places
    settings: Settings
    interruption: Interruption = field(default_factory=Interruption)
    library: Path | None = None
    """``--library``; None for the settings' folder or the usual one"""
    as_json: bool = False

    @cached_property
    def out(self) -> "Console":
        """For results."""
        console = _console()
        if not console.is_terminal:
            console.width = UNLIMITED_WIDTH
        return console

    @cached_property
    def err(self) -> "Console":
        """For everything that is not a result."""
        return _console(stderr=True)

    @property
    def location(self) -> DiaryLocation:
        """Of the diary that this run is about."""
        return DiaryLocation(folder=self._folder(), state=self.places.state)

    def _folder(self) -> Path:
        if self.library is None and not self.settings.library_folder:
            return self.places.default_diary
        folder = self.library or Path(self.settings.library_folder).expanduser()
        if self.library is None and not folder.is_absolute():
            raise DiaryError(
                f"The settings name the diary “{folder}”, which would be another folder each time.",
                "Write the whole path into library_folder in settings.json.",
            )
        folder = folder.absolute()
        if "\0" in str(folder) or not folder.parent.is_dir():
            # A slip of the pen, or a disk that is not connected; an empty diary would look like a lost one.
            raise DiaryError(f"There is no folder {folder.parent} for the diary.", "Check the name, or make it first.")
        return folder

    @property
    def token(self) -> CancelToken:
        """For long work."""
        return self.interruption.token

    @contextmanager
    def diary(self, *, recovers: bool = True) -> Iterator[Diary]:
        """Open the diary, bring back takes that a crash left, and say what was found broken and mended."""
        with Diary.open(self.location) as diary:
            self._tell_notices(diary)
            if recovers:
                self._recover(diary)
            try:
                yield diary
            finally:
                self._tell_notices(diary)

    def _recover(self, diary: Diary) -> None:
        if not has_takes(diary.location.folder):
            return
        from duskreel.capture.recovery import recover

        found = recover(diary, token=self.token)
        for entry in found.entries:
            self.complain(f"Brought back a take that was not finished: {headline(entry, self.settings.mood_names)}.")
        for notice in found.notices:
            self.complain(notice)

    def _tell_notices(self, diary: Diary) -> None:
        while diary.notices:
            self.complain(diary.notices.pop(0))

    @contextmanager
    def progress(self, title: str) -> Iterator[Progress]:
        """A bar on a terminal; nothing elsewhere."""
        if not self.err.is_terminal:
            yield unheard
            return
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bars

        columns = (
            TextColumn("{task.fields[title]}", markup=False),
            BarColumn(bar_width=20),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False),
        )
        with Bars(*columns, console=self.err, transient=True) as bars:
            task = bars.add_task("", total=1.0, title=visible(title)[:WIDEST_TITLE])

            def report(stage: str, fraction: float) -> None:
                bars.update(task, description=stage, completed=fraction)

            yield report

    def say(self, text: str) -> None:
        """A line for people; silent when JSON was asked for."""
        if not self.as_json:
            self.out.print(_lines(text))

    def say_prose(self, text: str) -> None:
        """As `say`, for sentences: on a terminal, lines end between words."""
        if not self.as_json:
            self.out.print(_lines(text), soft_wrap=not self.out.is_terminal)

    def complain(self, text: str) -> None:
        """One line about what went wrong, or may not be as it was meant."""
        self.err.print(visible(text))

    def give(self, data: Any) -> None:
        """The result for scripts; silent unless JSON was asked for."""
        if self.as_json:
            sys.stdout.write(json.dumps(data, ensure_ascii=not self._writes_unicode(), indent=2) + "\n")

    @staticmethod
    def _writes_unicode() -> bool:
        return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def _console(*, stderr: bool = False) -> "Console":
    from rich.console import Console

    # What users wrote is never markup, and a line is as long as it is: scripts read it too.
    return Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=True)


def _lines(text: str) -> str:
    return "\n".join(map(visible, text.split("\n")))


def diary_command(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--library`` and ``--json``, and the session as its first argument."""

    @click.option(
        "--library",
        type=click.Path(file_okay=False, path_type=Path),
        help="The diary's folder, instead of the usual one.",
    )
    @click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for scripts.")
    @click.pass_obj
    def with_session(session: Session, /, *args: Any, library: Path | None, as_json: bool, **options: Any) -> Any:
        session.library = library or session.library
        session.as_json = as_json or session.as_json
        return command(session, *args, **options)

    return update_wrapper(with_session, command)

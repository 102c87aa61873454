"""Builds the window and what it needs; the only place where the parts of the window are put together."""

import signal
import sys
import threading
import traceback
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from duskreel.bug_log import log_bug
from duskreel.capture.recovery import Recovery, recover_in
from duskreel.errors import DiaryError
from duskreel.library.entry import Entry
from duskreel.library.import_work import ImportRequest, import_file
from duskreel.library.values import DiaryLocation
from duskreel.paths import Places
from duskreel.qt_application import hush
from duskreel.settings import Settings
from duskreel.ui import theme as themes
from duskreel.ui.background import Background, Job
from duskreel.ui.device_choices import DeviceChoices
from duskreel.ui.dialogs import ask_for_videos
from duskreel.ui.diary_care import DiaryCare
from duskreel.ui.diary_page import DiaryPage
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.entry_page import EntryPage
from duskreel.ui.icons import icon
from duskreel.ui.main_window import MainWindow, Place
from duskreel.ui.messages import Messages
from duskreel.ui.preferences import Preferences
from duskreel.ui.record_page import RecordPage
from duskreel.ui.settings_page import SettingsPage
from duskreel.ui.share_dialog import ShareDialog
from duskreel.ui.speech_choices import SpeechChoices
from duskreel.ui.studio import Studio
from duskreel.ui.words_queue import WordsQueue
from duskreel.ui.worker import Worker

LOCK = "window.lock"
SIGNALS_EVERY_MS = 250
UNFINISHED = "window-is-open"
"""in the state folder while a window is open: what still lies there at the next start tells of a crash"""


class Program(QObject):
    """One running window, from start to close.

    Args:
        app: the application object.
        places: the program's folders.
        settings: as loaded.
        location: of the diary.
    """

    bug = Signal(str)
    """with a traceback, from any thread"""

    def __init__(self, app: QApplication, places: Places, settings: Settings, location: DiaryLocation) -> None:
        super().__init__()
        self._app, self._places = app, places
        self.preferences = Preferences(settings, places.config, self._fail)
        self.background = Background(self._fail, lambda details: log_bug(places.state, details))
        self._worker = Worker("window", self._fail)
        self._open_engine(location)
        self._open_window()
        self.preferences.changed.connect(self._dress_anew)
        self.bug.connect(self._tell_bug)

    def start(self) -> None:
        """Show the window, then open the diary behind it."""
        self.window.show()
        self.window.go_to("record")
        self.diary.open(self._diary_is_open)

    def close(self) -> None:
        """Let go of everything. Waits for what must not be cut off."""
        self.window.leave_page()
        self.studio.close()
        self.background.close()
        self.diary.close()
        self._worker.close()
        self.preferences.close()

    def _tell_bug(self, details: str) -> None:
        """Something happened that nobody foresaw: log it, say so, and go on."""
        log = log_bug(self._places.state, details)
        self._fail(DiaryError("Something in Duskreel went wrong. Nothing that you recorded is lost.", f"See {log}."))

    def say_it_crashed(self) -> None:
        """The last window did not end as it should."""
        self.window.messages.tell("Duskreel did not end properly the last time.", "Everything you recorded is here.")

    def _open_engine(self, location: DiaryLocation) -> None:
        self.diary = DiaryThread(location, self._fail)
        self.studio = Studio(location, self._places, self.preferences)
        # The camera takes longer than all the rest: it wakes up while the window is being built.
        self.studio.open()

    def _open_window(self) -> None:
        self._theme = themes.theme_for(self.preferences.now.theme)
        self._look = (self._theme, self.preferences.now.mood_names)
        themes.apply(self._app, self._theme)
        window = self.window = MainWindow(self.background, self._theme)
        messages = window.messages
        self.words = WordsQueue(self.diary, self.preferences, self.background, messages, self._places)
        self.record_page = RecordPage(self.diary, self.preferences, messages, self._theme, studio=self.studio)
        self.diary_page = DiaryPage(self.diary, self.preferences, messages, self._theme)
        self.entry_page = EntryPage(self.diary, self.preferences, self.background, messages, self._theme, self._places)
        self.settings_page = self._built_settings(messages)
        window.add(Place("record", "Record", "record", "Ctrl+1", self.record_page))
        window.add(Place("diary", "Diary", "diary", "Ctrl+2", self.diary_page))
        window.add(Place("settings", "Settings", "settings", "Ctrl+,", self.settings_page))
        window.add_page("entry", self.entry_page)
        self._connect()

    def _built_settings(self, messages: Messages) -> SettingsPage:
        return SettingsPage(
            self.preferences,
            DeviceChoices(self.preferences, self._worker),
            SpeechChoices(self.preferences, self.background, messages, self._worker, self._places),
            DiaryCare(self.diary, self.background, messages),
            self._theme,
        )

    def _connect(self) -> None:
        self.record_page.recording_changed.connect(self._recording_changed)
        self.record_page.kept.connect(self._kept)
        self.diary_page.opened.connect(self._open_entry)
        self.diary_page.opened_at.connect(self._open_entry)
        self.diary_page.record_asked.connect(lambda: self.window.go_to("record"))
        self.diary_page.import_asked.connect(lambda: ask_for_videos(self.window, self.import_files))
        self.entry_page.left.connect(lambda: self.window.go_to("diary"))
        self.entry_page.share_asked.connect(self.share)
        self.entry_page.words_asked.connect(self.words.ask_for)
        self.entry_page.words_asked_anew.connect(partial(self.words.ask_for, replaces_corrections=True))
        self.settings_page.library_chosen.connect(self._use_library)
        self.window.files_dropped.connect(self.import_files)
        self.window.search_asked.connect(self._find)
        self.window.closing.connect(self._app.quit)
        self.diary.noticed.connect(self.window.messages.tell)
        self.diary.could_not_open.connect(self._fail)

    def _find(self) -> None:
        self.window.go_to("diary")
        self.diary_page.find()

    def _recording_changed(self, is_recording: bool) -> None:
        self.window.lock_navigation(is_locked=is_recording)
        self.background.hold() if is_recording else self.background.release()

    def _kept(self, _entry: Entry) -> None:
        self.window.messages.say("Kept. You can close the lid now.")

    def _open_entry(self, entry: Entry, at_ms: int = 0) -> None:
        self.entry_page.show_entry(entry, at_ms)
        self.window.go_to("entry")

    def share(self, entry: Entry) -> None:
        """Open the dialog that makes a short of an entry."""
        dialog = ShareDialog(
            self.window, entry, self.diary, self.preferences, self.background, self.window.messages, self._theme
        )
        dialog.open()

    def import_files(self, paths: list[str]) -> None:
        """Take video files into the diary, one after the other."""
        for path in map(Path, paths):
            request = ImportRequest(self.diary.location, path)
            job = Job(f"Importing {path.name}", import_file, request, done=self._imported, yields=False)
            self.background.submit(job)

    def _imported(self, entry: Entry) -> None:
        self.diary.changed.emit()
        name = entry.original.name if entry.original else "It"
        self.window.messages.say(f"{name} is in your diary.")

    def _diary_is_open(self) -> None:
        self.diary.changed.emit()
        recovery = Job("Bringing back an unfinished recording", recover_in, self.diary.location, done=self._recovered)
        # In a thread, since a folder on a network may take its time; most often there is nothing.
        folder = self.diary.location.folder
        self._worker.run(
            lambda: any(folder.glob("recording/*")), lambda left: self.background.submit(recovery) if left else None
        )

    def _recovered(self, found: Recovery) -> None:
        messages = self.window.messages
        for entry in found.entries:
            messages.tell(f"The recording of {entry.recorded_at:%A, %H:%M} was cut off. It is in your diary now.")
        for notice in found.notices:
            messages.tell(notice)
        if found.entries:
            self.diary.changed.emit()

    def _dress_anew(self, settings: Settings) -> None:
        look = (themes.theme_for(settings.theme), settings.mood_names)
        if look != self._look:
            # Not while the field that was changed is still busy with it.
            QTimer.singleShot(0, self, lambda: self._rebuild("settings"))

    def _use_library(self, folder: str) -> None:
        self.preferences.change(library_folder=folder)
        old, studio = self.diary, self.studio
        self.window.leave_page()
        studio.close()
        self._open_engine(DiaryLocation(Path(folder), self._places.state))
        self._rebuild("diary")
        old.close()
        self.diary.open(self._diary_is_open)

    def _rebuild(self, page: str) -> None:
        old = self.window
        geometry = old.saveGeometry()
        old.leave_page()
        self._open_window()
        self.window.restoreGeometry(geometry)
        self.window.show()
        self.window.go_to(page)
        old.hide()
        old.deleteLater()
        self.diary.changed.emit()

    def _fail(self, error: DiaryError) -> None:
        self.window.messages.fail(error)


def run(places: Places, settings: Settings, location: DiaryLocation) -> int:
    """Open the window and stay until it is closed.

    Returns:
        The exit code.

    Raises:
        DiaryError: there is no display, or a window is open already.
    """
    lock = FileLock(places.state / LOCK, timeout=0)
    try:
        places.state.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise DiaryError("Duskreel is open already.", "Look for its window.") from error
    except OSError as error:
        raise DiaryError(f"Could not write to {places.state}: {error.strerror or error}.", "Check the disk.") from error
    unfinished = places.state / UNFINISHED
    has_crashed = unfinished.exists()
    with lock:
        with suppress(OSError):
            unfinished.touch()
        code = _run(places, settings, location, has_crashed=has_crashed)
        with suppress(OSError):
            unfinished.unlink()
    return code


def _run(places: Places, settings: Settings, location: DiaryLocation, *, has_crashed: bool) -> int:
    hush()
    app = QApplication(["duskreel"])
    app.setApplicationName("Duskreel")
    app.setDesktopFileName("duskreel")
    app.setWindowIcon(icon("record", themes.DARK.accent))
    program = Program(app, places, settings, location)
    _install_hooks(program)
    _end_with_signals(app)
    program.start()
    if has_crashed:
        program.say_it_crashed()
    code = app.exec()
    program.close()
    return code


def _end_with_signals(app: QApplication) -> None:
    """Ctrl-C in a terminal, and a system that shuts down, close the window as the user would."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: app.quit())
    # Python looks at signals only while it runs; Qt's event loop would keep it waiting for the next event.
    clock = QTimer(app)
    clock.timeout.connect(lambda: None)
    clock.start(SIGNALS_EVERY_MS)


def _install_hooks(program: Program) -> None:
    """Bugs are logged and told; the window stays open, since what is being recorded must go on."""

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(details)
        program.bug.emit(details)

    def told_by_thread(found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            told(found.exc_type, found.exc_value, found.exc_traceback)

    sys.excepthook = told
    threading.excepthook = told_by_thread

"""Builds the window and what it needs; the only place where the parts of the window are put together."""

import gc
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from filelock import FileLock, Timeout
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from duskreel.bug_log import log_bug
from duskreel.errors import DiaryError
from duskreel.library.entry import Entry
from duskreel.library.folder import has_takes
from duskreel.library.values import DiaryLocation
from duskreel.paths import Places
from duskreel.progress import CancelToken
from duskreel.qt_application import hush
from duskreel.settings import Settings
from duskreel.ui import theme as themes
from duskreel.ui.background import Background, Job
from duskreel.ui.bin_emptying import BinEmptying
from duskreel.ui.dialogs import ask_what_to_import
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.garbage import Garbage
from duskreel.ui.hooks import end_with_signals, tell_of_bugs
from duskreel.ui.icons import icon
from duskreel.ui.main_window import MainWindow, Place
from duskreel.ui.preferences import Preferences
from duskreel.ui.record.record_page import RecordPage
from duskreel.ui.record.studio import Studio
from duskreel.ui.words_queue import WordsQueue
from duskreel.ui.worker import Worker

if TYPE_CHECKING:
    # The first picture of the camera does not wait for what is not seen beside it.
    from duskreel.capture.recovery import Recovery
    from duskreel.memories.recap import Stretch
    from duskreel.ui.diary.diary_page import DiaryPage
    from duskreel.ui.entry.entry_page import EntryPage
    from duskreel.ui.settings.settings_page import SettingsPage

LOCK = "window.lock"
AHEAD_AFTER_MS = 700
"""after the window was shown, it builds what will be wanted next"""
BETWEEN_PAGES_MS = 200
SETTLED_AFTER_MS = 4_000
"""after the window was shown, all that it needs is loaded"""
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
        self._garbage = Garbage()
        self._ahead = QTimer(self, singleShot=True, interval=BETWEEN_PAGES_MS)
        self._ahead.timeout.connect(self._build_ahead)
        self._open_engine(location)
        self.bin_emptying = BinEmptying(self.preferences, lambda: self.diary, lambda: self.studio.is_taking)
        self._theme = themes.theme_for(settings.theme)
        themes.apply(app, self._theme)
        self._open_window()
        self.preferences.changed.connect(self._follow)
        self.bug.connect(self._tell_bug)

    def start(self) -> None:
        """Show the window, then open the diary behind it."""
        self._garbage.start()
        self.window.show()
        self.window.go_to("record")
        self.diary.open(self._diary_is_open)
        QTimer.singleShot(AHEAD_AFTER_MS, self, self._load_ahead)

    def close(self) -> None:
        """Let go of everything. Waits for what must not be cut off."""
        self._ahead.stop()
        self.bin_emptying.stop()
        self.window.leave_page()
        self.studio.close()
        self.background.close()
        self.diary.close()
        self._worker.close()
        self.preferences.close()
        self._garbage.stop()

    def _tell_bug(self, details: str) -> None:
        """Something happened that nobody foresaw: log it, say so, and go on."""
        log = log_bug(self._places.state, details)
        self._fail(DiaryError("Something in Duskreel went wrong. Nothing that you recorded is lost.", f"See {log}."))

    def say_it_crashed(self) -> None:
        """The last window did not end as it should."""
        self.window.messages.tell("Duskreel did not end properly the last time.", "What you recorded is kept.")

    def _open_engine(self, location: DiaryLocation) -> None:
        self.diary = DiaryThread(location, self._fail)
        self.diary.could_not_open.connect(self._fail)
        self.words = WordsQueue(self.diary, self.preferences, self.background, self._fail, self._places)
        self.studio = Studio(location, self._places, self.preferences)
        # The camera takes longer than all the rest: it wakes up while the window is being built.
        self.studio.open()

    def _open_window(self) -> None:
        self._built_with = _look(self.preferences.now)
        window = self.window = MainWindow(self.background, self._theme)
        messages = window.messages
        self.record_page = RecordPage(self.diary, self.preferences, messages, self._theme, studio=self.studio)
        window.add(Place("record", "Record", "record", "Ctrl+1", self.record_page))
        window.add(Place("diary", "Diary", "diary", "Ctrl+2", self._built_diary))
        window.add(Place("settings", "Settings", "settings", "Ctrl+,", self._built_settings))
        window.add_page("entry", self._built_entry, below="diary")
        self._connect()

    @property
    def diary_page(self) -> "DiaryPage":
        """Built when it is first wanted, like the next two."""
        return cast("DiaryPage", self.window.page("diary"))

    @property
    def entry_page(self) -> "EntryPage":
        """Of the window that is open now."""
        return cast("EntryPage", self.window.page("entry"))

    @property
    def settings_page(self) -> "SettingsPage":
        """Of the window that is open now."""
        return cast("SettingsPage", self.window.page("settings"))

    def _load_ahead(self) -> None:
        """Nobody is to wait for the other pages when they are wanted."""
        self._worker.run(_load_pages, lambda _: self._ahead.start())

    def _build_ahead(self) -> None:
        """One page after the other, with time in between for what the user does."""
        is_open = self.window.shown is not None
        if is_open and (self.studio.is_taking or self.window.build_next()):
            self._ahead.start()

    def _built_diary(self) -> "DiaryPage":
        from duskreel.ui.diary.diary_page import DiaryPage

        page = DiaryPage(self.diary, self.preferences, self.window.messages, self._theme)
        page.opened.connect(self._open_entry)
        page.opened_at.connect(self._open_entry)
        page.reel_asked.connect(self.make_reel)
        page.share_asked.connect(self.share)
        page.record_asked.connect(lambda: self.window.go_to("record"))
        page.import_asked.connect(lambda: ask_what_to_import(self.window, self.import_files))
        return page

    def _built_entry(self) -> "EntryPage":
        from duskreel.ui.entry.entry_page import EntryPage

        messages = self.window.messages
        page = EntryPage(self.diary, self.preferences, self.background, messages, self._theme, self._places)
        page.left.connect(lambda: self.window.go_to("diary"))
        page.share_asked.connect(self.share)
        page.words_asked.connect(self.words.ask_for)
        page.words_asked_anew.connect(partial(self.words.ask_for, replaces_corrections=True))
        return page

    def _built_settings(self) -> "SettingsPage":
        from duskreel.ui.settings.device_choices import DeviceChoices
        from duskreel.ui.settings.diary_care import DiaryCare
        from duskreel.ui.settings.protected_words import ProtectedWords
        from duskreel.ui.settings.settings_page import SettingsPage
        from duskreel.ui.settings.speech_choices import SpeechChoices

        page = SettingsPage(
            self.preferences,
            DeviceChoices(self.preferences, self._worker),
            SpeechChoices(self.preferences, self.background, self._say, self._worker, self._places),
            ProtectedWords(self.diary, self._worker),
            care := DiaryCare(self.diary, self.background, self.preferences, lambda: self.window),
            self._theme,
        )
        care.moving.files_chosen.connect(self.import_files)
        page.library_chosen.connect(self._use_library)
        page.left.connect(self._renew_soon)
        return page

    def _connect(self) -> None:
        self.record_page.recording_changed.connect(self._recording_changed)
        self.record_page.kept.connect(self._kept)
        self.record_page.watch_asked.connect(self._open_entry)
        self.window.files_dropped.connect(self.import_files)
        self.window.search_asked.connect(self._find)
        self.window.closing.connect(self._app.quit)
        self.diary.noticed.connect(self.window.messages.tell)

    def _find(self) -> None:
        self.window.go_to("diary")
        self.diary_page.find()

    def _recording_changed(self, is_recording: bool) -> None:
        self.window.lock_navigation(is_locked=is_recording)
        self.background.hold() if is_recording else self.background.release()

    def _kept(self, _entry: Entry) -> None:
        self._say("Kept. You can close the lid now.")

    def _open_entry(self, entry: Entry, at_ms: int = 0) -> None:
        self.entry_page.show_entry(entry, at_ms)
        self.window.go_to("entry")

    def share(self, entry: Entry) -> None:
        """Open the dialog that makes a short of an entry."""
        from duskreel.ui.share.share_dialog import ShareDialog

        messages = self.window.messages
        ShareDialog(self.window, entry, self.diary, self.preferences, self.background, messages, self._theme).open()

    def make_reel(self, days: "Stretch") -> None:
        """Open the dialog that makes a recap reel of some days."""
        from duskreel.ui.reel.reel_dialog import ReelDialog

        messages = self.window.messages
        ReelDialog(self.window, days, self.diary, self.preferences, self.background, messages, self._theme).open()

    def import_files(self, paths: list[str]) -> None:
        """Take films, folders and archives into the diary."""
        from duskreel.ui.arriving.arriving import Arriving

        Arriving(self.background, lambda: self.diary, lambda: self.window).bring(paths)

    def _diary_is_open(self) -> None:
        from duskreel.capture.recovery import recover_in

        self.diary.changed.emit()
        self.bin_emptying.empty()
        recovery = Job("Bringing back an unfinished recording", recover_in, self.diary.location, done=self._recovered)
        # In a thread, since a folder on a network may take its time; most often there is nothing.
        folder = self.diary.location.folder
        self._worker.run(lambda: has_takes(folder), lambda left: self.background.submit(recovery) if left else None)

    def _recovered(self, found: "Recovery") -> None:
        messages = self.window.messages
        for entry in found.entries:
            messages.tell(f"The recording of {entry.recorded_at:%A, %H:%M} was cut off. It is in your diary now.")
        for notice in found.notices:
            messages.tell(notice)
        if found.entries:
            self.diary.changed.emit()

    def _follow(self, settings: Settings) -> None:
        """A theme is seen at once; words are seen on other pages, so that typing them is not interrupted."""
        if settings.theme != self._built_with[0]:
            self._renew_soon()

    def _renew_soon(self) -> None:
        # Not while the field that was changed is still busy with it.
        QTimer.singleShot(0, self, self._renew)

    def _renew(self) -> None:
        """Build the window anew if what it was built with has changed."""
        page = self.window.shown_name
        if page and self._built_with != _look(self.preferences.now):
            self._rebuild(page)
            if page == "settings":
                self.settings_page.show_theme()

    def _use_library(self, folder: str) -> None:
        self.preferences.change(library_folder=folder)
        old, studio = self.diary, self.studio
        self.window.leave_page()
        studio.close()
        self._open_engine(DiaryLocation(Path(folder), self._places.state))
        # Before the pages of the new window ask it for anything.
        self.diary.open(self._diary_is_open)
        self._rebuild("diary")
        old.close()

    def _rebuild(self, page: str) -> None:
        old = self.window
        geometry = old.saveGeometry()
        old.leave_page()
        theme = themes.theme_for(self.preferences.now.theme)
        if theme is not self._theme:
            # Only then: every widget there is gets dressed once more, which takes its time.
            self._theme = theme
            themes.apply(self._app, theme)
        self._open_window()
        self.window.restoreGeometry(geometry)
        self.window.show()
        self.window.go_to(page)
        self._ahead.start()
        old.hide()
        old.give_way_to(self.window)
        self.diary.changed.emit()

    def _say(self, sentence: str) -> None:
        """In whatever window is open by then."""
        self.window.messages.say(sentence)

    def _fail(self, error: DiaryError) -> None:
        self.window.messages.fail(error)


def refuse(error: DiaryError) -> None:
    """Say in a small window why there is no large one: whoever clicked on an icon sees no terminal."""
    _app = QApplication.instance() or QApplication(["duskreel"])
    box = QMessageBox(QMessageBox.Icon.Warning, "Duskreel", error.what_happened)
    box.setInformativeText(error.what_to_do)
    box.exec()


def _load_pages() -> None:
    """In a thread: what the window was opened without."""
    pages = ("diary.diary_page", "entry.entry_page", "settings.settings_page")
    for name in (*pages, "share.share_dialog", "reel.reel_dialog"):
        import_module(f"duskreel.ui.{name}")


def _look(settings: Settings) -> tuple[object, ...]:
    """What a window is built with, and keeps."""
    return settings.theme, settings.mood_names, settings.feelings


def run(places: Places, settings: Settings, location: DiaryLocation, token: CancelToken) -> int:
    """Open the window and stay until it is closed.

    Args:
        places: the program's folders.
        settings: as loaded.
        location: of the diary.
        token: of whoever was told to stop before the window could be.

    Returns:
        The exit code.

    Raises:
        DiaryError: there is no display, or a window is open already.
    """
    lock = FileLock(places.state / LOCK, timeout=0)
    try:
        places.state.mkdir(parents=True, exist_ok=True)
        held = lock.acquire()
    except Timeout as error:
        raise DiaryError("Duskreel is open already.", "Look for its window.") from error
    except OSError as error:
        raise DiaryError(f"Could not write to {places.state}: {error.strerror or error}.", "Check the disk.") from error
    unfinished = places.state / UNFINISHED
    has_crashed = unfinished.exists()
    with held:
        with suppress(OSError):
            unfinished.touch()
        code = _run(places, settings, location, token, has_crashed=has_crashed)
        with suppress(OSError):
            unfinished.unlink()
    return code


def _run(places: Places, settings: Settings, location: DiaryLocation, token: CancelToken, *, has_crashed: bool) -> int:
    hush()
    app = QApplication(["duskreel"])
    app.setApplicationName("Duskreel")
    app.setDesktopFileName("duskreel")
    app.setWindowIcon(icon("record", themes.DARK.accent))
    end_with_signals(app)
    if token.is_cancelled:
        # Asked after the lock was taken and before the line above: nobody would look at it any more.
        return 0
    program = Program(app, places, settings, location)
    tell_of_bugs(program.bug.emit)
    program.start()
    for after_ms in (0, SETTLED_AFTER_MS):
        # Looking through all of these modules for garbage again and again would hold up every thread for 50 ms.
        QTimer.singleShot(after_ms, app, gc.freeze)
    if has_crashed:
        program.say_it_crashed()
    code = app.exec()
    program.close()
    return code

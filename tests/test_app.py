"""The parts of the window put together, and what a user sees of it when something is not as usual."""

import re
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from capture.conftest import Stage
from clips import make_clip
from duskreel import app as module
from duskreel import settings as settings_file
from duskreel.app import LOCK, UNFINISHED, Program, run
from duskreel.bug_log import LOG_NAME
from duskreel.capture.take import TakeState
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.values import Details, DiaryLocation
from duskreel.paths import Places
from duskreel.progress import CancelToken, unheard
from duskreel.settings import Settings
from duskreel.ui.background import Background
from duskreel.ui.diary.diary_page import DiaryPage
from duskreel.ui.hooks import tell_of_bugs
from duskreel.ui.main_window import MainWindow
from duskreel.ui.messages import Question
from duskreel.ui.record.studio import StudioState
from duskreel.ui.shortcut_sheet import KEYS
from duskreel.ui.theme import DARK, LIGHT
from ui.filming import film

PATIENCE_MS = 30_000
DAY_MS = 86_400_000
Begin = Callable[..., Program]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def footage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film for the camera, and clips to import. Never change them."""
    folder = tmp_path_factory.mktemp("footage")
    film(folder)
    make_clip(folder / "talk.mp4", duration_s=0.6, created="2026-11-20T17:30:00Z")
    (folder / "broken.mp4").write_bytes(b"this is no film")
    return folder


@pytest.fixture
def settings(footage: Path) -> Settings:
    """Of a user whose camera is a film and who asks for words himself."""
    return Settings(camera=str(footage / "film.mp4"), counts_down=False, transcribes_by_itself=False)


@pytest.fixture
def location(places: Places) -> DiaryLocation:
    return DiaryLocation(places.default_diary, places.state)


@pytest.fixture
def begin(qtbot: QtBot, places: Places, settings: Settings, location: DiaryLocation) -> Iterator[Begin]:
    """Opens the window, and waits until the diary behind it is open if it can be."""
    begun: list[Program] = []

    def begin(*, is_sound: bool = True, settings: Settings = settings) -> Program:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        program = Program(app, places, settings, location)
        begun.append(program)
        program.start()
        if is_sound:
            wait_for_diary(qtbot, program)
        return program

    yield begin
    for program in begun:
        program.close()
        delete(program.window)


@pytest.fixture
def program(begin: Begin) -> Program:
    return begin()


def wait_for_diary(qtbot: QtBot, program: Program) -> None:
    answers: list[object] = []
    program.diary.ask(lambda diary: diary.library_id, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE_MS)


def held(program: Program) -> Background:
    """Begins nothing, so that no test waits for processes that it does not need."""
    program.background.hold()
    return program.background


def keep_clip(location: DiaryLocation, clip: Path, title: str) -> Entry:
    with Diary.open(location) as diary:
        return diary.import_clip(clip, Details(title=title), progress=unheard, token=CancelToken())


def long_deleted(location: DiaryLocation, entry: Entry) -> str:
    """Delete an entry as if it were years ago; returns where it is now, relative to the diary."""
    with Diary.open(location) as diary:
        diary.delete(entry)
        (waiting,) = diary.bin_content()
    for name, moment in (("entry.json", "recorded_at"), ("binned.json", "binned_at")):
        file = location.folder / waiting.entry.folder / name
        file.write_text(re.sub(rf'"{moment}": "\d{{4}}', f'"{moment}": "2001', file.read_text()))
    return str(waiting.entry.folder)


def titles(page: DiaryPage) -> list[str]:
    return [glance.title for glance in page.grid._list.glances]


def go_with_keys(qtbot: QtBot, program: Program, key: Qt.Key) -> None:
    program.window.activateWindow()
    qtbot.keyClick(program.window, key, CONTROL)


def choose_theme(program: Program, theme: str) -> None:
    box = program.settings_page.theme_box
    box.setCurrentIndex(box.findData(theme))
    box.activated.emit(box.currentIndex())


# ---- the first look


def test_it_opens_where_one_records_and_has_nothing_to_say(program: Program) -> None:
    assert program.window.isVisible()
    assert program.window.shown is program.record_page
    assert program.window.messages.shown() == []


def test_a_diary_that_cannot_be_opened_is_told_in_an_open_window(
    qtbot: QtBot, begin: Begin, location: DiaryLocation
) -> None:
    location.folder.parent.mkdir(parents=True)
    location.folder.write_bytes(b"a file")
    messages = begin(is_sound=False).window.messages
    qtbot.waitUntil(lambda: bool(messages.shown()), timeout=PATIENCE_MS)
    assert str(location.folder) in messages.shown()[0]


def test_every_shortcut_of_the_window_is_on_the_sheet(program: Program) -> None:
    also_told = {
        "Ctrl+Y": "Ctrl+Shift+Z",
        "Ctrl+Return": "Ctrl+Enter",
        "Left": "Left, Right",
        "Right": "Left, Right",
        **{str(mood): "1 to 5" for mood in range(1, 6)},
    }
    while program.window.build_next():
        continue
    keys = {shortcut.key().toString() for shortcut in program.window.findChildren(QShortcut)}
    keys |= {QKeySequence(key).toString() for key in program.record_page._keys}
    told = {key for part in KEYS.values() for key, _ in part}
    assert {also_told.get(key, key) for key in keys} - told == set()


# ---- another look


def test_another_theme_is_seen_at_once_and_the_page_stays(qtbot: QtBot, program: Program) -> None:
    old = program.window
    old.resize(960, 650)
    old.go_to("settings")
    choose_theme(program, "light")
    qtbot.waitUntil(lambda: not isValid(old))
    assert program.window.isVisible()
    assert program.window.shown is program.settings_page
    assert program.window.size().toTuple() == (960, 650)
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == LIGHT.ground
    qtbot.waitUntil(program.settings_page.theme_box.hasFocus)
    choose_theme(program, "dark")
    qtbot.waitUntil(lambda: QApplication.palette().color(QPalette.ColorRole.Window).name() == DARK.ground)


def test_new_words_for_moods_do_not_interrupt_who_types_them(qtbot: QtBot, program: Program) -> None:
    old = program.window
    old.go_to("settings")
    words = program.settings_page._mood_words
    words.names[0].setText("grim")
    words.names[0].editingFinished.emit()
    words.feelings.setPlainText("calm, sad")
    wait_for_diary(qtbot, program)
    assert program.window is old

    go_with_keys(qtbot, program, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: not isValid(old))
    assert program.window.shown is program.diary_page, "not back to the settings"
    asking = program.record_page._afterwards
    assert asking.moods.buttons[0].accessibleName() == "grim"
    assert set(asking.feelings.shown()) == {"calm", "sad"}


def test_a_window_without_new_words_stays_the_same(qtbot: QtBot, program: Program) -> None:
    old = program.window
    old.go_to("settings")
    program.preferences.change(shows_prompts=False)
    old.go_to("diary")
    wait_for_diary(qtbot, program)
    assert program.window is old


def test_what_is_typed_last_is_kept_when_the_window_closes(program: Program, places: Places) -> None:
    program.window.go_to("settings")
    program.settings_page._mood_words.names[0].setText("grim")
    program.close()
    assert settings_file.load(places.config).mood_names[0] == "grim"


def test_what_is_being_written_down_is_not_begun_twice_for_another_theme(
    qtbot: QtBot, program: Program, location: DiaryLocation, footage: Path
) -> None:
    entry = keep_clip(location, footage / "talk.mp4", "Monday")
    background = held(program)
    program.preferences.change(transcribes_by_itself=True)
    qtbot.waitUntil(lambda: bool(background.waiting))
    old = program.window
    old.go_to("settings")
    choose_theme(program, "light")
    qtbot.waitUntil(lambda: not isValid(old))
    program.diary.changed.emit()
    wait_for_diary(qtbot, program)
    assert [job.inputs.entry_id for job in background.waiting] == [entry.id]
    assert program.words.entry_id == entry.id
    job = background.waiting[0]
    assert job.failed is not None
    job.failed(DiaryError("No words.", ""))
    assert program.window.messages.shown() == ["No words."], "in the window that is open now"


def test_another_folder_becomes_the_diary(
    qtbot: QtBot, program: Program, places: Places, footage: Path, tmp_path: Path
) -> None:
    other = DiaryLocation(tmp_path / "other", places.state)
    keep_clip(other, footage / "talk.mp4", "Elsewhere")
    old = program.window
    old.go_to("settings")
    program.settings_page.library_chosen.emit(str(other.folder))
    qtbot.waitUntil(lambda: titles(program.diary_page) == ["Elsewhere"])
    assert program.window.shown is program.diary_page
    assert program.diary.location == other
    assert program.preferences.now.library_folder == str(other.folder)
    assert program.window.messages.shown() == []
    qtbot.waitUntil(lambda: not isValid(old))


# ---- films that come in


def test_dropped_files_come_in_as_one_piece_of_work(qtbot: QtBot, program: Program, footage: Path) -> None:
    window, background = program.window, program.background
    window.go_to("diary")
    window.files_dropped.emit([str(footage / "broken.mp4"), str(footage / "talk.mp4")])
    assert background.running is not None
    assert background.running.title == "Importing 2 files and folders"
    assert background.waiting == []
    qtbot.waitUntil(lambda: len(program.diary_page.grid._list.glances) == 1, timeout=PATIENCE_MS)
    expected = "1 clip is in your diary; 1 could not be used: broken.mp4."
    qtbot.waitUntil(lambda: window.messages.shown() == [expected])


def test_the_settings_bring_in_what_is_chosen_there(program: Program, footage: Path) -> None:
    background = held(program)
    program.window.go_to("settings")
    program.settings_page._care.moving.files_chosen.emit([str(footage)])
    assert [job.title for job in background.waiting] == [f"Looking through {footage.name}"]


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_closing_asks_while_a_film_comes_in(program: Program, footage: Path, answer: str) -> None:
    closed: list[bool] = []
    program.window.closing.disconnect()
    program.window.closing.connect(lambda: closed.append(True))
    background = held(program)
    program.import_files([str(footage / "talk.mp4")])
    assert not program.window.close()
    getattr(program.window.findChild(Question), answer).click()
    assert bool(closed) is (answer == "yes")
    assert len(background.waiting) == 1


# ---- recording


def test_nothing_leads_away_from_a_recording_and_nothing_else_is_done(
    qtbot: QtBot, program: Program, footage: Path
) -> None:
    studio, window = program.studio, program.window
    qtbot.waitUntil(lambda: studio.state is StudioState.READY, timeout=PATIENCE_MS)
    qtbot.keyClick(program.record_page, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: studio.elapsed_ms > 300, timeout=PATIENCE_MS)
    for key in (Qt.Key.Key_F, Qt.Key.Key_2, Qt.Key.Key_Comma):
        go_with_keys(qtbot, program, key)
    assert window.shown is program.record_page
    assert studio.state is StudioState.RECORDING
    program.import_files([str(footage / "broken.mp4")])
    assert program.background.running is None
    qtbot.keyClick(program.record_page, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: program.background.running is not None, timeout=PATIENCE_MS)
    with qtbot.waitSignal(program.record_page.kept, timeout=PATIENCE_MS):
        go_with_keys(qtbot, program, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: len(program.diary_page.grid._list.glances) == 1)


def test_a_recording_that_was_cut_off_comes_back_and_is_told(
    qtbot: QtBot, begin: Begin, location: DiaryLocation
) -> None:
    with Diary.open(location) as diary:
        recorded = Stage(diary).record(1.5)
        recorded.take.note(state=TakeState.RECORDING, duration_ms=None, stopped_by="")
        recorded.take.release()
    program = begin()
    messages = program.window.messages
    qtbot.waitUntil(lambda: bool(messages.shown()), timeout=PATIENCE_MS)
    assert messages.shown()[0].endswith("was cut off. It is in your diary now.")
    program.window.go_to("diary")
    qtbot.waitUntil(lambda: len(program.diary_page.grid._list.glances) == 1)


# ---- bugs


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test runner's own come back afterwards."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)


def stumble() -> None:
    raise ZeroDivisionError("nobody foresaw this")


def test_what_has_waited_in_the_bin_for_long_enough_goes_by_itself(
    qtbot: QtBot, begin: Begin, places: Places, settings: Settings, location: DiaryLocation, footage: Path
) -> None:
    entry = keep_clip(location, footage / "talk.mp4", "Old")
    waiting = long_deleted(location, entry)
    begin()
    assert (location.folder / waiting).is_dir(), "by default it waits for ever"
    begin(settings=replace(settings, bin_days=30))
    qtbot.waitUntil(lambda: not (location.folder / waiting).exists(), timeout=PATIENCE_MS)


def test_the_bin_of_a_window_that_stays_open_is_emptied_too(
    qtbot: QtBot, begin: Begin, settings: Settings, location: DiaryLocation, footage: Path
) -> None:
    program = begin(settings=replace(settings, bin_days=30))
    waiting = long_deleted(location, keep_clip(location, footage / "talk.mp4", "Old"))
    timer = program.bin_emptying
    assert timer.isActive()
    assert timer.interval() <= DAY_MS
    timer.timeout.emit()
    qtbot.waitUntil(lambda: not (location.folder / waiting).exists(), timeout=PATIENCE_MS)


@pytest.mark.usefixtures("hooks")
@pytest.mark.parametrize("is_elsewhere", [False, True], ids=["in the window", "in a thread"])
def test_a_bug_is_logged_and_told_and_the_window_stays(
    qtbot: QtBot, program: Program, places: Places, capsys: pytest.CaptureFixture[str], is_elsewhere: bool
) -> None:
    tell_of_bugs(program.bug.emit)
    if is_elsewhere:
        thread = threading.Thread(target=stumble)
        thread.start()
        thread.join()
    else:
        try:
            stumble()
        except ZeroDivisionError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(program.window.messages.shown()))
    assert program.window.messages.shown() == ["Something in Duskreel went wrong. Nothing that you recorded is lost."]
    assert "nobody foresaw this" in (places.state / LOG_NAME).read_text(encoding="utf-8")
    assert "nobody foresaw this" in capsys.readouterr().err
    assert program.window.isVisible()


# ---- from start to end


@pytest.fixture
def on_stage(hooks: None, monkeypatch: pytest.MonkeyPatch, application: QApplication) -> Iterator[None]:
    """`run` with the application object and the signals of the test runner."""
    monkeypatch.setattr(module, "QApplication", lambda _: application)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    timers = set(application.findChildren(QTimer))
    yield
    for timer in set(application.findChildren(QTimer)) - timers:
        delete(timer)


def swallow_quit() -> None:
    """The last window asks Qt to quit once more when it is gone, and no event loop would run any more after that."""
    clock = QTimer()
    clock.timeout.connect(lambda: QCoreApplication.exit(0))
    clock.start(20)
    QApplication.exec()
    clock.stop()


def run_and_look(places: Places, settings: Settings, location: DiaryLocation) -> list[str]:
    """Run the program, read what it says at its start, and close its window."""
    seen: list[str] = []

    def look() -> None:
        window = next(
            widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow) and widget.isVisible()
        )
        seen.extend(window.messages.shown())
        seen.append("open" if (places.state / UNFINISHED).exists() else "not noted")
        window.close()

    QTimer.singleShot(0, look)
    assert run(places, settings, location, CancelToken()) == 0
    swallow_quit()
    return seen


@pytest.mark.usefixtures("on_stage")
def test_a_crash_is_told_at_the_next_start_and_only_then(
    places: Places, settings: Settings, location: DiaryLocation
) -> None:
    assert run_and_look(places, settings, location) == ["open"]
    assert not (places.state / UNFINISHED).exists()
    (places.state / UNFINISHED).touch()
    told = "Duskreel did not end properly the last time."
    assert run_and_look(places, settings, location) == [told, "open"]
    assert run_and_look(places, settings, location) == ["open"]


@pytest.mark.usefixtures("on_stage")
def test_asked_to_end_before_it_is_open_it_never_opens(
    places: Places, settings: Settings, location: DiaryLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "Program", lambda *_: pytest.fail("a window nobody wants any more"))
    assert run(places, settings, location, CancelToken(lambda: True)) == 0
    assert not (places.state / UNFINISHED).exists()


@pytest.mark.usefixtures("on_stage")
def test_only_one_window_is_open_at_a_time(places: Places, settings: Settings, location: DiaryLocation) -> None:
    refused: list[DiaryError] = []

    def open_another() -> None:
        try:
            run(places, settings, location, CancelToken())
        except DiaryError as error:
            refused.append(error)

    QTimer.singleShot(0, open_another)
    assert run_and_look(places, settings, location) == ["open"]
    assert str(refused[0]) == "Duskreel is open already. Look for its window."
    with FileLock(places.state / LOCK, timeout=0):
        """Whoever comes next may open one."""


def test_pages_that_nobody_has_asked_for_are_built_while_nobody_waits(qtbot: QtBot, program: Program) -> None:
    assert set(program.window._unbuilt) == {"diary", "settings", "entry"}
    qtbot.waitUntil(lambda: not program.window._unbuilt, timeout=PATIENCE_MS)
    assert program.window.shown is program.record_page

"""A person at the window: record, feel, keep, search, correct, cut, share. A film stands in for the camera."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import av
import pytest
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from duskreel.app import Program
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Mood
from duskreel.library.values import DiaryLocation
from duskreel.paths import Places, resource
from duskreel.settings import Settings
from duskreel.ui.record.studio import StudioState
from duskreel.ui.share.share_dialog import ShareDialog
from hearing import plain_words

Answer = TypeVar("Answer")

PATIENCE_MS = 90_000
LOOK_EVERY_MS = 10
LONGEST_STALL_MS = 100
"""of work, by the processor's clock: twice what a quiet machine shows, since a busy one's caches are cold"""
LONGEST_ABSENCE_MS = 2_000
"""by the wall: when the machine is busy with something else, the window waits like everybody"""
RECORDED_MS = 11_000


class Watchdog:
    """Looks every ten milliseconds whether the window's thread is free, and remembers what kept it from being so."""

    def __init__(self) -> None:
        self.stalls: list[str] = []
        self.doing = "starting"
        self._since = QElapsedTimer()
        self._worked_s = time.thread_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        self._since.start()
        self._timer.start(LOOK_EVERY_MS)

    def _look(self) -> None:
        away_ms = self._since.restart()
        worked_s, self._worked_s = self._worked_s, time.thread_time()
        worked_ms = (self._worked_s - worked_s) * 1000
        if worked_ms > LONGEST_STALL_MS or away_ms > LONGEST_ABSENCE_MS:
            self.stalls.append(f"{self.doing}: away for {away_ms} ms, {worked_ms:.0f} of them at work")


class Person:
    """Somebody at the keyboard."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self.program, self._qtbot = program, qtbot

    def press(self, key: Qt.Key, *, on: QWidget | None = None, with_control: bool = False) -> None:
        modifier = Qt.KeyboardModifier.ControlModifier if with_control else Qt.KeyboardModifier.NoModifier
        self._qtbot.keyClick(on or QApplication.focusWidget() or self.program.window, key, modifier)

    def type(self, text: str) -> None:
        self._qtbot.keyClicks(QApplication.focusWidget(), text)

    def wait_until(self, happened: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(happened, timeout=PATIENCE_MS)

    def ask(self, question: Callable[[Diary], Answer]) -> Answer:
        answers: list[Answer] = []
        self.program.diary.ask(question, answers.append)
        self.wait_until(lambda: bool(answers))
        return answers[0]


@pytest.fixture
def location(tmp_path: Path) -> DiaryLocation:
    return DiaryLocation(tmp_path / "Videos" / "Duskreel", tmp_path / "state")


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, location: DiaryLocation, models: Path) -> Iterator[Program]:
    places = Places(tmp_path / "config", location.state, models, location.folder)
    settings = Settings(camera=str(resource("sample.mp4")), counts_down=False)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made = Program(app, places, settings, location)
    made.start()
    yield made
    made.close()
    made.window.deleteLater()


@pytest.fixture
def person(qtbot: QtBot, program: Program) -> Person:
    qtbot.waitExposed(program.window)
    return Person(qtbot, program)


def record_and_keep(person: Person, qtbot: QtBot) -> Entry:
    studio, page = person.program.studio, person.program.record_page
    person.wait_until(lambda: studio.state is StudioState.READY)
    person.press(Qt.Key.Key_Space, on=page)
    person.wait_until(lambda: studio.elapsed_ms >= RECORDED_MS)
    person.press(Qt.Key.Key_Space, on=page)
    person.wait_until(lambda: page.is_asking)
    person.press(Qt.Key.Key_2, on=page)
    with qtbot.waitSignal(page.kept, timeout=PATIENCE_MS) as kept:
        person.press(Qt.Key.Key_Return, on=page, with_control=True)
    entry = kept.args[0]
    assert isinstance(entry, Entry)
    return entry


def words_of(person: Person, entry: Entry) -> list[str]:
    transcript = person.ask(lambda diary: diary.transcript(entry))
    return [] if transcript is None else plain_words(transcript.text)


def test_a_person_records_looks_back_corrects_cuts_and_shares(qtbot: QtBot, person: Person) -> None:
    program, watchdog = person.program, Watchdog()
    watchdog.doing = "recording"
    entry = record_and_keep(person, qtbot)
    assert entry.mood is Mood.BAD
    assert entry.duration_ms == pytest.approx(RECORDED_MS, abs=1500)

    watchdog.doing = "waiting for the words"
    person.wait_until(lambda: "cardboard" in words_of(person, entry))

    watchdog.doing = "searching"
    program.window.search_asked.emit()
    search = program.diary_page.filters.search
    person.wait_until(search.hasFocus)
    person.type("cardboard")
    hits = program.diary_page.hits
    person.wait_until(lambda: [hit.entry.id for hit in hits.hits] == [entry.id])
    watchdog.doing = "opening"
    person.press(Qt.Key.Key_Return)
    person.wait_until(hits.hasFocus)
    with qtbot.waitSignal(program.diary_page.opened_at, timeout=PATIENCE_MS) as opened:
        person.press(Qt.Key.Key_Return)
    assert 3000 < opened.args[1] < 9000, "the moment at which it is said"

    watchdog.doing = "correcting"
    page = program.entry_page
    person.wait_until(lambda: page.transcript.shows_words)
    view = page.transcript.view
    position = words_of(person, entry).index("cardboard")
    view.choose(position)
    view.correct_chosen()
    view.editor.selectAll()
    person.type("wooden")
    person.press(Qt.Key.Key_Return)
    person.wait_until(lambda: "wooden" in words_of(person, entry))

    watchdog.doing = "cutting"
    first_sentence = len(plain_words("I lost my job today."))
    view.choose(0, first_sentence - 1)
    page.cut_chosen()
    person.wait_until(lambda: bool(person.ask(lambda diary: diary.find(entry.id)).cuts))

    watchdog.doing = "sharing"
    page.share_asked.emit(page.entry)
    dialog = program.window.findChild(ShareDialog)
    person.wait_until(dialog.choices.make.isEnabled)
    with qtbot.waitSignal(dialog.shared, timeout=PATIENCE_MS) as shared:
        dialog.choices.make.click()
        dialog.review.page.go.click()
    result = shared.args[0]
    dialog.reject()

    check_short(result.file)
    said = " ".join(plain_words(" ".join(result.kept)))
    assert "lost my job" not in said
    assert "wooden box" in said
    assert watchdog.stalls == [], "the window was never blocked for long"


def check_short(file: Path) -> None:
    with av.open(str(file)) as container:
        picture, sound = container.streams.video[0], container.streams.audio[0]
        assert (picture.codec_context.width, picture.codec_context.height) == (1080, 1920)
        assert picture.codec_context.name == "h264"
        assert picture.average_rate == 30
        assert sound.codec_context.name == "aac"
        pictures = sum(1 for _ in container.decode(video=0))
    assert pictures / 30 == pytest.approx(8, abs=4)
    content = file.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    assert b"elst" not in content

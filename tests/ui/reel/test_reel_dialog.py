"""Making a reel, from the choices to the file."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QElapsedTimer, Qt, QUrl
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from clips import make_clip
from duskreel.export.recap import Moment, RecapRequest
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Mood, Word
from duskreel.library.media import probe
from duskreel.library.values import Details
from duskreel.memories.recap import Stretch
from duskreel.memories.recap_plan import PlannedDay, RecapPlan
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span
from duskreel.ui.background import Background
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages
from duskreel.ui.preferences import Preferences
from duskreel.ui.reel.day_list import DayList
from duskreel.ui.reel.day_painter import box_of
from duskreel.ui.reel.draft import Draft, draft_of
from duskreel.ui.reel.reel_dialog import ReelDialog
from duskreel.ui.theme import DARK
from memories.reels import say

NOVEMBER = Stretch.named("2026-11")
MOODS = (Mood.GOOD, Mood.AWFUL, None)
FREEZE_MS = 400
"""generous, for a machine that has other things to do; all 300 pictures would take many times as long"""


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One for each day: the diary takes no clip twice."""
    folder = tmp_path_factory.mktemp("clips")
    return [make_clip(folder / f"{fps}.mp4", duration_s=5.0, fps=fps) for fps in (12, 13, 15)]


@pytest.fixture
def entries(asked: Callable[..., Any], clips: list[Path]) -> list[Entry]:
    """Three days: a good one, a hard one, and one without a mood."""

    def bring_in(diary: Diary) -> list[Entry]:
        return [
            diary.import_clip(
                clip,
                Details(recorded_at=datetime(2026, 11, day, 12, tzinfo=UTC), mood=mood),
                progress=unheard,
                token=CancelToken(),
            )
            for day, (mood, clip) in enumerate(zip(MOODS, clips, strict=True), start=3)
        ]

    found: list[Entry] = asked(bring_in)
    return found


@pytest.fixture
def opened() -> list[QUrl]:
    """What the system was asked to open."""
    return []


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(960, 600)
    made.show()
    yield made
    delete(made)


@pytest.fixture
def messages(window: QWidget) -> Messages:
    return Messages(window, DARK)


@pytest.fixture
def dialog(
    qtbot: QtBot,
    window: QWidget,
    diary_thread: DiaryThread,
    preferences: Preferences,
    background: Background,
    messages: Messages,
    opened: list[QUrl],
) -> Iterator[ReelDialog]:
    made = ReelDialog(window, NOVEMBER, diary_thread, preferences, background, messages, DARK, open_url=opened.append)
    made.open()
    yield made
    if isValid(made):
        made.done(0)
    qtbot.waitUntil(lambda: not isValid(made), timeout=20_000)


@pytest.fixture
def chosen(qtbot: QtBot, dialog: ReelDialog, entries: list[Entry], asked: Callable[..., Any]) -> ReelDialog:
    """The dialog with a moment of each day, as if they had been chosen."""
    days = tuple(PlannedDay(Moment(entry.recorded_at.date(), entry.id, Span(1_000, 2_200))) for entry in entries)
    draft: Draft = asked(lambda diary: draft_of(RecapPlan("2026-11", days, ("2026-11-04: a note.",)), diary))
    dialog._take_chosen(draft)
    return dialog


def said(chosen: ReelDialog) -> list[str]:
    """What a screen reader hears of the days."""
    model = chosen.moments.list.model()
    return [model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def days_of(dialog: ReelDialog) -> list[int]:
    return [moment.day.day for moment in dialog.moments.draft.wanted.moments]


def shorts(diary: DiaryThread) -> list[str]:
    return sorted(path.name for path in (diary.location.folder / "shorts").glob("*"))


def click_yes(dialog: QWidget) -> None:
    next(button for button in dialog.findChildren(QPushButton) if button.property("role") == "danger").click()


def test_moments_are_chosen_and_made_into_a_reel(
    qtbot: QtBot,
    dialog: ReelDialog,
    entries: list[Entry],
    diary_thread: DiaryThread,
    messages: Messages,
    window: QWidget,
    opened: list[QUrl],
) -> None:
    assert dialog.title.text() == "A reel of November 2026"
    dialog.go_on.click()
    assert dialog.progress.isVisible()
    qtbot.waitUntil(lambda: days_of(dialog) == [3, 4, 5], timeout=30_000)
    assert dialog.summary.text().startswith("3 days")
    qtbot.keyClick(dialog.moments.list, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.moments.list, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.moments.list, Qt.Key.Key_Space)
    assert days_of(dialog) == [5]
    dialog.go_on.click()
    qtbot.waitUntil(lambda: bool(messages.shown()), timeout=60_000)
    assert shorts(diary_thread) == ["recap 2026-11.mp4"]
    file = diary_thread.location.folder / "shorts" / "recap 2026-11.mp4"
    with file.open("rb") as reel:
        info = probe(reel, file.name)
    assert (info.width, info.height) == (1080, 1920)
    assert "recap 2026-11.mp4" in messages.shown()[0]
    next(button for button in window.findChildren(QPushButton) if button.text() == "Show in folder").click()
    assert opened == [QUrl.fromLocalFile(str(file.parent))]


def test_stopping_the_choice_leads_back_to_the_options(
    qtbot: QtBot, dialog: ReelDialog, entries: list[Entry], diary_thread: DiaryThread
) -> None:
    dialog.go_on.click()
    dialog.progress.cancel.click()
    qtbot.waitUntil(lambda: "Stopped" in dialog.remarks.text(), timeout=20_000)
    assert dialog.first.isVisible()
    assert dialog.go_on.isVisible()
    assert shorts(diary_thread) == []


def test_days_without_anything_to_show_say_so(qtbot: QtBot, dialog: ReelDialog) -> None:
    dialog.go_on.click()
    qtbot.waitUntil(lambda: "nothing to show" in dialog.remarks.text(), timeout=30_000)
    assert dialog.first.isVisible()


def test_each_day_is_told_with_its_mood_and_length(qtbot: QtBot, chosen: ReelDialog) -> None:
    assert said(chosen) == [
        "Tuesday, 3 November 2026, mood: good, 1.2 s",
        "Wednesday, 4 November 2026, mood: awful, 1.2 s",
        "Thursday, 5 November 2026, 1.2 s",
    ]
    assert chosen.summary.text() == "3 days  ·  0:03"
    qtbot.waitUntil(lambda: notes_of(chosen) == "2026-11-04: a note.", timeout=10_000)


def test_a_click_on_the_box_leaves_a_day_out_and_says_so(qtbot: QtBot, chosen: ReelDialog) -> None:
    days: DayList = chosen.moments.list
    box = box_of(days.visualRect(days.model().index(1, 0)))
    qtbot.mouseClick(days.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert days_of(chosen) == [3, 5]
    assert said(chosen)[1].endswith("left out")
    assert chosen.moments.view.toggle.text() == "Take in"
    chosen.moments.view.toggle.click()
    assert days_of(chosen) == [3, 4, 5]


def test_a_reel_of_no_day_cannot_be_made(qtbot: QtBot, chosen: ReelDialog) -> None:
    for row in range(3):
        chosen.moments.list.toggle_asked.emit(row)
    assert not chosen.go_on.isEnabled()
    assert chosen.summary.text() == "No day is in the reel."
    assert said(chosen), "they can be taken in again"


def test_hard_days_can_be_left_out_without_choosing_anew(chosen: ReelDialog) -> None:
    chosen.back.click()
    chosen.first.options.hard_days.button(value=False).click()
    assert chosen.go_on.text() == "Show the moments"
    chosen.go_on.click()
    assert days_of(chosen) == [3, 5]


def test_where_all_days_are_hard_that_is_said_kindly(chosen: ReelDialog, entries: list[Entry]) -> None:
    chosen._show(Draft(chosen.moments.draft.plan, {}, frozenset(entry.recorded_at.date() for entry in entries), False))
    assert chosen.moments.nothing.isVisible()
    assert not chosen.go_on.isEnabled()
    chosen.moments.nothing.button.click()
    assert days_of(chosen) == [3, 4, 5]
    assert chosen.first.options.wishes.keeps_hard_days


def test_another_moment_is_another_one(qtbot: QtBot, chosen: ReelDialog) -> None:
    before = chosen.moments.draft.days[0].moment
    chosen.moments.list.setFocus()
    qtbot.keyClick(chosen.moments.list, Qt.Key.Key_A)
    assert "Looking" in chosen.moments.view.note.text()
    qtbot.waitUntil(lambda: chosen.moments.draft.days[0].moment != before, timeout=20_000)
    after = chosen.moments.draft.days[0].moment
    assert after.day == before.day
    assert after.span.start_ms >= before.span.end_ms or after.span.end_ms <= before.span.start_ms
    assert chosen.moments.view.note.text().startswith("Moment 2 of ")


def test_a_moment_plays_from_its_beginning_to_its_end(qtbot: QtBot, chosen: ReelDialog) -> None:
    view = chosen.moments.view
    places: list[int] = []
    qtbot.keyClick(chosen.moments.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.playback.is_playing, timeout=10_000)
    view.playback.moved.connect(places.append)
    assert view.play.text() == "Pause"
    qtbot.waitUntil(lambda: not view.playback.is_playing, timeout=10_000)
    assert places[-1] >= 2_200
    assert places[-1] < 3_500, "what follows is not of the moment"
    assert view.play.text() == "Play"


def test_another_day_lets_go_of_the_clip(qtbot: QtBot, chosen: ReelDialog) -> None:
    view = chosen.moments.view
    view.play.click()
    qtbot.waitUntil(lambda: view.playback.is_open, timeout=10_000)
    qtbot.keyClick(chosen.moments.list, Qt.Key.Key_Down)
    assert not view.playback.is_open
    assert view.place.text().startswith("Wednesday, 4 November 2026, 0:01")


def test_a_plan_is_saved_and_opened(qtbot: QtBot, chosen: ReelDialog, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    chosen.moments.list.toggle_asked.emit(2)
    chosen.write_plan(str(file))
    qtbot.waitUntil(lambda: "The plan is saved." in chosen.told.shown())
    data = json.loads(file.read_text())
    assert [day["left_out"] for day in data["days"]] == [False, False, True]
    data["name"], data["days"] = "2025", data["days"][:2]
    file.write_text(json.dumps(data))
    chosen.back.click()
    chosen.read_plan(str(file))
    qtbot.waitUntil(lambda: days_of(chosen) == [3, 4] and len(said(chosen)) == 2)
    assert chosen.title.text() == "A reel of 2025"


def test_a_file_that_is_no_plan_is_refused(qtbot: QtBot, dialog: ReelDialog, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text("{}")
    dialog.read_plan(str(file))
    qtbot.waitUntil(lambda: "is not a plan for a reel" in dialog.remarks.text())
    assert dialog.first.isVisible()


def test_closing_asks_before_a_choice_is_lost(qtbot: QtBot, chosen: ReelDialog) -> None:
    chosen.reject()
    assert chosen.isVisible()
    click_yes(chosen)
    qtbot.waitUntil(lambda: not isValid(chosen), timeout=10_000)


def test_a_reel_goes_on_when_the_dialog_is_closed_and_its_end_is_told(
    qtbot: QtBot, chosen: ReelDialog, diary_thread: DiaryThread, messages: Messages, background: Background
) -> None:
    shutil.rmtree(diary_thread.location.folder / "entries")
    chosen.go_on.click()
    chosen.progress.hide_away.click()
    assert not chosen.isVisible()
    assert background.running is not None
    qtbot.waitUntil(lambda: bool(messages.shown()), timeout=30_000)
    assert not any(name.endswith(".mp4") for name in shorts(diary_thread))


def test_a_reel_that_cannot_be_made_says_so_and_keeps_the_choice(
    qtbot: QtBot, chosen: ReelDialog, diary_thread: DiaryThread
) -> None:
    shutil.rmtree(diary_thread.location.folder / "entries")
    chosen.go_on.click()
    qtbot.waitUntil(lambda: bool(chosen.remarks.text()), timeout=30_000)
    assert chosen.go_on.isVisible()
    assert days_of(chosen) == [3, 4, 5]
    assert not any(name.endswith(".mp4") for name in shorts(diary_thread))


def test_what_is_said_is_written_as_on_shorts_if_that_is_wanted(
    chosen: ReelDialog, preferences: Preferences, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for: list[RecapRequest] = []
    monkeypatch.setattr(chosen._making, "start", asked_for.append)
    chosen.go_on.click()
    chosen.first.options.captions.setChecked(True)
    chosen.go_on.click()
    assert [request.captions for request in asked_for] == [None, preferences.now.caption_style]


def test_only_days_in_sight_are_looked_at(qtbot: QtBot, dialog: ReelDialog, entries: list[Entry]) -> None:
    days = tuple(
        PlannedDay(Moment(date.fromordinal(NOVEMBER.first.toordinal() + n), entries[0].id, Span(n, n + 1_000)))
        for n in range(300)
    )
    timer = QElapsedTimer()
    timer.start()
    dialog._take_chosen(Draft(RecapPlan("2026", days), {entries[0].id: entries[0]}))
    assert timer.elapsed() < FREEZE_MS
    small = dialog.moments._small
    qtbot.waitUntil(lambda: bool(small._kept) and not small._desk._wanted and not small._desk._in_hand, timeout=20_000)
    assert len(small._kept) < 12
    assert all(not picture.isNull() for picture in small._kept.values())


@pytest.fixture
def outspoken(entries: list[Entry], asked: Callable[..., Any]) -> None:
    """On the first day, a telephone number is told."""
    said = ["Call", "me", "at", "212", "555", "0147."]
    words = tuple(Word(each, 1_000 + 150 * n, 1_140 + 150 * n, 0.9) for n, each in enumerate(said))
    asked(lambda diary: say(diary, entries[0], words))


def notes_of(dialog: ReelDialog) -> str:
    return dialog.moments.view.remarks.toPlainText()


@pytest.mark.usefixtures("outspoken")
def test_words_that_nobody_has_decided_about_are_told_before_the_reel_is_made(qtbot: QtBot, chosen: ReelDialog) -> None:
    assert "looked through" in notes_of(chosen)
    qtbot.waitUntil(lambda: "looked through" not in notes_of(chosen), timeout=10_000)
    assert notes_of(chosen).splitlines() == [
        "Tuesday, 3 November 2026: you have not decided about “212 555 0147” yet.",
        "Decide about such words first, where you share the entry, or leave the day out.",
        "2026-11-04: a note.",
    ]
    chosen.moments.list.toggle_asked.emit(0)
    assert notes_of(chosen) == "2026-11-04: a note.", "nobody hears them now"
    chosen.moments.list.toggle_asked.emit(0)
    assert "212" in notes_of(chosen)
    chosen.moments.list.setFocus()
    qtbot.keyClick(chosen.moments.list, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: notes_of(chosen) == "2026-11-04: a note.", timeout=20_000)


@pytest.mark.usefixtures("outspoken")
def test_words_that_are_neither_heard_nor_written_are_not_told(qtbot: QtBot, chosen: ReelDialog) -> None:
    qtbot.waitUntil(lambda: "212" in notes_of(chosen), timeout=10_000)
    for wishes, is_told in (((False, False), False), ((False, True), True), ((True, False), True)):
        chosen.back.click()
        chosen.first.options.sound.setChecked(wishes[0])
        chosen.first.options.captions.setChecked(wishes[1])
        chosen.go_on.click()
        assert ("212" in notes_of(chosen)) == is_told

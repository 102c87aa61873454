"""A series on the record page: begin, go on, leave, look back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clips import make_clip
from duskreel.library.diary import Details, Diary
from duskreel.library.entry import Entry, Mood, SeriesDay
from duskreel.library.values import DiaryLocation
from duskreel.memories.series import Series
from duskreel.paths import Places
from duskreel.progress import CancelToken, unheard
from duskreel.ui import theme as themes
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages
from duskreel.ui.preferences import Preferences
from duskreel.ui.record.record_page import RecordPage
from duskreel.ui.record.series_dialogs import LookBackDialog
from duskreel.ui.record.series_editor import SeriesEditor
from duskreel.ui.record.studio import Studio, StudioState
from ui.filming import film, studio_with

LAYOFF, LAYOFF_NAME = "five-days-after-a-layoff", "Five days after a layoff"
FIRST_QUESTION = "Tell the day it happened, from the morning on."

Ask = Callable[..., object]


@pytest.fixture(scope="module")
def long_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("footage"))


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("clips")
    return [make_clip(folder / f"{number}.mp4", duration_s=0.5 + number / 10, size=(160, 90)) for number in range(5)]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1192, 720)
    QVBoxLayout(made)
    return made


@pytest.fixture
def messages(window: QWidget) -> Messages:
    return Messages(window, themes.DARK)


@pytest.fixture
def page(
    window: QWidget,
    diary_thread: DiaryThread,
    location: DiaryLocation,
    places: Places,
    preferences: Preferences,
    messages: Messages,
    long_film: Path,
) -> Iterator[RecordPage]:
    preferences.change(camera=str(long_film), counts_down=False)
    studio: Studio = studio_with(location, places, preferences)
    made = RecordPage(diary_thread, preferences, messages, themes.DARK, studio=studio)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(made)
    window.show()
    yield made
    studio.close()


def told(location: DiaryLocation, clips: list[Path], series_id: str, days: range) -> None:
    """Entries of a series from before the window was opened."""
    with Diary.open(location) as diary:
        for day in days:
            mood = Mood(min(day, 5))
            details = Details(mood=mood, series=SeriesDay(series_id, day))
            diary.import_clip(clips[day - 1], details, progress=unheard, token=CancelToken())


def enter(qtbot: QtBot, page: RecordPage) -> None:
    page.enter()
    qtbot.waitUntil(lambda: page._studio.state is StudioState.READY and bool(page._desk.known))


def labels(page: RecordPage) -> list[str]:
    return [action.text() for action in page._telling.chooser.list.actions() if action.text()]


def action(page: RecordPage, label: str) -> QAction:
    return next(each for each in page._telling.chooser.list.actions() if each.text() == label)


def begin(qtbot: QtBot, page: RecordPage, label: str = LAYOFF_NAME) -> None:
    enter(qtbot, page)
    action(page, label).trigger()
    qtbot.waitUntil(lambda: page._desk.running is not None)


def take(qtbot: QtBot, page: RecordPage) -> None:
    QTest.keyClick(page, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page._studio.elapsed_ms >= 200)
    with qtbot.waitSignal(page._studio.took):
        QTest.keyClick(page, Qt.Key.Key_Space)


def keep(qtbot: QtBot, page: RecordPage) -> Entry:
    with qtbot.waitSignal(page.kept) as kept:
        page._afterwards.keep.click()
    return kept.args[0]  # type: ignore[no-any-return]


def test_the_card_asks_what_the_day_asks_and_n_turns_to_the_next(
    qtbot: QtBot, page: RecordPage, preferences: Preferences
) -> None:
    begin(qtbot, page)
    card = page._stage.prompt
    assert (card.heading.text(), card.text.text()) == (f"{LAYOFF_NAME} · Day 1", FIRST_QUESTION)
    assert preferences.now.series == LAYOFF
    asked = [card.text.text()]
    for _ in range(3):
        QTest.keyClick(page, Qt.Key.Key_N)
        asked.append(card.text.text())
    assert len(set(asked)) == 3
    assert asked[3] == FIRST_QUESTION, "after the last one the first comes again"


def test_the_entry_says_which_day_it_is_and_what_was_asked_when_it_began(qtbot: QtBot, page: RecordPage) -> None:
    begin(qtbot, page)
    QTest.keyClick(page, Qt.Key.Key_N)
    question = page._stage.prompt.text.text()
    take(qtbot, page)
    assert page._afterwards.belongs.text() == f"{LAYOFF_NAME}, day 1"
    entry = keep(qtbot, page)
    assert (entry.series, entry.prompt) == (SeriesDay(LAYOFF, 1), question)
    qtbot.waitUntil(lambda: page._stage.prompt.heading.text() == f"{LAYOFF_NAME} · Day 2")


def test_without_a_series_the_entry_keeps_the_question_alone(qtbot: QtBot, page: RecordPage) -> None:
    enter(qtbot, page)
    question = page._stage.prompt.text.text()
    take(qtbot, page)
    assert page._afterwards.belongs.isHidden()
    entry = keep(qtbot, page)
    assert (entry.series, entry.prompt) == (None, question)


def test_what_was_not_on_the_screen_was_not_asked(qtbot: QtBot, page: RecordPage, preferences: Preferences) -> None:
    enter(qtbot, page)
    preferences.change(shows_prompts=False)
    take(qtbot, page)
    assert keep(qtbot, page).prompt == ""


def test_a_take_may_stay_out_of_the_series_and_leaves_its_day_open(qtbot: QtBot, page: RecordPage) -> None:
    begin(qtbot, page)
    take(qtbot, page)
    page._afterwards.belongs.click()
    page._afterwards.moods.buttons[1].click()
    entry = keep(qtbot, page)
    assert (entry.series, entry.mood) == (None, Mood.BAD)
    qtbot.waitUntil(lambda: page._studio.state is StudioState.READY)
    assert page._stage.prompt.heading.text() == f"{LAYOFF_NAME} · Day 1"


def test_a_take_that_goes_to_the_bin_leaves_its_day_open(qtbot: QtBot, page: RecordPage) -> None:
    begin(qtbot, page)
    take(qtbot, page)
    with qtbot.waitSignal(page._desk.changed):
        page._discard()
    qtbot.waitUntil(lambda: page._desk.day == SeriesDay(LAYOFF, 1))
    assert page._stage.prompt.text.text() == FIRST_QUESTION


def test_the_series_goes_on_in_another_window_on_another_day(
    qtbot: QtBot, page: RecordPage, preferences: Preferences, location: DiaryLocation, clips: list[Path]
) -> None:
    told(location, clips, LAYOFF, range(1, 3))
    preferences.change(series=LAYOFF)
    enter(qtbot, page)
    assert page._stage.prompt.heading.text() == f"{LAYOFF_NAME} · Day 3"
    assert labels(page)[:2] == ["No series", f"{LAYOFF_NAME}: go on with day 3"]
    assert page._telling.chooser.accessibleName() == f"Series: {LAYOFF_NAME}, day 3"


def test_leaving_is_one_choice(qtbot: QtBot, page: RecordPage, preferences: Preferences) -> None:
    begin(qtbot, page)
    action(page, "No series").trigger()
    assert preferences.now.series == ""
    assert page._stage.prompt.heading.isHidden()
    assert page._stage.prompt.text.text() != FIRST_QUESTION
    assert not page._telling.chooser.isChecked()


def test_a_chosen_series_that_is_gone_is_no_series(qtbot: QtBot, page: RecordPage, preferences: Preferences) -> None:
    preferences.change(series="made-on-another-machine")
    enter(qtbot, page)
    assert page._desk.running is None
    assert page._stage.prompt.heading.isHidden()


def test_after_the_last_day_it_is_over_and_one_can_look_back(
    qtbot: QtBot,
    page: RecordPage,
    window: QWidget,
    preferences: Preferences,
    messages: Messages,
    location: DiaryLocation,
    clips: list[Path],
) -> None:
    told(location, clips, LAYOFF, range(1, 5))
    begin(qtbot, page, f"{LAYOFF_NAME}: go on with day 5")
    take(qtbot, page)
    page._afterwards.moods.buttons[3].click()
    assert preferences.now.series == LAYOFF, "it may yet be recorded again"
    last = keep(qtbot, page)
    qtbot.waitUntil(lambda: f"That was the last day of “{LAYOFF_NAME}”." in messages.shown())
    assert preferences.now.series == ""
    action(page, f"How far you came: {LAYOFF_NAME}").trigger()
    qtbot.waitUntil(lambda: window.findChild(LookBackDialog) is not None)
    dialog = window.findChild(LookBackDialog)
    assert dialog is not None
    watch = [button for button in dialog.findChildren(QPushButton) if button.text() == "Watch"]
    assert [button.accessibleName() for button in watch] == ["Watch day 1", "Watch day 5"]
    with qtbot.waitSignal(page.watch_asked) as asked:
        watch[1].click()
    assert asked.args == [last]


def editor(window: QWidget) -> SeriesEditor:
    found = window.findChild(SeriesEditor)
    assert found is not None
    return found


def deeds(page: RecordPage, label: str) -> dict[str, QAction]:
    """What a menu inside the menu offers."""
    menu = action(page, label).menu()
    return {each.text(): each for each in menu.actions()} if isinstance(menu, QMenu) else {}


def own(qtbot: QtBot, page: RecordPage, name: str = "Mornings", days: int = 3) -> None:
    """A series of the user's own, being told."""
    enter(qtbot, page)
    page._telling._add(Series("", name, days=days, prompts=(("How did you wake?",), ("What first?",))))
    qtbot.waitUntil(lambda: page._desk.running is not None)


def test_a_series_of_ones_own_begins_at_once(
    qtbot: QtBot, page: RecordPage, window: QWidget, preferences: Preferences
) -> None:
    enter(qtbot, page)
    action(page, "A series of your own…").trigger()
    dialog = editor(window)
    dialog.name.setText(" Ten  mornings ")
    dialog.days_of_questions.editor.setPlainText("How did you wake?")
    dialog.yes.click()
    qtbot.waitUntil(lambda: page._stage.prompt.heading.text() == "Ten mornings · Day 1")
    assert page._stage.prompt.text.text() == "How did you wake?"
    assert preferences.now.series == "ten-mornings"


def test_a_series_without_questions_takes_the_usual_ones(qtbot: QtBot, page: RecordPage, window: QWidget) -> None:
    enter(qtbot, page)
    usual = page._stage.prompt.text.text()
    action(page, "A series of your own…").trigger()
    dialog = editor(window)
    dialog.name.setText("Evenings")
    dialog.days.setValue(0)
    dialog.yes.click()
    qtbot.waitUntil(lambda: page._stage.prompt.heading.text() == "Evenings · Day 1")
    assert page._stage.prompt.text.text() == usual
    QTest.keyClick(page, Qt.Key.Key_N)
    assert page._stage.prompt.text.text() not in ("", usual)


def test_only_ones_own_can_be_changed_and_removed_and_all_can_be_copied(qtbot: QtBot, page: RecordPage) -> None:
    enter(qtbot, page)
    assert "Change" not in labels(page)
    assert "Remove" not in labels(page)
    own(qtbot, page)
    assert list(deeds(page, "Change")) == ["Mornings…"]
    assert list(deeds(page, "Remove")) == ["Mornings"]
    assert {"Mornings…", f"{LAYOFF_NAME}…"} < set(deeds(page, "Begin from a copy of"))


def test_what_is_changed_is_asked_from_now_on(
    qtbot: QtBot, page: RecordPage, window: QWidget, messages: Messages
) -> None:
    own(qtbot, page)
    deeds(page, "Change")["Mornings…"].trigger()
    dialog = editor(window)
    dialog.name.setText("Evenings")
    dialog.days_of_questions.later.click()
    dialog.yes.click()
    qtbot.waitUntil(lambda: page._stage.prompt.heading.text() == "Evenings · Day 1")
    assert page._stage.prompt.text.text() == "What first?"
    assert messages.shown() == ["“Evenings” is changed."]


def test_a_removed_series_leaves_its_entries_and_comes_back(
    qtbot: QtBot, page: RecordPage, messages: Messages, location: DiaryLocation, clips: list[Path]
) -> None:
    told(location, clips, "mornings", range(1, 2))
    own(qtbot, page)
    deeds(page, "Remove")["Mornings"].trigger()
    qtbot.waitUntil(lambda: page._desk.running is None)
    assert messages.shown() == ["The series “Mornings” is gone. Its entries stay as they are."]
    with Diary.open(location) as diary:
        assert [entry.series for entry in diary.entries()] == [SeriesDay("mornings", 1)]
    card = messages._cards[0]
    assert card.action is not None
    card.action.click()
    qtbot.waitUntil(lambda: page._desk.day == SeriesDay("mornings", 2))


def test_a_shipped_series_is_copied_and_the_copy_is_ones_own(
    qtbot: QtBot, page: RecordPage, window: QWidget, preferences: Preferences
) -> None:
    enter(qtbot, page)
    deeds(page, "Begin from a copy of")[f"{LAYOFF_NAME}…"].trigger()
    dialog = editor(window)
    assert dialog.name.text() == f"{LAYOFF_NAME}, my way"
    dialog.yes.click()
    qtbot.waitUntil(lambda: page._stage.prompt.heading.text() == f"{LAYOFF_NAME}, my way · Day 1")
    assert page._stage.prompt.text.text() == FIRST_QUESTION
    assert list(deeds(page, "Change")) == [f"{LAYOFF_NAME}, my way…"]


def test_a_name_that_is_taken_is_said_and_changes_nothing(
    qtbot: QtBot, page: RecordPage, window: QWidget, failures: list[object]
) -> None:
    enter(qtbot, page)
    page._telling._add(Series("", LAYOFF_NAME))
    qtbot.waitUntil(lambda: bool(failures))
    assert page._desk.running is None

"""The page of one entry, with a real diary behind it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from clips import make_clip
from duskreel.jobs.outcome import Work
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Mood, SeriesDay, Transcript
from duskreel.library.values import Details
from duskreel.paths import Places
from duskreel.speech.work import TranscribeRequest
from duskreel.timecode import Span
from duskreel.ui.background import Background, Job, JobState
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.entry.entry_page import BESIDES_PICTURE_PX, PICTURE_SHARE, EntryPage
from duskreel.ui.messages import Messages, Question
from duskreel.ui.preferences import Preferences
from duskreel.ui.theme import DARK
from ui.spoken_entries import taken_in, transcript_of

SAID = "I um lost my job today. Then it rained."
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Ask = Callable[[Callable[[Diary], object]], object]


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("entry") / "clip.mp4")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QMainWindow]:
    made = QMainWindow()
    made.resize(1192, 720)
    yield made
    made.close()


@pytest.fixture
def messages(window: QMainWindow) -> Messages:
    return Messages(window, DARK)


@pytest.fixture
def page(
    qtbot: QtBot,
    window: QMainWindow,
    messages: Messages,
    diary_thread: DiaryThread,
    preferences: Preferences,
    background: Background,
    places: Places,
) -> Iterator[EntryPage]:
    made = EntryPage(diary_thread, preferences, background, messages, DARK, places)
    window.setCentralWidget(made)
    window.show()
    window.activateWindow()
    yield made
    made.leave()


@pytest.fixture
def entry(asked: Ask, clip: Path) -> Entry:
    details = Details(title="Monday", mood=Mood.BAD, feelings=("drained",), tags=("work",), note="long")
    return cast("Entry", asked(taken_in(clip, details, SAID)))


@pytest.fixture
def shown(qtbot: QtBot, page: EntryPage, entry: Entry) -> EntryPage:
    """The page with the entry's words on it."""
    page.show_entry(entry)
    qtbot.waitUntil(lambda: page.transcript.shows_words and page.player.playback.is_open)
    page.setFocus()
    return page


@pytest.fixture
def saved(asked: Ask, entry: Entry) -> Callable[[], Entry]:
    """The entry as it is on disk, once all that was asked for before is done."""
    return lambda: cast("Entry", asked(lambda diary: diary.find(entry.id)))


@pytest.fixture
def saved_words(asked: Ask, entry: Entry) -> Callable[[], str]:
    return lambda: cast("Transcript", asked(lambda diary: diary.transcript(entry))).text


def choose(page: EntryPage, first: int, last: int | None = None) -> None:
    page.transcript.view.choose(first, last)


def press(page: EntryPage, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(page, key, held)


# ---- what is shown


def test_everything_about_the_entry_is_there(shown: EntryPage) -> None:
    assert shown.heading.title.text() == "Monday"
    assert shown.details.mood.mood is Mood.BAD
    assert shown.details.felt.text() == "drained"
    assert shown.details.tags.tags == ("work",)
    assert shown.details.note.toPlainText() == "long"
    assert shown.transcript.view.toPlainText() == SAID


def test_another_entry_takes_its_place(qtbot: QtBot, shown: EntryPage, asked: Ask, clip: Path, tmp_path: Path) -> None:
    other_clip = make_clip(tmp_path / "other.mp4", duration_s=1.0, sound="silence")
    other = cast("Entry", asked(taken_in(other_clip, Details(title="Tuesday"), "Other words.")))
    press(shown, Qt.Key.Key_X)
    shown.show_entry(other)
    qtbot.waitUntil(lambda: shown.transcript.view.toPlainText() == "Other words.")
    assert shown.heading.title.text() == "Tuesday"
    assert shown.details.note.toPlainText() == ""
    assert not shown.heading.undo.isEnabled()


def test_its_day_of_a_series_and_its_question_can_be_read(
    qtbot: QtBot, page: EntryPage, entry: Entry, asked: Ask
) -> None:
    told = replace(entry, series=SeriesDay("five-days-after-a-layoff", 3), prompt="What now?")
    told = cast("Entry", asked(lambda diary: diary.update(told)))
    page.show_entry(told)
    day = page.heading.day
    qtbot.waitUntil(lambda: day.text().endswith("  ·  Five days after a layoff, day 3"))
    assert day.toolTip() == "The question was: What now?"
    press(page, Qt.Key.Key_Escape)
    page.show_entry(cast("Entry", asked(lambda diary: diary.update(replace(told, series=None, prompt="")))))
    assert "layoff" not in day.text()
    assert day.toolTip() == ""


def test_it_opens_at_the_moment_that_was_searched_for(qtbot: QtBot, page: EntryPage, entry: Entry) -> None:
    page.show_entry(entry, at_ms=850)
    qtbot.waitUntil(lambda: page.transcript.shows_words and page.player.playback.is_open)
    assert page.player.playback.place_ms == 850
    assert page.transcript.view.spoken == 4


def test_words_follow_the_clip(qtbot: QtBot, shown: EntryPage) -> None:
    press(shown, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: (shown.transcript.view.spoken or 0) >= 2)
    press(shown, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not shown.player.playback.is_playing)


def test_arrows_go_five_seconds(shown: EntryPage, entry: Entry) -> None:
    press(shown, Qt.Key.Key_Right)
    assert shown.player.playback.place_ms == entry.duration_ms
    press(shown, Qt.Key.Key_Left)
    assert shown.player.playback.place_ms == 0


def test_leaving_stops_the_clip(qtbot: QtBot, shown: EntryPage) -> None:
    press(shown, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shown.player.playback.is_playing)
    shown.leave()
    assert not shown.player.playback.is_open


def test_a_page_that_was_left_at_once_opens_nothing(qtbot: QtBot, page: EntryPage, entry: Entry, asked: Ask) -> None:
    page.show_entry(entry)
    page.leave()
    asked(Diary.entries)
    assert not page.player.playback.is_open
    assert not page.transcript.shows_words


# ---- cutting and correcting


def test_x_cuts_the_chosen_words_and_brings_them_back(shown: EntryPage, saved: Callable[[], Entry]) -> None:
    choose(shown, 1, 2)
    press(shown, Qt.Key.Key_X)
    assert saved().cuts == (Span(175, 575),)
    assert shown.player.bar.left_out == (Span(175, 575),)
    assert shown.transcript.cut.text() == "Bring back"
    press(shown, Qt.Key.Key_X)
    assert saved().cuts == ()


def test_correcting_is_saved_and_keeps_the_selection(shown: EntryPage, saved_words: Callable[[], str]) -> None:
    choose(shown, 2)
    press(shown, Qt.Key.Key_E)
    editor = shown.transcript.view.editor
    assert editor.isVisible()
    editor.setText("left")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert saved_words() == "I um left my job today. Then it rained."
    assert "left" in shown.transcript.view.toPlainText()
    assert shown.transcript.view.chosen == (2, 2)


def test_every_change_can_be_undone_and_done_again(
    shown: EntryPage, saved: Callable[[], Entry], saved_words: Callable[[], str]
) -> None:
    choose(shown, 1)
    press(shown, Qt.Key.Key_X)
    shown.transcript.view.corrected.emit(2, "left")
    shown.details.mood.chosen.emit(Mood.GOOD)
    shown.details.feelings.changed.emit(("calm",))
    shown.details.tags.changed.emit(())
    shown.heading.star.click()
    changed, words = saved(), saved_words()
    assert (changed.mood, changed.feelings, changed.tags, changed.starred) == (Mood.GOOD, ("calm",), (), True)
    for _ in range(6):
        press(shown, Qt.Key.Key_Z, CONTROL)
    before = saved()
    assert (before.mood, before.feelings, before.tags, before.starred) == (Mood.BAD, ("drained",), ("work",), False)
    assert before.cuts == ()
    assert saved_words() == SAID
    assert shown.details.mood.mood is Mood.BAD
    for _ in range(6):
        press(shown, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert saved() == changed
    assert saved_words() == words


def test_the_buttons_say_what_they_would_undo(shown: EntryPage) -> None:
    choose(shown, 1)
    press(shown, Qt.Key.Key_X)
    assert shown.heading.undo.toolTip() == "Undo: cut “um” (Ctrl+Z)"
    shown.heading.undo.click()
    assert shown.heading.redo.accessibleName() == "Redo: cut “um”"
    assert not shown.heading.undo.isEnabled()


def test_quick_changes_are_all_kept(shown: EntryPage, saved: Callable[[], Entry]) -> None:
    for position in (1, 3, 5):
        choose(shown, position)
        press(shown, Qt.Key.Key_X)
    shown.details.mood.chosen.emit(Mood.OKAY)
    assert len(saved().cuts) == 3
    assert saved().mood is Mood.OKAY
    assert shown.entry == saved()


# ---- saying more


def test_typing_in_one_go_is_one_step_to_undo(qtbot: QtBot, shown: EntryPage, saved: Callable[[], Entry]) -> None:
    shown.heading.title.setFocus()
    QTest.keyClick(shown.heading.title, Qt.Key.Key_End)
    for letter in "! Yes":
        QTest.keyClicks(shown.heading.title, letter)
        shown.heading.title_settling.settle()
    shown.setFocus()
    assert saved().title == "Monday! Yes"
    shown.heading.undo.click()
    assert saved().title == "Monday"
    assert shown.heading.title.text() == "Monday"


def test_what_is_being_typed_is_saved_when_the_page_is_left(shown: EntryPage, saved: Callable[[], Entry]) -> None:
    shown.details.note.setFocus()
    shown.details.note.setPlainText("not to be lost")
    shown.details.tags.field.setText("unfinished")
    shown.leave()
    assert saved().note == "not to be lost"
    assert saved().tags == ("work", "unfinished")


def test_it_can_be_kept_out_of_memories(shown: EntryPage, saved: Callable[[], Entry]) -> None:
    shown.details.hidden.click()
    assert saved().hidden_from_memories


def test_deleting_goes_back_and_can_be_undone(
    qtbot: QtBot, shown: EntryPage, messages: Messages, window: QMainWindow, asked: Ask, entry: Entry
) -> None:
    with qtbot.waitSignal(shown.left):
        shown.details.delete.click()
    qtbot.waitUntil(lambda: messages.shown() == ["The entry is in the bin."])
    assert asked(lambda diary: diary.entries()) == []
    undo = next(button for button in window.findChildren(type(shown.details.delete)) if button.text() == "Undo")
    undo.click()
    assert [found.id for found in cast("list[Entry]", asked(lambda diary: diary.entries()))] == [entry.id]


# ---- going elsewhere


def test_sharing_hands_over_the_entry_as_it_is_now(qtbot: QtBot, shown: EntryPage) -> None:
    choose(shown, 1)
    press(shown, Qt.Key.Key_X)
    shown.heading.title.setText("Tuesday")
    with qtbot.waitSignal(shown.share_asked) as asked_for:
        press(shown, Qt.Key.Key_E, CONTROL)
    assert asked_for.args is not None
    assert asked_for.args[0].cuts
    assert asked_for.args[0].title == "Tuesday"


def test_escape_first_lets_go_of_the_words_then_of_the_page(qtbot: QtBot, shown: EntryPage) -> None:
    choose(shown, 1)
    with qtbot.assertNotEmitted(shown.left):
        press(shown, Qt.Key.Key_Escape)
    assert shown.transcript.view.chosen is None
    with qtbot.waitSignal(shown.left):
        press(shown, Qt.Key.Key_Escape)


def test_keys_of_a_text_field_stay_in_it(shown: EntryPage, saved: Callable[[], Entry]) -> None:
    choose(shown, 1)
    shown.details.note.setFocus()
    QTest.keyClicks(shown.details.note, "x e ")
    assert shown.entry.cuts == ()
    assert not shown.player.playback.is_playing


# ---- others change it too


def test_a_change_by_others_is_shown_and_undo_still_works(
    qtbot: QtBot, shown: EntryPage, diary_thread: DiaryThread, entry: Entry, saved: Callable[[], Entry]
) -> None:
    choose(shown, 1)
    press(shown, Qt.Key.Key_X)
    diary_thread.change(lambda diary: diary.amend(entry.id, lambda found: replace(found, starred=True)))
    qtbot.waitUntil(shown.heading.star.isChecked)
    assert shown.transcript.view.chosen == (1, 1)
    shown.heading.undo.click()
    assert saved().cuts == ()
    assert saved().starred


def test_new_words_are_shown_and_old_corrections_can_no_longer_be_undone(
    qtbot: QtBot, shown: EntryPage, diary_thread: DiaryThread, entry: Entry
) -> None:
    shown.transcript.view.corrected.emit(2, "left")
    diary_thread.change(lambda diary: diary.save_transcript(entry, transcript_of("Heard anew.")))
    qtbot.waitUntil(lambda: shown.transcript.view.toPlainText() == "Heard anew.")
    assert not shown.heading.undo.isEnabled()


def test_a_change_that_cannot_be_saved_is_told_and_taken_back(
    qtbot: QtBot, shown: EntryPage, messages: Messages, diary_thread: DiaryThread, entry: Entry
) -> None:
    sidecar = diary_thread.location.folder / entry.folder / "entry.json"
    text = sidecar.read_text(encoding="utf-8")
    sidecar.write_text(text.replace('"format": 1', '"format": 99'), encoding="utf-8")
    shown.details.mood.set_mood(Mood.GREAT)
    shown.details.mood.chosen.emit(Mood.GREAT)
    qtbot.waitUntil(lambda: bool(messages.shown()))
    qtbot.waitUntil(lambda: shown.details.mood.mood is Mood.BAD)
    assert not shown.heading.undo.isEnabled()


def test_an_entry_that_others_deleted_is_left(
    qtbot: QtBot, shown: EntryPage, diary_thread: DiaryThread, entry: Entry
) -> None:
    with qtbot.waitSignal(shown.left):
        diary_thread.change(lambda diary: diary.delete(entry))


# ---- preview


def test_playing_without_cuts_hatches_nothing_else(qtbot: QtBot, shown: EntryPage) -> None:
    choose(shown, 1)
    press(shown, Qt.Key.Key_X)
    shown.player.without_cuts.click()
    qtbot.waitUntil(lambda: bool(shown.player.length.text()))
    assert shown.player.bar.left_out == (Span(175, 375),)
    shown.player.without_cuts.click()
    qtbot.waitUntil(lambda: not shown.player.length.text())


def test_playing_without_pauses_hatches_the_silence_at_the_end(
    qtbot: QtBot, page: EntryPage, asked: Ask, clip: Path
) -> None:
    entry = cast("Entry", asked(taken_in(clip, Details(), "Short.")))
    page.show_entry(entry)
    qtbot.waitUntil(lambda: page.transcript.shows_words and page.player.playback.is_open)
    page.player.without_pauses.click()
    qtbot.waitUntil(lambda: page.player.bar.left_out == (Span(500, entry.duration_ms),))


# ---- nothing to read, nothing to see


def test_a_missing_clip_is_said_and_the_rest_can_be_used(
    qtbot: QtBot, page: EntryPage, diary_thread: DiaryThread, entry: Entry, saved: Callable[[], Entry]
) -> None:
    (diary_thread.location.folder / entry.clip_path).unlink()
    page.show_entry(entry)
    qtbot.waitUntil(page.player.trouble.isVisible)
    qtbot.waitUntil(lambda: page.transcript.shows_words)
    press(page, Qt.Key.Key_Space)
    choose(page, 1)
    press(page, Qt.Key.Key_X)
    assert saved().cuts


def test_a_damaged_clip_is_said(qtbot: QtBot, page: EntryPage, diary_thread: DiaryThread, entry: Entry) -> None:
    (diary_thread.location.folder / entry.clip_path).write_bytes(b"nothing" * 5000)
    page.show_entry(entry)
    qtbot.waitUntil(page.player.trouble.isVisible)
    assert not page.player.playback.is_open


def test_a_clip_without_speech_says_so(qtbot: QtBot, page: EntryPage, asked: Ask, clip: Path) -> None:
    page.show_entry(cast("Entry", asked(taken_in(clip, Details(), ""))))
    qtbot.waitUntil(lambda: page.transcript.panel.title.text() == "No words in here")


@pytest.fixture
def unheard_entry(asked: Ask, clip: Path) -> Entry:
    return cast("Entry", asked(taken_in(clip, Details(title="Unheard"), None)))


def test_words_can_be_asked_for(qtbot: QtBot, page: EntryPage, unheard_entry: Entry) -> None:
    page.show_entry(unheard_entry)
    qtbot.waitUntil(page.transcript.panel.button.isVisible)
    with qtbot.waitSignal(page.words_asked) as asked_for:
        page.transcript.panel.button.click()
    assert asked_for.args == [unheard_entry]
    assert page.transcript.panel.text.text() == "It is next in line."


def test_words_appear_when_they_are_there(
    qtbot: QtBot, page: EntryPage, unheard_entry: Entry, diary_thread: DiaryThread
) -> None:
    page.show_entry(unheard_entry)
    qtbot.waitUntil(page.transcript.panel.isVisible)
    diary_thread.change(lambda diary: diary.save_transcript(unheard_entry, transcript_of("There they are.")))
    qtbot.waitUntil(lambda: page.transcript.view.toPlainText() == "There they are.")


def test_progress_is_shown_while_the_words_are_written(
    qtbot: QtBot,
    page: EntryPage,
    unheard_entry: Entry,
    diary_thread: DiaryThread,
    background: Background,
    places: Places,
) -> None:
    page.show_entry(unheard_entry)
    qtbot.waitUntil(page.transcript.panel.isVisible)
    request = TranscribeRequest(diary_thread.location, unheard_entry.id, "base", places.models, None)
    job = Job("Writing down", cast("Work[object, object]", print), request)
    background.changed.emit(JobState(job, "Listening", 0.4, 0))
    assert page.transcript.progress.isVisible()
    assert page.transcript.progress.value() == 400
    assert page.transcript.panel.text.text() == "Listening"
    background.changed.emit(JobState(replace(job, inputs=replace(request, entry_id="another")), "Listening", 0.5, 0))
    assert not page.transcript.progress.isVisible()


def test_a_missing_model_is_said(qtbot: QtBot, page: EntryPage, unheard_entry: Entry, preferences: Preferences) -> None:
    preferences.change(speech_model="huge")
    page.show_entry(unheard_entry)
    qtbot.waitUntil(lambda: "huge" in page.transcript.panel.text.text())


def test_corrections_are_not_lost_without_asking(qtbot: QtBot, shown: EntryPage, window: QMainWindow) -> None:
    shown.transcript.view.corrected.emit(2, "left")
    with qtbot.assertNotEmitted(shown.words_asked):
        shown.transcript.again.click()
    question = window.findChild(Question)
    assert question is not None
    with qtbot.waitSignal(shown.words_asked_anew):
        question.yes.click()


def test_an_unreadable_transcript_is_said(
    qtbot: QtBot, page: EntryPage, entry: Entry, diary_thread: DiaryThread
) -> None:
    path = diary_thread.location.folder / entry.folder / "transcript.json"
    path.write_text('{"format": 99}', encoding="utf-8")
    page.show_entry(entry)
    qtbot.waitUntil(lambda: "cannot be read" in page.transcript.panel.title.text())


def test_enter_in_the_title_gives_the_keys_back_to_the_page(shown: EntryPage, saved: Callable[[], Entry]) -> None:
    shown.heading.title.setFocus()
    shown.heading.title.setText("Tuesday")
    QTest.keyClick(shown.heading.title, Qt.Key.Key_Return)
    assert shown.hasFocus()
    assert saved().title == "Tuesday"


def test_on_a_low_page_a_wide_picture_leaves_room_for_the_details(
    window: QMainWindow, qtbot: QtBot, shown: EntryPage
) -> None:
    window.resize(1192, 720)
    wide = shown.player.picture.heightForWidth(shown.player.picture.width())
    assert wide == shown.height() - BESIDES_PICTURE_PX
    shown._is_wide = False
    window.resize(1192, 721)
    qtbot.waitUntil(lambda: shown.height() == 721)
    shown.player.picture.set_aspect(QSize(9, 16))
    assert shown.player.picture.heightForWidth(shown.player.picture.width()) == round(721 * PICTURE_SHARE)

"""What was said is written down by itself: newest first, one at a time, and never twice in vain."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clips import make_clip
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.values import Details
from duskreel.paths import Places
from duskreel.ui.background import Background, Job
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.preferences import Preferences
from duskreel.ui.words_queue import WordsQueue
from ui.spoken_entries import taken_in

PATIENCE_MS = 20_000
MISSING = "no such model"
DAYS = ("2026-11-20T17:30:00Z", "2026-11-21T17:30:00Z", "2026-11-22T17:30:00Z")

Ask = Callable[..., object]


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Of three days, oldest first."""
    folder = tmp_path_factory.mktemp("footage")
    return [make_clip(folder / f"{day[:10]}.mp4", duration_s=0.6, created=day) for day in DAYS]


@pytest.fixture
def entries(asked: Ask, clips: list[Path]) -> list[Entry]:
    """Oldest first, none with words."""
    found = [asked(taken_in(clip, Details(), None)) for clip in clips]
    return [entry for entry in found if isinstance(entry, Entry)]


@pytest.fixture
def held(background: Background) -> Background:
    """Begins nothing, so that no test waits for processes that it does not need."""
    background.hold()
    return background


@pytest.fixture
def queue(
    diary_thread: DiaryThread,
    preferences: Preferences,
    background: Background,
    failures: list[DiaryError],
    places: Places,
) -> WordsQueue:
    """With a model that is not here, so that every attempt fails."""
    preferences.change(speech_model=MISSING)
    return WordsQueue(diary_thread, preferences, background, failures.append, places)


def waiting_ids(background: Background) -> list[str]:
    return [job.inputs.entry_id for job in background.waiting]


def look(qtbot: QtBot, queue: WordsQueue, background: Background) -> Job:
    """Wait until it has found something to do."""
    queue.look()
    qtbot.waitUntil(lambda: bool(background.waiting))
    return background.waiting[0]


@pytest.mark.usefixtures("entries")
def test_the_newest_comes_first_and_alone(
    qtbot: QtBot, queue: WordsQueue, held: Background, entries: list[Entry], diary_thread: DiaryThread, asked: Ask
) -> None:
    look(qtbot, queue, held)
    for _ in range(2):
        diary_thread.changed.emit()
        asked(Diary.waiting_for_transcript)
    assert waiting_ids(held) == [entries[-1].id]
    assert queue.entry_id == entries[-1].id


@pytest.mark.usefixtures("entries")
def test_nothing_is_begun_that_nobody_wants(
    queue: WordsQueue, held: Background, preferences: Preferences, asked: Ask
) -> None:
    preferences.change(transcribes_by_itself=False)
    queue.look()
    asked(Diary.waiting_for_transcript)
    assert held.waiting == []
    assert queue.entry_id == ""


def test_an_entry_may_be_asked_for_all_the_same(
    queue: WordsQueue, held: Background, entries: list[Entry], preferences: Preferences, places: Places
) -> None:
    preferences.change(transcribes_by_itself=False, language="de")
    queue.ask_for(entries[0], replaces_corrections=True)
    request = held.waiting[0].inputs
    assert (request.entry_id, request.model_name, request.language) == (entries[0].id, MISSING, "de")
    assert request.models_folder == places.models
    assert request.replace_corrections


def test_a_language_that_is_to_be_told_from_the_sound_is_none(
    qtbot: QtBot, queue: WordsQueue, held: Background, entries: list[Entry]
) -> None:
    request = look(qtbot, queue, held).inputs
    assert request.language is None
    assert not request.replace_corrections


def test_what_is_asked_for_comes_before_what_only_waits(
    qtbot: QtBot, queue: WordsQueue, held: Background, entries: list[Entry], asked: Ask
) -> None:
    oldest, middle, newest = entries
    begun = look(qtbot, queue, held)
    queue.ask_for(oldest)
    assert waiting_ids(held) == [newest.id], "one at a time"
    held.cancel(begun)
    assert waiting_ids(held) == [oldest.id]
    held.cancel(held.waiting[0])
    qtbot.waitUntil(lambda: waiting_ids(held) == [middle.id])


def test_what_is_asked_for_while_it_looks_around_is_enough(
    queue: WordsQueue, held: Background, entries: list[Entry], asked: Ask
) -> None:
    queue.look()
    queue.ask_for(entries[0])
    asked(Diary.waiting_for_transcript)
    assert waiting_ids(held) == [entries[0].id]


def test_what_the_user_has_stopped_is_not_begun_again(
    qtbot: QtBot, queue: WordsQueue, held: Background, entries: list[Entry], asked: Ask
) -> None:
    for entry in reversed(entries):
        assert look(qtbot, queue, held).inputs.entry_id == entry.id
        held.cancel(held.waiting[0])
    queue.look()
    asked(Diary.waiting_for_transcript)
    assert held.waiting == []
    queue.ask_for(entries[1])
    assert waiting_ids(held) == [entries[1].id], "unless the user asks for it"


def test_what_failed_is_left_alone_until_the_means_change(
    qtbot: QtBot,
    queue: WordsQueue,
    background: Background,
    entries: list[Entry],
    failures: list[DiaryError],
    preferences: Preferences,
    asked: Ask,
) -> None:
    background.hold()
    look(qtbot, queue, background)
    for entry in entries[:-1]:
        queue._given_up.add(entry.id)
    background.release()
    qtbot.waitUntil(lambda: bool(failures), timeout=PATIENCE_MS)
    assert MISSING in failures[0].what_happened
    queue.look()
    preferences.change(shows_prompts=False, feelings=("calm",))
    asked(Diary.waiting_for_transcript)
    assert (background.running, background.waiting, queue.entry_id) == (None, [], "")
    background.hold()
    preferences.change(language="en")
    qtbot.waitUntil(lambda: waiting_ids(background) == [entries[-1].id])


def test_a_recording_puts_it_off_and_nothing_is_told(
    qtbot: QtBot, queue: WordsQueue, background: Background, entries: list[Entry], failures: list[DiaryError]
) -> None:
    queue.ask_for(entries[0])
    job = background.running
    assert job is not None
    background.hold()
    qtbot.waitUntil(lambda: background.running is None, timeout=PATIENCE_MS)
    assert background.waiting == [job]
    assert queue.entry_id == entries[0].id
    queue.ask_for(entries[1])
    assert background.waiting == [job], "one at a time"
    assert failures == []
    background.release()
    assert background.running is job

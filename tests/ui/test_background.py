"""Long work in other processes: one at a time, in order, and it can always be stopped."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from duskreel.errors import DiaryError
from duskreel.ui.background import Background, Job, JobState
from ui.work import double, refuse, stumble, wait_for_the_end

PATIENCE_MS = 20_000


@pytest.fixture
def bugs() -> list[str]:
    return []


@pytest.fixture
def background(failures: list[DiaryError], bugs: list[str]) -> Iterator[Background]:
    made = Background(failures.append, bugs.append)
    yield made
    made.close()


def is_under_way(background: Background, states: list[JobState | None]) -> bool:
    return any(state is not None and state.job is background.running and state.fraction > 0 for state in states)


def test_jobs_are_done_in_order_and_hand_over_their_results(qtbot: QtBot, background: Background) -> None:
    results: list[int] = []
    stages: list[str] = []
    background.changed.connect(lambda state: stages.append(state.stage if state else "nothing"))
    for number in (1, 2):
        background.submit(Job("Doubling", double, number, done=results.append))
    qtbot.waitUntil(lambda: len(results) == 2, timeout=PATIENCE_MS)
    assert results == [2, 4]
    assert "Doubling" in stages
    assert stages[-1] == "nothing"


def test_a_known_failure_is_told(qtbot: QtBot, background: Background, failures: list[DiaryError]) -> None:
    background.submit(Job("Refusing", refuse, "The model"))
    qtbot.waitUntil(lambda: bool(failures), timeout=PATIENCE_MS)
    assert failures[0].what_happened == "The model is missing."


def test_a_bug_is_logged_and_told(
    qtbot: QtBot, background: Background, failures: list[DiaryError], bugs: list[str]
) -> None:
    background.submit(Job("Stumbling", stumble, None))
    qtbot.waitUntil(lambda: bool(failures), timeout=PATIENCE_MS)
    assert "nobody foresaw this" in bugs[0]


def test_what_runs_can_be_stopped_and_what_waits_goes_on(qtbot: QtBot, background: Background) -> None:
    stopped: list[str] = []
    results: list[int] = []
    endless = Job("Waiting", wait_for_the_end, None, stopped=lambda: stopped.append("endless"))
    background.submit(endless)
    background.submit(Job("Doubling", double, 3, done=results.append))
    background.cancel(endless)
    qtbot.waitUntil(lambda: bool(results), timeout=PATIENCE_MS)
    assert stopped == ["endless"]


def test_what_waits_can_be_taken_back(qtbot: QtBot, background: Background) -> None:
    stopped: list[str] = []
    results: list[int] = []
    background.submit(Job("Doubling", double, 1, done=results.append))
    second = Job("Doubling", double, 2, done=results.append, stopped=lambda: stopped.append("second"))
    background.submit(second)
    background.cancel(second)
    qtbot.waitUntil(lambda: bool(results), timeout=PATIENCE_MS)
    assert (results, stopped) == ([2], ["second"])
    assert background.running is None


def test_a_recording_puts_work_off_and_it_begins_again_afterwards(qtbot: QtBot, background: Background) -> None:
    states: list[JobState | None] = []
    stopped: list[str] = []
    background.changed.connect(states.append)
    endless = Job("Waiting", wait_for_the_end, None, stopped=lambda: stopped.append("endless"))
    background.submit(endless)
    qtbot.waitUntil(lambda: is_under_way(background, states), timeout=PATIENCE_MS)
    background.hold()
    qtbot.waitUntil(lambda: background.running is None, timeout=PATIENCE_MS)
    assert background.waiting == [endless]
    background.release()
    assert background.running is endless
    background.cancel(endless)
    qtbot.waitUntil(lambda: bool(stopped), timeout=PATIENCE_MS)


def test_what_the_user_looks_at_comes_first(background: Background) -> None:
    background.hold()
    jobs = [Job(str(number), double, number) for number in range(3)]
    background.submit(jobs[0])
    background.submit(jobs[1])
    background.submit(jobs[2], first=True)
    assert background.waiting == [jobs[2], jobs[0], jobs[1]]

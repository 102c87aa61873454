"""Work in another thread, answers in this one."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from duskreel.errors import DiaryError
from duskreel.ui.worker import Worker

SORRY = DiaryError("It is gone.", "Look for it.")


@pytest.fixture
def told() -> list[object]:
    return []


@pytest.fixture
def worker(qtbot: QtBot, told: list[object]) -> Iterator[Worker]:
    made = Worker("test", told.append)
    yield made
    made.close()


def refuse() -> None:
    raise SORRY


def test_the_answer_comes_in_the_thread_that_asked(qtbot: QtBot, worker: Worker) -> None:
    threads: list[str] = []
    worker.run(
        lambda: threading.current_thread().name, lambda name: threads.extend([name, threading.current_thread().name])
    )
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0].startswith("test")
    assert threads[1] == "MainThread"


def test_a_known_failure_is_told_unless_the_asker_takes_it(qtbot: QtBot, worker: Worker, told: list[object]) -> None:
    taken: list[object] = []
    worker.run(refuse, failed=taken.append)
    worker.run(refuse)
    qtbot.waitUntil(lambda: bool(told))
    assert taken == told == [SORRY]


def test_of_one_topic_only_the_newest_question_is_answered(qtbot: QtBot, worker: Worker) -> None:
    gate, asked, answers = threading.Event(), [], []
    worker.run(gate.wait)
    for text in ("h", "ho", "hop"):
        worker.run(lambda text=text: asked.append(text) or text, answers.append, topic="search")
    gate.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == asked == ["hop"], "what nobody waits for any more is not even looked up"


def test_who_is_gone_is_not_told(qtbot: QtBot, worker: Worker) -> None:
    owner, answers = QObject(), []
    worker.run(lambda: 1, answers.append, owner=owner)
    delete(owner)
    worker.run(lambda: 2, answers.append)
    qtbot.waitUntil(lambda: 2 in answers)
    assert answers == [2]


def test_a_closed_worker_answers_nobody(qtbot: QtBot, worker: Worker) -> None:
    answers: list[int] = []
    worker.run(lambda: 1, answers.append)
    worker.close()
    worker.run(lambda: 2, answers.append)
    qtbot.wait(1)
    assert answers == []


def test_finishing_does_what_was_asked_for(worker: Worker) -> None:
    done: list[int] = []
    for number in range(3):
        worker.run(lambda number=number: done.append(number))
    worker.finish()
    assert done == [0, 1, 2]

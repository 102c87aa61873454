"""What nobody refers to any more is taken apart in the window's thread, whatever other threads do meanwhile."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from duskreel.ui.garbage import Garbage

MANY = 20_000
"""objects, so many that Python's collector would run several times in the thread that makes them"""


class Knot(QObject):
    """Refers to itself, as a dialog does by the slots of its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


@pytest.fixture
def garbage() -> Iterator[Garbage]:
    made = Garbage()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def taken_apart_in() -> list[str]:
    """The name of the thread in which a forgotten object was taken apart."""
    gc.collect()
    threads: list[str] = []
    knot = Knot()
    weakref.finalize(knot, lambda: threads.append(threading.current_thread().name))
    return threads


def make_many_objects() -> None:
    thread = threading.Thread(target=lambda: [[] for _ in range(MANY)], name="busy")
    thread.start()
    thread.join()


def test_another_thread_takes_nothing_apart(qtbot: QtBot, garbage: Garbage, taken_apart_in: list[str]) -> None:
    make_many_objects()
    assert taken_apart_in == []
    kept = [[] for _ in range(MANY)]  # type: ignore[var-annotated]
    qtbot.waitUntil(lambda: bool(taken_apart_in))
    assert taken_apart_in == [threading.main_thread().name]
    assert len(kept) == MANY


def test_python_collects_again_when_the_window_is_closed(garbage: Garbage) -> None:
    assert not gc.isenabled()
    garbage.stop()
    assert gc.isenabled()

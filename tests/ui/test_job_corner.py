"""What goes on in the background is seen in one quiet place, and stopped there."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from duskreel.ui.background import Background, Job, JobState
from duskreel.ui.job_corner import JobCorner, time_left
from duskreel.ui.theme import DARK
from ui.work import double


@pytest.fixture
def corner(qtbot: QtBot, background: Background) -> JobCorner:
    made = JobCorner(background, DARK)
    made.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    qtbot.addWidget(made)
    return made


def test_it_is_there_only_while_something_goes_on(corner: JobCorner) -> None:
    assert not corner.isVisible()
    corner.show_state(JobState(Job("Importing a.mp4", double, 1), "Copying", 0.25, 0))
    assert corner.isVisible()
    assert corner.what.text() == "Importing a.mp4"
    assert corner.bar.value() == 250
    assert corner.bar.accessibleName() == "Importing a.mp4: 25%"
    assert corner.toolTip() == "Importing a.mp4: Copying"
    corner.show_state(None)
    assert not corner.isVisible()


def test_it_tells_how_much_waits_behind(corner: JobCorner) -> None:
    corner.show_state(JobState(Job("Importing a.mp4", double, 1), "", 0.0, 2))
    assert corner.what.text() == "Importing a.mp4 (+2)"


def test_a_name_that_needs_several_lines_is_not_cut(corner: JobCorner) -> None:
    corner.resize(72, 200)
    title = "Importing Our summer holidays by the sea.mp4"
    corner.show_state(JobState(Job(title, double, 1), "", 0.0, 0))
    assert corner.what.height() >= corner.what.heightForWidth(corner.what.width())


def test_stop_stops_what_is_shown(corner: JobCorner, background: Background) -> None:
    stopped: list[str] = []
    background.hold()
    job = Job("Importing", double, 1, stopped=lambda: stopped.append("it"))
    background.submit(job)
    corner.cancel.click()
    assert stopped == [], "nothing is shown"
    corner.show_state(JobState(job, "", 0.0, 0))
    corner.cancel.click()
    assert stopped == ["it"]


@pytest.mark.parametrize(
    ("fraction", "elapsed_ms", "text"),
    [(0.0, 5000, ""), (0.05, 60_000, ""), (0.5, 30_000, "0:30 left"), (0.25, 60_000, "3:00 left")],
)
def test_the_time_left_is_told_when_it_is_more_than_a_guess(fraction: float, elapsed_ms: int, text: str) -> None:
    assert time_left(fraction, elapsed_ms) == text

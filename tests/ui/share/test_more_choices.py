"""What few shorts need."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from duskreel.export.extras import NO_EXTRAS, Extras, Marks
from duskreel.library.entry import Entry, SeriesDay
from duskreel.ui.share.more_choices import MoreChoices, day_offered_by, day_told_by


@pytest.fixture
def more(qtbot: QtBot) -> MoreChoices:
    made = MoreChoices("short.mp4", None, has_graphics=True)
    qtbot.addWidget(made)
    made.show()
    return made


def entry(title: str, *tags: str) -> Entry:
    return Entry("01", "entries/one", "clip.mp4", datetime.now(UTC), "imported", 1_000, 640, 360, title, tags=tags)


def test_nothing_comes_unasked(more: MoreChoices) -> None:
    assert more.extras_with("") == NO_EXTRAS
    assert more.chosen == []


def test_everything_that_is_ticked_is_wanted_and_told(more: MoreChoices) -> None:
    more.day_field.setText("5")
    for box in more.findChildren(QCheckBox):
        QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    marks = Marks("A line", 5, has_progress_bar=True)
    assert more.extras_with("A line") == Extras(marks, ("srt", "vtt"), *[True] * 4)
    assert more.chosen[:3] == ["Day 5", "Progress bar", "Subtitle file (.srt)"]
    assert len(more.chosen) == 8


def test_every_choice_is_told_at_once(qtbot: QtBot, more: MoreChoices) -> None:
    for box in more.findChildren(QCheckBox):
        with qtbot.waitSignal(more.changed):
            box.toggle()
    with qtbot.waitSignal(more.changed):
        more.day_field.setText("3")


@pytest.mark.parametrize(("typed", "day"), [("", None), ("0", None), ("07", 7), ("-3", 3), ("five", None)])
def test_a_day_is_a_whole_number_from_one_on(more: MoreChoices, typed: str, day: int | None) -> None:
    QTest.keyClicks(more.day_field, typed)
    assert more.day == day


def test_a_day_stays_short_enough_for_its_label(more: MoreChoices) -> None:
    QTest.keyClicks(more.day_field, "123456")
    assert more.day == 12_345


def test_everything_has_a_name_and_says_what_it_is_for(more: MoreChoices) -> None:
    for kind in (QCheckBox, QLineEdit):
        for widget in more.findChildren(kind):
            assert widget.accessibleName()
            assert widget.toolTip()
    assert all(button.accessibleName() for button in more.findChildren(QPushButton))


def test_an_encoder_that_cannot_be_there_is_not_offered(qtbot: QtBot) -> None:
    made = MoreChoices("short.mp4", None, has_graphics=False)
    qtbot.addWidget(made)
    made.show()
    assert not made.uses_hardware.isVisible()
    assert not made.extras_with("").uses_hardware


def test_the_day_of_a_private_series_is_offered_and_not_taken(qtbot: QtBot) -> None:
    told = replace(entry("A walk"), series=SeriesDay("five-days-after-a-layoff", 3))
    made = MoreChoices("short.mp4", day_told_by(told), has_graphics=False, day_hint=day_offered_by(told))
    qtbot.addWidget(made)
    assert made.day_field.placeholderText() == "3?"
    assert made.day is None
    assert made.extras_with("").marks.day is None
    assert day_offered_by(entry("A walk")) == "None"


@pytest.mark.parametrize(
    ("told", "day"),
    [
        (entry("Day 5"), 5),
        (entry("day 12: the interview"), 12),
        (entry("Day 3 without work"), 3),
        (entry("A walk", "outside", "day 7"), 7),
        (entry("A walk", "Day-8"), 8),
        (entry("Day 5", "day6"), 6),
    ],
)
def test_an_entry_may_call_itself_a_day_of_a_series(told: Entry, day: int) -> None:
    assert day_told_by(told) == day


@pytest.mark.parametrize(
    "told", [entry(""), entry("The 5th day"), entry("A day 5 of us had"), entry("Day 2.5"), entry("Day 5th"),
             entry("Days 5"), entry("", "day 3 again"), entry("Day 0"), entry("Day 123456")]
)  # fmt: skip
def test_other_numbers_are_no_days(told: Entry) -> None:
    assert day_told_by(told) is None

"""Who decides what the upright picture shows."""

import pytest
from pytestqt.qtbot import QtBot

from duskreel.ui.share.framing_choice import MIDDLE, FramingChoice


@pytest.fixture
def framing(qtbot: QtBot) -> FramingChoice:
    return FramingChoice()


def test_until_the_face_is_found_the_middle_is_shown_and_the_export_looks_for_it(framing: FramingChoice) -> None:
    assert (framing.position, framing.wish, framing.is_looking) == (0.5, "face", True)


def test_the_export_gets_the_very_place_that_was_shown(framing: FramingChoice) -> None:
    framing.found(0.3)
    assert (framing.position, framing.wish) == (0.3, 0.3)


def test_without_a_face_the_middle_is_made(framing: FramingChoice) -> None:
    framing.found(None)
    assert framing.has_no_face
    assert framing.wish == 0.5


def test_a_face_found_late_does_not_take_the_picture_out_of_the_hand(framing: FramingChoice) -> None:
    framing.move_to(0.9)
    framing.found(0.3)
    assert (framing.by, framing.wish) == ("hand", 0.9)
    framing.choose("face")
    assert framing.wish == 0.3


def test_the_hand_takes_over_where_the_window_stands(framing: FramingChoice) -> None:
    framing.found(0.3)
    framing.choose("hand")
    assert framing.position == 0.3


@pytest.mark.parametrize(("asked", "given"), [(-0.2, 0.0), (1.7, 1.0)])
def test_the_window_stays_on_the_picture(framing: FramingChoice, asked: float, given: float) -> None:
    framing.move_to(asked)
    assert framing.position == given


def test_a_guess_is_shown_until_the_face_is_known() -> None:
    framing = FramingChoice()
    framing.guess(0.7)
    assert framing.position == 0.7
    assert framing.wish == "face", "the export is to look for itself"
    framing.found(0.6)
    framing.guess(0.7)
    assert framing.wish == framing.position == 0.6


def test_no_guess_changes_nothing() -> None:
    framing = FramingChoice()
    framing.guess(None)
    assert framing.is_looking
    assert framing.position == MIDDLE

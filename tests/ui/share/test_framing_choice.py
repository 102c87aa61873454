"""Who decides what the upright picture shows."""

import pytest
from pytestqt.qtbot import QtBot

from duskreel.edit.framing import Face
from duskreel.export.preview import FoundFaces
from duskreel.ui.share.framing_choice import MIDDLE, FramingChoice

FACES = (Face(0, 0.25, 0.2, 0.1, 0.2), Face(200, 0.25, 0.2, 0.1, 0.2))
FOUND = FoundFaces(FACES, 0.3)
NONE = FoundFaces((), None)


@pytest.fixture
def framing(qtbot: QtBot) -> FramingChoice:
    return FramingChoice()


def test_until_the_face_is_found_the_middle_is_shown_and_the_export_looks_for_it(framing: FramingChoice) -> None:
    assert (framing.position, framing.wish, framing.is_looking) == (0.5, "face", True)
    assert framing.all_faces is None


def test_the_export_gets_the_very_faces_that_were_shown(framing: FramingChoice) -> None:
    framing.found(FOUND)
    assert (framing.position, framing.wish, framing.all_faces) == (0.3, "face", FACES)


def test_without_a_face_nobody_looks_again(framing: FramingChoice) -> None:
    framing.found(NONE)
    assert framing.has_no_face
    assert framing.position == MIDDLE
    assert framing.all_faces == ()


def test_who_could_not_look_leaves_it_to_the_export(framing: FramingChoice) -> None:
    framing.found(None)
    assert framing.has_no_face
    assert framing.all_faces is None


def test_a_face_found_late_does_not_take_the_picture_out_of_the_hand(framing: FramingChoice) -> None:
    framing.move_to(0.9)
    framing.found(FOUND)
    assert (framing.by, framing.wish) == ("hand", 0.9)
    framing.choose("face")
    assert framing.wish == "face"


def test_the_hand_takes_over_where_the_window_stands(framing: FramingChoice) -> None:
    framing.found(FOUND)
    framing.choose("hand")
    assert framing.position == framing.wish == 0.3


@pytest.mark.parametrize(("asked", "given"), [(-0.2, 0.0), (1.7, 1.0)])
def test_the_window_stays_on_the_picture(framing: FramingChoice, asked: float, given: float) -> None:
    framing.move_to(asked)
    assert framing.position == given


def test_a_guess_is_shown_until_the_face_is_known(framing: FramingChoice) -> None:
    framing.guess(FoundFaces(FACES[:1], 0.7))
    assert (framing.position, framing.faces) == (0.7, FACES[:1])
    assert framing.all_faces is None, "the export is to look for itself"
    framing.found(FOUND)
    framing.guess(FoundFaces(FACES[:1], 0.7))
    assert (framing.position, framing.faces) == (0.3, FACES)


@pytest.mark.parametrize("guess", [None, NONE])
def test_no_guess_changes_nothing(framing: FramingChoice, guess: FoundFaces | None) -> None:
    framing.guess(guess)
    assert framing.is_looking
    assert framing.position == MIDDLE

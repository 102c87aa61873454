"""Where a short goes."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from duskreel.ui.share.place_choice import WIDTH_PX, PlaceChoice


@pytest.fixture
def place(qtbot: QtBot) -> PlaceChoice:
    made = PlaceChoice("short.mp4")
    qtbot.addWidget(made)
    made.show()
    return made


def test_without_a_choice_the_diary_keeps_it(place: PlaceChoice) -> None:
    assert place.output is None
    assert not place.may_replace
    assert "diary" in place.told.text()


def test_another_place_is_told_by_file_and_folder(qtbot: QtBot, place: PlaceChoice, tmp_path: Path) -> None:
    with qtbot.waitSignal(place.changed):
        place.save_to(str(tmp_path / "films" / "one.mp4"))
    assert place.output == tmp_path / "films" / "one.mp4"
    assert place.told.text() == "one.mp4, in films"
    assert place.told.toolTip() == str(tmp_path / "films" / "one.mp4")


def test_a_file_that_was_there_when_it_was_chosen_may_go(place: PlaceChoice, tmp_path: Path) -> None:
    (tmp_path / "one.mp4").touch()
    place.save_to(str(tmp_path / "one.mp4"))
    assert place.may_replace
    place.save_to(str(tmp_path / "two.mp4"))
    assert not place.may_replace


def test_a_long_name_leaves_room_for_the_button(place: PlaceChoice, tmp_path: Path) -> None:
    place.save_to(str(tmp_path / f"{'very ' * 30}long.mp4"))
    assert "…" in place.told.text()
    assert place.told.sizeHint().width() <= WIDTH_PX

"""A diary that knew entries and finds none of them says so kindly, and for as long as it is so."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.values import DiaryLocation

Plant = Callable[..., Entry]


def notices(location: DiaryLocation) -> list[str]:
    with Diary.open(location) as diary:
        return diary.notices


@pytest.fixture
def known(location: DiaryLocation, plant: Plant) -> list[Entry]:
    """Three entries that the index knows."""
    entries = [plant(number, with_clip=True) for number in (1, 2, 3)]
    notices(location)
    return entries


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("is_made_anew", [False, True])
def test_entries_of_which_none_is_there_are_asked_about(location: DiaryLocation, *, is_made_anew: bool) -> None:
    shutil.rmtree(location.folder / "entries")
    if is_made_anew:
        (location.folder / "entries/2026/11").mkdir(parents=True)
    for _ in range(2):
        (notice,) = notices(location)
        assert notice.startswith("Your diary knew 3 entries, and none is in the folder. Is its disk there")


@pytest.mark.usefixtures("known")
def test_when_they_are_there_again_nothing_more_is_said(location: DiaryLocation, tmp_path: Path) -> None:
    (location.folder / "entries").rename(tmp_path / "elsewhere")
    assert notices(location)
    (tmp_path / "elsewhere").rename(location.folder / "entries")
    with Diary.open(location) as diary:
        assert (len(diary.entries()), diary.notices) == (3, [])


def test_a_new_recording_is_a_new_beginning(location: DiaryLocation, known: list[Entry], plant: Plant) -> None:
    shutil.rmtree(location.folder / "entries")
    assert notices(location)
    new = plant(4, with_clip=True)
    assert notices(location) == []
    with Diary.open(location) as diary:
        diary.delete(new)
    assert notices(location) == [], "what was lost before has been told"
    assert known


def test_entries_that_were_deleted_in_the_diary_are_not_lost(location: DiaryLocation, known: list[Entry]) -> None:
    with Diary.open(location) as diary:
        for entry in known:
            diary.delete(entry)
    assert notices(location) == []


def test_entries_that_another_computer_put_into_the_bin_are_not_lost(
    location: DiaryLocation, known: list[Entry]
) -> None:
    (location.folder / "bin").mkdir(exist_ok=True)
    for entry in known[:2]:
        folder = location.folder / entry.folder
        folder.rename(location.folder / "bin" / folder.name)
    assert notices(location) == []
    (location.folder / known[2].folder).rename(location.folder / "bin" / "last")
    assert notices(location) == []


def test_a_bin_with_a_few_others_in_it_hides_no_loss(location: DiaryLocation, known: list[Entry]) -> None:
    with Diary.open(location) as diary:
        diary.delete(known[0])
    shutil.rmtree(location.folder / "entries")
    assert "knew 2 entries" in notices(location)[0]


def test_a_single_entry_is_asked_about_in_the_singular(location: DiaryLocation, plant: Plant) -> None:
    plant(1)
    notices(location)
    shutil.rmtree(location.folder / "entries")
    assert notices(location)[0].startswith("Your diary knew 1 entry, and it is not in the folder.")


def test_a_new_diary_has_lost_nothing(location: DiaryLocation) -> None:
    assert notices(location) == []


@pytest.mark.usefixtures("known")
def test_a_note_that_was_garbled_says_nothing(location: DiaryLocation) -> None:
    shutil.rmtree(location.folder / "entries")
    assert notices(location)
    (note,) = (location.state / "missing").iterdir()
    for garbled in ("[]", "{", '{"entries": "many"}'):
        note.write_text(garbled)
        assert notices(location) == []

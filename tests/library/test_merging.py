"""Two entries of one film become one, and the other waits in the bin."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from duskreel.errors import DiaryError
from duskreel.library import sidecars
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Mood, Transcript

Plant = Callable[..., Entry]
Said = Callable[[str], Transcript]


@pytest.fixture
def two(diary: Diary, plant: Plant) -> tuple[Entry, Entry]:
    """Two entries with the same film; the second one's sidecar is the newer."""
    best = plant(1, with_clip=True, title="One", note="Mine", tags=("a",), mood=Mood.BAD)
    other = plant(2, with_clip=True, title="Two", note="Theirs", tags=("b",), starred=True, source="import")
    for seconds, entry in enumerate((best, other)):
        os.utime(home_of(diary, entry) / sidecars.ENTRY, (1_700_000_000 + seconds,) * 2)
    diary.reindex()
    return diary.find(best.id), diary.find(other.id)


def home_of(diary: Diary, entry: Entry) -> Path:
    return diary.location.folder / entry.folder


def test_one_entry_says_what_both_said_and_has_the_facts_of_its_own_clip(
    diary: Diary, two: tuple[Entry, Entry]
) -> None:
    best, other = two
    whole = diary.merge(best, other)
    assert diary.entries() == [whole]
    assert (whole.id, whole.folder, whole.recorded_at, whole.source) == (
        best.id,
        best.folder,
        best.recorded_at,
        "camera",
    )
    assert (whole.title, set(whole.tags), whole.starred, whole.mood) == ("Two", {"a", "b"}, True, Mood.BAD)
    assert {"Mine", "Theirs", "One"} <= set(whole.note.splitlines())
    assert sidecars.read_entry(home_of(diary, best), best.folder) == whole


def test_the_other_one_waits_in_the_bin_as_it_was(diary: Diary, two: tuple[Entry, Entry]) -> None:
    best, other = two
    clip = (home_of(diary, other) / other.clip).read_bytes()
    diary.merge(best, other)
    (binned,) = diary.binned()
    assert (binned.id, binned.title, binned.note) == (other.id, "Two", "Theirs")
    assert (diary.location.folder / binned.clip_path).read_bytes() == clip
    assert diary.restore(other.id).title == "Two"


def test_the_words_of_both_are_brought_together(diary: Diary, two: tuple[Entry, Entry], said: Said) -> None:
    best, other = two
    diary.save_transcript(other, said("only the other one has words"))
    assert diary.transcript(diary.merge(best, other)) == said("only the other one has words")


def test_where_a_sidecar_cannot_be_read_nothing_is_merged(diary: Diary, two: tuple[Entry, Entry]) -> None:
    best, other = two
    newer = home_of(diary, other) / sidecars.ENTRY
    newer.write_text(json.dumps({**json.loads(newer.read_text()), "format": 99}))
    before = (home_of(diary, best) / sidecars.ENTRY).read_bytes()
    with pytest.raises(DiaryError, match="nothing was merged"):
        diary.merge(best, other)
    assert (home_of(diary, best) / sidecars.ENTRY).read_bytes() == before
    assert home_of(diary, other).is_dir()


def test_what_stays_is_written_before_the_other_goes(
    diary: Diary, two: tuple[Entry, Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    best, other = two

    def full(_path: Path, _data: object) -> None:
        raise DiaryError("The disk is full.", "Make room.")

    with monkeypatch.context() as patch:
        patch.setattr(sidecars, "write", full)
        with pytest.raises(DiaryError, match="full"):
            diary.merge(best, other)
    assert {entry.title for entry in diary.entries()} == {"One", "Two"}
    assert diary.binned() == []


def test_the_best_one_is_whole_and_recorded_here(diary: Diary, two: tuple[Entry, Entry], plant: Plant) -> None:
    best, other = two
    bare = plant(3, title="No clip")
    cut_off = replace(plant(4, with_clip=True), recovered=True)
    assert diary.best_first([bare, other, cut_off, best])[0] == best
    assert diary.best_first([bare, other]) == (other, bare)
    assert diary.best_first([cut_off, other])[0] == other


def test_of_equal_ones_that_with_words_is_best(diary: Diary, plant: Plant, said: Said) -> None:
    one, other = plant(1, with_clip=True), plant(2, with_clip=True)
    diary.reindex()
    diary.save_transcript(one, said("words"))
    assert diary.best_first([other, one])[0].id == one.id


def test_a_copied_folder_is_known_by_its_id(diary: Diary, two: tuple[Entry, Entry]) -> None:
    best, _ = two
    assert diary.copied_folders() == []
    home = home_of(diary, best)
    shutil.copytree(home, home.with_name(f"{home.name} (1)"))
    ((first, second),) = diary.copied_folders()
    assert first.id == second.id == best.id
    assert (first.folder, second.folder) == (best.folder, f"{best.folder} (1)"), "the one that the diary shows"
    assert diary.merge(first, second).title == "One"
    assert len(diary.entries()) == 2


def test_a_restored_entry_is_united_with_what_a_sync_brought_without_its_clip(
    diary: Diary, two: tuple[Entry, Entry]
) -> None:
    best, _ = two
    diary.delete(best)
    home = home_of(diary, best)
    home.mkdir(parents=True)
    (home / sidecars.ENTRY).write_text(json.dumps(replace(best, note="Changed elsewhere").to_json()))
    diary.reindex()
    whole = diary.restore(best.id)
    assert "Changed elsewhere" in whole.note
    assert (diary.location.folder / whole.clip_path).is_file()
    assert len([entry for entry in diary.entries() if entry.id == best.id]) == 1

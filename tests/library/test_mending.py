import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from duskreel.library.diary import Diary, DiaryLocation
from duskreel.library.entry import Entry

Plant = Callable[..., Entry]


def spoil(location: DiaryLocation, entry: Entry, content: bytes = b"\0" * 200) -> Path:
    path = location.folder / entry.folder / "entry.json"
    path.write_bytes(content)
    return path


def test_a_broken_sidecar_is_made_anew_from_the_index(diary: Diary, plant: Plant) -> None:
    entry = plant(1, note="dear diary", unknown={"weather": "grey"})
    Diary.open(diary.location).close()
    path = spoil(diary.location, entry)
    with Diary.open(diary.location) as again:
        assert again.entries() == [entry]
        assert "entry.json.broken" in again.notices[0]
    assert path.with_name("entry.json.broken").read_bytes() == b"\0" * 200
    assert json.loads(path.read_text()) == entry.to_json()
    with Diary.open(diary.location) as again:
        assert again.notices == []


def test_a_broken_sidecar_that_nobody_remembers_is_made_from_the_clip(diary: Diary, plant: Plant) -> None:
    planted = plant(1, with_clip=True)
    path = spoil(diary.location, planted, b'{"id": "01JD')
    with Diary.open(diary.location) as again:
        (entry,) = again.entries()
        assert (entry.folder, entry.clip, entry.duration_ms) == (planted.folder, "clip.mp4", 2000)
        assert entry.recorded_at == datetime(2026, 11, 24, 18, 4, 12).astimezone()
        assert again.clip_info(entry).width == entry.width
    assert path.with_name("entry.json.broken").read_bytes() == b'{"id": "01JD'


def test_what_cannot_be_made_anew_is_left_as_it_is(diary: Diary, plant: Plant) -> None:
    path = spoil(diary.location, plant(1), b"{")
    good = plant(2)
    with Diary.open(diary.location) as again:
        assert again.entries() == [good]
        assert "could not be read" in again.notices[0]
    assert path.read_bytes() == b"{"
    assert sorted(item.name for item in path.parent.iterdir()) == ["entry.json"]


def test_a_lost_sidecar_is_written_anew_from_the_index(diary: Diary, plant: Plant) -> None:
    entry = plant(1, with_clip=True, note="dear diary")
    Diary.open(diary.location).close()
    (diary.location.folder / entry.folder / "entry.json").unlink()
    with Diary.open(diary.location) as again:
        assert again.entries() == [entry]
        assert "written anew" in again.notices[0]


def test_a_folder_that_is_half_deleted_is_no_entry(diary: Diary, plant: Plant) -> None:
    entry = plant(1)
    Diary.open(diary.location).close()
    (diary.location.folder / entry.folder / "entry.json").unlink()
    with Diary.open(diary.location) as again:
        assert again.entries() == []
        assert len(again.problems()) == 1


def test_a_clip_without_a_sidecar_is_taken_in_when_asked(diary: Diary, plant: Plant) -> None:
    """Not by itself: a sync may still be bringing the sidecar."""
    planted = plant(1, with_clip=True)
    (diary.location.folder / planted.folder / "entry.json").unlink()
    with Diary.open(diary.location) as again:
        assert again.entries() == []
        assert again.reindex() == 1
        assert again.entries()[0].folder == planted.folder


def test_what_a_newer_program_wrote_is_left_alone_and_remembered(diary: Diary, plant: Plant) -> None:
    entry = plant(1)
    Diary.open(diary.location).close()
    path = spoil(diary.location, entry, b'{"format": 2}')
    for _ in range(2):
        with Diary.open(diary.location) as again:
            assert again.entries() == [entry]
            assert "newer" in again.notices[0]
    assert path.read_bytes() == b'{"format": 2}'


def test_of_two_folders_with_one_id_the_known_one_is_shown(diary: Diary, plant: Plant) -> None:
    entry = plant(2)
    Diary.open(diary.location).close()
    copy = plant(1, id=entry.id)
    assert copy.folder < entry.folder
    with Diary.open(diary.location) as again:
        assert again.entries() == [entry]
        assert "same id" in again.notices[0]
        assert again.reindex() == 1
    assert (diary.location.folder / copy.folder / "entry.json").exists()


def test_an_edit_of_a_copy_does_not_take_over(diary: Diary, plant: Plant) -> None:
    entry = plant(1)
    copy = plant(2, id=entry.id)
    Diary.open(diary.location).close()
    spoil(diary.location, copy, json.dumps(replace(copy, title="edited").to_json()).encode())
    with Diary.open(diary.location) as again:
        assert again.entries() == [entry]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": 1}'])
def test_a_broken_transcript_found_at_start_is_kept_aside(diary: Diary, plant: Plant, content: bytes) -> None:
    entry = plant(1)
    path = diary.location.folder / entry.folder / "transcript.json"
    path.write_bytes(content)
    with Diary.open(diary.location) as again:
        assert again.waiting_for_transcript() == [entry]
        assert "transcript.json.broken" in again.notices[0]
    assert path.with_name("transcript.json.broken").read_bytes() == content
    with Diary.open(diary.location) as again:
        assert again.notices == []

"""The same film twice, and the same folder twice."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import pytest

from clips import make_clip, tone
from duskreel.library.diary import Details, Diary
from duskreel.library.duplicates import Group, find_duplicates, merge_duplicates
from duskreel.library.entry import Entry, Transcript
from duskreel.progress import CancelToken, unheard

TakeIn = Callable[..., Entry]
Said = Callable[[str], Transcript]


@pytest.fixture
def remuxed(two_seconds: Path, tmp_path: Path) -> Path:
    """The same film in another container."""
    target = tmp_path / "the same.mkv"
    with av.open(str(two_seconds)) as source, av.open(str(target), "w") as container:
        streams = {stream.index: container.add_stream_from_template(stream) for stream in source.streams}
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream_index]
                container.mux(packet)
    return target


def groups(diary: Diary) -> list[Group]:
    return find_duplicates(diary.location, progress=unheard, token=CancelToken())


def test_one_film_in_two_containers_becomes_one_entry(
    diary: Diary, imported: Entry, take_in: TakeIn, remuxed: Path, said: Said
) -> None:
    other = take_in(remuxed, Details(title="The same", tags=("family",), note="said twice"))
    diary.save_transcript(other, said("hello there"))
    (group,) = groups(diary)
    assert {entry.id for entry in group.entries} == {imported.id, other.id}
    (kept,) = merge_duplicates(diary, [group])
    assert diary.entries() == [kept]
    assert kept.tags == ("family",)
    assert {"Monday", "The same"} == {kept.title} | ({"Monday", "The same"} & set(kept.note.splitlines()))
    assert "said twice" in kept.note
    assert diary.search("hello")[0].entry.id == kept.id
    assert len(diary.binned()) == 1
    assert groups(diary) == []
    assert diary.problems() == []


def test_films_that_only_look_alike_are_left_alone(diary: Diary, take_in: TakeIn, tmp_path: Path) -> None:
    take_in(make_clip(tmp_path / "one.mp4", sound=tone(2.0, 440, 0.3)))
    take_in(make_clip(tmp_path / "other.mp4", sound=tone(2.0, 440, 0.1)))
    assert groups(diary) == []


def test_a_folder_that_a_sync_copied_is_merged_into_the_one_that_is_shown(diary: Diary, imported: Entry) -> None:
    home = diary.location.folder / imported.folder
    copy = home.with_name(f"{home.name} (conflicted copy)")
    shutil.copytree(home, copy)
    diary.amend(imported.id, lambda entry: replace(entry, tags=("work",)))
    with Diary.open(diary.location) as again:
        assert any("same id" in problem.what for problem in again.problems())
        (group,) = groups(again)
        assert group.is_copied_folder
        assert group.entries[0].folder == imported.folder
        merge_duplicates(again, [group])
        assert [entry.tags for entry in again.entries()] == [("work",)]
        assert again.problems() == []
    assert not copy.exists()

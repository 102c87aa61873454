"""The same film twice, and the same folder twice."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from clips import make_clip, tone
from duskreel.errors import DiaryError
from duskreel.library.diary import Details, Diary
from duskreel.library.duplicates import Group, find_duplicates, merge_duplicates
from duskreel.library.entry import Entry, Transcript
from duskreel.progress import CancelToken, unheard

TakeIn = Callable[..., Entry]
Said = Callable[[str], Transcript]


@pytest.fixture
def remuxed(two_seconds: Path, tmp_path: Path) -> Path:
    """The same film in another container."""
    return remux(two_seconds, tmp_path / "the same.mkv")


def remux(source_file: Path, target: Path) -> Path:
    with av.open(str(source_file)) as source, av.open(str(target), "w") as container:
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


def flashing(at_s: float) -> Callable[[tuple[int, int], float], av.VideoFrame]:
    """Black but for a moment."""

    def draw(size: tuple[int, int], time_s: float) -> av.VideoFrame:
        level = 200 if at_s < time_s < at_s + 0.2 else 0
        pixels = np.full((size[1], size[0], 3), level, np.uint8)
        return av.VideoFrame.from_ndarray(pixels, "rgb24").reformat(format="yuv420p")

    return draw


@pytest.mark.parametrize("sound", [None, "silence", "tone"])
def test_films_that_differ_only_between_the_pictures_looked_at_are_left_alone(
    diary: Diary, take_in: TakeIn, tmp_path: Path, sound: str | None
) -> None:
    for number, at_s in enumerate((0.4, 1.4)):
        take_in(make_clip(tmp_path / f"{number}.mp4", sound=sound, draw=flashing(at_s)))
    assert groups(diary) == []


def test_a_silent_film_in_two_containers_is_found(diary: Diary, take_in: TakeIn, tmp_path: Path) -> None:
    one = make_clip(tmp_path / "one.mp4", sound=None)
    for clip in (one, remux(one, tmp_path / "other.mkv")):
        take_in(clip)
    assert len(groups(diary)) == 1


def test_another_film_with_the_same_id_is_no_copy(diary: Diary, imported: Entry, tmp_path: Path) -> None:
    home = diary.location.folder / imported.folder
    for name, is_other in (("begun from it", True), ("half synced", False)):
        copy = home.with_name(name)
        shutil.copytree(home, copy)
        content = (home / "clip.mp4").read_bytes()
        (copy / "clip.mp4").write_bytes(content[:-9] + b"different" if is_other else content[:5000])
    with Diary.open(diary.location) as again:
        (group,) = groups(again)
    assert [entry.folder.rpartition("/")[2] for entry in group.entries] == [home.name, "half synced"]


@pytest.mark.parametrize("sidecar", ["entry.json", "transcript.json"])
@pytest.mark.parametrize("content", ['{"format": 2, "id": "x"}', "{"])
def test_what_cannot_be_read_is_not_written_over_by_a_merge(
    diary: Diary, imported: Entry, take_in: TakeIn, remuxed: Path, said: Said, sidecar: str, content: str
) -> None:
    both = (imported, take_in(remuxed))
    for entry in both:
        diary.save_transcript(entry, said("hello there"))
    (group,) = groups(diary)
    path = diary.location.folder / group.entries[0].folder / sidecar
    path.write_text(content)
    with pytest.raises(DiaryError, match="nothing was merged"):
        merge_duplicates(diary, [group])
    assert path.read_text() == content
    assert diary.binned() == []

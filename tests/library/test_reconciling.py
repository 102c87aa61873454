"""Diaries in synced folders."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duskreel.errors import DiaryError
from duskreel.library.diary import Diary, DiaryLocation
from duskreel.library.entry import Entry, Mood, Transcript
from library.two_machines import Machines, everything_in

Plant = Callable[..., Entry]
Said = Callable[[str], Transcript]

COPIES = (
    "{}.sync-conflict-20261123-180412-ABCDEFG.json",
    "{} (conflicted copy 2026-11-23 180412).json",
    "{} (Anna's conflicted copy 2026-11-23).json",
    "{}-LAPTOP.json",
    "{} 2.json",
    "{} (1).json",
)


@pytest.fixture
def home(diary: Diary, plant: Plant, said: Said) -> Path:
    """The folder of an entry with words, which the index knows."""
    entry = plant(1, with_clip=True, tags=("work",), title="Monday")
    folder = diary.location.folder / entry.folder
    (folder / "transcript.json").write_text(json.dumps(said("the least thing").to_json()))
    Diary.open(diary.location).close()
    return folder


def copy_of(home: Path, name: str, sidecar: str = "entry", *, older_by_s: int = 60, **changes: object) -> Path:
    """Another computer's version of a sidecar."""
    path = home / name.format(sidecar)
    data = json.loads((home / f"{sidecar}.json").read_text())
    path.write_text(json.dumps({**data, **changes}))
    changed_s = (home / f"{sidecar}.json").stat().st_mtime - older_by_s
    os.utime(path, (changed_s, changed_s))
    return path


def only_entry(location: DiaryLocation) -> Entry:
    with Diary.open(location) as diary:
        (entry,) = diary.entries()
    return entry


@pytest.mark.parametrize("name", COPIES)
def test_a_second_version_is_united_with_the_first_and_moved_aside(diary: Diary, home: Path, name: str) -> None:
    copy = copy_of(home, name, title="Tuesday", tags=["home"], starred=True, mood=2)
    content = copy.read_bytes()
    with Diary.open(diary.location) as again:
        (entry,) = again.entries()
        assert "two computers" in again.notices[0]
        assert again.search("tuesday")
        assert again.problems() == []
    assert (entry.title, entry.tags, entry.starred, entry.mood) == ("Monday", ("work", "home"), True, Mood.BAD)
    assert entry.note == f"From “{copy.name}”:\nTuesday"
    assert not copy.exists()
    assert (home / "merged" / copy.name).read_bytes() == content
    with Diary.open(diary.location) as again:
        assert (again.notices, again.entries()) == ([], [entry])


def test_the_newer_title_stays_whichever_file_has_it(diary: Diary, home: Path) -> None:
    copy_of(home, COPIES[0], title="Tuesday", older_by_s=-60)
    entry = only_entry(diary.location)
    assert entry.title == "Tuesday"
    assert "Monday" in entry.note


def test_what_only_one_computer_changed_is_taken_from_it(diary: Diary, home: Path) -> None:
    """The index's machine changed the mood, another one the title and a tag; both knew “Monday” and “work”."""
    with Diary.open(diary.location) as again:
        before = again.find("latest")
        again.amend("latest", lambda entry: replace(entry, mood=Mood.GOOD))
    copy_of(home, COPIES[0], **{**before.to_json(), "title": "A better name", "tags": []})
    entry = only_entry(diary.location)
    assert (entry.title, entry.tags, entry.mood, entry.note) == ("A better name", (), Mood.GOOD, "")


@pytest.mark.parametrize("name", COPIES)
def test_corrections_of_both_transcripts_are_kept(diary: Diary, home: Path, name: str) -> None:
    with Diary.open(diary.location) as again:
        entry = again.find("latest")
        transcript = again.transcript(entry)
        assert transcript is not None
    mine, theirs = (json.loads(json.dumps(transcript.to_json())) for _ in range(2))
    mine["segments"][0]["words"][0]["corrected"] = "one"
    theirs["segments"][0]["words"][0]["corrected"] = "two"
    theirs["segments"][0]["words"][1]["corrected"] = "left"
    (home / "transcript.json").write_text(json.dumps(mine))
    copy_of(home, name, "transcript", segments=theirs["segments"])
    with Diary.open(diary.location) as again:
        united = again.transcript(entry)
        assert united is not None
        assert united.text == "one left thing"
        assert again.search("left")
    assert "two" in everything_in(home / "merged")


def test_a_second_identity_is_moved_aside(diary: Diary) -> None:
    copy = diary.location.folder / "duskreel (1).json"
    copy.write_text('{"format": 1, "id": "b2f7a1f0-0000-4000-8000-000000000000"}')
    with Diary.open(diary.location) as again:
        assert again.library_id == diary.library_id
        assert "duskreel.json" in again.notices[0]
    assert (diary.location.folder / "merged" / copy.name).exists()


def test_reindex_unites_too(diary: Diary, home: Path) -> None:
    copy_of(home, COPIES[1], tags=["home"])
    diary.reindex()
    assert diary.find("latest").tags == ("work", "home")


@pytest.mark.parametrize("content", ["{", '{"format": 9}', '{"id": "another"}'])
def test_a_copy_that_makes_no_sense_is_left_where_it_is(diary: Diary, home: Path, content: str) -> None:
    before = (home / "entry.json").read_bytes()
    copy = home / COPIES[4].format("entry")
    copy.write_text(content)
    with Diary.open(diary.location) as again:
        assert (home / "entry.json").read_bytes() == before
        assert [problem.where.rpartition("/")[2] for problem in again.problems()] == [copy.name]
    assert copy.read_text() == content


@pytest.mark.parametrize("litter", ["~syncthing~clip.mp4.tmp", ".syncthing.entry.json.tmp", "clip.mp4.part"])
def test_an_entry_that_a_sync_is_still_bringing_waits_and_is_told_once(diary: Diary, plant: Plant, litter: str) -> None:
    planted = plant(1, with_clip=True)
    folder = diary.location.folder / planted.folder
    sidecar = (folder / "entry.json").read_bytes()
    (folder / "entry.json").unlink()
    (folder / litter).write_bytes(b"\0")
    with Diary.open(diary.location) as again:
        (notice,) = again.notices
        assert planted.folder in notice
        again.reindex()
        assert again.entries() == []
    with Diary.open(diary.location) as again:
        assert again.notices == []
    (folder / litter).unlink()
    (folder / "entry.json").write_bytes(sidecar)
    with Diary.open(diary.location) as again:
        assert (again.entries(), again.notices) == ([planted], [])


def test_a_sidecar_whose_clip_is_not_here_yet_is_told_once(diary: Diary, plant: Plant) -> None:
    entry = plant(1)
    with Diary.open(diary.location) as again:
        assert again.entries() == [entry]
        assert [notice for notice in again.notices if "clip is not here" in notice]
    with Diary.open(diary.location) as again:
        assert again.notices == []


def test_what_systems_leave_in_folders_means_nothing(diary: Diary, plant: Plant) -> None:
    entry = plant(1, with_clip=True)
    for folder in (diary.location.folder, diary.location.folder / "entries", diary.location.folder / entry.folder):
        for name in (".DS_Store", "desktop.ini", "Thumbs.db"):
            (folder / name).write_bytes(b"\0")
        (folder / ".stfolder").mkdir()
    shutil.copytree(diary.location.folder / entry.folder, diary.location.folder / "entries/.stversions/2026/11/old")
    with Diary.open(diary.location) as again:
        assert (again.entries(), again.notices, again.problems()) == ([entry], [], [])
        assert again.reindex() == 1


EDITS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["tag", "feeling", "title", "note", "mood", "star", "word"]),
        st.integers(0, 3),
    ),
    min_size=2,
    max_size=6,
)


def edit(diary: Diary, what: str, number: int, label: str) -> None:
    """One change by hand, with a text that nothing else has."""
    entry = diary.find("latest")
    if what == "word":
        transcript = diary.transcript(entry)
        assert transcript is not None
        (segment,) = transcript.segments
        words = list(segment.words)
        words[number] = replace(words[number], corrected=label)
        diary.save_transcript(entry, replace(transcript, segments=(replace(segment, words=tuple(words)),)))
        return
    changes: dict[str, Callable[[Entry], Entry]] = {
        "tag": lambda entry: replace(entry, tags=(*entry.tags, label)),
        "feeling": lambda entry: replace(entry, feelings=(*entry.feelings, label)),
        "title": lambda entry: replace(entry, title=label),
        "note": lambda entry: replace(entry, note=label),
        "mood": lambda entry: replace(entry, mood=Mood(number + 1)),
        "star": lambda entry: replace(entry, starred=True),
    }
    diary.amend("latest", changes[what])


def labels_in(folder: Path) -> set[str]:
    return {word for word in everything_in(folder).split() if word.startswith("label")}


@given(rounds=st.lists(EDITS, min_size=1, max_size=2))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
def test_two_computers_come_to_the_same_diary_and_lose_nothing(
    an_entry: Entry, said: Said, rounds: list[list[tuple[int, str, int]]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        origin = Path(name) / "origin"
        home = origin / an_entry.folder
        home.mkdir(parents=True)
        Diary.open(DiaryLocation(origin, Path(name) / "state")).close()
        (home / "entry.json").write_text(json.dumps(an_entry.to_json()))
        (home / "transcript.json").write_text(json.dumps(said("the least thing left").to_json()))
        (home / "clip.mp4").write_bytes(b"a clip")
        machines = Machines(Path(name), origin)
        for turn, edits in enumerate(rounds):
            for at, (machine, what, number) in enumerate(edits):
                with machines.diary(machine) as diary:
                    edit(diary, what, number, f"label{turn}{at}")
            written = set().union(*(labels_in(location.folder / an_entry.folder) for location in machines.locations))
            machines.sync()
            machines.settle()
            for location in machines.locations:
                assert written <= labels_in(location.folder / an_entry.folder)
        anna, ben = (only_entry(location) for location in machines.locations)
        assert anna == ben


@given(edits=EDITS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
def test_two_states_over_one_folder_lose_nothing(
    an_entry: Entry, said: Said, edits: list[tuple[int, str, int]]
) -> None:
    """As on a network drive: both have the diary open all the time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "diary"
        home = folder / an_entry.folder
        home.mkdir(parents=True)
        (home / "entry.json").write_text(json.dumps(an_entry.to_json()))
        (home / "transcript.json").write_text(json.dumps(said("the least thing left").to_json()))
        (home / "clip.mp4").write_bytes(b"a clip")
        locations = [DiaryLocation(folder, Path(name) / state) for state in ("anna", "ben")]
        with Diary.open(locations[0]) as anna, Diary.open(locations[1]) as ben:
            for at, (machine, what, number) in enumerate(edits):
                edit((anna, ben)[machine], what, number, f"label{at}")
        kept = labels_in(home)
        assert {f"label{at}" for at, (_, what, _) in enumerate(edits) if what in ("tag", "feeling")} <= kept
        assert only_entry(locations[0]) == only_entry(locations[1])


def test_on_a_full_disk_the_diary_opens_and_unites_later(
    diary: Diary, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copy_of(home, COPIES[0], title="Tuesday")

    def full(path: Path, _content: bytes) -> None:
        raise DiaryError(f"Could not write {path}.", "The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr("duskreel.library.reconciling.write_bytes", full)
        with Diary.open(diary.location) as again:
            assert "not brought together yet" in again.notices[0]
            assert [entry.title for entry in again.entries()] == ["Monday"]
    assert copy.exists()
    assert "Tuesday" in only_entry(diary.location).note


def test_words_that_a_newer_program_wrote_are_not_written_over(diary: Diary, home: Path, said: Said) -> None:
    newer = json.dumps({**json.loads((home / "transcript.json").read_text()), "format": 2})
    (home / "transcript.json").write_text(newer)
    with Diary.open(diary.location) as again, pytest.raises(DiaryError, match="newer version"):
        again.save_transcript(again.find("latest"), said("other words"))
    assert (home / "transcript.json").read_text() == newer

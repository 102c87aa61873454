"""Memories out of a diary on disk."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from duskreel.library import sidecars
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Mood, Transcript
from duskreel.library.values import DiaryLocation
from duskreel.memories.recall import Recalled, recall
from duskreel.memories.remembering import HardDays, Kind
from memories.felt import felt, plant, said

TODAY = date(2026, 11, 23)
TITLED = felt("2025-11-23", 4, title="The lake")
UNTITLED = felt("2024-11-23", 3)
MEANT = felt("2026-10-01", 3)
WORDS = {
    TITLED.id: said("The water was still."),
    UNTITLED.id: said("Today I walked along the river until it was dark."),
    MEANT.id: said("It rained. I want to call my sister."),
}


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    location = DiaryLocation(tmp_path / "diary", tmp_path / "state")
    plant(location.folder, [TITLED, UNTITLED, MEANT], WORDS)
    with Diary.open(location) as opened:
        yield opened


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders whose transcripts are read."""
    names: list[str] = []
    original = sidecars.read_transcript

    def noted(folder: Path, *others: str) -> Transcript:
        names.append(folder.name)
        return original(folder, *others)

    monkeypatch.setattr(sidecars, "read_transcript", noted)
    return names


def lines(diary: Diary, hard: HardDays = HardDays.ASK, today: date = TODAY) -> list[str]:
    return [each.line for each in recall(diary, today, hard)]


def folder_name(entry: Entry) -> str:
    return Path(entry.folder).name


def test_each_is_told_by_its_title_its_first_words_or_what_was_meant(diary: Diary) -> None:
    assert lines(diary) == [
        "A year ago today: The lake",
        "Two months ago you said: “I want to call my sister.”",
        "Two years ago today: “Today I walked along the river until it…”",
    ]


def test_no_more_transcripts_are_read_than_are_told(diary: Diary, read: list[str]) -> None:
    lines(diary)
    assert sorted(read) == sorted([folder_name(UNTITLED), folder_name(MEANT)])


def test_what_was_changed_since_is_seen_at_once(diary: Diary) -> None:
    lines(diary)
    diary.update(replace(TITLED, hidden_from_memories=True))
    diary.update(replace(UNTITLED, title="The river"))
    diary.save_transcript(MEANT, said("It rained."))
    assert lines(diary) == ["Two years ago today: The river"]


def test_a_transcript_that_a_newer_program_wrote_keeps_back_its_own_memory_alone(diary: Diary) -> None:
    path = diary.location.folder / UNTITLED.folder / sidecars.TRANSCRIPT
    path.write_text('{"format": 99}', encoding="utf-8")
    assert lines(diary)[-1] == "Two years ago today: Saturday, 23 November 2024"


def test_a_hard_day_says_only_that_it_is_one_until_it_is_asked_for(diary: Diary) -> None:
    diary.update(replace(UNTITLED, mood=Mood.AWFUL))
    found = [each for each in recall(diary, TODAY, HardDays.ASK) if each.memory.is_hard]
    assert [each.line for each in found] == ["A harder day, two years ago today. Look?"]
    assert found[0].unveiled().line == "Two years ago today: “Today I walked along the river until it…”"


def test_a_diary_without_a_past_has_no_memories(diary: Diary) -> None:
    assert recall(diary, date(2020, 1, 1), HardDays.SHOW) == []


def test_of_many_years_each_kind_comes_back_once(tmp_path: Path) -> None:
    location = DiaryLocation(tmp_path / "other", tmp_path / "state")
    far = [felt(f"{year}-11-{day:02}", day % 5 + 1) for year in range(2019, 2026) for day in range(15, 30)]
    plant(location.folder, [*far, felt("2026-05-25", 3), felt("2026-10-24", 1)])
    with Diary.open(location) as opened:
        found = recall(opened, TODAY, HardDays.SHOW)
    assert _told(found) == [
        (Kind.ON_THIS_DAY, "2025-11-23", None),
        (Kind.A_MONTH_AFTER, "2026-10-24", 0),
        (Kind.HALF_A_YEAR_AFTER, "2026-05-25", 1),
    ]


def _told(found: list[Recalled]) -> list[tuple[Kind, str, int | None]]:
    return [
        (each.memory.kind, each.memory.day.isoformat(), each.memory.since.count if each.memory.since else None)
        for each in found
    ]

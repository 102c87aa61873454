"""Moods and memories, from what is typed to what is printed."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from cli.conftest import Command
from duskreel import settings
from duskreel.paths import Places
from duskreel.settings import Settings
from memories.felt import felt, plant, said

ENTRIES = (
    felt("2026-11-23T20:00", 4, 5, feelings=("calm", "proud"), title="A secret"),
    felt("2026-11-23T08:00", 1, 3),
    felt("2026-11-20", 2, 2),
    felt("2026-10-01", 3, title="Meant well"),
    felt("2025-11-23", 2, title="The call"),
    felt("2024-11-23", 5, title="The lake"),
)
WORDS = {ENTRIES[3].id: said("It rained. I want to call my sister.")}


@pytest.fixture(autouse=True)
def diary(places: Places) -> None:
    plant(places.default_diary, ENTRIES, WORDS)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines()))


def test_moods_by_day_with_what_talking_did(duskreel: Command) -> None:
    said = duskreel("moods", "--from", "2026-11-01")
    assert said.out.splitlines() == [
        "2026-11-20  bad",
        "2026-11-23  okay   awful, then good",
        "",
        "After talking it felt lighter twice and the same once.",
    ]


def test_moods_for_scripts(duskreel: Command) -> None:
    data = duskreel("moods", "--from", "2026-11-01", "--to", "2026-11-23", "--json").data
    assert data["days"][-1] == {"date": "2026-11-23", "mean": 2.5, "moods": [1, 4]}
    assert data["afterwards"] == {"lighter": 2, "same": 1, "heavier": 0}
    assert data["entries"][-1] == {
        "date": "2026-11-23", "time": "20:00", "mood": 4, "mood_name": "good", "mood_after": 5,
        "feelings": ["calm", "proud"],
    }  # fmt: skip


def test_a_table_has_no_titles(duskreel: Command, tmp_path: Path) -> None:
    file = tmp_path / "moods.csv"
    assert duskreel("moods", "--csv", file).out == f"Saved 6 lines in {file}\n"
    assert "secret" not in file.read_text(encoding="utf-8")
    assert rows(file.read_text(encoding="utf-8"))[-1] == ["2026-11-23", "20:00", "4", "good", "5", "calm; proud"]
    assert rows(duskreel("moods", "--csv", "-", "--to", "2024-12-31").out)[1:] == [
        ["2024-11-23", "00:00", "5", "great", "", ""]
    ]


def test_a_table_that_cannot_be_written_is_one_sentence(duskreel: Command, tmp_path: Path) -> None:
    said = duskreel("moods", "--csv", tmp_path / "nowhere" / "moods.csv")
    assert said.code == 1
    assert "nowhere" in said.err
    assert said.err.count("\n") == 1


def test_two_results_in_one_stream_are_wrong_usage(duskreel: Command) -> None:
    assert duskreel("moods", "--csv", "-", "--json").code == 2


def test_no_mood_is_said_kindly(duskreel: Command) -> None:
    assert duskreel("moods", "--from", "2027-01-01").out == "No mood was said in this time.\n"


def test_a_hard_day_is_told_of_and_not_told(duskreel: Command) -> None:
    lines = duskreel("memories", "--on", "2026-11-23").out.splitlines()
    assert len(lines) == 3
    assert "A harder day, a year ago today. Look? (duskreel show " in lines[0]
    assert "Two months ago you said: “I want to call my sister.” (at 0:00)" in lines[1]
    assert lines[2].endswith("Two years ago today: The lake")
    hard = duskreel("memories", "--on", "2026-11-23", "--json").data[0]
    assert (hard["hard"], hard["shown"]) == (True, False)
    assert "The call" not in json.dumps(hard)


def test_hard_days_are_told_where_they_are_asked_for(duskreel: Command) -> None:
    data = duskreel("memories", "--on", "2026-11-23", "--include-hard", "--json").data
    assert (data[0]["title"], data[0]["why"], data[0]["mood"]) == ("The call", "on this day", 2)
    assert (data[1]["sentence"], data[1]["at_ms"]) == ("I want to call my sister.", 600)


@pytest.mark.parametrize(("choice", "titles"), [("all", ["The call", "The lake"]), ("none", ["The lake"])])
def test_the_setting_holds_for_the_command_too(
    duskreel: Command, places: Places, choice: str, titles: list[str]
) -> None:
    settings.save(replace(Settings(), memories=choice), places.config)
    data = duskreel("memories", "--on", "2026-11-23", "--json").data
    assert [each["title"] for each in data if each["why"] == "on this day"] == titles


def test_off_is_off(duskreel: Command, places: Places) -> None:
    settings.save(replace(Settings(), memories="off"), places.config)
    assert duskreel("memories", "--on", "2026-11-23").out == "Memories are off in the settings.\n"


def test_what_is_hidden_stays_out(duskreel: Command) -> None:
    assert duskreel("edit", "2024-11-23", "--hide").code == 0
    assert "lake" not in duskreel("memories", "--on", "2026-11-23").out


def test_on_most_days_nothing_comes_back(duskreel: Command) -> None:
    assert duskreel("memories", "--on", "2026-08-01").out == "Nothing comes back today.\n"

"""Series on the command line."""

from pathlib import Path

import pytest

from cli.conftest import Command
from clips import make_clip


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("film") / "film.mp4", duration_s=1.0, size=(160, 90), fps=15)


def tell(duskreel: Command, film: Path, name: str, mood: int) -> str:
    said = duskreel("record", "--series", name, "--camera", film, "--mood", mood, "--no-words", "--json")
    return str(said.data["id"])


def test_all_series_are_listed_and_none_is_begun(duskreel: Command) -> None:
    said = duskreel("series", "--json")
    assert [each["days"] for each in said.data] == [5, 7, 10, 30]
    assert {(each["next_day"], each["own"]) for each in said.data} == {(1, False)}
    assert "Five days after a layoff" in duskreel("series").out


def test_one_goes_on_whenever_one_likes_and_sees_how_far_one_came(duskreel: Command, film: Path) -> None:
    duskreel("series", "new", "Twice", "--days", 2, "--prompt", "What was?|And?", "--prompt", "What will be?")
    first = tell(duskreel, film, "twice", 2)
    assert "day 2 whenever you like" in duskreel("series").out
    assert "How far you came" not in duskreel("series", "show", "twice").out
    last = tell(duskreel, film, "twice", 4)
    said = duskreel("series", "show", "Twice", "--json").data
    assert (said["done"], said["next_day"]) == ([1, 2], None)
    assert [(each["day"], each["entry"], each["mood"]) for each in said["entries"]] == [(1, first, 2), (2, last, 4)]
    shown = duskreel("series", "show", "twice").out
    assert shown.startswith("Twice: finished\n")
    assert shown.index("What was?") < shown.index("  And?") < shown.index("What will be?")
    assert shown.rstrip().endswith("good")


def test_a_deleted_day_is_open_again_and_the_others_keep_their_numbers(duskreel: Command, film: Path) -> None:
    duskreel("series", "new", "Thrice", "--days", 3)
    first, second = tell(duskreel, film, "thrice", 2), tell(duskreel, film, "thrice", 3)
    duskreel("delete", first)
    said = duskreel("series", "show", "thrice", "--json").data
    assert (said["done"], said["next_day"], said["entries"][0]["entry"]) == ([2], 1, second)


def test_a_series_is_changed_and_removed_and_its_entries_keep_their_numbers(duskreel: Command, film: Path) -> None:
    duskreel("series", "new", "Mornings", "--days", 9)
    tell(duskreel, film, "mornings", 3)
    said = duskreel("series", "edit", "mornings", "--name", "Evenings", "--open-ended", "--prompt", "a", "--json")
    assert (said.data["id"], said.data["name"], said.data["days"]) == ("mornings", "Evenings", None)
    assert said.data["prompts"] == [["a"]]
    assert duskreel("series", "remove", "evenings").code == 0
    assert "removed" in duskreel("series").out
    assert duskreel("record", "--series", "evenings", "--camera", film).code == 1
    assert duskreel("series", "show", "evenings", "--json").data["done"] == [1]
    assert duskreel("list", "--json").data[0]["series"] == {"id": "mornings", "day": 1}


@pytest.mark.parametrize(
    "arguments", [("edit", "x"), ("edit", "x", "--days", 0), ("edit", "x", "--days", 2, "--open-ended"), ("new",)]
)
def test_what_makes_no_sense_is_refused(duskreel: Command, arguments: tuple[object, ...]) -> None:
    assert duskreel("series", *arguments).code == 2


@pytest.mark.parametrize("arguments", [("show", "x"), ("remove", "five"), ("new", " "), ("edit", "five", "--days", 3)])
def test_what_cannot_be_is_one_sentence(duskreel: Command, arguments: tuple[object, ...]) -> None:
    said = duskreel("series", *arguments)
    assert (said.code, said.err.count("\n"), said.out) == (1, 1, "")


def test_a_shipped_series_is_copied_to_be_changed(duskreel: Command) -> None:
    assert duskreel("series", "edit", "five days", "--days", 4).code == 1
    said = duskreel("series", "copy", "five days", "--json").data
    assert (said["id"], said["own"], said["days"]) == ("five-days-after-a-layoff-my-way", True, 5)
    assert duskreel("series", "edit", said["id"], "--days", 4, "--json").data["days"] == 4
    assert duskreel("series", "copy", said["id"], "--name", "Four days", "--json").data["id"] == "four-days"

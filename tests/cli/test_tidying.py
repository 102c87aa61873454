"""Commands that put many entries in order at once."""

import shutil
from pathlib import Path

from cli.conftest import Command
from duskreel.paths import Places


def ids(duskreel: Command, *options: str) -> set[str]:
    return {entry["title"] for entry in duskreel("list", "--json", *options).data}


def test_change_changes_what_is_found_and_says_how_many(duskreel: Command, talk: Path, other_talk: Path) -> None:
    duskreel("import", talk, "--title", "by the river", "--tag", "Walk")
    duskreel("import", other_talk, "--title", "at home")
    said = duskreel("change", "--matching", "river", "--add-tag", "water", "--remove-tag", "walk", "--star")
    assert (said.code, said.out) == (0, "1 entry changed.\n")
    (changed,) = duskreel("list", "--json", "--starred").data
    assert (changed["title"], changed["tags"]) == ("by the river", ["water"])
    assert duskreel("change", "--matching", "river", "--star").out == "0 entries changed.\n"


def test_dry_run_changes_nothing(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk, "--title", "Monday")
    said = duskreel("change", "latest", "--delete", "--dry-run")
    assert "Monday" in said.out
    assert "would be moved to the bin" in said.out
    assert ids(duskreel) == {"Monday"}


def test_deleted_together_and_emptied_for_good(duskreel: Command, talk: Path, other_talk: Path) -> None:
    duskreel("import", talk, "--mood", "2")
    duskreel("import", other_talk, "--mood", "4", "--title", "kept")
    assert duskreel("change", "--with-mood", "2", "--delete").out == "1 entry in the bin.\n"
    asked = duskreel("empty-bin")
    assert (asked.code, "--yes" in asked.err) == (1, True)
    assert duskreel("empty-bin", "--older-than", "30", "--yes").out == "There is nothing to delete.\n"
    assert duskreel("empty-bin", "--yes", "--json").data["entries"] == 1
    assert duskreel("restore").out == "The bin is empty.\n"
    assert ids(duskreel) == {"kept"}


def test_change_wants_to_know_which_and_what(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk)
    assert duskreel("change", "--add-tag", "x").code == 2
    assert duskreel("change", "latest").code == 2
    assert duskreel("change", "latest", "--delete", "--star").code == 2
    assert duskreel("change", "latest", "--tag", "x", "--star").code == 2


def test_tidy_lists_and_merges(duskreel: Command, talk: Path) -> None:
    folder = Path(duskreel("import", talk, "--json").data[0]["folder"])
    assert duskreel("tidy").out == "Nothing is there twice.\n"
    shutil.copytree(folder, folder.with_name(f"{folder.name} 2"))
    assert "The same id" in duskreel("tidy").out
    assert "1 entry made of 2." in duskreel("tidy", "--merge").out
    assert duskreel("tidy").out == "Nothing is there twice.\n"


def test_doctor_scrubs_when_asked(duskreel: Command, talk: Path, places: Places) -> None:
    entry = duskreel("import", talk, "--json").data[0]
    assert "1 are as they were" in duskreel("doctor", "--scrub").out
    with Path(entry["clip"]).open("r+b") as file:
        file.seek(3000)
        file.write(b"\0\0\0\0")
    said = duskreel("doctor", "--scrub")
    assert said.code == 1
    assert "It is not what it was" in said.out
    assert "clips" not in duskreel("doctor").out


def test_doctor_repairs_the_index_first(duskreel: Command, talk: Path, places: Places) -> None:
    entry = duskreel("import", talk, "--json").data[0]
    (Path(entry["folder"]) / "entry.json").unlink()
    for file in (places.state / "index").iterdir():
        file.unlink()
    assert "no entry.json" in duskreel("doctor").out
    assert "no entry.json" not in duskreel("doctor", "--repair").out


def test_conditions_that_say_nothing_are_not_every_entry(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk, "--title", "Monday")
    for nothing in (" ", '""', '"', '-"..."', "-…"):
        assert duskreel("change", f"--matching={nothing}", "--delete").code == 2
    assert ids(duskreel) == {"Monday"}
    assert duskreel("change", "--matching=-tuesday", "--delete").out == "1 entry in the bin.\n"


def test_one_id_that_is_in_the_bin_twice_can_be_named(duskreel: Command, talk: Path, places: Places) -> None:
    entry_id = duskreel("import", talk, "--json").data[0]["id"]
    duskreel("change", "latest", "--delete")
    (binned,) = (places.default_diary / "bin").iterdir()
    shutil.copytree(binned, binned.with_name("again"))
    assert duskreel("empty-bin", entry_id, "--yes").out.startswith("2 entries deleted")

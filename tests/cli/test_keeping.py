"""Backups from the command line."""

from pathlib import Path

from cli.conftest import Command


def test_a_backup_becomes_the_same_diary_again(duskreel: Command, talk: Path, tmp_path: Path) -> None:
    entry = duskreel("import", talk, "--title", "Monday", "--json").data[0]
    made = duskreel("backup", tmp_path / "diary.zip", "--json").data
    assert made["file"] == str(tmp_path / "diary.zip")
    assert made["size_bytes"] > talk.stat().st_size
    found = duskreel("restore-backup", tmp_path / "diary.zip", "--to", tmp_path / "again", "--json").data
    assert found == {"folder": str(tmp_path / "again"), "files": made["files"]}
    again = duskreel("list", "--library", tmp_path / "again", "--json").data
    assert [(each["id"], each["title"]) for each in again] == [(entry["id"], "Monday")]


def test_people_are_told_what_was_done_and_how_to_go_on(duskreel: Command, talk: Path, tmp_path: Path) -> None:
    duskreel("import", talk)
    said = duskreel("backup", tmp_path / "diary.zip")
    assert (said.code, said.err) == (0, "")
    assert str(tmp_path / "diary.zip") in said.out
    assert "checked" in said.out
    said = duskreel("restore-backup", tmp_path / "diary.zip", "--to", tmp_path / "again")
    assert f"duskreel list --library {tmp_path / 'again'}" in said.out


def test_a_backup_never_replaces_a_file(duskreel: Command, talk: Path, tmp_path: Path) -> None:
    duskreel("import", talk)
    (tmp_path / "diary.zip").write_bytes(b"mine")
    said = duskreel("backup", tmp_path / "diary.zip")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert (tmp_path / "diary.zip").read_bytes() == b"mine"


def test_what_is_no_backup_makes_no_diary(duskreel: Command, talk: Path, tmp_path: Path) -> None:
    for file in (talk, tmp_path / "missing.zip"):
        said = duskreel("restore-backup", file, "--to", tmp_path / "again")
        assert (said.code, said.err.count("\n")) == (1, 1)
    assert not (tmp_path / "again").exists()


def test_a_backup_goes_nowhere_without_being_told_where(duskreel: Command, tmp_path: Path) -> None:
    assert duskreel("backup").code == 2
    assert duskreel("restore-backup", tmp_path / "diary.zip").code == 2

"""Backups from the command line."""

from pathlib import Path

from cli.conftest import Command


def test_a_backup_becomes_the_same_diary_again(duskreel: Command, talk: Path, tmp_path: Path) -> None:
    entry = duskreel("import", talk, "--title", "Monday", "--json").data[0]
    made = duskreel("backup", tmp_path / "diary.zip", "--json").data
    assert made["file"] == str(tmp_path / "diary.zip")
    assert made["size_bytes"] > talk.stat().st_size
    found = duskreel("restore-backup", tmp_path / "diary.zip", "--to", tmp_path / "again", "--json").data
    assert found == {"folder": str(tmp_path / "again"), "files": made["files"], "snapshot": None, "left_out": []}
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


def test_a_folder_takes_what_is_new_and_becomes_the_same_diary_again(
    duskreel: Command, talk: Path, other_talk: Path, tmp_path: Path
) -> None:
    entry = duskreel("import", talk, "--title", "Monday", "--json").data[0]
    made = duskreel("backup", tmp_path / "stick", "--json").data
    assert (made["is_new"], made["snapshots"]) == (True, 1)
    assert "Nothing has changed" in duskreel("backup", tmp_path / "stick").out
    duskreel("import", other_talk)
    again = duskreel("backup", tmp_path / "stick", "--json").data
    assert (again["snapshots"], again["copied_files"]) == (2, again["files"] - made["files"])
    listed = duskreel("backup", tmp_path / "stick", "--list", "--json").data
    assert [row["files"] for row in listed] == [made["files"], again["files"]]
    found = duskreel("restore-backup", tmp_path / "stick", "--to", tmp_path / "old", "--at", made["snapshot"], "--json")
    assert found.data["snapshot"] == made["snapshot"]
    restored = duskreel("list", "--library", tmp_path / "old", "--json").data
    assert [(each["id"], each["title"]) for each in restored] == [(entry["id"], "Monday")]


def test_a_damaged_backup_is_named_and_mended_by_the_next_one(duskreel: Command, talk: Path, tmp_path: Path) -> None:
    duskreel("import", talk)
    duskreel("backup", tmp_path / "stick")
    assert duskreel("backup", tmp_path / "stick", "--verify").code == 0
    clip = next((tmp_path / "stick" / "objects").glob("*/*.mp4"))
    clip.write_bytes(b"noise")
    found = duskreel("backup", tmp_path / "stick", "--verify")
    assert found.code == 1
    assert "clip.mp4 is damaged." in found.err
    refused = duskreel("restore-backup", tmp_path / "stick", "--to", tmp_path / "again")
    assert (refused.code, "--skip-damaged" in refused.err) == (1, True)
    skipped = duskreel("restore-backup", tmp_path / "stick", "--to", tmp_path / "again", "--skip-damaged")
    assert (skipped.code, "is damaged and was left out" in skipped.err) == (0, True)
    assert duskreel("backup", tmp_path / "stick", "--json").data["copied_files"] == 1
    assert duskreel("backup", tmp_path / "stick", "--verify").code == 0


def test_a_zip_can_be_verified(duskreel: Command, talk: Path, tmp_path: Path) -> None:
    duskreel("import", talk)
    duskreel("backup", tmp_path / "diary.zip")
    assert "are whole" in duskreel("backup", tmp_path / "diary.zip", "--verify").out
    content = bytearray((tmp_path / "diary.zip").read_bytes())
    content[len(content) // 2] ^= 0xFF
    (tmp_path / "diary.zip").write_bytes(content)
    assert duskreel("backup", tmp_path / "diary.zip", "--verify").code == 1


def test_options_for_folders_are_refused_for_a_zip(duskreel: Command, tmp_path: Path) -> None:
    for option in (["--list"], ["--full"], ["--no-thin"], ["--keep", "1,2,3"]):
        assert duskreel("backup", tmp_path / "diary.zip", *option).code == 2
    assert duskreel("restore-backup", tmp_path / "diary.zip", "--to", tmp_path / "a", "--at", "2026-05-01").code == 2


def test_looking_at_a_backup_makes_no_diary(duskreel: Command, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    for option in ("--list", "--verify"):
        assert duskreel("backup", tmp_path / "stick", option).code == 1
    assert not (tmp_path / "Videos").exists()
    assert not list((tmp_path / "stick").iterdir())


def test_no_policy_no_backup(duskreel: Command, talk: Path, tmp_path: Path) -> None:
    duskreel("import", talk)
    said = duskreel("backup", tmp_path / "stick", "--keep", "a week")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert not (tmp_path / "stick").exists()


def test_a_recording_that_was_never_finished_is_in_both_kinds_of_backup_and_told(
    duskreel: Command, talk: Path, tmp_path: Path
) -> None:
    duskreel("import", talk)
    left = tmp_path / "Videos" / "Duskreel" / "recording" / "01KAS0000000000000000000AB"
    left.mkdir(parents=True)
    (left / "raw.mkv").write_bytes(b"cut off")
    # Nothing can be shown of it: it stays, and whoever opens the diary is not asked again.
    (left / "session.json").write_text('{"format": 1, "id": "01KAS0000000000000000000AB", "state": "unreadable"}')
    for target in ("diary.zip", "stick"):
        said = duskreel("backup", tmp_path / target)
        assert said.code == 0
        assert "1 recording not finished" in said.out
        assert "duskreel recover" in said.out
        duskreel("restore-backup", tmp_path / target, "--to", tmp_path / f"{target} again")
        again = tmp_path / f"{target} again" / "recording" / left.name / "raw.mkv"
        assert again.read_bytes() == b"cut off"
    assert duskreel("backup", tmp_path / "stick", "--json").data["unfinished_takes"] == 1


def test_a_snapshot_that_a_wrong_clock_has_named_is_listed_with_its_day(
    duskreel: Command, talk: Path, tmp_path: Path
) -> None:
    duskreel("import", talk)
    made = duskreel("backup", tmp_path / "stick", "--json").data["snapshot"]
    snapshots = tmp_path / "stick" / "snapshots"
    (snapshots / f"{made}.json").rename(snapshots / "2099-01-01T00.00.00.json")
    (line,) = duskreel("backup", tmp_path / "stick", "--list").out.splitlines()
    assert line.startswith("2099-01-01T00.00.00, by a wrong clock; of ")
    assert made[:10] in line
    duskreel("restore-backup", tmp_path / "stick", "--to", tmp_path / "again", "--at", made[:10])
    assert (tmp_path / "again" / "duskreel.json").is_file()

"""Moving out and in from the command line."""

import json
import shutil
import zipfile
from pathlib import Path

from cli.conftest import Command


def test_what_is_exported_comes_back_whole(duskreel: Command, talk: Path, tmp_path: Path) -> None:
    entry = duskreel("import", talk, "--title", "A/B: day.", "--mood", 2, "--feeling", "drained", "--tag", "work",
                     "--note", "line\nline", "--json").data[0]  # fmt: skip
    duskreel("edit", "latest", "--star", "--mood-after", 4, "--cut", "0.5-1")
    made = duskreel("export-all", tmp_path / "plain", "--json").data
    assert (made["entries"], made["clips"], made["missing"]) == (1, 1, [])
    elsewhere = ("--library", tmp_path / "again")
    said = duskreel("import", tmp_path / "plain", *elsewhere)
    assert (said.code, said.err) == (0, "")
    assert "time from entry.json" in said.out

    def told(*options: object) -> dict[str, object]:
        return {key: value for key, value in duskreel("show", entry["id"], *options, "--json").data.items()
                if key not in ("folder", "clip")}  # fmt: skip

    assert told(*elsewhere) == told()
    assert told()["mood_after"] == 4


def test_people_are_told_where_to_look(duskreel: Command, talk: Path, tmp_path: Path) -> None:
    duskreel("import", talk)
    said = duskreel("export-all", tmp_path / "plain", "--link")
    assert (said.code, said.err) == (0, "")
    assert str(tmp_path / "plain" / "index.html") in said.out
    assert "could not be linked" not in said.out
    again = duskreel("export-all", tmp_path / "plain")
    assert (again.code, again.err.count("\n")) == (1, 1)


def test_a_folder_is_a_success_if_anything_came_in(
    duskreel: Command, talk: Path, other_talk: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "footage"
    folder.mkdir()
    (folder / "broken.mp4").write_text("x")
    assert duskreel("import", folder).code == 1
    shutil.copy(talk, folder)
    shutil.copy(talk, folder / "twin.mp4")
    said = duskreel("import", folder)
    assert said.code == 0
    assert said.out.splitlines()[-1] == "1 of 3 came in; left out: 1 in the diary already and 1 that cannot be used."
    again = duskreel("import", folder)
    assert (again.code, again.out) == (1, "")
    assert again.err.splitlines()[-1].startswith("Nothing came in (2 in the diary already and 1 that cannot be used)")
    shutil.copy(other_talk, folder)
    kept = duskreel("import", folder, "--json").data
    assert [(each["imported_from"], each["time_from"]) for each in kept] == [("other.mp4", "the clip")]


def test_a_rehearsal_says_what_would_be_done(duskreel: Command, talk: Path) -> None:
    said = duskreel("import", talk, "--dry-run", "--title", "Monday")
    assert said.out == "Would keep talk.mp4 as 2026-11-20 17:30, “Monday”, time from the clip\n"
    assert duskreel("import", talk, "--dry-run", "--json").data[0]["recorded_at"].startswith("2026-11-20T")
    assert duskreel("list").out == "No entries.\n"


def test_a_day_one_journal_comes_in_by_its_videos(duskreel: Command, talk: Path, tmp_path: Path) -> None:
    entry = {"creationDate": "2024-04-21T22:45:51Z", "timeZone": "Europe/London", "text": "# A walk\n\nIt rained\\.",
             "tags": ["rain"], "starred": True, "videos": [{"md5": "aa", "type": "mp4"}]}  # fmt: skip
    file = tmp_path / "Export.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.write(talk, "videos/aa.mp4")
        archive.writestr("Journal.json", json.dumps({"entries": [entry, {"text": "no video"}]}))
    said = duskreel("import", file, "--from", "day-one")
    assert said.code == 0
    assert "time from the journal" in said.out
    assert said.err == "Left out, as they have no video: 1 entry.\n"
    (kept,) = duskreel("list", "--json").data
    assert (kept["title"], kept["note"], kept["tags"], kept["starred"]) == ("A walk", "It rained.", ["rain"], True)
    assert kept["recorded_at"] == "2024-04-21T23:45:51+01:00"
    assert duskreel("import", file, "--from", "day-one").code == 1
    refused = duskreel("import", file)
    assert (refused.code, "--from" in refused.err) == (1, True)


def test_a_program_that_is_not_known_is_wrong_usage(duskreel: Command, talk: Path) -> None:
    assert duskreel("import", talk, "--from", "elsewhere").code == 2

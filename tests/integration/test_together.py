"""Several of the program's processes at once, on one diary: nothing gets lost, nothing is there twice."""

import hashlib
from pathlib import Path
from typing import Any

import av
import pytest

from clips import make_clip
from integration.program import Program, finished, until_it_exists

EXPORT = ("export", "latest", "--captions", "off")


@pytest.fixture
def entry(duskreel: Program, brief: Path) -> dict[str, Any]:
    """As JSON tells of it."""
    found: dict[str, Any] = duskreel("import", brief, "--json").data[0]
    return found


def assert_whole(short: Path) -> None:
    with av.open(str(short)) as container:
        assert sum(1 for _ in container.decode(video=0)) == 90


def shares(program: Program) -> list[str]:
    (entry,) = program("list", "--json").data
    return sorted(share["file"] for share in entry["shares"])


def test_of_two_exports_to_one_name_one_is_made_and_one_refused(
    duskreel: Program, entry: dict[str, Any], tmp_path: Path
) -> None:
    short = tmp_path / "short.mp4"
    said = [finished(process) for process in [duskreel.start(*EXPORT, "-o", short) for _ in range(2)]]
    assert sorted(one.code for one in said) == [0, 1]
    (refused,) = (one for one in said if one.code)
    assert refused.err == f"There is already a file {short}. Choose another name, or let it be replaced (--replace).\n"
    assert_whole(short)
    assert shares(duskreel) == [str(short)]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["short.mp4"]
    assert duskreel.claims() == []


def test_two_exports_without_a_name_make_two_shorts_and_the_entry_knows_both(
    duskreel: Program, entry: dict[str, Any]
) -> None:
    said = [finished(process) for process in [duskreel.start(*EXPORT) for _ in range(2)]]
    assert [one.code for one in said] == [0, 0]
    made = sorted((duskreel.diary / "shorts").iterdir())
    assert len(made) == 2
    for short in made:
        assert_whole(short)
    assert shares(duskreel) == [str(short) for short in made]


def test_of_two_imports_of_one_file_into_a_new_diary_one_is_kept(duskreel: Program, brief: Path) -> None:
    said = [finished(process) for process in [duskreel.start("import", brief) for _ in range(3)]]
    assert sorted(one.code for one in said) == [0, 1, 1]
    for refused in (one for one in said if one.code):
        assert refused.err.count("\n") == 1
        assert "in the diary already" in refused.err
    assert len(list(duskreel.diary.glob("entries/*/*/*"))) == 1
    assert duskreel("doctor", "--json").data[1]["is_fine"]


def test_imports_of_many_files_at_once_are_all_kept(duskreel: Program, tmp_path: Path) -> None:
    clips = [make_clip(tmp_path / f"{i}.mp4", duration_s=1 + i / 10) for i in range(4)]
    assert [finished(process).code for process in [duskreel.start("import", clip) for clip in clips]] == [0] * 4
    entries = duskreel("list", "--json").data
    assert sorted(entry["original"]["name"] for entry in entries) == ["0.mp4", "1.mp4", "2.mp4", "3.mp4"]
    for entry in entries:
        assert hashlib.sha256(Path(entry["clip"]).read_bytes()).hexdigest() == entry["original"]["sha256"]


def test_an_entry_that_is_deleted_meanwhile_still_gives_its_short(
    duskreel: Program, entry: dict[str, Any], tmp_path: Path
) -> None:
    process = duskreel.start(*EXPORT, "-o", tmp_path / "short.mp4")
    until_it_exists(tmp_path, ".*.partial.mp4", process)
    assert duskreel("delete", "latest").code == 0
    said = finished(process)
    assert (said.code, said.err.count("\n")) == (0, 1)
    assert "could not be noted in its entry" in said.err
    assert_whole(tmp_path / "short.mp4")
    assert duskreel("restore", "latest").code == 0
    assert duskreel("doctor", "--json").data[1]["is_fine"]


def test_what_is_written_meanwhile_is_kept(duskreel: Program, entry: dict[str, Any], tmp_path: Path) -> None:
    process = duskreel.start(*EXPORT, "-o", tmp_path / "short.mp4")
    until_it_exists(tmp_path, ".*.partial.mp4", process)
    assert duskreel("edit", "latest", "--note", "written meanwhile", "--star").code == 0
    assert finished(process).code == 0
    (after,) = duskreel("list", "--json").data
    assert (after["note"], after["starred"], len(after["shares"])) == ("written meanwhile", True, 1)

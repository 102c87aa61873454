"""Tracebacks are kept where the user finds them, and nobody else."""

import sys
from pathlib import Path

import pytest

from duskreel.bug_log import LARGEST_LOG_BYTES, LOG_NAME, log_bug


def test_every_bug_is_appended_with_its_time(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    path = log_bug(folder, "Traceback one")
    assert log_bug(folder, "Traceback two ü") == path == folder / LOG_NAME
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("Traceback")] == ["Traceback one", "Traceback two ü"]
    assert lines[0].startswith("20")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps other people out of the whole folder")
def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = log_bug(tmp_path / "state", "Traceback")
    assert (path.stat().st_mode | path.parent.stat().st_mode) & 0o077 == 0


def test_it_begins_anew_when_it_is_large_and_keeps_the_last_one(tmp_path: Path) -> None:
    (tmp_path / LOG_NAME).write_text("x" * (LARGEST_LOG_BYTES + 1))
    log_bug(tmp_path, "Traceback")
    assert (tmp_path / LOG_NAME).stat().st_size < 100
    assert (tmp_path / "errors.old.log").stat().st_size > LARGEST_LOG_BYTES


def test_a_folder_that_cannot_be_written_is_no_second_bug(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"a file")
    assert log_bug(tmp_path / "state", "Traceback") == tmp_path / "state" / LOG_NAME

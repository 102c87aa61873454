"""How every command ends: its exit code, its one sentence, its log."""

import sys
from pathlib import Path

import pytest

from cli.conftest import Command
from duskreel.cli import entries
from duskreel.errors import Cancelled
from duskreel.paths import Places


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_without_a_command_and_a_display_it_says_where_the_commands_are(
    duskreel: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    said = duskreel()
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "no display" in said.err
    assert "transcribe" in duskreel("--help").out


def test_unknown_command_is_wrong_usage(duskreel: Command) -> None:
    assert duskreel("frobnicate").code == 2


@pytest.mark.parametrize("command", ["import", "list", "search", "show", "edit", "delete", "restore", "transcribe",
                                     "export", "reindex", "doctor", "models", "demo", "record", "recover", "backup",
                                     "restore-backup"])  # fmt: skip
def test_every_command_explains_itself(duskreel: Command, command: str) -> None:
    said = duskreel(command, "--help")
    assert said.code == 0
    assert "Usage: duskreel" in said.out


def test_a_bug_is_logged_in_full_and_told_in_one_sentence(
    duskreel: Command, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(entries, "EntryFilter", broken)
    said = duskreel("list")
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    assert "ZeroDivisionError" in (places.state / "errors.log").read_text(encoding="utf-8")


def test_cancelled_work_ends_with_1_and_a_calm_sentence(duskreel: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def cancelled(*_: object) -> None:
        raise Cancelled

    monkeypatch.setattr(entries, "EntryFilter", cancelled)
    said = duskreel("list")
    assert (said.code, said.err.strip()) == (1, "Stopped. Nothing half done was left behind.")


def test_a_diary_that_cannot_be_made_is_one_sentence(duskreel: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("I am a file")
    said = duskreel("list", "--library", tmp_path / "file" / "diary")
    assert (said.code, said.err.count("\n")) == (1, 1)


def test_the_settings_file_names_the_library(duskreel: Command, places: Places, talk: Path, tmp_path: Path) -> None:
    duskreel("import", talk, "--library", tmp_path / "elsewhere")
    places.config.mkdir()
    folder = str(tmp_path / "elsewhere").replace("\\", "\\\\")
    (places.config / "settings.json").write_text(f'{{"library_folder": "{folder}"}}', encoding="utf-8")
    assert len(duskreel("list", "--json").data) == 1


def test_a_folder_name_with_a_slip_of_the_pen_begins_no_diary(duskreel: Command, tmp_path: Path) -> None:
    said = duskreel("list", "--library", tmp_path / "Vidoes" / "diary")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert list(tmp_path.glob("Vid*")) == []


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ('{"library_folder": "diary"}', "whole path"),
        ('{"library_folder": "/nowhere\\u0000/x"}', "no folder"),
        ('{"platform": "myspace"}', "no platform “myspace”"),
    ],
)
def test_odd_settings_are_one_sentence(
    duskreel: Command, places: Places, talk: Path, settings: str, sentence: str
) -> None:
    duskreel("import", talk)
    places.config.mkdir()
    (places.config / "settings.json").write_text(settings, encoding="utf-8")
    said = duskreel("export", "latest")
    assert said.code == 1
    assert sentence in said.err
    assert said.err.count("\n") == 1


def test_the_log_of_bugs_is_for_its_owner_alone_and_does_not_grow_for_ever(
    duskreel: Command, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "EntryFilter", lambda *_: 1 / 0)
    places.state.mkdir()
    (places.state / "errors.log").write_text("x" * 600_000, encoding="utf-8")
    duskreel("list")
    log = places.state / "errors.log"
    assert log.stat().st_size < 10_000
    assert log.stat().st_mode & 0o077 == 0

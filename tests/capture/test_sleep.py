"""The machine stays awake, and nothing depends on it."""

import os
from pathlib import Path

import pytest

from duskreel.capture.sleep import inhibitor, kept_awake


def test_every_unix_has_its_own_way() -> None:
    assert inhibitor("linux", "Recording")[0] == "systemd-inhibit"
    assert "--why=Recording" in inhibitor("linux", "Recording")
    assert inhibitor("darwin", "Recording")[0] == "caffeinate"
    assert inhibitor("freebsd14", "Recording") == []


def stand_in(folder: Path, script: str) -> None:
    for name in ("systemd-inhibit", "caffeinate"):
        program = folder / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)


@pytest.mark.skipif(os.name != "posix", reason="the helper is a shell script")
def test_helper_lasts_until_the_block_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log"
    stand_in(tmp_path, f'echo "$@" > "{log}"\ncat\necho ended >> "{log}"')
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with kept_awake("Recording"):
        assert not log.exists() or "ended" not in log.read_text()
    started, ended = log.read_text().splitlines()
    assert started.endswith("cat")
    assert ended == "ended"


@pytest.mark.skipif(os.name != "posix", reason="the helper is a shell script")
@pytest.mark.parametrize("script", ["exit 1", "exec false"])
def test_refusal_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    stand_in(tmp_path, script)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with kept_awake("Recording"):
        pass


def test_system_that_cannot_be_asked_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with kept_awake("Recording"):
        pass


def test_error_inside_passes_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ZeroDivisionError), kept_awake("Recording"):
        _ = 1 / 0

"""The command line as a user has it, with folders of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clips import make_clip
from duskreel.__main__ import run
from duskreel.paths import Places
from said import Said

Command = Callable[..., Said]


@pytest.fixture
def duskreel(places: Places, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run one command in this process."""
    monkeypatch.setattr("signal.signal", lambda *_: None)  # the test runner's own Ctrl-C stays

    def run_command(*arguments: object) -> Said:
        code = run([str(argument) for argument in arguments], places)
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return run_command


@pytest.fixture(scope="session")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip to import. Never change it."""
    return make_clip(tmp_path_factory.mktemp("footage") / "talk.mp4", created="2026-11-20T17:30:00Z")


@pytest.fixture(scope="session")
def other_talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another one."""
    return make_clip(tmp_path_factory.mktemp("footage") / "other.mp4", duration_s=1.0, created="2026-10-02T09:00:00Z")

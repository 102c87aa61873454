"""The program, the bundled model, and clips to feed it with."""

from pathlib import Path

import pytest

from clips import make_clip
from duskreel.progress import CancelToken
from duskreel.speech.models import find_model
from integration.program import Program


@pytest.fixture
def duskreel(tmp_path: Path) -> Program:
    """A new user's."""
    return Program(tmp_path / "home")


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the bundled model, put together once. Never change it."""
    folder = tmp_path_factory.mktemp("models")
    find_model("base", folder, token=CancelToken())
    return folder


@pytest.fixture(scope="session")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds to import. Never change it."""
    return make_clip(tmp_path_factory.mktemp("footage") / "talk.mp4", duration_s=4.0, created="2026-11-20T17:30:00Z")


@pytest.fixture(scope="session")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As short as a short can be, and so 90 pictures in it. Never change it."""
    return make_clip(tmp_path_factory.mktemp("footage") / "brief.mp4", duration_s=3.0)

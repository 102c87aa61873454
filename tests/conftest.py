"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

# Widgets are painted without a display, also where there is one.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from duskreel.paths import Places


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """The program's folders, all inside this test's own folder."""
    return Places(
        config=tmp_path / "config",
        state=tmp_path / "state",
        models=tmp_path / "models",
        default_diary=tmp_path / "Videos" / "Duskreel",
    )


@pytest.fixture(scope="session", autouse=True)
def application(qapp: QApplication) -> QApplication:
    """The one application object of a process; whatever needs a smaller one is content with it."""
    return qapp

"""What every test may ask for."""

from pathlib import Path

import pytest

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

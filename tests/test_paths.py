from pathlib import Path

import pytest

from duskreel import paths
from duskreel.errors import DiaryError


def test_places_are_apart_and_named_after_the_program() -> None:
    found = paths.places()
    folders = [found.config, found.state, found.models, found.default_diary]
    assert len(set(folders)) == 4
    assert all(folder.is_absolute() and "duskreel" in str(folder).lower() for folder in folders)


def test_asking_for_places_makes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path))
    paths.places()
    assert list(tmp_path.iterdir()) == []


def test_a_missing_resource_says_what_to_do() -> None:
    with pytest.raises(DiaryError, match=r"missing: nothing\.bin.*Install") as caught:
        paths.resource("nothing.bin")
    assert caught.value.what_to_do

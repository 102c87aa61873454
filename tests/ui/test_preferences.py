"""Settings are changed in one place, told to all, and saved."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from duskreel import settings
from duskreel.errors import DiaryError
from duskreel.settings import Settings
from duskreel.ui.preferences import Preferences


def test_a_change_is_told_and_saved(qtbot: QtBot, preferences: Preferences, tmp_path: Path) -> None:
    told: list[Settings] = []
    preferences.changed.connect(told.append)
    preferences.change(theme="light")
    preferences.close()
    assert [change.theme for change in told] == ["light"]
    assert settings.load(tmp_path / "config").theme == "light"


def test_what_is_so_already_is_not_told(preferences: Preferences) -> None:
    told: list[Settings] = []
    preferences.changed.connect(told.append)
    preferences.change(theme=preferences.now.theme)
    assert told == []


def test_of_many_changes_the_last_one_is_on_the_disk(preferences: Preferences, tmp_path: Path) -> None:
    for number in range(20):
        preferences.change(pause_before_ms=number)
    preferences.close()
    assert settings.load(tmp_path / "config").pause_before_ms == 19


def test_a_folder_that_cannot_be_written_is_told(qtbot: QtBot, tmp_path: Path, failures: list[DiaryError]) -> None:
    (tmp_path / "config").write_bytes(b"a file")
    held = Preferences(Settings(), tmp_path / "config", failures.append)
    held.change(theme="light")
    qtbot.waitUntil(lambda: bool(failures))
    assert held.now.theme == "light", "it holds as long as the window is open"
    held.close()

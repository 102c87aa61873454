"""What the user may choose, kept as one small JSON file.

Unknown keys belong to a newer version and are kept; a value of the wrong kind falls back to its default.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

from duskreel.atomic import cannot_write, write_json

FILE_NAME = "settings.json"


@dataclass(frozen=True)
class Settings:
    """Every choice with its default. Field names are the keys of the file."""

    library_folder: str = ""
    """"" means the system's usual place, `Places.default_diary`"""
    speech_model: str = "base"
    language: str = "auto"
    """ISO 639-1, or "auto" to tell it from the sound"""
    caption_style: str = "calm"
    platform: str = "tiktok"
    loudness_lufs: float = -14.0
    peak_dbtp: float = -1.5
    pause_before_ms: int = 250
    """kept in front of speech when pauses are trimmed"""
    pause_after_ms: int = 350
    mood_names: tuple[str, ...] = ("awful", "bad", "okay", "good", "great")
    unknown: Mapping[str, Any] = field(default_factory=dict)


def load(folder: Path) -> Settings:
    """Read the settings in this configuration folder; defaults where there is no file or it is broken."""
    try:
        data = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    return from_json(data) if isinstance(data, dict) else Settings()


def save(settings: Settings, folder: Path) -> None:
    """Write the settings, atomically.

    Raises:
        DiaryError: the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    write_json(folder / FILE_NAME, to_json(settings))


def from_json(data: Mapping[str, Any]) -> Settings:
    """Take over every value that has the kind of its default."""
    known: dict[str, Any] = {}
    for setting in _choices():
        default = setting.default
        value = data.get(setting.name, default)
        if isinstance(default, tuple) and isinstance(value, list):
            value = tuple(value)
        if isinstance(default, float) and type(value) is int:
            value = float(value)
        fits = type(value) is type(default) and (not isinstance(default, tuple) or _is_like(value, default))
        known[setting.name] = value if fits else default
    others = {key: value for key, value in data.items() if key not in known}
    return Settings(**known, unknown=others)


def to_json(settings: Settings) -> dict[str, Any]:
    """The content of the file."""
    known = {choice.name: getattr(settings, choice.name) for choice in _choices()}
    return {
        **{key: list(value) if isinstance(value, tuple) else value for key, value in known.items()},
        **settings.unknown,
    }


def _choices() -> list[Any]:
    return [choice for choice in fields(Settings) if choice.default is not MISSING]


def _is_like(value: tuple[Any, ...], default: tuple[Any, ...]) -> bool:
    return len(value) == len(default) and all(isinstance(item, str) for item in value)

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


NO_MICROPHONE = "none"
FEELINGS = (
    *("amazed", "excited", "surprised", "passionate", "happy", "joyful", "brave", "proud", "confident", "hopeful"),
    *("amused", "satisfied", "relieved", "grateful", "content", "calm", "peaceful", "indifferent", "drained"),
    *("annoyed", "frustrated", "stressed", "worried", "overwhelmed", "irritated", "anxious", "scared", "angry"),
    *("sad", "lonely", "hopeless", "discouraged", "disappointed", "embarrassed", "ashamed", "guilty", "jealous"),
    "disgusted",
)
"""the labels of Apple's State of Mind (HealthKit, HKStateOfMind.Label), from pleasant to unpleasant"""


def _between(least: float, most: float) -> dict[str, float]:
    """For a setting that makes sense in a range only."""
    return {"least": least, "most": most}


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
    loudness_lufs: float = field(default=-14.0, metadata=_between(-30, -8))
    peak_dbtp: float = field(default=-1.5, metadata=_between(-9, -0.5))
    pause_before_ms: int = field(default=250, metadata=_between(0, 5_000))
    """kept in front of speech when pauses are trimmed"""
    pause_after_ms: int = field(default=350, metadata=_between(0, 5_000))
    mood_names: tuple[str, ...] = ("awful", "bad", "okay", "good", "great")
    mood_colours: tuple[str, ...] = ("", "", "", "", "")
    """as ``#rrggbb``; "" for the theme's own"""
    feelings: tuple[str, ...] = field(default=FEELINGS, metadata={"any_length": True})
    theme: str = "dark"
    """or "light", or "system" for what the system prefers"""
    camera: str = ""
    """id of the device, or the address of a camera in the network; "" for the system's default"""
    microphone: str = ""
    """id of the device; "" for the system's default, NO_MICROPHONE for none"""
    video_quality: str = "auto"
    """the height of the picture to ask the camera for, such as "720"; "auto" for the best that is fast enough"""
    counts_down: bool = True
    """three seconds between the button and the recording"""
    shows_prompts: bool = True
    shows_frame_guide: bool = True
    """the part of the picture that an upright short would show"""
    transcribes_by_itself: bool = True
    series: str = ""
    """id of the series that is being told day by day; "" for none"""
    memories: str = "ask"
    """earlier days above the diary: hard ones are shown ("all"), told of until they are asked for ("ask"), or left out
    ("none"); "off" for no memories at all"""
    memories_closed_on: str = ""
    """the day, such as ``2026-11-23``, for which they were closed"""
    bin_days: int = field(default=0, metadata=_between(0, 36_500))
    """after how many days a deleted entry leaves the bin by itself; 0 for never"""
    unknown: Mapping[str, Any] = field(default_factory=dict)


def load(folder: Path) -> Settings:
    """Read the settings in this configuration folder; defaults where there is no file or it is broken."""
    try:
        data = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
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
    """Take over every value that has the kind of its default and lies in its range."""
    known = {choice.name: _fitting(choice, data.get(choice.name)) for choice in _choices()}
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


def _fitting(choice: Any, value: Any) -> Any:
    """The value in the type of the setting; the default where it does not fit."""
    if isinstance(choice.default, tuple):
        return tuple(value) if isinstance(value, list) and _is_like(value, choice) else choice.default
    if isinstance(choice.default, float) and type(value) is int and abs(value) < 1_000:
        value = float(value)
    limits = choice.metadata
    if type(value) is not type(choice.default) or (
        "least" in limits and not limits["least"] <= value <= limits["most"]
    ):
        return choice.default
    return value


def _is_like(value: list[Any], choice: Any) -> bool:
    is_of_length = len(value) == len(choice.default) or choice.metadata.get("any_length", False)
    return is_of_length and all(isinstance(item, str) for item in value)

"""What a short may have beside its picture, sound and captions."""

from dataclasses import dataclass
from typing import Literal

SubtitleFile = Literal["srt", "vtt"]
LAST_DAY = 99_999
"""whose label still fits"""
SUBTITLE_FILES: tuple[SubtitleFile, ...] = ("srt", "vtt")


@dataclass(frozen=True)
class Marks:
    """What is painted over the picture."""

    title: str = ""
    """stands over the first seconds"""
    day: int | None = None
    """of a series, since its first, which is day 1"""
    has_progress_bar: bool = False


@dataclass(frozen=True)
class Extras:
    """All of it."""

    marks: Marks = Marks()
    subtitle_files: tuple[SubtitleFile, ...] = ()
    """beside the short, with its name"""
    has_subtitle_track: bool = False
    """inside the file: players show it when asked to, and platforms ignore it"""
    has_cover: bool = False
    """a JPEG beside the short, with its name"""
    reduces_noise: bool = False
    uses_hardware: bool = False
    """the graphics processor's encoder, where there is one"""
    tells_time: bool = False
    """the file holds when it was recorded, and its name the day; so it does if the entry's review notes say so"""


NO_EXTRAS = Extras()

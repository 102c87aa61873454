"""What the platforms ask of a short: frame, length, and the places that their own buttons cover.

The numbers drift; they were gathered in 2026 from the platforms' help pages and from guides to them, and are kept
here as data so that changing one is a matter of a line.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from duskreel.errors import DiaryError
from duskreel.timecode import clock

Framing = Literal["face", "centre"] | float
"""how the upright window is placed: by the face, in the middle, or at 0.0 (left or top) to 1.0 (right or bottom)"""

WIDTH = 1080
HEIGHT = 1920
FRAME_RATE = Fraction(30)
SOUND_RATE_HZ = 48_000
SHORTEST_MS = 3_000
WARN_OVER_MS = (180_000, 90_000, 60_000)


@dataclass(frozen=True)
class SafeZone:
    """The part of the frame that no platform covers with its own interface, in fractions of the frame."""

    left: float
    top: float
    right: float
    bottom: float


EVERYWHERE = SafeZone(left=65 / WIDTH, top=270 / HEIGHT, right=930 / WIDTH, bottom=1250 / HEIGHT)
"""The overlap of what TikTok, Reels and Shorts leave free."""


@dataclass(frozen=True)
class Platform:
    """Where a short is meant to go. All of them take the same file; they differ in how long it may be."""

    name: str
    label: str
    longest_ms: int
    """what the platform's own app accepts"""
    safe_zone: SafeZone = EVERYWHERE


PLATFORMS = {
    platform.name: platform
    for platform in (
        Platform("tiktok", "TikTok", longest_ms=600_000),
        Platform("reels", "Instagram Reels", longest_ms=180_000),
        Platform("shorts", "YouTube Shorts", longest_ms=180_000),
    )
}


def check_length(duration_ms: int, platform: Platform) -> list[str]:
    """Say what the length of a short means for where it is meant to go.

    Returns:
        Sentences for the user; none where the length is fine everywhere.

    Raises:
        DiaryError: it is shorter than any platform takes.
    """
    if duration_ms < SHORTEST_MS:
        raise DiaryError(
            f"The short would last {duration_ms / 1000:.1f} s; no platform takes less than {SHORTEST_MS // 1000} s.",
            "Keep more of the clip, or choose a longer length.",
        )
    if duration_ms > platform.longest_ms:
        return [f"{platform.label} takes at most {clock(platform.longest_ms)}; this is {clock(duration_ms)}."]
    passed = next((limit for limit in WARN_OVER_MS if duration_ms > limit), None)
    if passed is None:
        return []
    return [f"This is {clock(duration_ms)}; fewer people watch shorts of over {clock(passed)}."]

"""Which size and rate a camera is asked for, and what worked last time."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from duskreel import atomic
from duskreel.errors import DiaryError

PREFERRED_SIZES = ((1920, 1080), (1280, 720), (640, 480))
PREFERRED_RATE_FPS = 30
ENOUGH_FPS = 20
"""a mode that delivers less is passed over as long as there is another one to try"""
MOST_TRIED = 4
RAW_FORMATS = ("YUYV", "NV12", "YU12")
"""cheaper than pictures that must be decoded"""


@dataclass(frozen=True)
class CameraMode:
    """What a camera is asked for, or claims to offer."""

    width: int
    height: int
    rate_fps: float = PREFERRED_RATE_FPS
    """as claimed; never a basis for times"""
    pixel_format: str = ""
    """four letters as V4L2 names them, such as YUYV or MJPG; empty for whatever the camera gives"""


def modes_to_try(offered: Sequence[CameraMode], wanted: CameraMode | None = None) -> list[CameraMode]:
    """The few modes that are worth a try, the best first.

    Args:
        offered: as the device claims; empty where it cannot be asked.
        wanted: by the user or by the last time; tried before all others.
    """
    if offered:
        best = [_best(offered, size) for size in PREFERRED_SIZES]
        found = [mode for mode in best if mode is not None] or [max(offered, key=_by_rate_and_area)]
        found.sort(key=lambda mode: mode.rate_fps < ENOUGH_FPS)
    else:
        found = [CameraMode(width, height) for width, height in PREFERRED_SIZES]
    if wanted is not None:
        found = [wanted, *(mode for mode in found if mode != wanted)]
    return found[:MOST_TRIED]


def _best(offered: Sequence[CameraMode], size: tuple[int, int]) -> CameraMode | None:
    """Of one size: as near to the preferred rate as there is, and raw where that costs no rate."""
    same = [mode for mode in offered if (mode.width, mode.height) == size]
    return min(
        same,
        key=lambda mode: (abs(mode.rate_fps - PREFERRED_RATE_FPS), mode.pixel_format not in RAW_FORMATS),
        default=None,
    )


def _by_rate_and_area(mode: CameraMode) -> tuple[bool, int]:
    return mode.rate_fps >= ENOUGH_FPS, mode.width * mode.height


class ModeMemory:
    """What worked with each camera, in a small JSON file. Losing it costs a second at the next start.

    Args:
        path: of the file; it and its folder need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def recall(self, camera: str) -> CameraMode | None:
        """What was remembered for a camera; None for a new one, or where the file says nonsense."""
        entry = self._read().get(camera)
        if not isinstance(entry, dict):
            return None
        try:
            mode = CameraMode(
                int(entry["width"]), int(entry["height"]), float(entry["rate_fps"]), str(entry["pixel_format"])
            )
        except (KeyError, TypeError, ValueError):
            return None
        return mode if mode.width > 0 and mode.height > 0 else None

    def remember(self, camera: str, mode: CameraMode) -> None:
        """Keep a mode for the next time; where that cannot be written, it is tried again then."""
        if self.recall(camera) == mode:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            atomic.write_json(self._path, {**self._read(), camera: asdict(mode)})
        except (DiaryError, OSError):
            return

    def _read(self) -> dict[str, object]:
        try:
            content = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

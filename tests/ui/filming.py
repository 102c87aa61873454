"""A film that stands in for camera and microphone, and a studio that looks at it."""

from pathlib import Path

from clips import make_clip
from duskreel.library.values import DiaryLocation
from duskreel.paths import Places
from duskreel.ui.preferences import Preferences
from duskreel.ui.record.studio import Studio

FILM_SIZE = (320, 180)
FILM_FPS = 15


def film(folder: Path, *, duration_s: float = 12.0, size: tuple[int, int] = FILM_SIZE) -> Path:
    """Long enough for a test not to see its end."""
    return make_clip(folder / "film.mp4", duration_s=duration_s, size=size, fps=FILM_FPS)


def studio_with(location: DiaryLocation, places: Places, preferences: Preferences, **options: object) -> Studio:
    """A studio on a machine without devices: what there is to see is in the preferences."""
    nothing: dict[str, object] = {"list_cameras": list, "list_microphones": list}
    return Studio(location, places, preferences, **{**nothing, **options})

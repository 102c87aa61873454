"""Where things live on this system."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from duskreel.errors import DiaryError

APP_NAME = "duskreel"


@dataclass(frozen=True)
class Places:
    """The folders that the program uses besides the diary itself; none is made before it is needed."""

    config: Path
    """settings.json"""
    state: Path
    """what can be rebuilt or is of no use to another machine: the index, locks, logs, intents"""
    models: Path
    """speech models, one folder each"""
    default_diary: Path
    """the diary, unless the settings or ``--library`` name another folder"""


def places() -> Places:
    """The usual folders of this system and user, as platformdirs knows them."""
    return Places(
        config=Path(platformdirs.user_config_dir(APP_NAME, appauthor=False)),
        state=Path(platformdirs.user_state_dir(APP_NAME, appauthor=False)),
        models=Path(platformdirs.user_data_dir(APP_NAME, appauthor=False)) / "models",
        default_diary=Path(platformdirs.user_videos_dir()) / "Duskreel",
    )


def resource(name: str) -> Path:
    """A file that the program ships, such as ``"sample.mp4"``.

    In a wheel the resources lie inside the package; in a checkout they lie at the top of it.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "resources", package.parents[1] / "resources"):
        if (folder / name).exists():
            return folder / name
    raise DiaryError(f"A part of Duskreel is missing: {name}.", "Install Duskreel again.")

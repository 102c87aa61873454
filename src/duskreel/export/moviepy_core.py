"""The three classes of MoviePy that we build on, without what its configuration does on the side."""

import os
import sys
from types import ModuleType


def _quiet_configuration() -> ModuleType:
    """What the rest of MoviePy imports from ``moviepy.config``, for a MoviePy that starts no programs."""
    configuration = ModuleType("moviepy.config")
    configuration.__dict__.update(FFMPEG_BINARY="unset", FFPLAY_BINARY="unset", IS_POSIX_OS=os.name == "posix")
    return configuration


# WORKAROUND https://github.com/Zulko/moviepy/blob/v2.2.1/moviepy/config.py: on import it loads any .env file that lies
# above it into our environment, and runs the programs that are named there, or called ffmpeg and ffplay. We read and
# write clips ourselves and need none of it.
sys.modules.setdefault("moviepy.config", _quiet_configuration())

from moviepy import AudioClip, Effect, VideoClip  # noqa: E402

__all__ = ["AudioClip", "Effect", "VideoClip"]

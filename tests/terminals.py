"""Terminals of this system, for tests of what a person types and sees."""

import os

import pytest


def terminal() -> tuple[int, int]:
    """Descriptors of a new one: ours, and that of who runs on it. Skips the test where the system has none."""
    try:
        return os.openpty()
    except OSError:
        pytest.skip("this system hands out no terminals")

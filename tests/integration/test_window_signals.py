"""The window ends when the system asks it to, at once and whatever it is doing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from duskreel.paths import resource

PATIENCE_S = 60
MARK = "window-is-open"

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="signals and folders as on Linux")


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_the_window_ends_as_soon_as_it_is_asked_and_leaves_no_trace(tmp_path: Path, asked: signal.Signals) -> None:
    config = tmp_path / "config" / "duskreel"
    config.mkdir(parents=True)
    (config / "settings.json").write_text(f'{{"camera": "{resource("sample.mp4")}"}}')
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CONFIG_HOME": str(config.parent),
        "DISPLAY": ":0",
        "QT_QPA_PLATFORM": "offscreen",
    }
    window = subprocess.Popen(
        [sys.executable, "-m", "duskreel", "--library", str(tmp_path / "diary")],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    mark = tmp_path / "state" / "duskreel" / MARK
    deadline_s = time.monotonic() + PATIENCE_S
    while not mark.exists() and time.monotonic() < deadline_s:
        assert window.poll() is None
        time.sleep(0.02)
    window.send_signal(asked)
    try:
        _, said = window.communicate(timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        window.kill()
        window.communicate()
        raise
    assert window.returncode == 0, said
    assert b"Traceback" not in said
    assert not mark.exists(), "the next start has nothing to explain"

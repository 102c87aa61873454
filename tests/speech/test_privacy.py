"""What speech libraries would tell others, they do not."""

import os
import subprocess
import sys
from pathlib import Path

LISTEN = """
import numpy as np
from duskreel.speech.transcriber import detect_speech
print(detect_speech(np.zeros(32_000, dtype=np.float32)))
"""


def test_listening_leaves_no_trace_of_telemetry_in_the_home_folder(tmp_path: Path) -> None:
    """Onnxruntime's reporting keeps a device id there; it is off by itself where the variable CI is set."""
    environment = {key: value for key, value in os.environ.items() if key not in ("CI", "ORT_DISABLE_TELEMETRY")}
    environment |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / ".cache")}
    subprocess.run([sys.executable, "-c", LISTEN], env=environment, check=True, capture_output=True)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []


def test_child_processes_inherit_the_silence() -> None:
    import duskreel.speech  # noqa: F401 - for what importing it does

    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
    assert os.environ["HF_HUB_OFFLINE"] == "1"

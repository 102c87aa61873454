"""MoviePy without what its configuration does on the side."""

import os
import subprocess
import sys
from pathlib import Path

IMPORT = """
import os, subprocess
started = []
subprocess.Popen.__init__ = lambda self, *arguments, **_: started.append(arguments)
from duskreel.export import moviepy_core
print(os.environ.get("STOLEN"), started)
"""


def test_importing_it_reads_no_env_file_and_starts_no_program(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("STOLEN=yes\nFFMPEG_BINARY=/tmp/evil\n")
    environment = os.environ | {"FFMPEG_BINARY": "/nowhere/ffmpeg", "FFPLAY_BINARY": "/nowhere/ffplay"}
    done = subprocess.run(
        [sys.executable, "-c", IMPORT], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "None []"

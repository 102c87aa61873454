"""Qt, PyAV and OpenCV each bring libraries of their own; they must get along in one process, in every order."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

ENCODE_AND_DECODE = """
import io
import numpy as np
memory = io.BytesIO()
with av.open(memory, "w", format="mp4") as container:
    stream = container.add_stream("libx264", rate=30)
    stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
    for level in range(0, 250, 25):
        frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), level, np.uint8), format="rgb24")
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
memory.seek(0)
with av.open(memory) as container:
    pictures = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
means = [cv2.mean(picture)[0] for picture in pictures]
assert len(means) == 10 and means == sorted(means), means
image = PySide6.QtGui.QImage(pictures[-1].tobytes(), 64, 48, 64 * 3, PySide6.QtGui.QImage.Format.Format_RGB888)
assert image.pixelColor(30, 20).red() > 200
print("fine")
"""

NONE_IS_KEPT = """
import sys
from PySide6.QtGui import QImage, QPainter
image = QImage(8, 8, QImage.Format.Format_RGB32)
painter = QPainter(image)
before = sys.getrefcount(None)
for _ in range(500):
    painter.translate(0, 0)
lost = before - sys.getrefcount(None)
painter.end()
assert lost < 100, f"{lost} references lost in 500 calls"
print("fine")
"""


def run_python(source: str, folder: Path) -> str:
    """What a Python of its own prints, errors included."""
    result = subprocess.run(
        [sys.executable, "-c", source],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    return f"{result.stdout}exit {result.returncode}"


@pytest.mark.parametrize("order", list(itertools.permutations(("PySide6.QtGui", "av", "cv2"))), ids=" ".join)
def test_libraries_work_together_in_any_order(order: tuple[str, ...], tmp_path: Path) -> None:
    source = "".join(f"import {name}\n" for name in order) + ENCODE_AND_DECODE
    assert run_python(source, tmp_path) == "fine\nexit 0"


def test_qt_does_not_wear_none_out(tmp_path: Path) -> None:
    # PySide6 6.12.0 on Python 3.11 does, and the interpreter then stops in the middle of some later call.
    assert run_python(NONE_IS_KEPT, tmp_path) == "fine\nexit 0"

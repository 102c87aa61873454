"""A clip of two people."""

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from clips import make_clip
from duskreel.paths import resource

SIZE = (640, 360)
FPS = 5


def head_of_the_sample() -> NDArray[np.uint8]:
    with av.open(str(resource("sample.mp4"))) as container:
        whole = next(container.decode(video=0)).reformat(*SIZE, format="rgb24").to_ndarray()
    return whole[40:260, 150:330]


def two_people(path: Path, rotation: int = 0) -> Path:
    """The speaker on the left; on the right somebody smaller for the second second of three, mirrored and moving."""
    head = head_of_the_sample()
    other = np.ascontiguousarray(head[::2, ::-2])

    def draw(size: tuple[int, int], time_s: float) -> av.VideoFrame:
        picture = np.full((SIZE[1], SIZE[0], 3), 90, dtype=np.uint8)
        picture[90:310, 60:240] = head
        if 1 <= time_s < 2:
            left = 420 + round(60 * (time_s - 1))
            picture[120:230, left : left + 90] = other
        turned = np.ascontiguousarray(np.rot90(picture, rotation // 90))
        return av.VideoFrame.from_ndarray(turned, format="rgb24")

    size = SIZE[::-1] if rotation % 180 else SIZE
    return make_clip(path, duration_s=3, size=size, fps=FPS, sound=None, draw=draw, rotation=rotation)

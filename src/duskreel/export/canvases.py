"""Pictures that are drawn, encoded, and then drawn over: asking the system for each anew would cost time and memory."""

from collections import deque

import numpy as np

from duskreel.picture.planes import Planes


class Canvases:
    """Empty pictures of one size. Any thread may take them and give them back."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self._free: deque[Planes] = deque()

    def take(self) -> Planes:
        """One that is nobody's, with anything on it."""
        try:
            return self._free.pop()
        except IndexError:
            return np.empty((self.size[1] * 3 // 2, self.size[0]), dtype=np.uint8)

    def give_back(self, canvas: Planes) -> None:
        """Nobody looks at this one any more."""
        self._free.append(canvas)

"""What may be laid over the pictures of a short, whatever it is: captions, a title, a progress bar."""

from collections.abc import Hashable
from typing import Protocol

from duskreel.export.compositing import Overlay


class Layer(Protocol):
    """Something that stands on the pictures. Times are milliseconds of the short, asked for in any order."""

    def key_at(self, time_ms: int) -> Hashable | None:
        """Names what stands there, and where, None for nothing.

        Two moments with the same key look exactly the same, be they of two layers in two shorts: a key is made of
        plain values, and says what kind of layer it is of.
        """

    def overlay_at(self, time_ms: int) -> Overlay | None:
        """What to lay over a picture, not to be changed; None where the key is. Asked again and again at moments
        with the same key, it is painted once.
        """

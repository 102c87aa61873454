"""What long work is handed: somewhere to say how far it is, and a way to learn that it should stop."""

from collections.abc import Callable

from duskreel.errors import Cancelled

Progress = Callable[[str, float], None]
"""Called as ``progress(stage, fraction)``: a short label for people and 0.0 to 1.0 of the whole job."""


def unheard(_stage: str, _fraction: float) -> None:
    """A Progress for work that nobody watches."""


def part(progress: Progress, start: float, end: float) -> Progress:
    """Let a step report 0.0 to 1.0 of itself as `start` to `end` of the whole."""

    def report(stage: str, fraction: float) -> None:
        progress(stage, start + (end - start) * min(max(fraction, 0.0), 1.0))

    return report


class CancelToken:
    """Asked by long work at every step; whoever made it decides where the answer comes from."""

    def __init__(self, is_cancelled: Callable[[], bool] = lambda: False) -> None:
        self._is_cancelled = is_cancelled

    @property
    def is_cancelled(self) -> bool:
        """Whether the user has asked for it."""
        return self._is_cancelled()

    def raise_if_cancelled(self) -> None:
        """Raise Cancelled once the user has asked for it."""
        if self.is_cancelled:
            raise Cancelled

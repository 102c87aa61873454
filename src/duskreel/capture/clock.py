"""The one timeline of a take, which camera and microphone share."""

from dataclasses import dataclass, replace

NS_PER_MS = 1_000_000
NS_PER_S = 1_000_000_000
ASLEEP_AFTER_NS = 10 * NS_PER_S
"""when nothing at all was delivered for so long and then something is, the machine was asleep"""


@dataclass(frozen=True)
class Run:
    """A stretch of the monotonic clock that belongs to the take."""

    start_ns: int
    end_ns: int | None
    """None while it goes on"""
    take_start_ns: int
    """the time of the take at its start"""

    def take_ns(self, at_ns: int) -> int:
        """The time of the take at this moment of the run."""
        return self.take_start_ns + at_ns - self.start_ns

    def holds(self, at_ns: int) -> bool:
        """Whether this moment is in the run; its end is not."""
        return self.start_ns <= at_ns and (self.end_ns is None or at_ns < self.end_ns)


class TakeClock:
    """Maps moments of ``time.monotonic_ns()`` to the time of a take. Zero is its first picture; pauses take none.

    Moments of the past may be asked for: sound arrives later than it sounded. One thread at a time changes the
    clock; any thread may ask at any time.
    """

    def __init__(self) -> None:
        self._runs: tuple[Run, ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        """Every stretch so far, in order."""
        return self._runs

    @property
    def has_begun(self) -> bool:
        """Whether there was a first picture."""
        return bool(self._runs)

    @property
    def is_running(self) -> bool:
        """Begun, not paused, not ended."""
        return self.has_begun and self._runs[-1].end_ns is None

    def begin(self, at_ns: int) -> None:
        """This is the moment of the first picture."""
        self._runs = (Run(at_ns, None, 0),)

    def pause(self, at_ns: int) -> None:
        """From here on nothing belongs to the take; also how it ends."""
        if self.is_running:
            last = self._runs[-1]
            self._runs = (*self._runs[:-1], replace(last, end_ns=max(at_ns, last.start_ns)))

    def resume(self, at_ns: int) -> None:
        """The take goes on at the time at which it was paused."""
        if self.has_begun and not self.is_running:
            last = self._runs[-1]
            start_ns = max(at_ns, last.end_ns or 0)
            self._runs = (*self._runs, Run(start_ns, None, self.length_ns(start_ns)))

    def take_ns(self, at_ns: int) -> int | None:
        """The time of the take at this moment; None before the first picture, in a pause, and after the end."""
        for run in reversed(self._runs):
            if run.holds(at_ns):
                return run.take_ns(at_ns)
        return None

    def take_ms(self, at_ns: int) -> int | None:
        """As `take_ns`, to the nearest millisecond."""
        take_ns = self.take_ns(at_ns)
        return None if take_ns is None else round(take_ns / NS_PER_MS)

    def length_ns(self, now_ns: int) -> int:
        """How long the take is by now."""
        if not self._runs:
            return 0
        last = self._runs[-1]
        return last.take_ns(now_ns if last.end_ns is None else last.end_ns)

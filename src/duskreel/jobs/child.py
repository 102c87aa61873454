"""Long work in a process of its own, so that the window never stutters and cancelling always works."""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from typing import Any, Generic, TypeVar

from duskreel.errors import Cancelled
from duskreel.jobs.outcome import Failed, Outcome, Result, Stopped, Work, outcome_of, unexpected
from duskreel.progress import CancelToken, Progress

Inputs = TypeVar("Inputs")

REPORT_EVERY_S = 0.05
"""how often a child reports progress at most: a bar needs no more, and a pipe fills up"""
GRACE_S = 2.0
"""how long cancelled work may take to tidy up before its process is killed"""


class ChildJob(Generic[Result]):
    """One piece of work in a spawned process. Poll it; it never blocks the caller unless asked to wait.

    Args:
        work: a function at module level.
        inputs: handed to it; must pickle.
        tidy: called after the process was killed or died, to remove what it left half done.
    """

    def __init__(
        self, work: Work[Inputs, Result], inputs: Inputs, *, tidy: Callable[[], object] = lambda: None
    ) -> None:
        # fork would copy the locks of other threads, and PyAV hangs in a forked child:
        # https://github.com/PyAV-Org/PyAV/issues/1788
        context = multiprocessing.get_context("spawn")
        self._receiver, sender = context.Pipe(duplex=False)
        self._cancelled = context.Event()
        self._process = context.Process(
            target=_run, args=(sender, self._cancelled, work, inputs), name="duskreel-job", daemon=True
        )
        self._tidy = tidy
        self._cancelled_at_s: float | None = None
        self._outcome: Outcome[Result] | None = None
        self._process.start()
        sender.close()

    @property
    def process_id(self) -> int | None:
        """The system's number for the child."""
        return self._process.pid

    def cancel(self) -> None:
        """Ask the work to stop; if it does not within GRACE_S, a later `poll` kills it."""
        self._cancelled.set()
        if self._cancelled_at_s is None:
            self._cancelled_at_s = time.monotonic()

    def poll(self, progress: Progress, wait_s: float = 0.0) -> Outcome[Result] | None:
        """Pass on what the child has reported, and tell how it ended once it has.

        Args:
            progress: called in this thread, for the newest report only.
            wait_s: how long to wait for news.
        """
        if self._outcome is None:
            self._receive(progress, wait_s)
        if self._outcome is None and self._is_overdue():
            self._process.kill()
            self._end(Stopped(), is_dirty=True)
        return self._outcome

    def wait(self, progress: Progress) -> Outcome[Result]:
        """Block until it has ended."""
        while (outcome := self.poll(progress, wait_s=0.1)) is None:
            continue
        return outcome

    def _receive(self, progress: Progress, wait_s: float) -> None:
        newest: tuple[str, float] | None = None
        try:
            while self._outcome is None and self._receiver.poll(0 if newest else wait_s):
                kind, content = self._receiver.recv()
                if kind == "progress":
                    newest = content
                else:
                    self._end(content, is_dirty=False)
        except (EOFError, OSError):
            # The process is gone without a word: killed by the system, by the user, or by a fault in a library.
            self._process.join(GRACE_S)
            how = f"its process ended with {self._process.exitcode}"
            self._end(Stopped() if self._cancelled_at_s else Failed(unexpected(how)), is_dirty=True)
        if newest:
            progress(*newest)

    def _is_overdue(self) -> bool:
        return self._cancelled_at_s is not None and time.monotonic() - self._cancelled_at_s > GRACE_S

    def _end(self, outcome: Outcome[Result], *, is_dirty: bool) -> None:
        # A process that has said its last word, or was killed, ends at once; if not, the window must not wait for it.
        self._process.join(GRACE_S)
        self._receiver.close()
        if is_dirty:
            self._tidy()
        self._outcome = outcome


def _run(sender: Connection, cancelled: Event, work: Work[Any, Any], inputs: Any) -> None:
    """The child's main function."""
    # Ctrl-C in a terminal reaches the whole group; what to do about it is the parent's decision.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.nice(5)
    reporter = _Reporter(sender)
    token = CancelToken(lambda: cancelled.is_set() or reporter.is_alone)
    outcome = outcome_of(lambda: work(inputs, progress=reporter.report, token=token))
    reporter.send("outcome", outcome)


class _Reporter:
    """The child's end of the pipe; notices when nobody is left at the other."""

    def __init__(self, sender: Connection) -> None:
        self._sender = sender
        self._last_s = 0.0
        self.is_alone = False

    def report(self, stage: str, fraction: float) -> None:
        if self.is_alone:
            raise Cancelled
        now_s = time.monotonic()
        if now_s - self._last_s >= REPORT_EVERY_S or fraction >= 1.0:
            self._last_s = now_s
            self.send("progress", (stage, fraction))

    def send(self, kind: str, content: object) -> None:
        try:
            self._sender.send((kind, content))
        except OSError:
            self.is_alone = True

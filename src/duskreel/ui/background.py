"""Long work, one piece at a time, each in a process of its own: the one place where it waits and can be cancelled."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from duskreel.errors import DiaryError
from duskreel.jobs.child import ChildJob
from duskreel.jobs.outcome import Failed, Outcome, Stopped, Succeeded, Work
from duskreel.ui.worker import Worker, ignore

POLL_S = 0.1


@dataclass(frozen=True, eq=False)
class Job:
    """One piece of long work.

    Args:
        title: for people, such as “Writing down what you said”.
        work: a function at module level.
        inputs: handed to it; must pickle.
        done: called in the window's thread with what it returned.
        failed: called there if it failed; None to show the error.
        stopped: called there if it was cancelled.
        yields: whether it makes room for a recording, and is begun again afterwards.
    """

    title: str
    work: "Work[Any, Any]"
    inputs: Any
    done: Callable[[Any], object] = ignore
    failed: Callable[[DiaryError], object] | None = None
    stopped: Callable[[], object] = lambda: None
    yields: bool = True


@dataclass(frozen=True)
class JobState:
    """What the quiet corner of the window shows."""

    job: Job
    stage: str
    fraction: float
    waiting: int
    """jobs behind it"""


class Background(QObject):
    """Runs jobs. All methods belong to the window's thread.

    Args:
        on_failure: told of every failure whose job did not say what to do about it.
        on_bug: given the traceback of a job that failed in a way nobody foresaw.
    """

    changed = Signal(object)
    """with the `JobState` of what runs, or None"""
    _reported = Signal(object, str, float)

    def __init__(self, on_failure: Callable[[DiaryError], object], on_bug: Callable[[str], object]) -> None:
        super().__init__()
        self._on_failure, self._on_bug = on_failure, on_bug
        self._worker = Worker("jobs", on_failure)
        self._waiting: list[Job] = []
        self._running: Job | None = None
        self._stop = threading.Event()
        self._is_held = self._is_put_off = False
        self._reported.connect(self._show)

    @property
    def running(self) -> Job | None:
        """What is being done."""
        return self._running

    @property
    def waiting(self) -> list[Job]:
        """What is to be done after that."""
        return list(self._waiting)

    def submit(self, job: Job, *, first: bool = False) -> None:
        """Do this when it is its turn; `first` puts it before all that waits, because the user is looking at it."""
        self._waiting.insert(0 if first else len(self._waiting), job)
        self._next()

    def cancel(self, job: Job) -> None:
        """Stop it, or do not begin it."""
        if job in self._waiting:
            self._waiting.remove(job)
            job.stopped()
        elif job is self._running:
            self._is_put_off = False
            self._stop.set()

    def hold(self) -> None:
        """Begin nothing, and put off what runs and can be put off: the machine is needed for a recording."""
        self._is_held = True
        if self._running is not None and self._running.yields:
            self._is_put_off = True
            self._stop.set()

    def release(self) -> None:
        """Go on."""
        self._is_held = False
        self._next()

    def close(self) -> None:
        """Cancel everything and wait until it has stopped, which takes two seconds at most."""
        self._waiting.clear()
        self._stop.set()
        self._worker.close()

    def _next(self) -> None:
        if self._running is not None or not self._waiting or self._is_held:
            return
        job = self._running = self._waiting.pop(0)
        stop = self._stop = threading.Event()
        self.changed.emit(JobState(job, "", 0.0, len(self._waiting)))
        self._worker.run(lambda: self._watch(job, stop), lambda outcome: self._end(job, outcome))

    def _watch(self, job: Job, stop: threading.Event) -> "Outcome[Any]":
        """In the worker's thread: starting a process and waiting for its end take longer than a window can wait."""
        child: ChildJob[Any] = ChildJob(job.work, job.inputs)

        def report(stage: str, fraction: float) -> None:
            self._reported.emit(job, stage, fraction)

        while (outcome := child.poll(report, wait_s=POLL_S)) is None:
            if stop.is_set():
                child.cancel()
        return outcome

    def _show(self, job: Job, stage: str, fraction: float) -> None:
        if job is self._running:
            self.changed.emit(JobState(job, stage, fraction, len(self._waiting)))

    def _end(self, job: Job, outcome: "Outcome[Any]") -> None:
        self._running = None
        was_put_off, self._is_put_off = self._is_put_off, False
        if isinstance(outcome, Stopped) and was_put_off:
            self._waiting.insert(0, job)
        self._next()
        if self._running is None:
            self.changed.emit(None)
        if isinstance(outcome, Succeeded):
            job.done(outcome.result)
        elif isinstance(outcome, Failed):
            if outcome.details:
                self._on_bug(outcome.details)
            (job.failed or self._on_failure)(outcome.error)
        elif not was_put_off:
            job.stopped()

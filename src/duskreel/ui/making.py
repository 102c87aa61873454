"""Something on its way that the user waits for: made in a process of its own, and told of when it ends."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from duskreel.errors import DiaryError
from duskreel.jobs.outcome import Work
from duskreel.ui.background import Background, Job


class Making(QObject):
    """Makes one thing of its kind at a time. It outlives the dialog that began it.

    Args:
        background: where it is made.
        title: for people, such as “Making your short”.
        work: a function at module level.
    """

    changed = Signal(object)
    """with the `JobState` of this, or of what is done before it"""
    made = Signal(object)
    """with what the work returned"""
    failed = Signal(object)
    """with the DiaryError; there is no file"""
    stopped = Signal()
    """as the user wished; there is no file"""

    def __init__(self, background: Background, title: str, work: "Work[Any, Any]") -> None:
        super().__init__()
        self._background, self._title, self._work = background, title, work
        self._job: Job | None = None
        background.changed.connect(self._pass_on)

    @property
    def is_running(self) -> bool:
        """Whether it is being made, or waits for its turn."""
        return self._job is not None

    def is_own(self, job: Job) -> bool:
        """Whether this job makes it."""
        return job is self._job

    def start(self, inputs: object) -> None:
        """Make it next; `inputs` are handed to the work and must pickle."""
        self._job = Job(
            self._title, self._work, inputs, self._made, failed=self._failed, stopped=self._stopped, yields=False
        )
        self._background.submit(self._job, first=True)

    def cancel(self) -> None:
        """Give it up."""
        if self._job is not None:
            self._background.cancel(self._job)

    def _pass_on(self, state: object) -> None:
        if self._job is not None and state is not None:
            self.changed.emit(state)

    def _made(self, result: object) -> None:
        self._job = None
        self.made.emit(result)

    def _failed(self, error: DiaryError) -> None:
        self._job = None
        self.failed.emit(error)

    def _stopped(self) -> None:
        self._job = None
        self.stopped.emit()

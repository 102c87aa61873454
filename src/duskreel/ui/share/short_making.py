"""A short on its way: asked for here, made in a process of its own, and told of when it ends."""

from PySide6.QtCore import QObject, Signal

from duskreel.errors import DiaryError
from duskreel.export.render import ExportRequest, ExportResult, export_entry
from duskreel.ui.background import Background, Job
from duskreel.ui.diary_thread import DiaryThread

TITLE = "Making your short"


class ShortMaking(QObject):
    """Makes one short at a time. It outlives the dialog that began it.

    Args:
        background: where it is made.
        diary: whose entry remembers it.
    """

    changed = Signal(object)
    """with the `JobState` of the short, or of what is done before it"""
    made = Signal(object)
    """with the `ExportResult`"""
    failed = Signal(object)
    """with the DiaryError; there is no file"""
    stopped = Signal()
    """as the user wished; there is no file"""

    def __init__(self, background: Background, diary: DiaryThread) -> None:
        super().__init__()
        self._background, self._diary = background, diary
        self._job: Job | None = None
        background.changed.connect(self._pass_on)

    @property
    def is_running(self) -> bool:
        """Whether a short is being made, or waits for its turn."""
        return self._job is not None

    def is_own(self, job: Job) -> bool:
        """Whether this job makes the short."""
        return job is self._job

    def start(self, request: ExportRequest) -> None:
        """Make it next."""
        self._job = Job(
            TITLE, export_entry, request, self._made, failed=self._failed, stopped=self._stopped, yields=False
        )
        self._background.submit(self._job, first=True)

    def cancel(self) -> None:
        """Give it up."""
        if self._job is not None:
            self._background.cancel(self._job)

    def _pass_on(self, state: object) -> None:
        if self._job is not None and state is not None:
            self.changed.emit(state)

    def _made(self, result: ExportResult) -> None:
        self._job = None
        self._diary.changed.emit()
        self.made.emit(result)

    def _failed(self, error: DiaryError) -> None:
        self._job = None
        self.failed.emit(error)

    def _stopped(self) -> None:
        self._job = None
        self.stopped.emit()

"""Background work that is done where it is asked for, for tests of what follows from it."""

from collections.abc import Callable

from duskreel.errors import Cancelled, DiaryError
from duskreel.progress import CancelToken, unheard
from duskreel.ui.background import Background, Job


class AtOnce(Background):
    """Has done every job when `submit` returns, and remembers it."""

    def __init__(self, on_failure: Callable[[DiaryError], object]) -> None:
        super().__init__(on_failure, lambda _: None)
        self._told = on_failure
        self.jobs: list[Job] = []
        self.token = CancelToken()

    def submit(self, job: Job, *, first: bool = False) -> None:  # noqa: ARG002 - nothing waits
        """Do it now."""
        self.jobs.append(job)
        try:
            result = job.work(job.inputs, progress=unheard, token=self.token)
        except DiaryError as error:
            (job.failed or self._told)(error)
        except Cancelled:
            job.stopped()
        else:
            job.done(result)

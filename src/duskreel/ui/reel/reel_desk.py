"""Where the dialog of a reel has things done that take their time: choosing, looking again, plans on the disk."""

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject

from duskreel.atomic import cannot_write, write_json
from duskreel.errors import Cancelled, DiaryError
from duskreel.export.recap import Moment
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.memories.recap_looking import RecapWishes, other_moments
from duskreel.memories.recap_plan import RecapPlan, read_plan
from duskreel.progress import CancelToken, unheard
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.reel.draft import Draft, draft_of, entries_by_id
from duskreel.ui.worker import Worker

Others = tuple[Sequence[Moment], Mapping[str, Entry]]
"""the best first, and their entries"""


class ReelDesk(QObject):
    """Asks and answers in the window's thread, works in others.

    Args:
        parent: nobody is answered when it is gone.
        diary: whose days.
        on_failure: told what went wrong.
    """

    def __init__(self, parent: QObject, diary: DiaryThread, on_failure: Callable[[DiaryError], object]) -> None:
        super().__init__(parent)
        self._diary, self._on_failure = diary, on_failure
        self._worker = Worker("reel", on_failure)
        self._is_over = threading.Event()
        self.destroyed.connect(self._is_over.set)

    def draft(self, plan: RecapPlan, done: Callable[[Draft], object]) -> None:
        """Gather what is to be known about a plan."""
        self._diary.ask(lambda diary: draft_of(plan, diary), done, failed=self._on_failure, owner=self)

    def read(self, file: Path, done: Callable[[Draft], object]) -> None:
        """Read a plan from a file."""

        def read(diary: Diary) -> Draft:
            return draft_of(read_plan(file, diary), diary)

        self._diary.ask(read, done, failed=self._on_failure, owner=self)

    def write(self, file: Path, plan: RecapPlan, done: Callable[[], object]) -> None:
        """Keep a plan in a file, in place of what was there."""

        def write() -> None:
            try:
                write_json(file, plan.to_json())
            except OSError as error:
                raise cannot_write(file, error) from error

        self._worker.run(write, lambda _: done(), owner=self)

    def look_again(self, wishes: RecapWishes, moment: Moment, done: Callable[[Others], object]) -> None:
        """Look for other moments of a moment's day."""
        token = CancelToken(self._is_over.is_set)

        def looked() -> Others | None:
            try:
                return _others(wishes, moment, moment.day, token)
            except Cancelled:
                return None

        def told(others: Others | None) -> None:
            if others is not None:
                done(others)

        self._worker.run(looked, told, owner=self)

    def close(self) -> None:
        """Give up what is being done. Does not wait."""
        self._is_over.set()
        worker = self._worker
        worker.run(lambda: None, lambda _: worker.close())


def _others(wishes: RecapWishes, moment: Moment, day: date, token: CancelToken) -> Others:
    found = other_moments(wishes, day, shown=(moment,), progress=unheard, token=token)
    with Diary.open(wishes.location) as diary:
        return found, entries_by_id({one.entry_id for one in found}, diary)

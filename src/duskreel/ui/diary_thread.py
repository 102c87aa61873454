"""The open diary in a thread of its own: the window asks, and goes on while it is being answered."""

from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, TypeVar

from PySide6.QtCore import QObject, Signal

from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.glance import Glance
from duskreel.library.values import DiaryLocation
from duskreel.ui.worker import Worker, ignore, is_gone

Answer = TypeVar("Answer")


class DiaryThread(QObject):
    """Owns the window's `Diary`. All methods belong to the window's thread, except where they say otherwise.

    Args:
        location: of the diary.
        on_failure: told of every known failure whose asker did not say what to do about it.
    """

    changed = Signal()
    """entries were added, changed or removed, by this window or by a job"""
    noticed = Signal(str)
    """a sentence about something that was found broken and mended"""
    could_not_open = Signal(object)
    """with the DiaryError; every question fails with it until `open` succeeds"""

    _reopened = Signal()

    def __init__(self, location: DiaryLocation, on_failure: Callable[[DiaryError], object]) -> None:
        super().__init__()
        self.location = location
        self._worker = Worker("diary", on_failure)
        self._diary: Diary | None = None
        self._reopened.connect(self._tell_open)
        self._refusal = DiaryError("The diary is not open yet.", "Try again in a moment.")
        self._was_refused = False
        self._once_open: Callable[[], object] = lambda: None

    def open(self, done: Callable[[], object] = lambda: None) -> None:
        """Open the diary; `done` is called when it is."""
        self._once_open = done
        self._worker.run(self._open, lambda _: self._tell_open(), failed=self._refused)

    def close(self) -> None:
        """Finish every change that was asked for and close the diary. Waits."""
        # Where it was opened, since a database connection belongs to its thread.
        self._worker.run(self._close)
        self._worker.finish()

    def ask(
        self,
        question: Callable[[Diary], Answer],
        done: Callable[[Answer], object] = ignore,
        *,
        failed: Callable[[DiaryError], object] | None = None,
        owner: QObject | None = None,
        topic: str = "",
    ) -> None:
        """Look something up: as `Worker.run`, with the open diary."""

        def answered(answer: Answer) -> None:
            self._tell_notices()
            done(answer)

        def asked() -> Answer:
            if self._diary is None and self._was_refused:
                # Its disk may be there by now, or may be written to again.
                with suppress(DiaryError):
                    self._open()
                    self._reopened.emit()
            return question(self._opened())

        self._worker.run(asked, answered, failed=failed, owner=owner, topic=topic)

    def change(
        self,
        change: Callable[[Diary], Answer],
        done: Callable[[Answer], object] = ignore,
        *,
        failed: Callable[[DiaryError], object] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Change something; `changed` follows even if the asker is gone by then."""

        def changed(answer: Answer) -> None:
            self.changed.emit()
            if not is_gone(owner):
                done(answer)

        self.ask(change, changed, failed=failed)

    def poster(self, entry: Entry | Glance) -> bytes | None:
        """The entry's picture as JPEG. From any thread; reads a small file and asks no database."""
        return self._opened().poster(entry)

    def open_clip(self, entry: Entry) -> BinaryIO:
        """The clip as a seekable binary file; the caller closes it. From any thread, as `poster`.

        Raises:
            DiaryError: it is missing or cannot be read.
        """
        return self._opened().open_clip(entry)

    def _open(self) -> None:
        self._diary = self._diary or Diary.open(self.location)
        self._was_refused = False

    def _tell_open(self) -> None:
        self._tell_notices()
        self._once_open()

    def _close(self) -> None:
        if self._diary is not None:
            self._diary.close()
            self._diary = None

    def _opened(self) -> Diary:
        if self._diary is None:
            raise self._refusal
        return self._diary

    def _refused(self, error: DiaryError) -> None:
        self._refusal, self._was_refused = error, True
        self.could_not_open.emit(error)

    def _tell_notices(self) -> None:
        notices = self._diary.notices if self._diary else []
        while notices:
            self.noticed.emit(notices.pop(0))

"""Takes what was dropped or chosen into the diary: looks at it, asks where it is much, and tells what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from duskreel.errors import DiaryError
from duskreel.library.arrivals.anything import is_archive
from duskreel.library.arrivals.moving_in import MovedIn, MovingIn, Origin, Outcome, move_in
from duskreel.library.arrivals.pile import is_folder
from duskreel.ui.arriving import wording
from duskreel.ui.background import Background, Job
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.list_dialog import ListDialog
from duskreel.ui.main_window import MainWindow
from duskreel.ui.messages import Action

A_FEW = 3
"""clips that are taken in without a question"""


class Arriving:
    """One background job for everything that was given at once, and another before it that only looks.

    Args:
        background: does it.
        diary: that is open when it is asked.
        window: that is open when it is asked; both may have been replaced since a job began.
    """

    def __init__(
        self, background: Background, diary: Callable[[], DiaryThread], window: Callable[[], MainWindow]
    ) -> None:
        self._background, self._diary, self._window = background, diary, window

    def bring(self, paths: Sequence[str]) -> None:
        """Take in films, folders and archives; of folders, archives and many films show first what would be done."""
        sources = tuple(map(Path, paths))
        request = MovingIn(self._diary().location, sources, Origin.ANYTHING)
        if len(sources) <= A_FEW and not any(is_folder(source) or is_archive(source) for source in sources):
            self._take(request)
            return
        title = f"Looking through {wording.title_of(sources)}"
        rehearsal = replace(request, is_rehearsal=True)
        self._background.submit(Job(title, move_in, rehearsal, done=lambda seen: self._ask(request, seen)))

    def _ask(self, request: MovingIn, seen: MovedIn) -> None:
        come = wording.coming(seen)
        if not come:
            self._tell(seen)
        elif len(come) <= A_FEW and len(come) == len(seen.arrivals) and not seen.notes:
            self._take(request)
        else:
            question, outlook = wording.question(seen), wording.outlook(seen)
            everything = wording.everything(seen)
            dialog = ListDialog(self._window(), question, outlook, everything, yes=wording.consent(seen), no="Cancel")
            dialog.accepted.connect(lambda: self._take(request))
            dialog.open()

    def _take(self, request: MovingIn) -> None:
        title = f"Importing {wording.title_of(request.sources)}"
        # Begun again after a recording, it would tell of its first clips that they were there already.
        self._background.submit(Job(title, move_in, request, self._taken, self._failed, self._stopped, yields=False))

    def _taken(self, moved: MovedIn) -> None:
        self._diary().changed.emit()
        self._tell(moved)

    def _failed(self, error: DiaryError) -> None:
        self._diary().changed.emit()
        self._window().messages.fail(error)

    def _stopped(self) -> None:
        self._diary().changed.emit()
        self._window().messages.say("Stopped. What came in before is in your diary.")

    def _tell(self, moved: MovedIn) -> None:
        messages = self._window().messages
        is_alone = len(moved.arrivals) == 1
        if is_alone and not wording.coming(moved):
            messages.fail(moved.arrivals[0].refusal)
            return
        text, more = wording.summary(moved), Action("Show the list", lambda: self._list(moved))
        if all(arrival.outcome is Outcome.KEPT for arrival in moved.arrivals) and not moved.notes:
            messages.say(text, None if is_alone else more)
        else:
            messages.tell(text, " ".join(moved.notes), more)

    def _list(self, moved: MovedIn) -> None:
        ListDialog(self._window(), wording.summary(moved), "", wording.everything(moved)).open()

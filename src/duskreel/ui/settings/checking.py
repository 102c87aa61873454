"""Looking for what is wrong with the diary, mending it, and finding what is there twice, in the settings."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from duskreel.library.diary import Diary
from duskreel.library.duplicates import Group, find_duplicates, merge_duplicates
from duskreel.library.entry import Entry
from duskreel.library.scrubbing import Scrubbed, ScrubRequest, scrub
from duskreel.library.values import Problem
from duskreel.ui.background import Background, Job
from duskreel.ui.buttons import plain_button
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.list_dialog import ListDialog, sections
from duskreel.ui.main_window import MainWindow
from duskreel.ui.messages import Action
from duskreel.ui.settings.rows import across, muted
from duskreel.ui.theme import GRID_PX

ALL_IS_WELL = "Everything is as it should be."


class Checking(QWidget):
    """How much is in the diary, buttons, and what came of them.

    Args:
        diary: that is looked after.
        background: reads clips, which takes long.
        window: that is open when it is asked; told of what came of long work.
    """

    def __init__(self, diary: DiaryThread, background: Background, window: Callable[[], MainWindow]) -> None:
        super().__init__()
        self._diary, self._background, self._window = diary, background, window
        self._build_ui()
        self.check.clicked.connect(self._check)
        self.scrub.clicked.connect(self._scrub)
        self.duplicates.clicked.connect(self._find_duplicates)
        self.reindex.clicked.connect(self._reindex)

    def refresh(self) -> None:
        """How much is in it now."""
        self._diary.ask(lambda diary: diary.count(), self._show_count, owner=self, topic="count")

    def _build_ui(self) -> None:
        self.told = muted()
        self.check = plain_button("Check")
        self.scrub = plain_button("Check every clip")
        self.duplicates = plain_button("Find duplicates…")
        self.reindex = plain_button("Build the index anew")
        self.check.setToolTip("Look at every entry on the disk")
        self.scrub.setToolTip("Read every clip to its end and compare it with its checksum. Stopped, it goes on there.")
        self.duplicates.setToolTip("Look for entries with the same film, and for folders that a sync has copied")
        self.reindex.setToolTip("From the files alone, if something seems to be missing")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID_PX)
        rows.addWidget(self.told)
        rows.addLayout(across(self.check, self.scrub, self.duplicates, self.reindex))

    def _show_count(self, count: int) -> None:
        self.told.setText(_entries(count))

    def _check(self) -> None:
        self.told.setText("Looking…")
        self._diary.ask(Diary.problems, self._show_problems, owner=self)

    def _show_problems(self, problems: list[Problem]) -> None:
        self.told.setText(_verdict(problems))
        if problems:
            dialog = self._dialog(_verdict(problems), problems, yes="Repair what can be repaired")
            dialog.accepted.connect(lambda: self._repair(len(problems)))
            dialog.open()

    def _repair(self, found: int) -> None:
        self.told.setText("Repairing…")
        self._diary.change(_repaired, lambda left: self._show_repaired(found, left), owner=self)

    def _show_repaired(self, found: int, left: list[Problem]) -> None:
        mended = max(found - len(left), 0)
        mended_text = f"{mended:,} repaired." if mended else "Nothing could be repaired by itself."
        self.told.setText(f"{mended_text} {_verdict(left)}" if left else ALL_IS_WELL)
        if left:
            self._dialog(f"{mended_text} What is left needs you:", left).open()

    def _dialog(self, heading: str, problems: Iterable[Problem], *, yes: str = "") -> ListDialog:
        where = f"The diary is in {self._diary.location.folder}"
        return ListDialog(self._window(), heading, where, sections(*map(_described, problems)), yes=yes)

    def _reindex(self) -> None:
        self.told.setText("Reading every entry…")
        self._diary.change(Diary.reindex, self._show_count, owner=self)

    def _scrub(self) -> None:
        self._begin(Job("Checking every clip", scrub, ScrubRequest(self._diary.location), self._scrubbed))

    def _begin(self, job: Job) -> None:
        """Unless the same is being done."""
        under_way = (*self._background.waiting, self._background.running)
        if not any(other is not None and other.work is job.work for other in under_way):
            self._background.submit(job)

    def _scrubbed(self, scrubbed: Scrubbed) -> None:
        messages = self._window().messages
        fine = f"{scrubbed.read:,} {'clip is as it was' if scrubbed.read == 1 else 'clips are as they were'}"
        later = f"{scrubbed.left_out:,} were read before, or are too new." if scrubbed.left_out else ""
        if not scrubbed.damaged:
            messages.tell(f"{fine}.", later)
            return
        bad = f"{fine}, and {len(scrubbed.damaged):,} {'is' if len(scrubbed.damaged) == 1 else 'are'} not."
        show = Action("Show the list", lambda: self._dialog(bad, scrubbed.damaged).open())
        messages.tell(bad, later, show)

    def _find_duplicates(self) -> None:
        self._begin(Job("Looking for duplicates", find_duplicates, self._diary.location, self._found_duplicates))

    def _found_duplicates(self, groups: list[Group]) -> None:
        messages = self._window().messages
        if not groups:
            messages.say("Nothing is there twice.")
            return
        text = f"{_entries(len(groups))} {'is' if len(groups) == 1 else 'are'} there more than once."
        messages.tell(text, "", Action("Show them…", lambda: self._ask_to_merge(text, groups)))

    def _ask_to_merge(self, heading: str, groups: list[Group]) -> None:
        detail = "The best of each stays, with everything that you said about any of them. The others go to the bin."
        parts = sections(*((_same(group), _members(group)) for group in groups))
        dialog = ListDialog(self._window(), heading, detail, parts, yes="Make one of each", no="Cancel")
        dialog.accepted.connect(lambda: self._merge(groups))
        dialog.open()

    def _merge(self, groups: list[Group]) -> None:
        count = sum(len(group.entries) for group in groups)

        def told(kept: list[Entry]) -> None:
            self._window().messages.say(f"{_entries(len(kept))} made of {count:,}. The others are in the bin.")

        self._diary.change(lambda diary: merge_duplicates(diary, groups), told)


def _repaired(diary: Diary) -> list[Problem]:
    """What is left after everything was mended that can be."""
    diary.reindex()
    return diary.problems()


def _verdict(problems: Sequence[Problem]) -> str:
    if not problems:
        return ALL_IS_WELL
    return "1 thing is not as it should be." if len(problems) == 1 else f"{len(problems):,} things need a look."


def _described(problem: Problem) -> tuple[str, tuple[str, ...]]:
    return problem.where, (f"{problem.what} {problem.what_to_do}",)


def _same(group: Group) -> str:
    return "The same folder, copied" if group.is_copied_folder else "The same film"


def _members(group: Group) -> list[str]:
    return [
        f"{'Stays' if number == 0 else 'To the bin'}: {entry.recorded_at:%Y-%m-%d %H:%M}"
        f"{f', “{entry.title}”' if entry.title else ''} ({entry.folder})"
        for number, entry in enumerate(group.entries)
    ]


def _entries(count: int) -> str:
    return f"{count:,} {'entry' if count == 1 else 'entries'}"

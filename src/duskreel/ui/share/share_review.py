"""The review of a short: what was found, what is decided about it, and the moments played for it."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from duskreel.export.render import ExportRequest
from duskreel.library.entry import Entry
from duskreel.review.checking import decided
from duskreel.review.findings import Finding
from duskreel.review.limits import LIMITS
from duskreel.timecode import Span
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.protect_dialog import ProtectDialog
from duskreel.ui.share.picture_search import PictureSearch
from duskreel.ui.share.preview_player import PreviewPlayer
from duskreel.ui.share.review_page import ReviewPage
from duskreel.ui.share.sharing_notes import SharingNotes
from duskreel.ui.share.short_plan import ShortPlan
from duskreel.ui.theme import Theme

BEFORE_MS, AFTER_MS = 1_500, 700
"""that are played around the words"""


class ShareReview(QObject):
    """Owns the page, and everything that it asks for.

    Args:
        parent: the dialog.
        entry: that is shared.
        diary: that has it.
        player: of the short.
        theme: of the icons.
    """

    changed = Signal()
    """something was decided"""
    postponed = Signal()
    """to tomorrow"""
    pin_asked = Signal(int)
    """the sentence that begins at this time of the clip, in ms"""
    failed = Signal(object)
    """with the DiaryError"""

    def __init__(self, parent: QObject, entry: Entry, diary: DiaryThread, player: PreviewPlayer, theme: Theme) -> None:
        super().__init__(parent)
        self._diary, self._player = diary, player
        self._plan: ShortPlan | None = None
        self._is_open = False
        self.notes = SharingNotes(diary, entry)
        self.search = PictureSearch(self, lambda: diary.open_clip(entry), entry.clip_path)
        self.page = ReviewPage(self.search, theme)
        self._connect()

    def begin(self) -> None:
        """The page is seen: look at the pictures, too."""
        self._is_open = True
        self.page.begin()
        self._look()

    def show_plan(self, plan: ShortPlan) -> None:
        """Tell about this short."""
        self._plan = plan
        self.page.show_plan(plan, self.notes.now, LIMITS)
        self._look()

    def carried_out(self, plan: ShortPlan) -> ExportRequest:
        """What is to be made, with what is known of the pictures already; nobody looks on while it is made."""
        self._is_open = False
        self.search.stop()
        spans, seen = plan.outline.design.timeline.kept, self.search.seen
        if seen is None or not self.search.covers(spans):
            return plan.review.request
        return replace(plan.review.request, everybody=seen.faces)

    def close(self) -> None:
        """Give up looking. Does not wait."""
        self.search.close()

    def _connect(self) -> None:
        page, notes = self.page, self.notes
        page.findings.chosen.connect(notes.decide)
        page.findings.play_asked.connect(self._play)
        page.picture.blurs_chosen.connect(lambda others, background: notes.hide(others=others, background=background))
        page.picture.time_chosen.connect(lambda tells: notes.tell_time(tells=tells))
        page.closing.wanted.connect(self.pin_asked)
        page.tomorrow_asked.connect(self._postpone)
        page.protect_asked.connect(self._protect)
        notes.changed.connect(self._show_decided)
        notes.changed.connect(self.changed)
        notes.failed.connect(self.failed)
        self.search.changed.connect(self._know)

    def _show_decided(self) -> None:
        """At once; what comes of it takes a moment."""
        if self._plan is not None:
            self.page.show_findings(decided(self._plan.review.in_short, self.notes.now), self._plan)

    def _look(self) -> None:
        if self._is_open and self._plan is not None:
            self.search.look_at(self._plan.outline.design.timeline.kept)

    def _know(self) -> None:
        if self.search.seen is not None:
            self._player.know_everybody(self.search.seen.faces)

    def _play(self, finding: Finding) -> None:
        part = self._plan.part_of(finding) if self._plan else None
        if part is not None:
            self._player.play_part(Span(part.start_ms - BEFORE_MS, part.end_ms + AFTER_MS))

    def _postpone(self) -> None:
        self.notes.ask_again_tomorrow()
        self.postponed.emit()

    def _protect(self) -> None:
        ProtectDialog(self.page.window(), self._diary).open()

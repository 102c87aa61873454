"""What the pictures of a short show beside the speaker, what is blurred of it, and what the file tells of itself."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QVBoxLayout

from duskreel.edit.timeline import Timeline
from duskreel.library.review_notes import ReviewNotes
from duskreel.timecode import Span, clock
from duskreel.ui.share.picture_search import PictureSearch
from duskreel.ui.theme import GRID_PX

if TYPE_CHECKING:
    from duskreel.review.seen import Seen

MOST_TIMES = 4
NOBODY = "Nobody else was found in the picture."


class PictureNotes(QFrame):
    """A card with boxes to tick.

    Args:
        search: whose answers are shown.
    """

    blurs_chosen = Signal(bool, bool)
    """other faces, background"""
    time_chosen = Signal(bool)
    """whether the file tells when it was made"""

    def __init__(self, search: PictureSearch) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._search, self._timeline = search, Timeline(())
        self._build_ui()
        search.changed.connect(self._show_search)
        for box in (self.blurs_others, self.blurs_background):
            box.clicked.connect(self._choose_blurs)
        self.tells_time.clicked.connect(self.time_chosen)
        self._show_search()

    def show_notes(self, notes: ReviewNotes, timeline: Timeline) -> None:
        """What was decided, and the stretches of the clip that the short shows."""
        self._timeline = timeline
        self.blurs_others.setChecked(notes.blurs_others)
        self.blurs_background.setChecked(notes.blurs_background)
        self.tells_time.setChecked(notes.tells_time)
        self._show_search()

    def _build_ui(self) -> None:
        title, self.people, self.pages = QLabel("Picture and file"), QLabel(), QLabel()
        title.setProperty("role", "lead")
        self.blurs_others = QCheckBox("Blur other people’s faces")
        self.blurs_background = QCheckBox("Blur everything behind me")
        self.tells_time = QCheckBox("Write into the file when it was made")
        self.tells_time.setToolTip("Without it, the file holds neither a date nor a place")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * GRID_PX, GRID_PX + GRID_PX // 2, 2 * GRID_PX, GRID_PX + GRID_PX // 2)
        rows.setSpacing(GRID_PX // 2)
        for widget in (title, self.people, self.pages, self.blurs_others, self.blurs_background, self.tells_time):
            rows.addWidget(widget)
        for label in (self.people, self.pages):
            label.setWordWrap(True)
            label.setProperty("role", "muted")

    def _choose_blurs(self) -> None:
        self.blurs_chosen.emit(self.blurs_others.isChecked(), self.blurs_background.isChecked())

    def _show_search(self) -> None:
        seen, failure = self._search.seen, self._search.failure
        if seen is not None:
            self.people.setText(_people(seen, self._timeline))
            self.pages.setText(_pages(seen, self._timeline))
        elif failure is not None:
            self.people.setText(f"The picture could not be looked through. {failure.what_happened}")
        elif self._search.is_looking:
            self.people.setText(f"Looking for other people, screens and pages… {self._search.share:.0%}")
        self.people.setVisible(bool(self.people.text()))
        self.pages.setVisible(seen is not None and bool(self.pages.text()))


def _people(seen: "Seen", timeline: Timeline) -> str:
    moments = [timeline.to_output(person.first_ms) for person in seen.persons]
    shown = [moment for moment in moments if moment is not None]
    if not shown:
        return NOBODY
    count = "Somebody else is" if len(shown) == 1 else f"{len(shown)} other people are"
    return f"{count} in the picture, first at {_listed(shown)}."


def _pages(seen: "Seen", timeline: Timeline) -> str:
    shown = [moment for span in seen.pages if (moment := _first_shown(span, timeline)) is not None]
    return f"There may be something to read, a screen or a page, at {_listed(shown)}. Have a look." if shown else ""


def _first_shown(span: Span, timeline: Timeline) -> int | None:
    """The moment of the short at which a stretch of the clip comes into it."""
    starts = [piece.output_start_ms + max(span.start_ms - piece.source.start_ms, 0)
              for piece in timeline.pieces()
              if piece.source.start_ms < span.end_ms and span.start_ms < piece.source.end_ms]  # fmt: skip
    return min(starts, default=None)


def _listed(moments: list[int]) -> str:
    times = [clock(moment) for moment in sorted(moments)]
    return ", ".join(times[:MOST_TIMES]) + (" and later" if len(times) > MOST_TIMES else "")

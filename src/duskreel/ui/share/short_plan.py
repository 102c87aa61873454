"""What a short will be, together with what the check before sharing says about it."""

from dataclasses import dataclass, replace

from duskreel.export.outline import Outline, outline
from duskreel.export.render import ExportRequest
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Transcript
from duskreel.library.protected_words import ProtectedWord
from duskreel.library.review_notes import ReviewNotes
from duskreel.review.closing_word import ClosingWord, closing_word
from duskreel.review.findings import Finding
from duskreel.review.review import Review, review
from duskreel.timecode import Span

STEP_MS = 20


@dataclass(frozen=True)
class Known:
    """What the diary says about an entry when it is shared."""

    entry: Entry
    transcript: Transcript | None
    """None while nobody has listened"""
    protected: tuple[ProtectedWord, ...]

    @classmethod
    def of(cls, diary: Diary, entry: Entry) -> "Known":
        """As it is now.

        Raises:
            DiaryError: the transcript cannot be read.
        """
        return cls(diary.entry(entry.id) or entry, diary.transcript(entry), diary.protected_words())

    def differs(self, other: "Known | None") -> bool:
        """Whether another short may come of it: what else is said about the entry plays no part."""
        return other is None or (self.transcript, self.protected) != (other.transcript, other.protected)


@dataclass(frozen=True)
class ShortPlan:
    """Decisions, and what is to be said about them."""

    outline: Outline
    review: Review
    closing: ClosingWord
    has_words: bool
    """whether anybody has listened to the clip"""

    def part_of(self, finding: Finding) -> Span | None:
        """The stretch of the short, in its own ms, in which the words are said; None while they are left out."""
        timeline, span = self.outline.design.timeline, finding.span
        if finding.choice == "cut":
            return None
        moments = [timeline.to_output(at_ms) for at_ms in range(span.start_ms, span.end_ms + 1, STEP_MS)]
        shown = [moment for moment in moments if moment is not None]
        return Span(shown[0], shown[-1]) if shown else None


def planned(request: ExportRequest, known: Known, notes: ReviewNotes) -> ShortPlan:
    """Decide as the export does, without touching the diary. May take some tenths of a second.

    Args:
        request: without what was decided in the notes.
        known: about the entry.
        notes: of the entry, as they are in the window.
    """
    entry, transcript = replace(known.entry, review=notes), known.transcript
    found = review(entry, transcript, known.protected, request)
    language = transcript.language if transcript else ""
    return ShortPlan(
        outline=outline(found.request, entry, transcript),
        review=found,
        closing=closing_word(found.selection.kept, found.selection.left_out, language),
        has_words=transcript is not None,
    )

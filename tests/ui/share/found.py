"""Words of a clip, and findings as the check hands them out."""

from collections.abc import Sequence
from datetime import UTC, datetime

from duskreel.library.entry import Segment, Transcript, Word
from duskreel.library.review_notes import Choice
from duskreel.review.findings import Finding, Kind
from duskreel.timecode import Span

SENTENCE = "Write to anna at example dot com or to anna."


def finding(
    text: str = "anna at example dot com",
    kind: Kind = Kind.EMAIL,
    at_ms: int = 1_000,
    choice: Choice | None = None,
    sentence: str = SENTENCE,
) -> Finding:
    """Words of half a second in a sentence of four."""
    return Finding(
        kind, text, Span(at_ms, at_ms + 500), sentence, Span(at_ms - 1_000, at_ms + 3_000), "It may be one.", choice
    )


def phones(count: int) -> Sequence[Finding]:
    """Numbers, one every ten seconds."""
    numbered = ((at, f"number {at}") for at in range(count))
    return [finding(text, Kind.PHONE, at * 10_000 + 1_000, sentence=f"Call {text}.") for at, text in numbered]


def said(*words: Word) -> Transcript:
    return Transcript("base", "en", 1.0, datetime.now(UTC), (Segment(200, 18_200, words),))

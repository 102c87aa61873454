"""What was decided about findings, as wishes that the export understands."""

from collections.abc import Iterable
from dataclasses import replace

from duskreel.edit.concealing import Concealment, hidden_by
from duskreel.edit.fit import Wishes
from duskreel.edit.sentences import Sentence
from duskreel.export.render import ExportRequest
from duskreel.library.review_notes import ReviewNotes
from duskreel.review.findings import Finding
from duskreel.timecode import Span


def carried_out(
    request: ExportRequest, findings: Iterable[Finding], said: Iterable[Sentence], notes: ReviewNotes | None
) -> ExportRequest:
    """The request with everything that was decided beside what it asks for already.

    Args:
        request: with the user's wishes of the moment.
        findings: with their choices; what is open or kept changes nothing.
        said: the sentences that the short chooses from, as `edit.fit.plan` counts them.
        notes: of the entry.
    """
    findings, said = tuple(findings), tuple(said)
    wishes = with_cuts(request.wishes, findings, said, notes)
    return replace(
        request, wishes=wishes, concealment=with_hidden(request.concealment, findings, notes, _spoken(said, wishes))
    )


def with_cuts(
    wishes: Wishes, findings: Iterable[Finding], said: Iterable[Sentence], notes: ReviewNotes | None = None
) -> Wishes:
    """The wishes, and that no sentence is said which a choice cuts; not even one that is pinned. A sentence of which
    words were to be cut, when they were others or ended elsewhere, is cut too.
    """
    cut = [finding.sentence_span for finding in findings if finding.choice == "cut"]
    before = [each.span for each in (notes.decisions if notes else ()) if each.choice == "cut"]
    dropped = {
        sentence.span.start_ms
        for sentence in said
        if any(_within(sentence.span, span) for span in cut)
        or any(is_hidden_by(word, span) for span in before for word in sentence.words)
    }
    return replace(wishes, dropped_ms=wishes.dropped_ms | dropped)


def _within(span: Span, other: Span) -> bool:
    return other.start_ms <= span.start_ms and span.end_ms <= other.end_ms


def _spoken(said: Iterable[Sentence], wishes: Wishes) -> list[Span]:
    """The sentences that a choice leaves out of the short."""
    return [sentence.span for sentence in said if sentence.span.start_ms in wishes.dropped_ms]


def with_hidden(concealment: Concealment, findings: Iterable[Finding], notes: ReviewNotes | None) -> Concealment:
    """What is hidden anyway, the words that choices hide, and the parts of the picture that the notes blur."""
    words = hidden_by((finding.span, finding.choice) for finding in findings)
    hidden = sorted({*concealment.words, *words}, key=lambda each: (each.span, each.sounding))
    return replace(
        concealment,
        words=tuple(hidden),
        blurs_others=concealment.blurs_others or (notes is not None and notes.blurs_others),
        blurs_background=concealment.blurs_background or (notes is not None and notes.blurs_background),
    )

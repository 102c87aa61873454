"""What was decided about findings, as wishes that the export understands."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from duskreel.edit.concealing import Concealment, HiddenWords, hidden_by, is_hidden_by
from duskreel.edit.fit import Wishes
from duskreel.edit.sentences import Sentence
from duskreel.export.render import ExportRequest
from duskreel.library.review_notes import ReviewNotes
from duskreel.review.findings import Finding
from duskreel.timecode import Span, subtract


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
    concealment = with_hidden(request.concealment, findings, notes)
    words = {*concealment.words, *_left_of_cuts(notes, wishes, said)}
    return replace(request, wishes=wishes, concealment=replace(concealment, words=_in_order(words)))


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
        if any(_within(sentence.span, span) for span in cut) or any(_says(sentence, span) for span in before)
    }
    return replace(wishes, dropped_ms=wishes.dropped_ms | dropped)


def _says(sentence: Sentence, hidden: Span) -> bool:
    """Whether words of a sentence are in a hidden place."""
    is_near = sentence.span.start_ms <= hidden.end_ms and hidden.start_ms <= sentence.span.end_ms
    return is_near and any(is_hidden_by(word, hidden) for word in sentence.words)


def _within(span: Span, other: Span) -> bool:
    return other.start_ms <= span.start_ms and span.end_ms <= other.end_ms


def _left_of_cuts(notes: ReviewNotes | None, wishes: Wishes, said: Iterable[Sentence]) -> Iterator[HiddenWords]:
    """Where words were to be cut and now belong to no sentence, nothing is to be heard: the sound is the same."""
    dropped = [sentence.span for sentence in said if sentence.span.start_ms in wishes.dropped_ms]
    for decision in notes.decisions if notes else ():
        if decision.choice == "cut":
            yield from (HiddenWords(span, "mute") for span in subtract([decision.span], dropped))


def with_hidden(concealment: Concealment, findings: Iterable[Finding], notes: ReviewNotes | None) -> Concealment:
    """What is hidden anyway, the words that choices hide, and the parts of the picture that the notes blur.

    A choice holds for the whole place about which it was made, even if only some of the words there are found now:
    what was corrected is said as before.
    """
    decisions = notes.decisions if notes else ()
    places = [(finding.span, finding.choice) for finding in findings]
    words = hidden_by([*places, *((each.span, each.choice) for each in decisions)])
    return replace(
        concealment,
        words=_in_order({*concealment.words, *words}),
        blurs_others=concealment.blurs_others or (notes is not None and notes.blurs_others),
        blurs_background=concealment.blurs_background or (notes is not None and notes.blurs_background),
    )


def _in_order(words: Iterable[HiddenWords]) -> tuple[HiddenWords, ...]:
    return tuple(sorted(words, key=lambda each: (each.span, each.sounding)))

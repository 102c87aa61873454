"""Everything that is worth a thought before a short is shared, told before any picture of it is made."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from duskreel.edit.fit import NO_WISHES, Selection, Wishes
from duskreel.edit.sentences import Sentence, sentences
from duskreel.export.render import ExportRequest, selection_of
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Transcript
from duskreel.library.protected_words import ProtectedWord
from duskreel.review.carrying_out import carried_out
from duskreel.review.checking import begins_in, check, check_text, decided, remembered, unwritten
from duskreel.review.closing_word import ClosingWord, closing_word
from duskreel.review.findings import Finding, Kind
from duskreel.review.limits import LIMITS
from duskreel.review.pressed import marked_spans
from duskreel.review.rules import LANGUAGES
from duskreel.timecode import Span, clock, intersect, subtract

NOT_TRANSCRIBED = "This entry has not been transcribed yet, so nothing is known of what is said in it."
NOTHING_SAID = "No speech was found in this entry, so there are no words to look through."
NOTHING_PROTECTED = (
    "No names are protected yet: an employer, colleagues, clients. Only what anybody may say is looked for."
)
MARKED_WITHOUT_WORDS = (
    "While recording you marked what you said at {} as not for sharing. No words are written down: listen to it there."
)
OTHER_LANGUAGE = "The check knows English, German and French. In another language it finds much less."


@dataclass(frozen=True)
class Review:
    """What was found, and the export with what was decided about it.

    Args:
        findings: in all that may be said, whatever the length and the choices: their order, and so their numbers, are
            the same for the same words, platform and protected words.
        is_said: for each of them, whether it is in the short, or would be if its sentence were not cut.
        written: findings in what is laid over the picture and in the file's name; nothing to cut or to bleep there.
        request: with everything that was decided.
        selection: what the short shows with that.
        closing: what the short says of what is to come, and which sentences left out would; none that a choice cuts.
        remarks: what the check could not do this time, in sentences.
        limits: what no check can know.
    """

    findings: tuple[Finding, ...]
    is_said: tuple[bool, ...]
    written: tuple[Finding, ...]
    request: ExportRequest
    selection: Selection
    closing: ClosingWord
    remarks: tuple[str, ...]
    limits: tuple[str, ...] = LIMITS

    @property
    def in_short(self) -> tuple[Finding, ...]:
        """Those that the short is about."""
        return tuple(finding for finding, is_said in zip(self.findings, self.is_said, strict=True) if is_said)

    @property
    def undecided(self) -> tuple[Finding, ...]:
        """Those that would be shared without anybody having said so."""
        return tuple(finding for finding in self.in_short if finding.choice is None)


def review_entry(diary: Diary, entry: Entry, request: ExportRequest) -> Review:
    """Look through an entry of a diary as it is now.

    Args:
        diary: that has it.
        entry: with its decisions.
        request: the export as it is asked for, without what was decided.

    Raises:
        DiaryError: the transcript cannot be read.
    """
    return review(entry, diary.transcript(entry), diary.protected_words(), request)


def review(
    entry: Entry, transcript: Transcript | None, protected: Sequence[ProtectedWord], request: ExportRequest
) -> Review:
    """As `review_entry`, without touching the diary. Takes some tenths of a second."""
    language = transcript.language if transcript else ""
    everything = replace(request, length_ms=None, trims_pauses=True, wishes=NO_WISHES)
    said = selection_of(everything, entry, transcript).kept
    marked = marked_spans(sentences(transcript.words()), entry.marks) if transcript else ()
    found = decided(check(said, language, protected, request.platform, marked), entry.review)
    found = (*found, *remembered(found, entry.review, said))
    silent = unwritten(found, entry.review, said, subtract([Span(0, entry.duration_ms)], entry.cuts))
    found = _in_order([*found, *silent])
    carried = carried_out(request, found, said, entry.review)
    selection = selection_of(carried, entry, transcript)
    return Review(
        findings=found,
        is_said=tuple(finding.choice == "cut" or _is_heard(finding, selection, silent) for finding in found),
        written=_written(request, language, protected),
        request=carried,
        selection=selection,
        closing=closing_word(selection.kept, _offered(selection, carried.wishes), language),
        remarks=tuple(_remarks(entry, transcript, protected)),
    )


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.span, finding.kind)))


def _is_heard(finding: Finding, selection: Selection, silent: Collection[Finding]) -> bool:
    """Whether one of its words is in what the short says, which may be the beginning of a sentence only; of a mark,
    whether anything is that it asks to leave out; of a place without words, whether it is shown.
    """
    if finding in silent:
        return bool(intersect([finding.span], selection.timeline.kept))
    span = finding.sentence_span if finding.kind is Kind.MARKED else finding.span
    return any(begins_in(word, span) for sentence in selection.kept for word in sentence.words)


def _offered(selection: Selection, wishes: Wishes) -> list[Sentence]:
    return [sentence for sentence in selection.left_out if sentence.span.start_ms not in wishes.dropped_ms]


def _written(request: ExportRequest, language: str, protected: Sequence[ProtectedWord]) -> tuple[Finding, ...]:
    name = request.output.stem.replace("_", " ").replace("-", " ") if request.output else ""
    return tuple(
        finding
        for text in (request.extras.marks.title, name)
        for finding in check_text(text, language, protected, request.platform)
    )


def _remarks(entry: Entry, transcript: Transcript | None, protected: Sequence[ProtectedWord]) -> Iterable[str]:
    # With words, each mark is a finding or cut.
    left = [mark_ms for mark_ms in entry.marks if not any(cut.start_ms <= mark_ms < cut.end_ms for cut in entry.cuts)]
    if left and (transcript is None or not any(transcript.words())):
        yield MARKED_WITHOUT_WORDS.format(", ".join(map(clock, left)))
    if transcript is None:
        yield NOT_TRANSCRIBED
        return
    if not transcript.segments:
        yield NOTHING_SAID
    elif transcript.language not in LANGUAGES:
        yield OTHER_LANGUAGE
    if not protected:
        yield NOTHING_PROTECTED

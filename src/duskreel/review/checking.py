"""All finders over what is said, and each finding at its place in the clip; and what was decided about them before."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from duskreel.edit.concealing import is_hidden_by
from duskreel.edit.sentences import Sentence
from duskreel.edit.wording import joined
from duskreel.library.entry import Word
from duskreel.library.protected_words import ProtectedWord
from duskreel.library.review_notes import Choice, Decision, ReviewNotes
from duskreel.review import addresses, contacts, figures, phrases, profanity
from duskreel.review import protected as protected_finder
from duskreel.review.findings import Finding, Kind, Match
from duskreel.review.marked import meant
from duskreel.review.pressed import Stretch, united_stretches
from duskreel.review.reading import united
from duskreel.review.spoken import Spoken
from duskreel.timecode import Span

ONE_THING = (
    Kind.EMAIL,
    Kind.LINK,
    Kind.ACCOUNT,
    Kind.BIRTH,
    Kind.PHONE,
    Kind.ADDRESS,
    Kind.HANDLE,
    Kind.MONEY,
)
"""the same words are only one of these: the kind that takes more of them, or the first here"""
HIDING: tuple[Choice, ...] = ("cut", "bleep", "mute", "caption")
DECIDED_BEFORE = "You decided about these words before."
NOT_WRITTEN = "You decided about this place before. What is written down now has no words there."
MARKED_WHILE_RECORDING = "You marked this while recording."
NOWHERE = Span(0, 0)
"""the place of what is written and not said"""


def check(
    said: Sequence[Sentence],
    language: str,
    protected: Sequence[ProtectedWord],
    platform: str,
    marked: Sequence[Span] = (),
) -> tuple[Finding, ...]:
    """Look through what is said.

    Args:
        said: in order, without what was cut: as `edit.fit.plan` counts sentences, so that they can be dropped.
        language: ISO 639-1; "" where nobody knows.
        protected: the user's own list.
        platform: one of `export.presets.PLATFORMS`; they differ in which words they limit.
        marked: places for which a key was pressed while recording, from `pressed.marked_spans`.

    Returns:
        In order of time. The sentence of a mark such as “delete that last bit” is also the one that is meant.
    """
    if not said:
        return ()
    written = [[piece for word in sentence.words for piece in _pieces(word)] for sentence in said]
    # A word may have been corrected to two: finders look at each, and what is found is the whole word.
    words = [word for sentence in said for word in sentence.words for _ in _pieces(word)]
    owners = [number for number, pieces in enumerate(written) for _ in pieces]
    spoken = Spoken.of_texts(written, language)
    found = []
    spoken_marks: list[tuple[Stretch, Finding]] = []
    for match in matched(spoken, protected, platform):
        numbers = meant(spoken, match) if match.kind is Kind.MARKED else (owners[match.first], owners[match.last])
        around = said[numbers[0] : numbers[-1] + 1]
        found.append(_finding(match, words[match.first : match.last + 1], around))
        if match.kind is Kind.MARKED:
            spoken_marks.append(((numbers[0], numbers[-1]), found[-1]))
    if marked:
        found = _with_pressed(found, said, marked, spoken_marks)
    return tuple({(finding.kind, finding.span): finding for finding in found}.values())


def _with_pressed(
    found: Sequence[Finding],
    said: Sequence[Sentence],
    marked: Sequence[Span],
    spoken_marks: Sequence[tuple[Stretch, Finding]],
) -> list[Finding]:
    """What was marked by key, whole sentences, beside all else; who also said so is asked about it only once."""
    stretches = united_stretches(_pressed(said, marked), (stretch for stretch, _ in spoken_marks))
    told_twice = [mark for (at, _), mark in spoken_marks if any(first <= at <= last for first, last in stretches)]
    pressed = []
    for first, last in stretches:
        around = said[first : last + 1]
        words = [word for sentence in around for word in sentence.words]
        pressed.append(_finding(Match(Kind.MARKED, 0, len(words) - 1, MARKED_WHILE_RECORDING), words, around))
    others = [finding for finding in found if finding not in told_twice]
    return sorted([*others, *pressed], key=lambda finding: finding.span.start_ms)


def _pressed(said: Sequence[Sentence], marked: Sequence[Span]) -> Iterator[Stretch]:
    """The sentences of which something was marked; of what is cut as a whole there are none."""
    for span in marked:
        numbers = [number for number, each in enumerate(said) if any(begins_in(word, span) for word in each.words)]
        if numbers:
            yield numbers[0], numbers[-1]


def _pieces(word: Word) -> list[str]:
    return word.shown.split() or [""]


def check_text(text: str, language: str, protected: Sequence[ProtectedWord], platform: str) -> tuple[Finding, ...]:
    """Look through what is written and never said, such as a title. Its findings are `NOWHERE` in the clip."""
    words = text.split()
    matches = matched(Spoken.of_texts([words], language), protected, platform) if words else []
    return tuple(
        Finding(match.kind, " ".join(words[match.first : match.last + 1]), NOWHERE, text, NOWHERE, match.why)
        for match in matches
    )


def matched(spoken: Spoken, protected: Sequence[ProtectedWord], platform: str) -> list[Match]:
    """What all finders find, in the order of the words; of one kind, nothing twice."""
    names = [form for word in protected for form in (word.text, *word.also)]
    found = [
        *contacts.find(spoken),
        *figures.find(spoken),
        *addresses.find(spoken),
        *protected_finder.find(spoken, protected),
        *phrases.find(spoken, targets=names),
        *profanity.find(spoken, platform),
    ]
    return united(_most_telling(found))


def _most_telling(matches: Sequence[Match]) -> list[Match]:
    """Without those that call the same words something less fitting; a name inside an address stays a name."""
    things = [match for match in matches if match.kind in ONE_THING]
    return [
        match
        for match in matches
        if match.kind not in ONE_THING
        or not any(_overlap(match, other) and _telling(other) > _telling(match) for other in things)
    ]


def _telling(match: Match) -> tuple[int, int]:
    return match.last - match.first, -ONE_THING.index(match.kind)


def _overlap(one: Match, other: Match) -> bool:
    return one.first <= other.last and other.first <= one.last


def _finding(match: Match, pieces: Sequence[Word], around: Sequence[Sentence]) -> Finding:
    words = list(dict.fromkeys(pieces))
    ends_ms = [sentence.span.end_ms for sentence in around]
    return Finding(
        kind=match.kind,
        text=joined(words),
        span=Span(words[0].start_ms, max(word.end_ms for word in words)),
        sentence=joined(word for sentence in around for word in sentence.words),
        sentence_span=Span(around[0].span.start_ms, max(ends_ms)),
        why=match.why,
    )


# ---- what was decided


def decided(findings: Iterable[Finding], notes: ReviewNotes | None) -> tuple[Finding, ...]:
    """The findings with the choices made about them.

    What was to be hidden stays so, however its words were corrected since: the sound is the same. Words that were to be
    kept are open again once they are others.
    """
    # Of two decisions about the same words, the one that hides them is safe.
    decisions = sorted(notes.decisions if notes else (), key=lambda each: each.choice not in HIDING)
    return tuple(
        replace(finding, choice=next((each.choice for each in decisions if _is_about(each, finding)), None))
        for finding in findings
    )


def remembered(findings: Iterable[Finding], notes: ReviewNotes | None, said: Sequence[Sentence]) -> list[Finding]:
    """Words that were hidden before and that no rule finds any more, such as a name that is protected no longer.

    What somebody hid must not come out because a rule has changed, or because a misheard name was corrected.
    """
    gone = _without_finding(notes, list(findings))
    return [finding for each in gone if (finding := _still_there(each, said)) is not None]


def unwritten(
    findings: Iterable[Finding], notes: ReviewNotes | None, said: Sequence[Sentence], left: Sequence[Span]
) -> list[Finding]:
    """Places that were hidden before and that have no words any more, such as after listening again with a model that
    hears nothing there; or in an entry whose transcript is gone. The sound there is the same.

    Args:
        findings: all others.
        notes: of the entry.
        said: in order.
        left: of the clip, once what the user cut is taken out.
    """
    return [
        Finding(Kind(each.kind), each.text, each.span, each.text, _meant_span(each, said), NOT_WRITTEN, each.choice)
        for each in _without_finding(notes, list(findings))
        if each.kind in set(Kind) and any(_touch(each.span, span) for span in left)
    ]


def _meant_span(decision: Decision, said: Iterable[Sentence]) -> Span:
    """The place itself; of “cut that”, with the sentence before it: rather one too many is cut than one that was
    meant.
    """
    starts_ms = [each.span.start_ms for each in said if each.span.start_ms < decision.span.start_ms]
    if decision.kind != Kind.MARKED or not starts_ms:
        return decision.span
    return Span(starts_ms[-1], decision.span.end_ms)


def _without_finding(notes: ReviewNotes | None, findings: Sequence[Finding]) -> list[Decision]:
    return [
        each
        for each in (notes.decisions if notes else ())
        if each.choice in HIDING and not any(_is_about(each, finding) for finding in findings)
    ]


def with_decision(notes: ReviewNotes | None, finding: Finding, choice: Choice | None) -> ReviewNotes:
    """The notes with one choice made, changed, or (None) taken back."""
    notes = notes or ReviewNotes()
    others = tuple(each for each in notes.decisions if each.kind != finding.kind or not _touch(each.span, finding.span))
    span = finding.span
    if choice in HIDING:
        # What was hidden beside these words, when more of them were found, is said as before.
        spans = [span, *(each.span for each in notes.decisions if each not in others and each.choice in HIDING)]
        span = Span(min(each.start_ms for each in spans), max(each.end_ms for each in spans))
    made = () if choice is None else (Decision(str(finding.kind), span, finding.text, choice),)
    return replace(notes, decisions=tuple(sorted((*others, *made), key=lambda each: each.span)))


def _is_about(decision: Decision, finding: Finding) -> bool:
    is_same_place = decision.kind == finding.kind and _touch(decision.span, finding.span)
    return is_same_place and (decision.choice in HIDING or _folded(decision.text) == _folded(finding.text))


def _touch(one: Span, other: Span) -> bool:
    """Whether they overlap; a word may have no length."""
    one_end_ms, other_end_ms = (max(each.end_ms, each.start_ms + 1) for each in (one, other))
    return one.start_ms < other_end_ms and other.start_ms < one_end_ms


def _folded(text: str) -> str:
    """Letters and digits alone: a comma, a capital or a space more is no other word."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text.casefold())))


def _still_there(decision: Decision, said: Sequence[Sentence]) -> Finding | None:
    around = [sentence for sentence in said if _touch(sentence.span, decision.span)]
    words = [word for sentence in around for word in sentence.words if is_hidden_by(word, decision.span)]
    if not words or decision.kind not in set(Kind):
        return None
    around = [sentence for sentence in around if not set(words).isdisjoint(sentence.words)]
    if decision.kind == Kind.MARKED:
        # No rule tells any more whether the sentence before it was meant: rather one too many is cut.
        first = said.index(around[0])
        around = [*said[max(first - 1, 0) : first], *around]
    numbered = Match(Kind(decision.kind), 0, len(words) - 1, DECIDED_BEFORE)
    return replace(_finding(numbered, words, around), choice=decision.choice)


def begins_in(word: Word, span: Span) -> bool:
    """Whether a word is one of those that a finding's or a decision's span was made of."""
    return span.start_ms <= word.start_ms < max(span.end_ms, span.start_ms + 1)

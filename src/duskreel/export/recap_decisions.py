"""What a reel may show of an entry, and what it hides of that: it keeps to what was decided before sharing it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from duskreel.edit.concealing import Concealment, HiddenSound, HiddenWords, hidden_by, hidden_sounds, masked
from duskreel.edit.sentences import sentences
from duskreel.edit.wording import joined
from duskreel.library.entry import Entry, Transcript, Word
from duskreel.library.review_notes import Decision, ReviewNotes
from duskreel.timecode import Span, intersect, merge

MARK = "marked"
"""the kind of “cut that”, which may mean the sentence before it: rather one too many is cut than one that was meant"""


@dataclass(frozen=True)
class Showable:
    """What a reel may show of one entry."""

    words: tuple[Word, ...]
    """of its clip, masked where they are not to be read"""
    cuts: tuple[Span, ...]
    """what is not to be shown, taken out by hand or decided to be cut with its sentence; of the clip, in order"""
    concealment: Concealment
    """what is hidden of all the rest"""
    sounds: tuple[HiddenSound, ...]
    """what is not to be heard of it"""

    def has_cut_in(self, span: Span) -> bool:
        """Whether a stretch of the clip touches what is not to be shown."""
        return bool(intersect(self.cuts, [span]))

    def hides_in(self, span: Span) -> bool:
        """Whether a stretch of the clip has words in it that are not to be heard or read."""
        return any(_touch(each.span, span) for each in self.concealment.words)

    def text_of(self, span: Span) -> str:
        """What may be read of what is said in a stretch of the clip."""
        return joined(word for word in self.words if span.start_ms <= (word.start_ms + word.end_ms) // 2 < span.end_ms)


def showable(entry: Entry, transcript: Transcript | None) -> Showable:
    """Apply what was decided about an entry.

    Args:
        entry: with its cuts and decisions.
        transcript: of it; without one, decisions hold for just the times that they name.
    """
    words = tuple(transcript.words()) if transcript else ()
    notes = entry.review or ReviewNotes()
    chosen = hidden_by((each.span, each.choice) for each in notes.decisions)
    hidden = tuple(_whole(each, words) for each in chosen)
    return Showable(
        words=tuple(masked(words, hidden)),
        cuts=tuple(merge([*entry.cuts, *_cut_by_choice(notes.decisions, words)])),
        concealment=Concealment(hidden, blurs_others=notes.blurs_others, blurs_background=notes.blurs_background),
        sounds=hidden_sounds(words, hidden),
    )


def _whole(hidden: HiddenWords, words: Iterable[Word]) -> HiddenWords:
    """With all of each word that is masked: one that was listened to again has other edges than when it was decided."""
    edges = [hidden.span, *(Span(word.start_ms, word.end_ms) for word in words if masked([word], [hidden]) != [word])]
    return replace(hidden, span=Span(min(each.start_ms for each in edges), max(each.end_ms for each in edges)))


def _cut_by_choice(decisions: Iterable[Decision], words: Sequence[Word]) -> Iterator[Span]:
    """The sentences of words that are to be cut, and the words' own times: they hold without a transcript, too."""
    said = [sentence.span for sentence in sentences(words)]
    for decision in decisions:
        if decision.choice == "cut":
            yield Span(decision.span.start_ms, max(decision.span.end_ms, decision.span.start_ms + 1))
            touched = [number for number, span in enumerate(said) if _touch(span, decision.span)]
            if touched:
                first = max(touched[0] - (decision.kind == MARK), 0)
                yield Span(said[first].start_ms, said[touched[-1]].end_ms)


def _touch(one: Span, other: Span) -> bool:
    """Whether they overlap; a word may have no length."""
    return one == other or (one.start_ms < other.end_ms and other.start_ms < one.end_ms)

"""Words to sentences: what a short keeps or leaves out as a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from duskreel.edit.function_words import function_words
from duskreel.edit.wording import bare, ends_clause, ends_sentence, joined
from duskreel.library.entry import Word
from duskreel.timecode import Span

SENTENCE_PAUSE_MS = 1200
"""a pause over this ends a sentence that has no punctuation there"""
CLAUSE_PAUSE_MS = 2500
"""after a comma a speaker is known to go on, and may take longer over it"""
HESITATION_MS = 4000
"""after "the", "and", "I" the speaker is looking for a word, not at the end of a thought"""
LONGEST_SENTENCE_MS = 20_000
"""speech without punctuation is divided below this, so that something of it fits a short"""
SMALLEST_PART_MS = 2000
"""a division leaves at least this on either side where it can"""
COMMA_WORTH_MS = 400
"""how much longer a pause without a comma has to be to divide better than one with it"""


@dataclass(frozen=True)
class Sentence:
    """Words that belong together, in order of time; at least one."""

    words: tuple[Word, ...]

    @property
    def span(self) -> Span:
        """From the first word's start to the last one's end, in the words' own milliseconds."""
        return Span(self.words[0].start_ms, max(word.end_ms for word in self.words))

    @property
    def text(self) -> str:
        """As written; "" if every word was corrected to nothing."""
        return joined(self.words)


def sentences(words: Iterable[Word]) -> list[Sentence]:
    """Divide speech into sentences: at punctuation, at pauses without it, and where one would be endless.

    Args:
        words: of one transcript, put in order of time; words corrected to nothing stay where they were.

    Returns:
        Every word once, in order. None is longer than `LONGEST_SENTENCE_MS` unless a single word is.
    """
    ordered = sorted(words, key=lambda word: (word.start_ms, word.end_ms))
    leaning = function_words(ordered)
    runs: list[list[Word]] = [ordered[:1]] if ordered else []
    for word, following in pairwise(ordered):
        if ends_sentence(word, following) or _is_long_pause(word, following, leaning):
            runs.append([])
        runs[-1].append(following)
    return [Sentence(part) for run in runs for part in _divided(tuple(run))]


def _is_long_pause(word: Word, following: Word, leaning: frozenset[str]) -> bool:
    pause_ms = following.start_ms - word.end_ms
    if pause_ms <= SENTENCE_PAUSE_MS:
        return False
    if ends_clause(word):
        return pause_ms > CLAUSE_PAUSE_MS
    return pause_ms > HESITATION_MS or bare(word.shown) not in leaning


def _divided(words: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    """In two at the longest pause, and each half again, until nothing is too long."""
    parts: list[tuple[Word, ...]] = []
    waiting = [words]
    while waiting:
        run = waiting.pop()
        if len(run) > 1 and Sentence(run).span.duration_ms > LONGEST_SENTENCE_MS:
            index = _best_division(run)
            waiting += [run[index:], run[:index]]
        else:
            parts.append(run)
    return parts


def _best_division(run: Sequence[Word]) -> int:
    """Before which word: the longest pause, a comma counting for it; the most even division among equals."""
    start_ms, end_ms = run[0].start_ms, run[-1].end_ms

    def worth(index: int) -> tuple[bool, int, int]:
        word, following = run[index - 1], run[index]
        smaller_ms = min(word.end_ms - start_ms, end_ms - following.start_ms)
        pause_ms = following.start_ms - word.end_ms + COMMA_WORTH_MS * ends_clause(word)
        return smaller_ms >= SMALLEST_PART_MS, pause_ms, smaller_ms

    return max(range(1, len(run)), key=worth)

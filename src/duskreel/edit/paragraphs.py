"""A transcript as text to read: sentences in paragraphs, and where each word stands in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from duskreel.edit.sentences import Sentence, sentences
from duskreel.edit.wording import separator
from duskreel.library.entry import Word

PARAGRAPH_PAUSE_MS = 1500
"""after this long a pause a new thought begins"""
MOST_SENTENCES = 5
"""without a long pause a paragraph still ends somewhere, so that the eye finds its place again"""


@dataclass(frozen=True)
class Written:
    """The text, one line for each paragraph, and where its words begin and end in it."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def word_at(self, offset: int) -> int | None:
        """Which word stands at this place of the text; None between words."""
        position = bisect_right(self.starts, offset) - 1
        return position if position >= 0 and offset <= self.ends[position] else None

    def nearest(self, offset: int) -> int:
        """The word at this place, or the one before it; the first one if there is none."""
        return max(bisect_right(self.starts, offset) - 1, 0)


def as_shown(word: Word) -> str:
    """The word as the user corrected it; one that was corrected to nothing in brackets, so that it can be found."""
    return " ".join(word.shown.split()) or f"[{' '.join(word.text.split()) or '…'}]"


def written(words: Sequence[Word]) -> Written:
    """Write words down.

    Args:
        words: in order of time; there is one place in the text for each of them.
    """
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    offset, before = 0, ""
    for paragraph in _paragraphs(sentences(words)):
        for index, word in enumerate(word for sentence in paragraph for word in sentence.words):
            text = as_shown(word)
            gap = ("\n" if parts else "") if index == 0 else separator(before, text)
            starts.append(offset + len(gap))
            ends.append(starts[-1] + len(text))
            offset, before = ends[-1], text
            parts += (gap, text)
    return Written("".join(parts), tuple(starts), tuple(ends))


def changed_part(before: str, after: str) -> tuple[int, int]:
    """How many signs at the beginning and at the end of two texts are the same, none counted twice."""
    most = min(len(before), len(after))
    # By halves: comparing pieces is quick, comparing sign by sign is not.
    same_before = bisect_left(range(1, most + 1), True, key=lambda count: before[:count] != after[:count])
    most -= same_before
    same_after = bisect_left(
        range(1, most + 1), True, key=lambda count: before[len(before) - count :] != after[len(after) - count :]
    )
    return same_before, same_after


def _paragraphs(said: Sequence[Sentence]) -> list[list[Sentence]]:
    paragraphs: list[list[Sentence]] = []
    for sentence in said:
        last = paragraphs[-1][-1] if paragraphs else None
        is_new = (
            last is None
            or sentence.span.start_ms - last.span.end_ms >= PARAGRAPH_PAUSE_MS
            or len(paragraphs[-1]) >= MOST_SENTENCES
        )
        if is_new:
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    return paragraphs

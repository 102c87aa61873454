"""What is said, as text in which rules can search: numbers in digits, and a way back from the text to the words.

“Call five five five, oh one two three” reads “Call 5 5 5, 0 1 2 3”; “the third of May” reads “the 3th of May”.
“um” is left out; every other word keeps its capitals and the punctuation around it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from duskreel.review.findings import Kind, Match
from duskreel.review.numbers import NumberWords, number_words
from duskreel.review.spoken import Spoken

TIGHT = re.compile(r"[-‐‑./_:&,][^\W_]|[-/_]$")
"""a piece that belongs to the word before it: ".com" after "gmail", "-12" after "555". "@somebody" may stand alone."""
AROUND = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
BREAK = re.compile(r"[,;:.!?…—–]$")


@dataclass(frozen=True)
class Reading:
    """A text and where its words stand.

    Args:
        text: all words.
        starts: the place in the text at which each word of `words` begins.
        words: their indices; fillers and words corrected to nothing are not among them.
    """

    text: str
    starts: tuple[int, ...]
    words: tuple[int, ...]
    sentence_starts: tuple[int, ...]
    """places in the text"""

    @classmethod
    def of(cls, spoken: Spoken) -> "Reading":
        """The words of a clip."""
        text = ""
        starts: list[int] = []
        words: list[int] = []
        for index, piece in enumerate(_pieces(spoken)):
            if not piece:
                continue
            if text and not TIGHT.match(piece):
                text += " "
            starts.append(len(text))
            words.append(index)
            text += piece
        at = dict(zip(words, starts, strict=True))
        return cls(text, tuple(starts), tuple(words), tuple(at[start] for start in spoken.starts if start in at))

    def word_at(self, place: int) -> int:
        """The index of the word to which a place in the text belongs."""
        return self.words[max(0, bisect_right(self.starts, place) - 1)]

    def match(self, kind: Kind, start: int, end: int, why: str) -> Match:
        """The words of a part of the text, which is not empty."""
        return Match(kind, self.word_at(start), self.word_at(end - 1), why)

    def words_between(self, end: int, start: int) -> int:
        """How many words begin between two places."""
        return max(0, bisect_left(self.starts, start) - bisect_right(self.starts, end - 1))

    def sentence_of(self, place: int) -> tuple[int, int]:
        """Where the sentence around a place begins and ends."""
        number = bisect_right(self.sentence_starts, place)
        start = self.sentence_starts[number - 1] if number else 0
        end = self.sentence_starts[number] if number < len(self.sentence_starts) else len(self.text)
        return start, end


def _pieces(spoken: Spoken) -> Iterator[str]:
    known = number_words(spoken.language)
    values = [_value(word, known) for word in spoken.bare]
    for index, (text, word) in enumerate(zip(spoken.texts, spoken.bare, strict=True)):
        value = values[index]
        if word in known.fillers:
            yield ""
            continue
        if value is None and word in known.beside and _beside_number(spoken, values, index, known.repeats):
            value = str(known.beside[word])
        if value is None and word in known.repeats:
            value = _repeated(spoken, values, index, known)
        yield text.strip().replace("’", "'") if value is None else _with(text, value)


def _value(word: str, known: NumberWords) -> str | None:
    if not word or word[0].isdigit():
        return None
    value = known.value(word)
    if value is not None:
        return str(value)
    ordinal = known.ordinal(word)
    return None if ordinal is None else f"{ordinal}th"


def _with(text: str, value: str) -> str:
    around = AROUND.match(text.strip())
    return around[1] + value + around[3] if around else value


def _is_number(spoken: Spoken, values: list[str | None], index: int) -> bool:
    return 0 <= index < len(values) and (values[index] is not None or spoken.bare[index].isdigit())


def _beside_number(spoken: Spoken, values: list[str | None], index: int, repeats: Mapping[str, int]) -> bool:
    if index and (_is_number(spoken, values, index - 1) or spoken.bare[index - 1] in repeats):
        return True
    return _is_number(spoken, values, index + 1) and not BREAK.search(spoken.texts[index].strip())


def _repeated(spoken: Spoken, values: list[str | None], index: int, known: NumberWords) -> str | None:
    """The digits that “double” stands for, without the one that follows."""
    if index + 1 >= len(values):
        return None
    following = spoken.bare[index + 1]
    digit = values[index + 1] or (following if following.isdigit() else str(known.beside.get(following, "")))
    return digit * (known.repeats[spoken.bare[index]] - 1) if len(digit) == 1 else None


def united(matches: Iterable[Match]) -> list[Match]:
    """In the order of the words; those of one kind that overlap become one."""
    made: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.kind, match.first)):
        before = made[-1] if made else None
        if before is not None and before.kind == match.kind and match.first <= before.last:
            made[-1] = replace(before, last=max(before.last, match.last))
        else:
            made.append(match)
    return sorted(made, key=lambda match: (match.first, match.last))

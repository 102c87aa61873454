"""Texts as the check hears them."""

from duskreel.edit.sentences import Sentence, sentences
from duskreel.library.entry import Word
from duskreel.review.findings import Kind, Match
from duskreel.review.spoken import Spoken

WORD_MS = 300


def words(text: str) -> list[Word]:
    """One after the other, evenly."""
    return [Word(each, n * WORD_MS, (n + 1) * WORD_MS, 1.0) for n, each in enumerate(text.split())]


def in_sentences(text: str) -> list[Sentence]:
    """The sentences of a text."""
    return sentences(words(text))


def shown(spoken: Spoken, matches: list[Match], kind: Kind) -> list[str]:
    """The words of what was found of a kind."""
    return [" ".join(spoken.texts[each.first : each.last + 1]) for each in matches if each.kind is kind]

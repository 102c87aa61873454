"""Text as somebody spells it: letters, digits, words, and signs said by their names (“dot”, “ät”, “arobase”)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from duskreel.review import rules
from duskreel.review.numbers import TOPIC
from duskreel.review.reading import Reading

PIECE = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[^\w\s]|_")
SIGNS = ".@_-/+:#&"
MOST_WORDS_OF_A_SIGN = 3
"""“tiret du bas”"""


@dataclass(frozen=True)
class Piece:
    """A word, a number or a sign."""

    text: str
    """lower case; a sign as it is written"""
    start: int
    end: int
    """its place in the reading's text"""
    tight: bool
    """written without a space before it"""
    said: bool = False
    """whether it is a sign that was said by its name"""

    @property
    def is_sign(self) -> bool:
        """Whether it is a sign of addresses, not of punctuation alone."""
        return self.said or self.text in SIGNS

    @property
    def is_word(self) -> bool:
        """Whether it is a word, a letter or a number."""
        return not self.said and self.text[0].isalnum()

    @property
    def is_short(self) -> bool:
        """Whether it is a letter or a number, as in spelling."""
        return self.is_word and (len(self.text) == 1 or self.text.isdigit())


@lru_cache(maxsize=8)
def sign_names(language: str) -> Mapping[str, str]:
    """What signs are called, by name."""
    return {name: sign for each in rules.load(TOPIC, language) for name, sign in each["signs"].items()}


@lru_cache(maxsize=8)
def _sign_pattern(language: str) -> re.Pattern[str]:
    names = sorted(sign_names(language), key=len, reverse=True)
    return re.compile(rf"(?<![\w'])(?:{'|'.join(map(re.escape, names))})(?![\w'])")


def pieces(reading: Reading, language: str) -> list[Piece]:
    """All of a text."""
    text = reading.text.lower()
    if len(text) != len(reading.text):  # İ is two letters in lower case
        text = reading.text
    names = sign_names(language)
    made: list[Piece] = []
    end = 0
    for said in _sign_pattern(language).finditer(text):
        made += _plain(text, end, said.start())
        made.append(Piece(names[said[0]], said.start(), said.end(), tight=False, said=True))
        end = said.end()
    return [*made, *_plain(text, end, len(text))]


def _plain(text: str, start: int, end: int) -> list[Piece]:
    return [
        Piece(found[0], found.start(), found.end(), tight=found.start() > 0 and not text[found.start() - 1].isspace())
        for found in PIECE.finditer(text, start, end)
    ]

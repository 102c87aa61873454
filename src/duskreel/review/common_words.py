"""Which words everybody uses, and what people are usually called: lists in `resources/review/<language>/`.

``common_words.txt`` and ``first_names.txt`` hold a word a line, and in lines that begin with ``#`` where they are from.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from duskreel.library.search_text import folded
from duskreel.paths import resource
from duskreel.review.rules import LANGUAGES

WORDS = "common_words"
NAMES = "first_names"
MOST_USED = 3_000


@dataclass(frozen=True, eq=False)
class CommonWords:
    """Words in lower case; first names also without accents."""

    words: frozenset[str]
    most_used: frozenset[str]
    """those of them that tell nothing about whom they name"""
    first_names: frozenset[str]
    endings: tuple[str, ...]
    """that a common word may have besides"""

    def __contains__(self, word: str) -> bool:
        """Whether it is one of them, also with an ending."""
        if word in self.words:
            return True
        stems = (word[: -len(ending)] for ending in self.endings if word.endswith(ending))
        return any(len(stem) > 2 and stem in self.words for stem in stems)


@lru_cache(maxsize=8)
def common_words(language: str, endings: tuple[str, ...] = ()) -> CommonWords:
    """Those of a language; of all, where it has none of its own.

    Args:
        language: ISO 639-1.
        endings: that its words take.
    """
    languages = (language,) if language in LANGUAGES else LANGUAGES
    words = [_lines(WORDS, each) for each in languages]
    names = _with_plain(line for each in languages for line in _lines(NAMES, each))
    most_used = frozenset(line for lines in words for line in lines[:MOST_USED])
    return CommonWords(frozenset(line for lines in words for line in lines), most_used, names, endings)


def _lines(name: str, language: str) -> list[str]:
    text = resource(f"review/{language}/{name}.txt").read_text(encoding="utf-8").lower()
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def _with_plain(words: Iterable[str]) -> frozenset[str]:
    """Also without accents, as names are compared."""
    known = set(words)
    return frozenset(known | {folded(word) for word in known if not word.isascii()})

"""How words sound, roughly, so that a name is known again however it was written down.

The rules are data, `resources/review/<language>/sounds.json`:

* ``respellings``: what is written, and how it is said in the plain letters of the rest; the first that fits at a place
  holds. ``^`` stands for the word's start, ``$`` for its end.
* ``names``: well-known names that are not said as they are written, as somebody who has never seen them writes them.
* ``alike``: letters that are easily taken for one another (b and p, d and t, v, w and f) and fall together.

A letter said twice counts once, and of vowels in a row only the first: they are what is misheard most.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from duskreel.library.search_text import folded
from duskreel.review import rules

TOPIC = "sounds"
VOWELS = "ai"
"""that are left once letters that are alike have fallen together"""
_RUN = re.compile(r"(.)\1+")
_VOWELS = re.compile(f"[{VOWELS}]+")
_NOT_SAID = re.compile(r"[\W_]+")
_CONSONANTS_WEIGH = 0.65
"""of likeness; the rest is for the whole with its vowels"""


@dataclass(frozen=True)
class Sound:
    """How a word, or several in a row, sound."""

    key: str
    """with vowels, of which only two kinds are told apart"""
    consonants: str
    """h aside, which nobody hears for sure"""

    @classmethod
    def of_key(cls, key: str) -> "Sound":
        """A key as the rules give it, or several one after another."""
        key = _VOWELS.sub(lambda vowels: vowels.group()[0], _RUN.sub(r"\1", key))
        return cls(key, _RUN.sub(r"\1", _VOWELS.sub("", key).replace("h", "")))

    @property
    def first(self) -> str:
        """What it begins with; "" for a vowel."""
        begin = self.key.lstrip("h")[:1]
        return "" if begin in VOWELS else begin

    def likeness(self, other: "Sound") -> float:
        """From 0.0 to 1.0, which is the same sound; consonants count for more than vowels."""
        if self.key == other.key:
            return 1.0
        consonants = Levenshtein.normalized_similarity(self.consonants, other.consonants)
        whole = Levenshtein.normalized_similarity(self.key, other.key)
        return _CONSONANTS_WEIGH * consonants + (1 - _CONSONANTS_WEIGH) * whole


@dataclass(frozen=True)
class _Rules:
    names: Mapping[str, str]
    pattern: re.Pattern[str]
    respelled: tuple[str, ...]
    alike: Mapping[int, str]


def sound(words: Iterable[str], language: str) -> Sound:
    """How words sound when they are said together.

    Args:
        words: in any case.
        language: ISO 639-1; rules of all languages are tried for one that has none.
    """
    return Sound.of_key("".join(key(word.lower(), language) for word in words))


@lru_cache(maxsize=16384)
def key(word: str, language: str) -> str:
    """How one word sounds, in lower-case letters; put together, keys are a `Sound.of_key`."""
    known = _rules(language)
    said = _NOT_SAID.sub("", unicodedata.normalize("NFC", word))
    said = known.names.get(said, said)
    plain = known.pattern.sub(lambda found: known.respelled[(found.lastindex or 1) - 1], said)
    return folded(plain).translate(known.alike)


@lru_cache(maxsize=8)
def _rules(language: str) -> _Rules:
    sets = rules.load(TOPIC, language)
    spelled = [pair for each in sets for pair in each["respellings"]]
    return _Rules(
        {name: said for each in sets for name, said in each["names"].items()},
        re.compile("|".join(f"({written})" for written, _ in spelled)),
        tuple(said for _, said in spelled),
        str.maketrans({sign: plain for each in sets for sign, plain in each["alike"].items()}),
    )

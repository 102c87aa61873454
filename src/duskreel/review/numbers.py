"""Numbers as they are said: “eighty”, “neununddreißig”, “quatre-vingt-dix-huit”.

The words are data, `resources/review/<language>/speaking.json`:

* ``numbers``: what each word is worth. A word may be made of several ("zwölftausend", "thirty-nine").
* ``inside``: words that are numbers only as a part of such a word; ``only_beside_numbers``: only next to another
  number, as “oh” is in “five oh one”.
* ``joiners``: what may stand between the parts.
* ``ordinals``, ``ordinal_endings``: “third”, and what makes “achtzehnten” of “achtzehn”.
* ``repeats``: how often the next digit is said by “double”.
* ``fillers``: what people say while they think. A reading leaves it out.
* ``signs``: what a sign is called when somebody spells.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from duskreel.library.json_reader import Json
from duskreel.review import rules

TOPIC = "speaking"
LONGEST_NUMBER = 40
"""letters of a number in one word; beyond that, nobody says it"""
FOUR_TWENTIES = (4, 20)
"""quatre-vingts"""


@dataclass(frozen=True)
class NumberWords:
    """What is a number in a language."""

    worth: Mapping[str, int]
    beside: Mapping[str, int]
    ordinals: Mapping[str, int]
    ordinal_endings: tuple[str, ...]
    repeats: Mapping[str, int]
    parts: re.Pattern[str]
    """the words of which a longer one may consist"""
    inside: Mapping[str, int]
    fillers: frozenset[str]

    def value(self, word: str) -> int | None:
        """What a word without capitals and punctuation is worth; None if it is no number."""
        known = self.worth.get(word)
        if known is not None or len(word) > LONGEST_NUMBER:
            return known
        parts = self.parts.findall(word)
        if not parts or "".join(parts) != word.replace("-", ""):
            return None
        worth = [value for part in parts if (value := self._part(part)) is not None]
        return composed(worth) if len(worth) > 1 else None

    def _part(self, part: str) -> int | None:
        return self.worth.get(part, self.inside.get(part))

    def ordinal(self, word: str) -> int | None:
        """What “third” or “achtzehnten” is worth; None if it is no ordinal."""
        known = self.ordinals.get(word)
        if known is not None:
            return known
        head, hyphen, last = word.rpartition("-")
        if hyphen and last in self.ordinals and (tens := self.value(head)) is not None:
            return tens + self.ordinals[last]
        endings = (ending for ending in self.ordinal_endings if word.endswith(ending))
        values = (self.value(word.removesuffix(ending)) for ending in endings)
        return next((value for value in values if value is not None), None)


@lru_cache(maxsize=8)
def number_words(language: str) -> NumberWords:
    """Those of a language, of all where it has none."""
    sets = [_folded(each) for each in rules.load(TOPIC, language)]
    worth = _united(each["numbers"] for each in sets)
    inside = _united(each["inside"] for each in sets)
    joiners = [word for each in sets for word in each["joiners"]]
    parts = sorted([*worth, *inside, *joiners], key=len, reverse=True)
    return NumberWords(
        worth,
        _united(each["only_beside_numbers"] for each in sets),
        _united(each["ordinals"] for each in sets),
        tuple(ending for each in sets for ending in each["ordinal_endings"]),
        _united(each["repeats"] for each in sets),
        re.compile("|".join(map(re.escape, parts))),
        inside,
        frozenset(word for each in sets for word in each["fillers"]),
    )


def _folded(read: Json) -> Json:
    return {
        key: {word.casefold(): value for word, value in part.items()} if isinstance(part, dict) else part
        for key, part in read.items()
    }


def _united(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    return {word: value for part in parts for word, value in part.items()}


def composed(values: Sequence[int]) -> int:
    """What several numbers said in a row are worth: 80, 5, 1000 are 85000."""
    total = current = last = 0
    for value in values:
        if value >= 1000 and value % 1000 == 0 and (current or not total):
            total += max(1, current) * value
            current = 0
        elif value == 100 or (last, value) == FOUR_TWENTIES:
            current = max(1, current) * value
        else:
            current += value
        last = value
    return total + current

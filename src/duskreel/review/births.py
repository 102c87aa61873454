"""The day on which somebody was born: day and month, with or without the year.

Rules, ``birth`` in `resources/review/<language>/figures.json`; `patterns` tells how a pattern reads:

* ``months``: their names and short forms; ``dates``: how a day is told.
* ``cues``: words of a birth. A date is a birthday next to one only.
* ``not``: what has such a word and is none (“wedding anniversary”).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from duskreel.review.findings import Kind, Match
from duskreel.review.patterns import Patterns
from duskreel.review.reading import Reading

WHY = "This tells when somebody was born."
NUMERIC = (
    r"(?<![\d.,])(?:(?:0\s)?\d{1,2}(?:th)?[-./,\s]{1,2}){2}(?:(?:19|20)\s?)?(?:\d0\s\d|0\s\d|\d\d)(?!\d)",
    r"(?<!\d)(?:19|20)\d\d[-./\s]{1,2}\d{1,2}[-./\s]{1,2}\d{1,2}(?!\d)",
)
"""12.05.1988, 12/5/88, “ten, oh four, nineteen eighty six”, 1988-05-12"""
CUE_WORDS = 9
ACROSS_SENTENCES = 3
"""words between “My birthday?” and the date"""


@dataclass(frozen=True)
class BirthRules:
    """Of one language, or of all."""

    dates: re.Pattern[str]
    cues: re.Pattern[str]
    excluded: re.Pattern[str]


@lru_cache(maxsize=8)
def birth_rules(language: str) -> BirthRules:
    """Those of a language."""
    made = Patterns.of("figures", "birth", language)
    return BirthRules(
        made.compiled([*(rf"(?<!\w){date}(?!\w)" for date in made.lists["dates"]), *NUMERIC]),
        made.words("cues"),
        made.words("not"),
    )


def find(reading: Reading, language: str) -> Iterator[Match]:
    """Days of birth in what is said."""
    known = birth_rules(language)
    cues = [cue.span() for cue in known.cues.finditer(reading.text)]
    excluded = [range(*each.span()) for each in known.excluded.finditer(reading.text)]
    told = [cue for cue in cues if not any(cue[0] in each for each in excluded)]
    if not told:
        return
    for date in known.dates.finditer(reading.text):
        if any(_belong(reading, date.span(), cue) for cue in told):
            yield reading.match(Kind.BIRTH, date.start(), date.end(), WHY)


def _belong(reading: Reading, date: tuple[int, int], cue: tuple[int, int]) -> bool:
    first, second = sorted((date, cue))
    apart = reading.words_between(first[1], second[0])
    same = reading.sentence_of(date[0]) == reading.sentence_of(cue[0])
    return apart <= (CUE_WORDS if same else ACROSS_SENTENCES)

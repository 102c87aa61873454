"""Numbers to call: written, spoken digit by digit or in groups.

Rules, ``phone`` in `resources/review/<language>/contacts.json`:

* ``cues``: words that speak of phoning; ``calls``: after which even a short number (911) is one to call.
* ``after``: what may follow such a short number. “Call 300 people” is none.
* ``units``: words after which a number was a quantity; ``other``: words before digits that are no phone number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from duskreel.review.findings import Kind, Match
from duskreel.review.patterns import Patterns
from duskreel.review.reading import Reading

WHY = "This sounds like a phone number."
RUN = re.compile(
    r"(?<![\w.,$€£#@])(?:\+ ?|plus )?\(?\d+(?!\w)(?:(?:[-./() ]|, |\. |\) |: ){1,2}\d+(?!\w))*", re.IGNORECASE
)
GROUP = re.compile(r"\d+")
YEAR = re.compile(r"(?:19|20)\d\d")
SCALES = frozenset({"1000", "1000000"})
"""a thousand, a million"""
FEWEST_DIGITS = 7
MOST_DIGITS = 15
"""ITU-T E.164"""
SHORT_DIGITS = range(3, 7)
CUE_WORDS = 10
"""how far before a number the word may be that tells what it is"""


@dataclass(frozen=True)
class PhoneRules:
    """Of one language, or of all."""

    cues: re.Pattern[str]
    calls: re.Pattern[str]
    after: re.Pattern[str]
    units: re.Pattern[str]
    other: re.Pattern[str]


@lru_cache(maxsize=8)
def phone_rules(language: str) -> PhoneRules:
    """Those of a language."""
    made = Patterns.of("contacts", "phone", language)
    return PhoneRules(
        made.words("cues"),
        made.compiled([r"\b{calls} $", r"\b{calls}$"]),
        made.compiled([r"[^\w\s]", r"$", r" {after}\b"]),
        made.compiled([r"[\s-]?{units}\b", r"[%€$£°]"]),
        made.words("other"),
    )


def find(reading: Reading, language: str) -> Iterator[Match]:
    """Phone numbers in what is said."""
    known = phone_rules(language)
    for run in RUN.finditer(reading.text):
        if _is_phone(reading, run, known):
            yield reading.match(Kind.PHONE, run.start(), run.end(), WHY)


def _is_phone(reading: Reading, run: re.Match[str], known: PhoneRules) -> bool:
    start, end = reading.sentence_of(run.start())
    groups = GROUP.findall(run[0])
    before = reading.text[start : run.start()]
    digits = digit_count(groups)
    if digits > MOST_DIGITS or known.units.match(reading.text, run.end()):
        return False
    if digits in SHORT_DIGITS:
        rest = reading.text[run.end() :]
        return len(groups) in (1, digits, 2) and bool(known.calls.search(before) and known.after.match(rest))
    if digits < FEWEST_DIGITS or known.other.search(_last_words(before)):
        return False
    if known.cues.search(_last_words(before)):
        return SCALES.isdisjoint(groups)
    return _looks_like_one(run[0], groups) and not known.other.search(reading.text, run.end(), end)


def digit_count(groups: list[str]) -> int:
    """How many digits somebody would type: “eight hundred” (8 100) are three."""
    return sum(2 if group == "100" and number else len(group) for number, group in enumerate(groups))


def is_counting(groups: list[str]) -> bool:
    """Whether the numbers are 1, 2, 3, ... or 10, 9, 8, ... again and again, or the like."""
    steps = [int(after) - int(before) for before, after in pairwise(groups)]
    if len(steps) < 2:
        return False
    usual = max(set(steps), key=steps.count)
    return usual != 0 and steps.count(usual) >= 0.7 * len(steps)


def _looks_like_one(text: str, groups: list[str]) -> bool:
    if all(map(YEAR.fullmatch, groups)) or not SCALES.isdisjoint(groups) or is_counting(groups):
        return False
    if text.lstrip("(").startswith(("+", "0", "plus")) or len(groups) == 1:
        return True
    return len(groups) >= 2 and max(map(len, groups)) <= 8


def _last_words(before: str) -> str:
    return " ".join(before.split()[-CUE_WORDS:])

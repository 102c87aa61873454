"""Numbers and words that open something: accounts, cards, insurance, staff numbers, PINs, passwords, door codes.

Rules, ``account`` in `resources/review/<language>/figures.json`; `patterns` tells how a pattern reads:

* ``numbers``: what such a number is called; ``secrets``: what a password is called.
* ``links``: what may stand between the name and its value; ``back``: between a value and its name after it.
* ``no_value``: what is said of a password and is none (“wrong”).
* ``units``: words after a number that was a quantity.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from duskreel.review.findings import Kind, Match
from duskreel.review.patterns import Patterns
from duskreel.review.reading import Reading

NUMBER_WHY = "This sounds like the number of an account, a card or a member."
CODE_WHY = "This sounds like a password or a code."
SHAPES = re.compile(
    r"(?<![\w])(?-i:[A-Z]{2})\s?\d\d(?:[ -]?[A-Z\d]{4}){3,7}(?:[ -]?[A-Z\d]{1,4})?(?!\w)"  # ISO 13616
    r"|(?<![\w+])\d{4}(?:[ ,.-]{1,2}\d{4}){3}(?!\d)"  # cards by fours, ISO/IEC 7812
    r"|(?<![\w+])(?:\d[ ,.-]{1,2}){15}\d(?![\d])"
    r"|(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])",  # social security
    re.IGNORECASE,
)
FEWEST_DIGITS = 3
AFTER_WORD = r"\s(?!(?:and|und|et|one|in|since|for|seit|depuis|now)\b)\w[\w!@#$&*]*"
WORDS = rf"(?:\w[\w'!@#$&*.-]*(?<![.'])(?:{AFTER_WORD}){{0,2}}|[\w!@#$&*]+)"
"""what a password may be: up to three words"""


@dataclass(frozen=True)
class AccountRules:
    """Of one language, or of all."""

    numbers: re.Pattern[str]
    secrets: re.Pattern[str]
    back: re.Pattern[str]
    units: re.Pattern[str]
    no_value: re.Pattern[str]


@lru_cache(maxsize=8)
def account_rules(language: str) -> AccountRules:
    """Those of a language."""
    made = Patterns.of("figures", "account", language)
    names = r"(?:{numbers}|{secrets})"
    return AccountRules(
        made.compiled([rf"\b{names}(?:'s)?[,:]?(?: {{links}}){{0,4}} (?P<value>{{code}})(?![\w'])"]),
        made.compiled([rf"\b{{secrets}}(?: {{of}})?(?:(?:'s|[:=])| {{is}}) (?P<value>{WORDS})"]),
        made.compiled([rf"(?<![\w$€£.,-])(?P<value>{{code}}),? {{back}} {names}\b"]),
        made.compiled([r"[\s-]?{units}\b", r"[%€$£°]", r":\d"]),
        made.compiled([r"{no_value}\b"]),
    )


def find(reading: Reading, language: str) -> Iterator[Match]:
    """Numbers of accounts, and passwords, in what is said."""
    known = account_rules(language)
    for shape in SHAPES.finditer(reading.text):
        yield reading.match(Kind.ACCOUNT, shape.start(), shape.end(), NUMBER_WHY)
    for pattern in (known.numbers, known.back):
        for found in pattern.finditer(reading.text):
            if _is_number(reading, found, known):
                yield reading.match(Kind.ACCOUNT, found.start("value"), found.end("value"), NUMBER_WHY)
    for found in known.secrets.finditer(reading.text):
        if not known.no_value.match(found["value"]):
            yield reading.match(Kind.ACCOUNT, found.start("value"), found.end("value"), CODE_WHY)


def _is_number(reading: Reading, found: re.Match[str], known: AccountRules) -> bool:
    digits = sum(map(str.isdigit, found["value"]))
    return digits >= FEWEST_DIGITS and not known.units.match(reading.text, found.end("value"))

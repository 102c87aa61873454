"""Where somebody lives or works: street and house number, flat, post box.

Rules, `resources/review/<language>/addresses.json`; `patterns` tells how a pattern reads:

* ``streets``: kinds of streets; ``ordinary_streets``: those whose names are ordinary words too (“drive”, “place”). Only
  capitals in front of them make them a street.
* ``patterns``: street and number, in the order of the language; ``more``: what may follow (“apartment 4B”, a town).
* ``not``: words that a street's name never has (“two way street”); ``units``: words after a number that counted
  something.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from duskreel.review import rules
from duskreel.review.findings import Kind, Match
from duskreel.review.patterns import Patterns
from duskreel.review.reading import Reading, united
from duskreel.review.spoken import Spoken

WHY = "This sounds like an address."


@dataclass(frozen=True)
class AddressRules:
    """Of one language, or of all."""

    addresses: re.Pattern[str]
    more: re.Pattern[str]
    excluded: re.Pattern[str]
    units: re.Pattern[str]


@lru_cache(maxsize=8)
def address_rules(language: str) -> tuple[AddressRules, ...]:
    """Those of a language, or of each one."""
    return tuple(_compiled(Patterns(lists)) for lists in rules.load("addresses", language))


def _compiled(made: Patterns) -> AddressRules:
    return AddressRules(
        made.compiled([rf"(?<![\w$€£.,:-]){each}(?!\w)" for each in made.lists["patterns"]]),
        made.compiled([r"(?: {more}(?![\w%]))+"]),
        made.words("not"),
        made.compiled([r" {units}\b", r"[%€$£°]", r":\d"]),
    )


def find(spoken: Spoken) -> list[Match]:
    """Addresses in what is said, in the order of the words."""
    reading = Reading.of(spoken)
    return united(match for known in address_rules(spoken.language) for match in _matches(reading, known))


def _matches(reading: Reading, known: AddressRules) -> Iterator[Match]:
    for found in known.addresses.finditer(reading.text):
        if known.excluded.search(found[0]):
            continue
        if found[0][-1].isdigit() and known.units.match(reading.text, found.end()):
            continue
        more = known.more.match(reading.text, found.end())
        yield reading.match(Kind.ADDRESS, found.start(), more.end() if more else found.end(), WHY)

"""Pay, severance, rent, savings and debts with an amount; not what a coffee costs.

Rules, ``money`` in `resources/review/<language>/figures.json`; `patterns` tells how a pattern reads:

* ``currencies``: words after an amount. From `LEAST_AMOUNT` on, they are enough.
* ``cues``: words of pay and of debts; near one, a large number is money without a currency, unless something else
  was counted; ``debts``: those near which a small amount counts too.
* ``rates``: what makes pay of a number: “a year”.
* ``vague``: amounts without a number; ``of_pay``: amounts told in time (“six weeks of pay”).
* ``follow``: words before which a bare number may still be an amount; any other noun says what was counted.
* ``idioms``: what only sounds like money.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from duskreel.review.findings import Kind, Match
from duskreel.review.numbers import composed
from duskreel.review.patterns import Patterns
from duskreel.review.reading import Reading

WHY = "This tells an amount of money."
LEAST_AMOUNT = 100
LEAST_RATE = 100
"""a month, a year, with no currency"""
LEAST_HOURLY = 8
"""near a word of pay: “I make 18 an hour”"""
LEAST_BARE = 1000
"""near a word of pay, with no currency"""
CUE_WORDS = 9
RUNS = frozenset({4000, 5000, 8000, 10000})
"""4k is a screen and 5k a race, unless pay is spoken of"""
YEAR = re.compile(r"(?:19|20)\d\d\W*$")
SIGNS = "$€£"


@dataclass(frozen=True)
class MoneyRules:
    """Of one language, or of all."""

    amount: re.Pattern[str]
    """with the groups ``sign``, ``number``, ``thousands``, ``currency``, ``rate``"""
    others: re.Pattern[str]
    """amounts that need no looking at"""
    cues: re.Pattern[str]
    debts: re.Pattern[str]
    follow: re.Pattern[str]
    idioms: re.Pattern[str]


@lru_cache(maxsize=8)
def money_rules(language: str) -> MoneyRules:
    """Those of a language."""
    made = Patterns.of("figures", "money", language)
    amount = (
        rf"(?<![\w.,$€£#/-])(?P<sign>[{SIGNS}]\s?)?(?P<number>{{number}})(?P<thousands>\s?(?:k|grand|{{thousands}})\b)?"
        rf"(?P<currency>\s?[{SIGNS}]|(?: |-|,- ?){{currencies}}\b)?(?P<rate> {{rates}}\b)?"
    )
    return MoneyRules(
        made.compiled([amount]),
        made.compiled([r"\b{vague}(?: {currencies})?\b", r"\b{of_pay}(?!\w)"]),
        made.words("cues"),
        made.words("debts"),
        made.compiled([r"\W*$", r"\s?[^\w\s]", r" {follow}\b"]),
        made.words("idioms"),
    )


def find(reading: Reading, language: str) -> Iterator[Match]:
    """Amounts in what is said."""
    known = money_rules(language)
    idioms = [range(*idiom.span()) for idiom in known.idioms.finditer(reading.text)]
    for found in known.amount.finditer(reading.text):
        if _is_money(reading, found, known) and not any(found.start("number") in idiom for idiom in idioms):
            yield reading.match(Kind.MONEY, found.start(), found.end(), WHY)
    for found in known.others.finditer(reading.text):
        if not any(found.start() in idiom or idiom.start in range(*found.span()) for idiom in idioms):
            yield reading.match(Kind.MONEY, found.start(), found.end(), WHY)


def _is_money(reading: Reading, found: re.Match[str], known: MoneyRules) -> bool:
    value = worth(found["number"]) * (1000 if found["thousands"] else 1)
    near = _is_near(known.cues, reading, found)
    if found["sign"] or found["currency"]:
        return value >= LEAST_AMOUNT or bool(found["rate"]) or _is_near(known.debts, reading, found)
    if found["thousands"] and not found["thousands"].strip().isalpha():
        return near
    if found["thousands"]:
        plain = value not in RUNS or found["thousands"].strip().lower() != "k"
        return near or (plain and bool(known.follow.match(reading.text, found.end())))
    if found["rate"] and (near or value >= LEAST_RATE):
        return value >= LEAST_HOURLY
    is_year = YEAR.match(found["number"]) is not None
    return near and value >= LEAST_BARE and not is_year and bool(known.follow.match(reading.text, found.end()))


def _is_near(cues: re.Pattern[str], reading: Reading, found: re.Match[str]) -> bool:
    first, last = reading.sentence_of(found.start())
    before = reading.text[first : found.start()].split()[-CUE_WORDS:]
    after = reading.text[found.end() : last].split()[:CUE_WORDS]
    return bool(cues.search(" ".join([*before, "|", *after])))


def worth(number: str) -> float:
    """What “1 640”, “12,000.50” or “20 2 100” (twenty-two hundred) is worth."""
    values: list[int] = []
    for group in re.findall(r"\d[\d.,']*", number):
        whole = re.sub(r"[.,]\d{1,2}$", "", group.rstrip(".,'"))
        digits = re.sub(r"\D", "", whole)
        if values and len(digits) == 3 and digits != "100":
            values[-1] = values[-1] * 1000 + int(digits)
        else:
            values.append(int(digits))
    return composed(values)

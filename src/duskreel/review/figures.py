"""Figures that say much about somebody: amounts of money, days of birth, numbers of accounts.

The rules are `resources/review/<language>/figures.json`; each part is described where it is used: ``money`` in `money`,
``birth`` in `births`, ``account`` in `accounts`.
"""

from duskreel.review import accounts, births, money
from duskreel.review.findings import Match
from duskreel.review.reading import Reading, united
from duskreel.review.spoken import Spoken


def find(spoken: Spoken) -> list[Match]:
    """Money, days of birth and accounts, in the order of the words."""
    reading = Reading.of(spoken)
    surer = united([*accounts.find(reading, spoken.language), *births.find(reading, spoken.language)])
    taken = {word for match in surer for word in range(match.first, match.last + 1)}
    amounts = [match for match in money.find(reading, spoken.language) if match.first not in taken]
    return united([*surer, *amounts])

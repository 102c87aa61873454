"""How somebody can be reached: e-mail addresses, phone numbers, links and account names.

The rules are `resources/review/<language>/contacts.json`; each part is described where it is used: ``web`` in
`web_addresses`, ``phone`` in `phone_numbers`, ``handles`` in `handles`.
"""

from duskreel.review import accounts, births, handles, phone_numbers, web_addresses
from duskreel.review.findings import Match
from duskreel.review.reading import Reading, united
from duskreel.review.spoken import Spoken


def find(spoken: Spoken) -> list[Match]:
    """E-mail addresses, phone numbers, links and account names, in the order of the words."""
    reading = Reading.of(spoken)
    addresses = united(web_addresses.find(reading, spoken.language))
    surer = [*addresses, *accounts.find(reading, spoken.language), *births.find(reading, spoken.language)]
    taken = [range(match.first, match.last + 1) for match in surer]
    others = [*phone_numbers.find(reading, spoken.language), *handles.find(reading, spoken.language)]
    free = [match for match in others if not any(match.first in words or match.last in words for words in taken)]
    return united([*addresses, *free])

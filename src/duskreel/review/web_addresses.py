"""E-mail addresses and links: written, spoken (“jane dot doe at gmail dot com”) or spelled letter by letter.

Rules, ``web`` in `resources/review/<language>/contacts.json`:

* ``endings``: top-level domains as written after a dot; ``said_endings``: those that are one when spoken as well.
  “de” is a word in French, so that “point de” tells nothing.
* ``providers``: what comes before the ending of well-known mail addresses. “I looked at amazon dot com” is a link,
  “big bear at gmail dot com” is none.
* ``mail_words``: words after which “at” belongs to an address.
* ``stops``: words that are never a part of a spoken name.
* ``no_names``, ``no_name_endings``: words before “at” that are no name (“looked at”), unless mail is spoken of.
* ``sites``: names of services that people follow with “slash” and a name.
* ``joining``: words that say “at” only in front of a provider, as “à” may.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from duskreel.review import rules
from duskreel.review.findings import Kind, Match
from duskreel.review.reading import Reading
from duskreel.review.spelling import Piece, pieces

EMAIL_WHY = "This sounds like an e-mail address."
LINK_WHY = "This sounds like the address of a page."
MOST_NAME_WORDS = 4
"""of a spoken name that is not spelled: “big bear bakes”"""
MOST_DOMAIN_WORDS = 3
MOST_PATH_WORDS = 3
CUE_PIECES = 14
"""how far before “at” a word of mail may be"""


@dataclass(frozen=True)
class WebRules:
    """Of one language, or of all."""

    endings: frozenset[str]
    said_endings: frozenset[str]
    providers: frozenset[str]
    mail_words: frozenset[str]
    stops: frozenset[str]
    joining: frozenset[str]
    no_names: frozenset[str]
    no_name_endings: frozenset[str]
    sites: frozenset[str]


@lru_cache(maxsize=8)
def web_rules(language: str) -> WebRules:
    """Those of a language."""
    sets = [each["web"] for each in rules.load("contacts", language)]
    names = (field.name for field in fields(WebRules))
    return WebRules(**{name: frozenset(word for each in sets for word in each[name]) for name in names})


def find(reading: Reading, language: str) -> Iterator[Match]:
    """E-mail addresses and links in what is said."""
    known = web_rules(language)
    said = pieces(reading, language)
    done = 0
    for number in range(1, len(said) - 1):
        if number < done:
            continue
        if said[number].said and said[number].text == "/" and said[number - 1].text in known.sites:
            last = _path_end(said, number - 1, known)
            yield reading.match(Kind.LINK, said[number - 1].start, said[last].end, LINK_WHY)
            done = last + 1
            continue
        if not _is_ending(said, number, known):
            continue
        last = _chain_end(said, number + 1, known)
        kind, first, last = _address(said, max(done, 0), number, last, known)
        why = EMAIL_WHY if kind is Kind.EMAIL else LINK_WHY
        yield reading.match(kind, said[first].start, said[last].end, why)
        done = last + 1


def _is_ending(said: Sequence[Piece], dot: int, known: WebRules) -> bool:
    """Whether a name, a dot and a top-level domain stand there."""
    before, sign, after = said[dot - 1 : dot + 2]
    if sign.text != "." or not before.is_word or not after.is_word:
        return False
    if sign.said:
        is_name = before.text in known.providers or before.text not in known.stops
        return is_name and after.text in known.said_endings
    if before.text == "www":
        return True
    goes_on = dot + 2 < len(said) and said[dot + 2].tight and said[dot + 2].text in "'"
    written = sign.tight and after.tight and after.text in known.endings and not goes_on
    return written and not before.text.isdigit()


def _chain_end(said: Sequence[Piece], last: int, known: WebRules) -> int:
    """The last piece of "example.co.uk"."""
    while last + 2 < len(said) and said[last + 1].text == "." and said[last + 2].is_word:
        sign, after = said[last + 1 : last + 3]
        ending = after.text in known.said_endings if sign.said else sign.tight and after.tight
        if not ending:
            break
        last += 2
    return last


def _address(said: Sequence[Piece], floor: int, dot: int, last: int, known: WebRules) -> tuple[Kind, int, int]:
    """The kind, and the first and last piece of the address whose ending is known."""
    first = _domain_start(said, floor, dot - 1)
    sign = first - 1
    is_provider = any(piece.text in known.providers for piece in said[first:dot])
    for words in range(MOST_DOMAIN_WORDS):
        at = first - 1 - words
        if at <= floor or any(not piece.is_word for piece in said[at + 1 : first]):
            break
        if said[at].text == "@" or (is_provider and said[at].text in known.joining):
            sign = at
            break
    if sign > floor and (said[sign].text == "@" or (is_provider and said[sign].text in known.joining)):
        start = _name_start(said, floor, sign, known)
        if start < sign and _is_mail(said, start, sign, known, is_provider=is_provider):
            return Kind.EMAIL, start, last
        return Kind.LINK, sign + 1, _path_end(said, last, known)
    return Kind.LINK, _link_start(said, floor, first, known), _path_end(said, last, known)


def _domain_start(said: Sequence[Piece], floor: int, first: int) -> int:
    """Back over "mail.hollis-partners" and “hollis dash partners”."""
    while first - 2 >= floor and said[first - 1].is_sign and said[first - 1].text in ".-_" and said[first - 2].is_word:
        if not said[first - 1].said and not (said[first - 1].tight and said[first].tight):
            break
        first -= 2
    while first - 1 >= floor and said[first].is_short and said[first - 1].is_short:
        first -= 1
    return first


def _name_start(said: Sequence[Piece], floor: int, sign: int, known: WebRules) -> int:
    """The first piece of the name before an @."""
    first = sign
    words = 0
    most_words = MOST_NAME_WORDS if said[sign].said else 1
    while first > floor:
        piece = said[first - 1]
        if piece.text == "," and first - 1 > floor:
            if first != sign and not (said[first].is_short and said[first - 2].is_short):
                break
        elif piece.is_word:
            words += not _continues(said, first - 1)
            if words > most_words or _ends_name(said, first - 1, known):
                break
        elif not (piece.is_sign and piece.text in "._-+" and first < sign):
            break
        first -= 1
    while first < sign and not said[first].is_word:
        first += 1
    return first


def _continues(said: Sequence[Piece], number: int) -> bool:
    """Whether a word hangs on what follows, by a sign or as a letter among letters."""
    return said[number].is_short or (said[number + 1].is_sign and said[number + 1].text in "._-+")


def _ends_name(said: Sequence[Piece], number: int, known: WebRules) -> bool:
    """Whether a word is none of the name any more."""
    piece, after = said[number : number + 2]
    if piece.text not in known.stops:
        return "'" in piece.text
    is_spelled = piece.is_short and (_is_letter(said, number, 1) or _is_letter(said, number, -1))
    return not is_spelled and not (after.is_sign and after.text in "._-+")


def _is_letter(said: Sequence[Piece], number: int, step: int) -> bool:
    """Whether the next piece but a comma is a letter or a number."""
    number += step
    if 0 <= number < len(said) and said[number].text == ",":
        number += step
    return 0 <= number < len(said) and said[number].is_short


def _is_mail(said: Sequence[Piece], start: int, sign: int, known: WebRules, *, is_provider: bool) -> bool:
    name = said[start:sign]
    if not said[sign].said or is_provider:
        return True
    if any(piece.is_sign or piece.is_short or not piece.text.isalpha() for piece in name):
        return True
    if any(piece.text in known.mail_words for piece in said[max(0, sign - CUE_PIECES) : sign]):
        return True
    last = name[-1].text
    return last not in known.no_names and not last.endswith(tuple(known.no_name_endings))


def _link_start(said: Sequence[Piece], floor: int, first: int, known: WebRules) -> int:
    """Back over the words of a spoken name, and over "https://"."""
    if said[first].tight:
        while first > floor and said[first].tight:
            first -= 1
        return first
    for _ in range(MOST_DOMAIN_WORDS):
        if first <= floor or not said[first - 1].is_word or said[first - 1].text in known.stops:
            break
        first -= 1
    return first


def _path_end(said: Sequence[Piece], last: int, known: WebRules) -> int:
    """On over "/in/somebody" and “slash nina teaches”."""
    words = 0
    while last + 1 < len(said):
        piece = said[last + 1]
        opens = piece.text in "/-_" and piece.is_sign and last + 2 < len(said) and (piece.said or said[last + 2].tight)
        if opens:
            words = 1
        elif not piece.is_word or not (piece.tight or 0 < words <= MOST_PATH_WORDS) or piece.text in known.stops:
            break
        elif not piece.tight:
            words += 1
        last += 1
    return last

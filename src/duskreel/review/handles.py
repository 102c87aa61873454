"""Account names on other services: "@somebody", “dusk underscore reel on Instagram”.

Rules, ``handles`` in `resources/review/<language>/contacts.json`:

* ``services``: where people have account names; ``names``: words for such a name (“username”).
* ``sure``: what is said right before one; ``maybe``: the same, if digits or one of ``tails`` follow.
* ``before``, ``after``: what stands around a name in “I'm at night owl on Instagram”.
* ``stops``: words that are no part of a name; ``tails``: what people say after one (“all lower case”).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from duskreel.review.findings import Kind, Match
from duskreel.review.patterns import Patterns
from duskreel.review.reading import Reading
from duskreel.review.spelling import Piece, pieces

WHY = "This sounds like an account name."
WRITTEN = re.compile(r"(?<![\w.])@\w[\w.-]*|\bu/[\w-]+")
MIXED = re.compile(r"(?<![\w@.])[^\W\d_]{3,}(?:\d{1,4}|_\w+)\b(?!\.\w)")
"""a word that is none"""
NAME = re.compile(r"[\w@][\w@.-]*(?<!\.)(?:\s[\w@.-]*[\w@]){0,3}")
"""up to four words without a comma"""
CUE_WORDS = 8
MOST_WORDS = 3
"""of a name on each side of a sign"""


@dataclass(frozen=True)
class HandleRules:
    """Of one language, or of all."""

    cues: re.Pattern[str]
    sure: re.Pattern[str]
    maybe: re.Pattern[str]
    tails: re.Pattern[str]
    between: re.Pattern[str]
    stops: frozenset[str]


@lru_cache(maxsize=8)
def handle_rules(language: str) -> HandleRules:
    """Those of a language."""
    made = Patterns.of("contacts", "handles", language)
    return HandleRules(
        made.compiled([r"\b(?:{services}|{names})\b"]),
        made.compiled([r"\b{sure} "]),
        made.compiled([r"\b{maybe} "]),
        made.compiled([r" {tails}\b"]),
        made.compiled([rf"\b{{before}} (?P<name>{NAME.pattern})\s{{after}}"]),
        frozenset(made.lists["stops"]),
    )


def find(reading: Reading, language: str) -> Iterator[Match]:
    """Account names in what is said."""
    known = handle_rules(language)
    for written in WRITTEN.finditer(reading.text):
        yield reading.match(Kind.HANDLE, written.start(), written.end(), WHY)
    for mixed in MIXED.finditer(reading.text):
        if _near_cue(reading, mixed.start(), mixed.end(), known):
            yield reading.match(Kind.HANDLE, mixed.start(), mixed.end(), WHY)
    yield from _spelled(reading, language, known)
    yield from _introduced(reading, known)


def _spelled(reading: Reading, language: str, known: HandleRules) -> Iterator[Match]:
    """Names with signs in them, near the name of a service."""
    said = pieces(reading, language)
    done = 0
    for number, piece in enumerate(said):
        if number < done or not _joins(said, number):
            continue
        first, last = _around(said, number, known)
        if first < last and _near_cue(reading, said[first].start, said[last].end, known):
            yield reading.match(Kind.HANDLE, piece.start if first > number else said[first].start, said[last].end, WHY)
            done = last + 1


def _joins(said: Sequence[Piece], number: int) -> bool:
    """Whether a spoken or written sign stands between two words, or an "at" before one."""
    piece = said[number]
    if not piece.is_sign or number + 1 >= len(said) or not said[number + 1].is_word:
        return False
    if piece.text == "_":
        return number > 0
    return piece.said and piece.text in ".-" and number > 0 and said[number - 1].is_word


def _around(said: Sequence[Piece], number: int, known: HandleRules) -> tuple[int, int]:
    first = last = number
    for _ in range(MOST_WORDS):
        if first == 0 or not (said[first - 1].is_word or said[first - 1].is_sign) or _stops(said[first - 1], known):
            break
        first -= 1
    words = 0
    while last + 1 < len(said) and words < MOST_WORDS:
        piece = said[last + 1]
        if not (piece.is_word or piece.said or (piece.tight and piece.is_sign)) or _stops(piece, known):
            break
        words = 0 if piece.is_sign else words + 1
        last += 1
    return first, last


def _stops(piece: Piece, known: HandleRules) -> bool:
    return piece.text in known.stops or "'" in piece.text


def _near_cue(reading: Reading, start: int, end: int, known: HandleRules) -> bool:
    first, last = reading.sentence_of(start)
    before = reading.text[first:start].split()[-CUE_WORDS:]
    after = reading.text[end:last].split()[:CUE_WORDS]
    return bool(known.cues.search(" ".join([*before, "|", *after])))


def _name_end(reading: Reading, start: int, known: HandleRules) -> int:
    """Where a name that begins at a place ends; the same place if none begins there."""
    name = NAME.match(reading.text, start)
    end = start
    for word in re.finditer(r"\S+", name[0] if name else ""):
        if word[0].lower().strip("@") in known.stops:
            break
        end = start + word.end()
    return end


def _has_digit(name: str) -> bool:
    return any(map(str.isdigit, name))


def _introduced(reading: Reading, known: HandleRules) -> Iterator[Match]:
    """Names that follow the words that people introduce theirs with."""
    for pattern in (known.sure, known.maybe):
        for said in pattern.finditer(reading.text):
            end = _name_end(reading, said.end(), known)
            name = reading.text[said.end() : end]
            if name and (pattern is known.sure or _has_digit(name) or known.tails.match(reading.text, end)):
                yield reading.match(Kind.HANDLE, said.end(), end, WHY)
    for around in known.between.finditer(reading.text):
        if around["name"].lower().split()[0].strip("@") not in known.stops:
            yield reading.match(Kind.HANDLE, around.start("name"), around.end("name"), WHY)

"""Sentences that speak of a secret, run somebody down, or were marked by the speaker to be left out.

The rules are `resources/review/<language>/phrases.json`, patterns as word_patterns.py describes them:

* ``lists``: words and patterns by name. `fillers` is what people say while they think.
* ``confidential``, ``disparaging``, ``marked``: ``find`` holds patterns of what is looked for, ``except`` those of what
  only looks like it (a match that touches one is none).

Disparaging is what is said about an employer, a boss, colleagues, somebody pointed at or called by a name, or a
protected word, the slot ``{protected}``. What somebody says about themselves, a day or a thing is not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from duskreel.edit.wording import bare
from duskreel.review import rules
from duskreel.review.findings import Kind, Match
from duskreel.review.spoken import Spoken
from duskreel.review.word_patterns import PIECES, Listed, Said, Search, compiled

TOPIC = "phrases"
KINDS = (Kind.CONFIDENTIAL, Kind.DISPARAGING, Kind.MARKED)
FIND = "find"
EXCEPT = "except"
FILLERS = "fillers"
PROTECTED = "protected"
SHORTEST_PART = 4
"""letters of a part of a protected name that may be run down alone"""
WHYS = {
    Kind.CONFIDENTIAL: "This sounds like something that was to stay between few people.",
    Kind.DISPARAGING: "This may read as running down a person or an employer.",
    Kind.MARKED: "You said here that this should not be in the video.",
}


@dataclass(frozen=True)
class PhraseRules:
    """Of one language."""

    lists: Mapping[str, Listed]
    """by name; the patterns of a kind by its name and `FIND` or `EXCEPT`"""
    fillers: frozenset[str]


@lru_cache(maxsize=8)
def phrase_rules(language: str) -> tuple[PhraseRules, ...]:
    """Those of a language; of each language, where it has none of its own."""
    return tuple(map(_phrase_rules, rules.load(TOPIC, language)))


def _phrase_rules(read: Mapping[str, Mapping[str, Sequence[str]]]) -> PhraseRules:
    by_kind = {f"{kind} {part}": read[kind][part] for kind in KINDS for part in (FIND, EXCEPT)}
    return PhraseRules(compiled({**read["lists"], **by_kind}), frozenset(read["lists"][FILLERS]))


def find(spoken: Spoken, targets: Iterable[str] = ()) -> list[Match]:
    """Phrases in the order of the words; those of one kind do not overlap.

    Args:
        spoken: sentence by sentence; no phrase reaches from one into the next.
        targets: protected words in all their forms: running them down counts as well.
    """
    protected = Listed.of(_forms(targets))
    found = [match for known in phrase_rules(spoken.language) for match in _found(spoken, known, protected)]
    return sorted(set(_united(found)), key=lambda match: (match.first, match.last))


def _forms(targets: Iterable[str]) -> Iterator[str]:
    for target in targets:
        pieces = [piece for word in target.split() for piece in PIECES.findall(bare(word))]
        yield from (
            " ".join(each) for each in {tuple(pieces), *((p,) for p in pieces if len(p) >= SHORTEST_PART)} if each
        )


def _found(spoken: Spoken, known: PhraseRules, protected: Listed) -> Iterator[Match]:
    lists = {**known.lists, PROTECTED: protected}
    for indices in spoken.sentences():
        said = Said.of(spoken, indices, known.fillers)
        search = Search(lists, said)
        for kind in KINDS:
            for place in _places(search, kind):
                yield Match(kind, said.words[place.start], said.words[place.stop - 1], WHYS[kind])


def _places(search: Search, kind: Kind) -> Iterator[range]:
    found = list(search.found(f"{kind} {FIND}"))
    excepted = list(search.found(f"{kind} {EXCEPT}")) if found else []
    for place in found:
        if not any(other.start < place.stop and place.start < other.stop for other in excepted):
            yield place


def _united(matches: Iterable[Match]) -> Iterator[Match]:
    """Those of a kind that overlap as one."""
    for kind in KINDS:
        last: Match | None = None
        for match in sorted((each for each in matches if each.kind is kind), key=lambda each: each.first):
            if last is None or match.first > last.last:
                if last is not None:
                    yield last
                last = match
            else:
                last = Match(kind, last.first, max(last.last, match.last), last.why)
        if last is not None:
            yield last

"""Patterns of whole words, and that those of the program can all be met."""

import json
import re

import pytest

from duskreel.paths import resource
from duskreel.review.phrases import EXCEPT, FIND, KINDS, PROTECTED
from duskreel.review.rules import LANGUAGES
from duskreel.review.word_patterns import NAME, Item, Said, Search, compiled
from review.measuring import spoken as heard

LISTS = {
    "boss": ["boss", "team lead"],
    "end": ["$"],
    "breaks": ["not"],
    "lead": ["okay"],
    "no_names": ["everything"],
}


def met(pattern: str, text: str) -> bool:
    spoken = heard(text, "en")
    said = Said.of(spoken, range(len(spoken.texts)), frozenset({"um"}))
    return any(Search(compiled({**LISTS, FIND: [pattern]}), said).found(FIND))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("my {boss} is", "And my team lead is back."),
        ("my {boss}|dog is", "And my dog is back."),
        ("{boss} 's <2> clown", "The boss's such a clown."),
        ("cut? that out", "That, out."),
        ("cut that out", "Cut, um, that out."),
        ("un*", "So unkind!"),
        ("*boss", "The overboss knows."),
        ("two faced", "So two-faced."),
        ("{Name} is", "Then Brenda is up."),
        ("^ cut that", "I was tired, cut that."),
        ("^ cut that", "Okay cut that."),
        ("cut that $", "Cut that, please."),
        ("cut {end}", "I said cut."),
    ],
)
def test_a_pattern_meets(pattern: str, text: str) -> None:
    assert met(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("{boss} is <2> clown", "My boss is not a clown."),
        ("{boss} is <2> clown", "My boss is one very tall clown."),
        ("cut that out", "Cut out that."),
        ("{Name} is", "Everything is up."),
        ("{Name} is", "brenda is up."),
        ("^ cut that", "They cut that."),
        ("cut that $", "Cut that cake."),
    ],
)
def test_a_pattern_does_not_meet(pattern: str, text: str) -> None:
    assert not met(pattern, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_of_the_program_can_be_met(language: str) -> None:
    read = json.loads(resource(f"review/{language}/phrases.json").read_text(encoding="utf-8"))
    lists = read["lists"]
    patterns = [each for listed in lists.values() for each in listed]
    patterns += [each for kind in KINDS for part in (FIND, EXCEPT) for each in read[kind][part]]
    for pattern in patterns:
        assert pattern.strip()
        for item in map(Item.of, pattern.split()):
            assert set(item.slots) <= {*lists, NAME, PROTECTED}, pattern
            assert all(re.fullmatch(r"[\w']+", word) for word in (*item.words, *item.begins, *item.ends)), pattern
